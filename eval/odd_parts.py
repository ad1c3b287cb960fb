"""Odd parts of a page, each in the several forms in which systems write it: what `eval.odd_pages` puts on its pages.

A part is a function of a `Draft`, which it changes: what stands on the page (`row`, `foot`, `body` …) and, where it does,
what a right reading says of it (`told`). Texts, names and towns are the demo's and invented ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from random import Random

from eval.layouts import Text

CAPTION = "جانب من السوق القديم كما بدا في صباح شتوي"
_BIOGRAPHY = "صحافي يكتب في شؤون المدن والأسواق القديمة، عمل في عدد من الصحف العربية منذ عام 2004."
_POINTS_TITLES = ("أبرز النقاط", "ملخص", "النقاط الرئيسية")


@dataclass(slots=True)
class Draft:
    """A page while it is drawn: its slots as HTML, and what is told of it."""

    random: Random
    texts: list[Text]
    headline: str
    paragraphs: list[str]
    name: str
    town: str
    day: tuple[int, int, str, int]
    """Day, month, the month's name, year."""
    section: str
    when: str
    who: str
    caption: str
    told: dict[str, object]
    """The fields of `eval.odd_pages.FIELDS`; None for what is not asked."""
    optional: set[str] = field(default_factory=set)
    """Lines that may be text or not."""
    row: str | None = None
    pieces: list[str] = field(default_factory=list)
    """The text's blocks as HTML, where they are not plain `<p>`."""
    above: str = ""
    over_headline: str = ""
    in_headline: str = ""
    tools: str | None = None
    over_text: str = ""
    foot: str = ""
    holder: str | None = None
    alt: str = ""
    repeated: bool = False
    in_cells: bool = False

    def blocks(self) -> list[str]:
        """The paragraphs in `<p>`."""
        return [f"<p>{escape(paragraph)}</p>" for paragraph in self.paragraphs]

    def insert(self, block: str, *texts: str) -> None:
        """Puts a block among the paragraphs, and its `texts` (of this article) into what is told."""
        middle = len(self.paragraphs) // 2
        self.pieces = self.blocks()
        self.pieces.insert(middle, block)
        self.told["body"] = [*self.paragraphs[:middle], *texts, *self.paragraphs[middle:]]

    def others(self, count: int) -> list[Text]:
        """Other articles of the site."""
        return self.random.sample([text for text in self.texts if text.headline != self.headline], count)


Part = Callable[[Draft], None]
PARTS: dict[str, Part] = {}
"""All parts by name."""


def part(function: Part) -> Part:
    """Adds a part."""
    PARTS[function.__name__.replace("_", " ").strip()] = function
    return function


BUILDS_TEXT: set[str] = set()
"""The parts that lay the text out in a way of their own: no page has two of them."""


def layout(function: Part) -> Part:
    """Adds a part that lays the text out."""
    part(function)
    BUILDS_TEXT.add(next(reversed(PARTS)))
    return function


def _add_feet() -> None:
    """Parts under the text that are words and nothing to ask for."""

    def of(forms: tuple[str, ...]) -> Part:
        def put(draft: Draft) -> None:
            one, two = draft.others(2)
            form = draft.random.choice(forms)
            draft.foot += form.replace("{a}", escape(one.headline)).replace("{b}", escape(two.headline))

        return put

    for name, forms in _FEET.items():
        PARTS[name] = of(forms)


_FEET: dict[str, tuple[str, ...]] = {
    "source line": (
        "<p>المصدر: وكالات</p>", "<p><b>المصدر:</b> رويترز</p>", "<div>المصدر : أ ف ب + رويترز</div>", "<p>المصدر: صحيفة الضفة</p>", "<p>(وكالات)</p>", "<p>(أ ف ب، رويترز)</p>",
    ),
    "next and previous": (
        "<div><div>المقال السابق<br><a href=/n/1>{a}</a></div><div>المقال التالي<br><a href=/n/2>{b}</a></div></div>", "<nav><a href=/n/1>« {a}</a><a href=/n/2>{b} »</a></nav>",
        "<table><tr><td><a href=/n/1>السابق: {a}</a></td><td><a href=/n/2>التالي: {b}</a></td></tr></table>", "<p><a href=/n/1>{a}</a></p><p><a href=/n/2>{b}</a></p>",
    ),
    "house lines": (
        "<div><h3>هذا المقال للمشتركين</h3><p>اشترك الآن لتصلك مقالاتنا كاملة كل صباح مع نشرتنا البريدية.</p><button>اشترك</button></div>",
        "<div><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك في الموقع، وباستمرارك في التصفح توافق على ذلك.</p><button>موافق</button></div>",
        "<p>انضم إلى قناتنا على تلغرام ليصلك كل جديد</p>", "<p>لمتابعة آخر الأخبار حمّل تطبيق صحيفة الضفة</p>",
        "<p>جميع المقالات تعبر عن رأي أصحابها ولا تعبر بالضرورة عن رأي الصحيفة</p>", "<p>الآراء الواردة في هذا المقال لا تعكس بالضرورة رأي «الضفة».</p>",
    ),
}  # fmt: skip
_add_feet()


