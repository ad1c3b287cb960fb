"""Other company for an article: what pages set over it, under it and among its paragraphs, and what is none of its text.

Each change keeps the article what it was; `MUTATIONS` of `eval.mutations` has them beside the others.
"""

from __future__ import annotations

from random import Random

from lxml import html as lxml_html

Element = lxml_html.HtmlElement

_STUBS = (
    (
        "افتتاح حديقة جديدة على ضفة النهر",
        "تضم الحديقة ممرات للمشي وملاعب للأطفال ومقاعد مظللة، وتفتح أبوابها كل يوم حتى منتصف الليل.",
    ),
    (
        "انطلاق موسم قطاف الزيتون في القرى الشمالية",
        "يتوقع المزارعون محصولا أوفر من العام الماضي بعد أمطار الربيع، ويبدأ العصر في الأسبوع المقبل.",
    ),
    (
        "ورشة لترميم الكتب القديمة في دار المخطوطات",
        "يتعلم المشاركون خلال خمسة أيام تنظيف الورق وخياطة الملازم وصنع الأغلفة من الجلد المدبوغ.",
    ),
)


def stubs(root: Element, random: Random) -> None:
    """Three other articles in short below everything."""
    cards = "".join(
        f'<div class="card"><h3><a href="/n/{place}">{title}</a></h3><p>{text}</p></div>'
        for place, (title, text) in enumerate(_STUBS)
    )
    root.find("body").append(lxml_html.fragment_fromstring(f"<div>{cards}</div>"))


def stubs_as_articles(root: Element, random: Random) -> None:
    cards = "".join(
        f'<article><h2><a href="/n/{place}">{title}</a></h2><p>{text}</p></article>'
        for place, (title, text) in enumerate(_STUBS)
    )
    root.find("body").append(lxml_html.fragment_fromstring(f"<section>{cards}</section>"))


def notices(root: Element, random: Random) -> None:
    """A notice on cookies above everything, an invitation to a newsletter below."""
    body = root.find("body")
    above = "<div><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك في الموقع، وبمواصلة التصفح فإنك توافق على سياسة الخصوصية.</p><a href='/privacy'>موافق</a></div>"
    below = "<div><h4>النشرة البريدية</h4><p>اشترك في نشرتنا البريدية ليصلك أهم الأخبار كل صباح.</p><form><input><button>اشترك</button></form></div>"
    notice = lxml_html.fragment_fromstring(above)
    notice.tail, body.text = body.text, None
    body.insert(0, notice)
    body.append(lxml_html.fragment_fromstring(below))


def lists_first(root: Element, random: Random) -> None:
    """What stands beside the article and is mostly links comes before it in the source."""
    for heading in root.iter("h1", "h2"):
        if len(heading.text_content().strip()) < 15:
            continue
        for above in [heading, *heading.iterancestors()]:
            if above.getparent() is None or above.tag == "body":
                break
            after = [each for each in above.itersiblings() if isinstance(each.tag, str)]
            lists = [each for each in after if _mostly_links(each)]
            if lists and _prose(above) > 400:
                for each in lists:
                    each.tail = None
                    above.addprevious(each)
                return


def _prose(element: Element) -> int:
    return sum(
        len(text)
        for p in element.iter()
        if isinstance(p.tag, str) and len(text := (p.text or "").strip()) > 60
    )


def _mostly_links(element: Element) -> bool:
    links = [a for a in element.iter("a") if len(a.text_content().split()) >= 4]
    linked = sum(len(a.text_content()) for a in links)
    return len(links) >= 3 and linked > 0.4 * max(1, len(element.text_content()))


def hidden_twice(root: Element, random: Random) -> None:
    """Hidden blocks stand twice, and a hidden copy of the part with the headline stands at the end (for telephones)."""
    hidden = [
        e
        for e in root.iter()
        if isinstance(e.tag, str) and "display:none" in (e.get("style") or "").replace(" ", "")
    ]
    for element in hidden[:20]:
        copy = lxml_html.fromstring(lxml_html.tostring(element, with_tail=False))
        element.addnext(copy)
    heading = next((h for h in root.iter("h1") if len(h.text_content().strip()) >= 15), None)
    if heading is not None and heading.getparent() is not None and heading.getparent().tag != "body":
        copy = lxml_html.fromstring(lxml_html.tostring(heading.getparent(), with_tail=False))
        if copy.tag not in ("html", "body"):
            copy.set("style", "display:none")
            root.find("body").append(copy)


# ── among the paragraphs ────────────────────────────────────────────────────────────────────────────────────────

