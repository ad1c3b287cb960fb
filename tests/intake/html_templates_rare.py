"""More kinds of pages, each with something that misleads readers of pages; texts and outlets are invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape

from tests.intake.html_templates import NAV, Expected, Made, Story, _links, _p, whole

ENGLISH = Story(
    headline="Old tram line reopens as a garden above the city",
    paragraphs=(
        "The first visitors walked the disused tram viaduct on Saturday morning, eleven years after the last carriage left the eastern depot.",
        "Volunteers carried forty tonnes of soil up a single staircase, because the lift shaft had been sealed with concrete in the nineties.",
        "“We planted what the bees asked for,” said Martha Quill, who kept the volunteers’ diary and counted every bucket.",
        "The council expects the garden to cost less in a year than the demolition would have cost in a week.",
    ),
    author="Jane Cooper",
    place="LEEDS",
    section="Cities",
    day="2019-06-15",
    date_shown="June 15, 2019",
    caption="Visitors on the viaduct on opening day.",
    others=(
        "Council votes for cheaper bus tickets",
        "Why the canal froze twice this winter",
        "Library opens all night during exams",
        "A short history of the corner shop",
    ),
)

PERSIAN = Story(
    headline="کتابخانه‌ای که از یک انبار قدیمی برخاست",
    paragraphs=(
        "یک انبار قدیمی در حاشیه شهر پس از سه سال کار داوطلبانه به کتابخانه‌ای با ده هزار جلد کتاب تبدیل شد و درهایش را به روی مردم گشود.",
        "مدیر کتابخانه می‌گوید بیشتر کتاب‌ها را خانواده‌هایی هدیه کرده‌اند که خانه‌های کوچک‌تری گرفته‌اند و جایی برای قفسه‌های خود ندارند.",
        "در طبقه دوم، کارگاهی برای صحافی و مرمت کتاب‌های کهنه ساخته شده است که هر هفته پانزده نوجوان در آن آموزش می‌بینند.",
    ),
    author="مریم احمدی",
    place="تهران",
    section="فرهنگ",
    day="2020-02-18",
    date_shown="۲۹ بهمن ۱۳۹۸ - ۰۶:۵۵",
    caption="نمایی از تالار مطالعه",
    others=(
        "نمایشگاه خوشنویسی در تالار شهر گشایش یافت",
        "قطار تازه حومه از بهار به راه می‌افتد",
        "باران پاییزی به دریاچه جان دوباره داد",
        "تیم جوانان به دیدار پایانی رسید",
    ),
)


def amp(story: Story) -> Made:
    made = f"""<!doctype html><html amp lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{story.headline}</title><link rel="canonical" href="https://example.org/a/1"></head><body><header class="amp-wp-header"><a href="/">النجم</a></header><article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{story.headline}</h1><div class="amp-wp-meta amp-wp-byline"><amp-img src="/g.jpg" width="24" height="24"></amp-img><span class="amp-wp-author author vcard">{story.author}</span></div><div class="amp-wp-meta amp-wp-posted-on"><time datetime="{story.day}T06:00:00+00:00">{story.date_shown}</time></div></header>