@part
def plain(draft: Draft) -> None:
    """Nothing odd."""


# ── the picture ───────────────────────────────────────────────────────────────────────────────────────────────────


@part
def credit_in_the_caption(draft: Draft) -> None:
    form = draft.random.choice(
        ("© رويترز | {}", "© أ ف ب - {}", "{} | أ ف ب", "{} © غيتي", "{} | تصوير: سامي نعمان")
    )
    draft.caption, draft.told["caption"] = form.format(CAPTION), CAPTION


@part
def name_of_the_picture(draft: Draft) -> None:
    draft.caption, draft.alt = "", draft.random.choice((CAPTION, draft.headline, "IMG_2044.jpg"))
    draft.told["caption"] = None


@layout
def picture_in_the_text(draft: Draft) -> None:
    forms = (
        "<figure><img src=/m.jpg width=600 height=400><figcaption>{}</figcaption></figure>", "<div><img src=/m.jpg width=600 height=400><div>{}</div></div>",
        "<p><img src=/m.jpg width=600 height=400></p><p><small>{}</small></p>", "<div class='wp-caption'><img src=/m.jpg width=600 height=400><p class='wp-caption-text'>{}</p></div>",
        "<table><tr><td><img src=/m.jpg width=600 height=400></td></tr><tr><td>{}</td></tr></table>",
    )  # fmt: skip
    draft.insert(draft.random.choice(forms).format("واجهة البيت بعد ترميمه"))


# ── the headline and who wrote ────────────────────────────────────────────────────────────────────────────────────


@part
def kicker_over_the_headline(draft: Draft) -> None:
    form = draft.random.choice(
        ("<div>{}</div>", "<span class=k>{}</span>", "<h4>{}</h4>", "<h2>{}</h2>", "<p>{}</p>")
    )
    draft.over_headline = form.format(
        draft.random.choice(("حكايات المدن", "من أرشيف الذاكرة", "أسواق الشرق"))
    )


@part
def kicker_in_the_heading(draft: Draft) -> None:
    form = draft.random.choice(
        ("<small>{}</small> ", "<small>{}</small><br>", "<span class=k>{}</span><br>", "<em>{}:</em> ")
    )
    draft.in_headline = form.format(draft.random.choice(("حكايات المدن", "من أرشيف الذاكرة", "تحقيق")))


@part
def headline_shown_twice(draft: Draft) -> None:
    draft.repeated = True


@part
def writer_presented(draft: Draft) -> None:
    forms = (
        "<div class=bio><img src=/a.jpg width=80 height=80><h4>{n}</h4><p>{b}</p><a href=#>المزيد من {n}</a></div>", "<div><h3>عن الكاتب</h3><b>{n}</b><p>{b}</p></div>",
        "<section><a href=/w/2>{n}</a><div>{b}</div></section>",
    )  # fmt: skip
    draft.foot += draft.random.choice(forms).format(n=draft.name, b=_BIOGRAPHY)


@part
def name_and_town_in_elements_of_their_own(draft: Draft) -> None:
    forms = (
        "<div><span>{n}</span> <span>{t}</span> <span>{d}</span></div>", "<div><span>{t}</span><span>{n}</span><span>{d}</span></div>", "<div><a href='/w/1'>{n}</a> <span>{t}</span></div><div>{d}</div>",
        "<ul><li>{n}</li><li>{t}</li><li>{d}</li></ul>", "<div><b>{n}</b> - <i>{t}</i> | {d}</div>",
    )  # fmt: skip
    draft.row = draft.random.choice(forms).format(n=draft.name, t=draft.town, d=draft.when)
    draft.told["place"] = draft.town


@part
def name_under_the_text(draft: Draft) -> None:
    forms = (
        "<p style='text-align:left'><b>{}</b></p>", "<p>{}</p>", "<div class=sig>{}</div>", "<p>كتب: {}</p>", "<p>* {}</p>", "<p><strong>بقلم: {}</strong></p>", "<p align=left>{}<br>كاتب وباحث</p>",
    )  # fmt: skip
    draft.row = f"<div>{draft.when}</div>"
    draft.foot += draft.random.choice(forms).format(draft.name)
    draft.told["place"], draft.optional = None, {"كاتب وباحث"}