_LINKS = "".join(f'<li><a href="/n/{place}">{title}</a></li>' for place, (title, _) in enumerate(_STUBS))
_INSETS = (
    f"<h4>قصص مشابهة</h4><ul>{_LINKS}</ul>",
    f"<ul>{_LINKS}</ul>",
    f"<strong>طالع أيضا:</strong> <a href='/n/7'>{_STUBS[0][0]}</a>",
    f"<a href='/n/7'><img src='/i/7.jpg' alt=''><span>موضوع متصل</span><h4>{_STUBS[1][0]}</h4><p>{_STUBS[1][1]}</p></a>",
    "<h4>رسالتنا الأسبوعية</h4><p>سجل بريدك ليصلك ملخص الأسبوع كل خميس.</p><form><input type='email'><button>سجل</button></form>",
    "<h4>شارك برأيك</h4><p>هل تؤيد تمديد ساعات عمل المكتبات العامة؟</p><form><label><input type='radio'> نعم</label>"
    "<label><input type='radio'> لا</label><button>صوّت</button></form>",
    "<p>تطبيقنا على هاتفك: الأخبار أولا بأول</p><a href='https://apps.apple.com/app/id1'><img src='/a.png' alt='App Store'></a>"
    "<a href='https://play.google.com/store/apps/details?id=x'><img src='/g.png' alt='Google Play'></a>",
    "<p><strong>انضموا إلى قناتنا على <a href='https://t.me/x'>تلغرام</a></strong></p>",
    "<span>إعلان</span><iframe src='https://ads.example/1'></iframe>",
    "<span>استمع للخبر</span><span>4 دقائق</span><audio controls src='/a.mp3'></audio>",
    "<span>شارك</span><a href='https://www.facebook.com/sharer.php?u=x'></a><span>124 مشاركة</span>",
    f"<h4>فيديو</h4><iframe src='https://www.youtube.com/embed/x'></iframe><p>{_STUBS[2][0]}</p>",
)
_CLOSES = (
    "<h4>نبذة عن الكاتب</h4><p>يكتب في الشؤون الاقتصادية منذ عشرين عاما، وعمل في عدد من الصحف قبل أن ينضم إلى الموقع.</p>",
    "<h4>التعليقات</h4><p>لا توجد تعليقات على هذا الخبر، كن أول من يعلق.</p><form><textarea></textarea><button>إرسال</button></form>",
    "<p>جميع الآراء الواردة تعبر عن رأي كاتبها ولا تعكس بالضرورة رأي الموقع.</p>",
    "<span>رابط الخبر:</span> <a href='https://example.com/?p=1'>https://example.com/?p=1</a>",
    "<p>هل وجدت خطأ في هذا الخبر؟ <a href='mailto:x@example.com'>أخبرنا</a></p>",
)
_TOOLS = (
    "<span>حجم الخط</span><a href='#'>+</a><a href='#'>-</a>",
    "<span>مدة القراءة: 3 دقائق</span>",
    "<button>استمع</button><div>0:00</div><div>3:45</div>",
    "<a href='https://news.google.com/publications/x'>تابعونا على أخبار جوجل <img src='/n.png' alt=''></a>",
)


def _element(inside: str, random: Random) -> Element:
    """What pages set among paragraphs, in an element of a name that says nothing or of none."""
    tag, name = random.choice(("div", "div", "section")), random.choice(("", " class='mb-4 box'"))
    return lxml_html.fragment_fromstring(f"<{tag}{name}>{inside}</{tag}>")


def _paragraphs(root: Element) -> list[Element]:
    """The paragraphs of the element that holds most of them."""
    homes: dict[Element, list[Element]] = {}
    for paragraph in root.iter("p"):
        if len(paragraph.text_content().strip()) > 60:
            homes.setdefault(paragraph.getparent(), []).append(paragraph)
    return max(homes.values(), key=len, default=[])


def _add_after(element: Element, inside: str, random: Random) -> None:
    added = _element(inside, random)
    added.tail, element.tail = element.tail, None
    element.addnext(added)


def inset(root: Element, random: Random) -> None:
    """A player, a poll, a card, a prompt or a box between two paragraphs."""
    paragraphs = _paragraphs(root)
    if len(paragraphs) >= 3:
        _add_after(random.choice(paragraphs[:-1]), random.choice(_INSETS), random)


def closing(root: Element, random: Random) -> None:
    """A note or a box under the last paragraph, in its element."""
    paragraphs = _paragraphs(root)
    last = paragraphs[-1].getnext() is None if paragraphs else False
    if len(paragraphs) >= 3 and last:
        _add_after(paragraphs[-1], random.choice((*_INSETS, *_CLOSES)), random)


def tools(root: Element, random: Random) -> None:
    """Tools for reading between the headline and what follows it."""
    heading = next((h for h in root.iter("h1") if len(h.text_content().strip()) >= 15), None)
    if heading is not None:
        _add_after(heading, random.choice(_TOOLS), random)


def in_two_parts(root: Element, random: Random) -> None:
    """The paragraphs, and what stands between them, in two elements with an advertisement between."""
    paragraphs = _paragraphs(root)
    if len(paragraphs) < 4:
        return
    middle = len(paragraphs) // 2
    siblings = list(paragraphs[0].getparent())
    first, second = siblings.index(paragraphs[0]), siblings.index(paragraphs[middle])
    for run in (siblings[first:second], siblings[second:]):
        part = lxml_html.fragment_fromstring("<div></div>")
        run[0].addprevious(part)
        part.extend(run)
    _add_after(paragraphs[0].getparent(), _INSETS[8], random)


def each_in_an_element(root: Element, random: Random) -> None:
    """Every paragraph in two elements of its own."""
    for paragraph in _paragraphs(root):
        around = lxml_html.fragment_fromstring('<div class="css-1ab"><div></div></div>')
        around.tail, paragraph.tail = paragraph.tail, None
        paragraph.addprevious(around)
        around[0].append(paragraph)