<figure class="amp-wp-article-featured-image wp-caption"><amp-img src="/u/1.jpg" width="800" height="500"></amp-img><p class="wp-caption-text">{story.caption}</p></figure><div class="amp-wp-article-content">{_p(story.paragraphs)}<amp-ad width="300" height="250" type="x"></amp-ad></div><footer class="amp-wp-article-footer"><div class="amp-wp-meta amp-wp-tax-category">أقسام: <a href="/c/1" rel="category tag">{story.section}</a></div></footer></article><footer class="amp-wp-footer"><h2>النجم</h2><p>بدعم من ووردبريس</p></footer></body></html>"""
    return Made(made, replace(whole(story), boxes=()))


def wrapped_lines(story: Story) -> Made:
    """Lines of a printed page kept with one <br> each; paragraphs apart by two."""

    def wrap(text: str) -> str:
        lines, line = [], ""
        for word in text.split():
            if len(line) + len(word) > 58:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        return "<br>\n".join(map(escape, [*lines, line]))

    text = "<br><br>\n".join(wrap(paragraph) for paragraph in story.paragraphs)
    made = f"""<html><head><meta charset="utf-8"><title>{story.headline}</title></head><body><center><h1>{story.headline}</h1></center><p align="center"><i>{story.date_shown}</i></p><div align="justify">{text}</div><hr><p><a href="index.html">الفهرس</a></p></body></html>"""
    return Made(made, Expected(story, headline=story.headline, body=story.paragraphs, day=story.day))


def newspaper(story: Story) -> Made:
    """Kicker above, deck below, two authors in one line, drop cap, copy for printing hidden."""
    made = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><meta property="og:title" content="{story.headline} | جريدة الميزان"><meta property="og:site_name" content="جريدة الميزان"><title>{story.headline} | جريدة الميزان</title></head><body><div class="header">{NAV}</div>
<div class="content-area"><div class="article-header"><h4 class="kicker">ملف خاص</h4><h1>{story.headline}</h1><h2 class="sub-title">قصة مدينة تعيد اكتشاف حرفها</h2><div class="byline">كتب: {story.author} وليلى عبد الكريم</div><div class="date">{story.date_shown}</div></div>
<div class="article-image"><img src="/x.jpg" width="900"/><div class="image-caption">{story.caption}</div></div>
<div class="article-text"><p><span class="dropcap">{story.paragraphs[0][0]}</span>{escape(story.paragraphs[0][1:])}</p>{_p(story.paragraphs[1:])}</div></div>
<div class="print-only" style="display:none"><h1>{story.headline}</h1>{_p(story.paragraphs)}</div>
<div class="sidebar"><div class="widget"><h3 class="widget-title">الأكثر قراءة</h3><ul>{_links(story.others)}</ul></div></div></body></html>"""
    return Made(made, replace(whole(story), authors=(story.author, "ليلى عبد الكريم"), section=None))


def persian(_: Story) -> Made:
    story = PERSIAN
    made = f"""<!DOCTYPE html><html lang="fa" dir="rtl"><head><meta charset="utf-8"><title>{story.headline} - خبرگزاری نمونه</title><meta property="article:published_time" content="2020-02-18T03:25:00Z"><meta property="og:site_name" content="خبرگزاری نمونه"></head><body><header><nav><a href="/">خانه</a><a href="/c">{story.section}</a></nav></header><main><div class="breadcrumb"><a href="/">صفحه اصلی</a> » <a href="/c">{story.section}</a></div><article><h3 class="rutitr">گزارشی از یک شهر</h3><h1 class="title">{story.headline}</h1><div class="item-date">{story.date_shown}</div><div class="item-code">کد خبر: 1353889</div><p class="lead">{story.paragraphs[0]}</p><figure><img src="/p.jpg"><figcaption>{story.caption}</figcaption></figure>
<div class="item-text">{"".join(f'<p style="text-align:justify">{t}</p>' for t in story.paragraphs[1:])}<p>انتهای پیام/</p></div><div class="tags"><a href="/t/1">کتاب</a></div></article><section class="box"><h2>مطالب مرتبط</h2><ul>{_links(story.others)}</ul></section><section class="comments"><h2>نظر شما</h2><form><label>نام</label></form></section></main></body></html>"""
    return Made(made, replace(whole(story), authors=()))


def rich(story: Story) -> Made:
    """A tweet, a quotation, a list, a table and a gallery between the paragraphs."""
    made = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{story.headline}</title></head><body>{NAV}<main><h1>{story.headline}</h1><div class="post-meta"><a rel="author" href="/a">{story.author}</a> · <time datetime="{story.day}">{story.date_shown}</time></div><div class="post-body">