@layout
def place_that_opens_the_text(draft: Draft) -> None:
    forms = (
        "{t} - {p}",
        "<b>{t}</b> - {p}",
        "{t}/ {p}",
        "{t} (رويترز) - {p}",
        "<strong>{t}:</strong> {p}",
        "({t}) - {p}",
        "{t} ـ «الضفة»: {p}",
    )
    draft.pieces = draft.blocks()
    draft.pieces[0] = (
        f"<p>{draft.random.choice(forms).format(t=draft.town, p=escape(draft.paragraphs[0]))}</p>"
    )
    draft.row = f"<div>{draft.name}</div><div>{draft.when}</div>"
    draft.told["place"] = draft.town


# ── days ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@part
def day_in_many_forms(draft: Draft) -> None:
    forms = (
        "الثلاثاء 5 رجب 1437 هـ - {d} {m} {y}", "{d} {m} {y} - 5 رجب 1437", "الخميس، {d} {m} {y} 10:20 ص", "{d} {m}، {y} | 14:05 GMT", "منذ 3 سنوات - {d} {m} {y}", "{m} {d}, {y}",
        "{d}-{n}-{y} | 08:15", "{y}/{n:02}/{d:02} الساعة 09:30 (ت.م+2)", "تاريخ النشر: {d}.{n}.{y}", "{d} / {n} / {y}م",
    )  # fmt: skip
    day, number, month, year = draft.day
    when = draft.random.choice(forms).format(d=day, m=month, n=number, y=year)
    draft.row = f"<div>{draft.who}</div><div>{when}</div>"


@part
def day_of_a_change(draft: Draft) -> None:
    day, _, month, year = draft.day
    one, two = f"{day} {month} {year}", f"3 {month} {year + 1}"
    forms = (
        f"<div>{draft.who}</div><div>نُشر: {one} - 10:20</div><div>آخر تحديث: {one} - 18:00</div>", f"<div>{draft.who} | نشر في {one} | حُدّث في {two}</div>",
        f"<div>{draft.who}</div><div>آخر تحديث: {two} - 11:00</div><div>تاريخ النشر: {one}</div>",
    )  # fmt: skip
    draft.row = draft.random.choice(forms)


# ── how the text is built ─────────────────────────────────────────────────────────────────────────────────────────


@layout
def paragraphs_in_wrappers(draft: Draft) -> None:
    forms = (
        "<div><div>{}</div></div>", "<div><p>{}</p></div>", "<div class=c><div class=d><p>{}</p></div></div>", "<section><div>{}</div></section>", "<p><p>{}</p></p>",
        "<div dir=rtl><span>{}</span></div>", "<center>{}</center>", "<font size=3>{}</font><br/><br/>", "<blockquote><p>{}</p></blockquote>",
    )  # fmt: skip
    form = draft.random.choice(forms)
    draft.pieces = [form.format(escape(paragraph)) for paragraph in draft.paragraphs]


@layout
def lines_in_one_element(draft: Draft) -> None:
    parted = draft.random.choice(
        ("<br>", "<br /><br />", "<br>\n<br>&nbsp;<br>", "\n<br>\n", "<br clear=all><br>")
    )
    draft.pieces = [parted.join(map(escape, draft.paragraphs))]


@layout
def sections_with_headings(draft: Draft) -> None:
    heading = draft.random.choice(("<h2>{}</h2>", "<h3>{}</h3>", "<h4>{}</h4>", "<div><h2>{}</h2></div>"))
    block = draft.random.choice(("<div>{}</div>", "<section>{}</section>", "<div class=blk>{}</div>"))
    heads = {1: "من البيت إلى السوق", 3: "ما الذي بقي اليوم؟"}
    told: list[str] = []
    for place, text in enumerate(draft.paragraphs):
        head = heads.get(place)
        draft.pieces.append(block.format((heading.format(head) if head else "") + f"<p>{escape(text)}</p>"))
        told += [head, text] if head else [text]
    draft.told["body"] = told


@layout
def first_letter_apart(draft: Draft) -> None:
    text = draft.paragraphs[0]
    word, rest = text.split(" ", 1)
    forms = (
        f"<span class=dc>{word}</span> {rest}",
        f"<span class=dc>{text[0]}</span>{text[1:]}",
        f"<b>{word}</b> {rest}",
    )
    draft.pieces = [f"<p>{draft.random.choice(forms)}</p>", *draft.blocks()[1:]]


@layout
def list_in_the_text(draft: Draft) -> None:
    entries = (
        "جمع القصب في أواخر الصيف حين يشتد عوده",
        "تجفيفه في الظل أسبوعين على الأقل",
        "نقعه ليلة كاملة قبل النسج حتى يلين",
    )
    form = draft.random.choice(("<ul>{}</ul>", "<ol>{}</ol>", "<div><ul>{}</ul></div>"))
    draft.insert(form.format("".join(f"<li>{entry}</li>" for entry in entries)), *entries)


@layout
def quotation(draft: Draft) -> None:
    forms = (
        "<blockquote><p>{}</p></blockquote>", "<blockquote>{}</blockquote>", "<div class=pq>{}</div>", "<p><em>{}</em></p>",
        "<figure><blockquote>{}</blockquote><figcaption>أحد السكان</figcaption></figure>",
    )  # fmt: skip
    said = "البيوت القديمة تحفظ ما ينساه أهلها، ولا تعيده إلا لمن يصغي."
    draft.insert(draft.random.choice(forms).format(said), said)
    draft.optional = {"أحد السكان"}


@part
def points_over_the_text(draft: Draft) -> None:
    points = [" ".join(text.split()[:7]).rstrip(" ،.:؛") for text in draft.paragraphs[:3]]
    listed = draft.random.choice((
        "<ul>" + "".join(f"<li>{point}</li>" for point in points) + "</ul>", "".join(f"<p>● {point}</p>" for point in points), "".join(f"<div>• {point}</div>" for point in points),
    ))  # fmt: skip
    form = draft.random.choice(
        ("<aside><h4>{t}</h4>{u}</aside>", "<div class=sum><strong>{t}</strong>{u}</div>")
    )
    draft.over_text = form.format(t=draft.random.choice(_POINTS_TITLES), u=listed)
    draft.optional = {*points, *_POINTS_TITLES}


@part
def page_of_cells(draft: Draft) -> None:
    draft.in_cells = True


# ── what stands around the text and among it ──────────────────────────────────────────────────────────────────────


@part
def tools(draft: Draft) -> None:
    draft.tools = draft.random.choice((
        "<div>مشاركة <a href=#>فيسبوك</a> <a href=#>تويتر</a> <span>0</span></div>", "<div>حجم الخط <a href=#>A+</a> <a href=#>A-</a></div>", "<div>استمع إلى المقال <button>تشغيل</button> 03:45</div>",
        "<div>مدة القراءة: 4 دقائق</div>", "<div>عدد القراءات: 1,204</div><div>طباعة</div>", "<div>شارك: <i></i><i></i></div><div>انسخ الرابط <input value='http://x.example/n/1'></div>",
        "<div>قراءة 3 د</div>", "<p>تابعوا آخر أخبارنا عبر <a href=#>واتساب</a></p>", "<div>1204 مشاهدة</div><div>5 تعليق</div>",
    ))  # fmt: skip


@part
def scores_over_the_headline(draft: Draft) -> None:
    teams = (("الهلال", "الشباب"), ("النجمة", "الوحدة"), ("السد", "الفيحاء"))
    cells = "".join(f"<tr><td>{one}</td><td>2 - 1</td><td>{two}</td></tr>" for one, two in teams)
    rows = "".join(
        f"<div><a href='/team/1'>{one}</a> <span>3 - 1</span> <a href='/team/2'>{two}</a></div>"
        for one, two in teams
    )
    draft.above = draft.random.choice((f"<table>{cells}</table>", f"<div>{rows}</div>"))


@part
def latest_over_the_headline(draft: Draft) -> None:
    one, two = draft.others(2)
    draft.above = draft.random.choice((
        "<div><b>عاجل</b> <a href=/n/9>{a}</a></div>", "<marquee><a href=/n/1>{a}</a> • <a href=/n/2>{b}</a></marquee>",
        "<div><h2>آخر الأخبار</h2><ul><li><a href=/n/1>{a}</a></li><li><a href=/n/2>{b}</a></li></ul></div>",
        "<section><h3><a href=/n/1>{a}</a></h3><p>{d}</p><h3><a href=/n/2>{b}</a></h3></section>",
    )).format(a=escape(one.headline), b=escape(two.headline), d=escape(two.deck))  # fmt: skip