<p>{story.paragraphs[0]}</p><blockquote class="twitter-tweet"><p lang="ar">تغريدة لا تقرأ مع النص</p>&mdash; أحدهم (@x) <a href="https://twitter.com/x/status/1234567890?ref=1">March 1, 2021</a></blockquote><script src="//platform.twitter.com/widgets.js"></script>
<blockquote><p>ليست الصنعة في اليد وحدها.</p></blockquote><p>{story.paragraphs[1]}</p><ul><li>نحاس أحمر</li><li>نحاس أصفر</li></ul><table><thead><tr><th>السنة</th><th>عدد الدكاكين</th></tr></thead><tbody><tr><td>2001</td><td>16</td></tr><tr><td>2021</td><td>29</td></tr></tbody></table>
<div class="gallery"><figure><img src="/g1.jpg"><figcaption>دكان في أول السوق</figcaption></figure><figure><img src="/g2.jpg"><figcaption>سقف من خشب</figcaption></figure></div>{_p(story.paragraphs[2:])}</div><h3>اخترنا لكم</h3><ul>{_links(story.others)}</ul></main></body></html>"""
    body = (
        story.paragraphs[0],
        "ليست الصنعة في اليد وحدها.",
        story.paragraphs[1],
        "نحاس أحمر",
        "نحاس أصفر",
        "السنة عدد الدكاكين",
        "2001 16",
        "2021 29",
        *story.paragraphs[2:],
    )
    return Made(made, replace(whole(story), body=body, section=None, caption=None))


def faded_in(story: Story) -> Made:
    """Everything hidden until a script shows it; the byline between text and picture; a headline in a <div>."""
    made = f"""<html dir=rtl><head><meta charset=utf-8><meta property="og:title" content="{story.headline}"><title>الشراع - {story.headline}</title></head><body><div id="page" style="display:none"><div class="nav">{NAV}</div><div class="detail-title">{story.headline}</div><div class="detail-date">تاريخ النشر: {story.date_shown} - آخر تحديث: 15:40</div><div class="detail-pic"><img src="a.jpg" title="{story.caption}"><span>{story.caption}</span></div><div class="detail-writer">الكاتب : {story.author}</div><div class="detail-body"><p dir="RTL"><span lang="AR-SA" style="font-size:14pt">{"</span></p><p dir='RTL'><span>".join(story.paragraphs)}</span></p><p>&nbsp;</p></div><div class="keywords">كلمات البحث: <a href="/k/1">حرف</a></div><div class="last"><div class="last-title">آخر الأخبار</div>{_links(story.others, '<div class="last-item"><a href="/n/{i}">{t}</a></div>')}</div></div></body></html>"""
    return Made(made, replace(whole(story), section=None))


def many_comments(story: Story) -> Made:
    """More words of readers than of the writer."""
    comments = "".join(
        f"<li><div class='c-author'>زائر {n}</div><div class='c-text'>هذا رأي طويل من قارئ يصف ما رآه في السوق قبل سنوات بعيدة، ويذكر أسماء الدكاكين وأصحابها، ويختم بالشكر للكاتب وللجريدة على هذا الموضوع رقم {n}.</div></li>"
        for n in range(25)
    )
    made = f"""<html lang="ar"><head><meta charset="utf-8"><title>{story.headline}</title></head><body>{NAV}<div id="main"><div class="post"><h1>{story.headline}</h1><p class="info">{story.author} | {story.date_shown}</p><div class="text">{_p(story.paragraphs)}</div></div><div class="visitors"><h3>تعليقات القراء</h3><ul class="opinions">{comments}</ul></div></div><div class="col"><h3>أخبار ذات صلة</h3><ul>{_links(story.others)}</ul></div></body></html>"""
    return Made(made, replace(whole(story), section=None, caption=None))


def agency(story: Story) -> Made:
    """An agency's page: dateline and agency open the text, a sign-off ends it, a related list without any class."""
    opening = f"{story.place} 5 آب (بترا)- {story.paragraphs[0]}"
    texts = (opening, *story.paragraphs[1:-1], story.paragraphs[-1] + " --(بترا)")
    made = f"""<html><head><meta charset="windows-1256"><title>وكالة الأنباء - {story.headline}</title></head><body><form id="form1" action="x.aspx"><table width="100%"><tr><td><ul>{"".join(f"<li><a href='/s/{n}'>قسم {n}</a></li>" for n in range(9))}</ul></td></tr><tr><td><h1>{story.headline}</h1><span>{story.date_shown}</span><br><img src="/p/1.jpg" width="400"><br><p>{"</p><p>".join(texts)}</p><span>عدد القراءات 33</span><table><tr><td><b>أخبار أخرى</b></td></tr>{_links(story.others, "<tr><td><a href='/n/{i}'>{t}</a></td></tr>")}</table></td></tr></table></form></body></html>"""
    return Made(
        made,
        replace(whole(story), body=texts, authors=(), section=None, caption=None, dateline=story.place),
        "cp1256",
    )