@layout
def box_among_the_paragraphs(draft: Draft) -> None:
    heads = [escape(text.headline) for text in draft.others(3)]
    forms = (
        "<div class=rel><h4>{t}</h4><ul>{u}</ul></div>", "<aside><b>{t}</b>{d}</aside>", "<p><strong>{t}</strong></p><ul>{u}</ul>", "<p>{t}: <a href=/n/3>{o}</a></p>", "<p><a href=/n/3>{t}.. {o}</a></p>",
        "<blockquote><a href=/n/3>{o}</a></blockquote>", "<div class=card><img src=/q.jpg width=120 height=90><a href=/n/3>{o}</a></div>", "<p>{t}</p><p><a href=/n/3>{o}</a></p>",
        "<table><tr><td><b>{t}</b><br><a href=/n/3>{o}</a></td></tr></table>", "<h3>{t}</h3><p><a href=/n/3>{o}</a></p>",
    )  # fmt: skip
    draft.insert(
        draft.random.choice(forms).format(
            t=draft.random.choice(("اقرأ أيضا", "مواضيع ذات صلة", "طالع أيضاً", "شاهد أيضا", "للمزيد")),
            u="".join(f"<li><a href=/n/{place}>{head}</a></li>" for place, head in enumerate(heads)),
            d="".join(f"<div><a href=/n/{place}>{head}</a></div>" for place, head in enumerate(heads)),
            o=heads[0],
        )
    )


@layout
def advertisement_among_the_paragraphs(draft: Draft) -> None:
    draft.insert(draft.random.choice((
        "<div>إعلان</div>", "<div class=ad><span>إعلان</span><iframe src=//a.example></iframe></div>", "<p>إعلان</p><div id=d1></div>", "<div>Advertisement</div>", "<p style='color:#999'>يتبع الإعلان</p>",
        "<div><small>- إعلان -</small></div>", "<div>تابع القراءة بعد الإعلان</div>", "<p>ADVERTISING</p>", "<div>مساحة إعلانية</div>",
    )))  # fmt: skip


@part
def topics(draft: Draft) -> None:
    names = draft.random.sample(("تراث", "أسواق قديمة", "زراعة", "بحر", "كتب", "حرف يدوية"), 4)
    linked = draft.random.choice((" ", "، ", "</span><span>")).join(
        f"<a href='/tag/{place}'>{name}</a>" for place, name in enumerate(names)
    )
    draft.foot += draft.random.choice(
        (
            "<div><b>الكلمات المفتاحية:</b> {}</div>",
            "<ul><li>وسوم</li>{}</ul>",
            "<p>الوسوم: {}</p>",
            "<div class=t>{}</div>",
            "<div>مواضيع ذات صلة: {}</div>",
        )
    ).format(linked)


@part
def comments(draft: Draft) -> None:
    said = (
        "شكرا على هذا الموضوع الجميل الذي أعادنا إلى أيام الطفولة في القرية القديمة، بارك الله فيكم وفي كل من يحافظ على التراث.",
        "أنا من سكان الحي وأعرف كل هذه الحكايات، لكن الكاتب نسي أن يذكر الفرن القديم الذي كان عند ناصية الشارع قبل أربعين سنة.", "مقال رائع",
    )  # fmt: skip
    entries = "".join(
        f"<div><b>{name}</b> <span>{place + 3}/5/2019 10:3{place}</span><p>{draft.random.choice(said)}</p><a href=#>رد</a></div>"
        for place, name in enumerate(("أبو محمد", "زائر", "ليلى", "زائر"))
    )
    forms = (
        "<div class=cm><h3>التعليقات (4)</h3>{}</div>",
        "<section><h3>4 تعليقات</h3>{}</section>",
        "<div><h4>تعليقات القراء</h4>{}</div>",
        "<ol id=comments>{}</ol>",
    )
    draft.foot += draft.random.choice(forms).format(entries)


@part
def cards_under_the_text(draft: Draft) -> None:
    cards = "".join(
        f"<div><a href=/n/{place}><img src=/c{place}.jpg width=200 height=120></a><h4><a href=/n/{place}>{escape(text.headline)}</a></h4><p>{escape(text.deck)}</p><span>{place + 2} يناير 2020</span></div>"
        for place, text in enumerate(draft.others(4))
    )
    forms = (
        "<div class=g>{}</div>",
        "<h3>قد يعجبك</h3><div>{}</div>",
        "<section><h2>مقالات أخرى للكاتب</h2>{}</section>",
    )
    draft.foot += draft.random.choice(forms).format(cards)


@part
def another_article_in_full(draft: Draft) -> None:
    (other,) = draft.others(1)
    text = "".join(
        f"<p>{escape(paragraph)}</p>" for paragraph in other.paragraphs[: draft.random.choice((2, 4, 6))]
    )
    draft.foot += f"<article><h2><a href=/n/55>{escape(other.headline)}</a></h2><div>12/3/2015</div><img src=/z.jpg width=640 height=400>{text}</article>"
    draft.holder = "article"