def english(_: Story) -> Made:
    story = ENGLISH
    made = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{story.headline} - The Northern Courier</title><meta property="og:site_name" content="The Northern Courier"><meta property="og:title" content="{story.headline}"><meta property="article:published_time" content="{story.day}T09:00:00-04:00"></head><body><header class="site-header"><a href="/">The Northern Courier</a><nav><ul><li><a href="/cities">Cities</a></li><li><a href="/sport">Sport</a></li></ul></nav></header><main><article><p class="section-label"><a href="/cities" class="section">{story.section}</a></p><h1>{story.headline}</h1><p class="byline">By <a href="/by/jane">{story.author}</a>, City correspondent</p><p class="timestamp">Published {story.date_shown}</p><figure><img src="/v.jpg"><figcaption>{story.caption} <span class="credit">Photo: Sam Hill</span></figcaption></figure><div class="story-body"><p>{story.paragraphs[0]}</p><p>{story.paragraphs[1]}</p><div class="ad-slot">Advertisement</div><p><strong>Read more:</strong> <a href="/n/100">{story.others[0]}</a></p><p>{story.paragraphs[2]}</p><aside class="newsletter-signup"><h3>Get the morning briefing</h3><p>Sign up to our newsletter and get the day's stories in your inbox.</p></aside><p>{story.paragraphs[3]}</p><p><em>Follow us on Twitter and like us on Facebook for more stories from the city.</em></p></div></article><section class="most-popular"><h2>Most popular</h2><ol>{_links(story.others[1:])}</ol></section></main><footer><p>© 2019 The Northern Courier. All rights reserved.</p></footer></body></html>"""
    return Made(made, replace(whole(story), read_also=story.others[:1], boxes=story.others[1:]))


def prompts(story: Story) -> Made:
    """Prompts and lists of links between and under the paragraphs, all in plain <p>."""
    made = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{story.headline} - الوادي نيوز</title><meta property="og:site_name" content="الوادي نيوز"></head><body class="single">{NAV}<div class="single-content"><h1 class="post-title">{story.headline}</h1><div class="single-post-meta"><span class="meta-author"><a href="/author/1">{story.author}</a></span><span class="date">آخر تحديث: {story.date_shown} - 10:11 مساءً</span></div><div class="entry"><p>{story.paragraphs[0]}</p><p style="text-align:center"><a href="/n/100"><span style="color:red">{story.others[0]}</span></a></p><p>{story.paragraphs[1]}</p><p><strong>إقرأ أيضاً:</strong></p><p><a href="/n/101">{story.others[1]}</a></p><p>{story.paragraphs[2]}</p><p>إعلان</p>{_p(story.paragraphs[3:])}<p>لمتابعة آخر الأخبار اشترك في قناتنا على تليجرام من هنا</p><p>تابعوا آخر أخبار الوادي نيوز عبر Google News</p><p><a href="/n/102">{story.others[2]}</a></p><p><a href="/n/103">{story.others[3]}</a></p></div><div class="post-shortlink">الرابط المختصر <input value="x"></div></div></body></html>"""
    return Made(made, replace(whole(story), section=None, caption=None, read_also=story.others, boxes=()))


def short_among_cards(story: Story) -> Made:
    """Two short paragraphs among columns of cards whose summaries are longer than they."""
    cards = "".join(
        f"<div class='col'><div class='item'><a href='/n/{n}'><img src='{n}.jpg'></a><h3><a href='/n/{n}'>{t}</a></h3><div class='desc'>ملخص هذا الخبر أطول بكثير من الخبر الذي على الصفحة، وفيه تفاصيل كثيرة عن المكان والزمان والأشخاص الذين حضروا.</div></div></div>"
        for n, t in enumerate(story.others)
    )
    texts = (
        "افتتح متحف الفخار أبوابه أمس بعد ترميم دام عامين، ودخله الزوار بالمجان.",
        "ويستمر المعرض الأول حتى نهاية الشهر المقبل.",
    )
    made = f"""<html lang="ar"><head><meta charset="utf-8"><title>متحف الفخار يفتح أبوابه من جديد</title><meta property="og:type" content="article"></head><body>{NAV}<div class="row"><div class="col-8"><h1>متحف الفخار يفتح أبوابه من جديد</h1><div class="news-info"><i class="fa"></i> {story.date_shown}</div><div class="news-desc"><p>{texts[0]}</p><p>{texts[1]}</p></div></div><div class="col-4"><h4>مختارات</h4>{cards}</div></div></body></html>"""
    return Made(
        made,
        Expected(
            story, headline="متحف الفخار يفتح أبوابه من جديد", body=texts, day=story.day, boxes=story.others
        ),
    )


RARE: tuple[Callable[[Story], Made], ...] = (
    amp,
    wrapped_lines,
    newspaper,
    persian,
    rich,
    faded_in,
    many_comments,
    agency,
    english,
    prompts,
    short_among_cards,
)
