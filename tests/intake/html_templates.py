"""Saved pages as many kinds of sites make them, around known articles: what the reader returns can be checked exactly.

Each template is a way of building pages met in the wild (a WordPress theme, Drupal, a WebForms portal in tables …)
with invented outlets and the texts below, all written for these tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape


@dataclass(frozen=True)
class Story:
    """What a page shows; a template may show less (`Expected` then says what)."""

    headline: str
    paragraphs: tuple[str, ...]
    author: str
    place: str
    section: str
    day: str = "2021-03-14"
    date_shown: str = "الأحد 14 مارس 2021"
    caption: str = "مشهد عام للسوق القديم وقت الغروب"
    others: tuple[str, ...] = (
        "مجلس المدينة يقر خطة جديدة للنقل العام",
        "افتتاح معرض الخط العربي في دار الفنون",
        "الأرصاد تتوقع أمطارا متفرقة على الساحل",
        "فريق الشباب يتأهل إلى نهائي كأس الجامعات",
    )


STORY = Story(
    headline="سوق النحاسين تستعيد حرفييها بعد عقدين من الهجر",
    paragraphs=(
        "عادت المطارق إلى الرنين في سوق النحاسين بعد أن أعادت جمعية أهلية ترميم ثلاثة عشر دكانا كانت مغلقة منذ عشرين عاما، وسلّمت مفاتيحها إلى حرفيين شبان تعلّموا الصنعة على أيدي آبائهم.",
        "ويقول المشرف على الترميم إن العمل بدأ بسقف السوق الخشبي، لأن المطر كان يتسرّب منه إلى الدكاكين، ثم انتقل إلى الأرضية الحجرية التي رُفعت قطعة قطعة ورُقّمت قبل أن تعاد إلى مواضعها.",
        "ولا تزال الجمعية تبحث عن تمويل للمرحلة الثانية، التي تشمل خانا مجاورا من طابقين وسبيلا توقف ماؤه منتصف القرن الماضي.",
        "أما الزبائن فمعظمهم من أبناء المدينة: عرائس يطلبن أطقم القهوة، ومطاعم تريد قدورا كبيرة، وزوار يكتفون بالفرجة والتصوير ثم يشترون قطعة صغيرة للذكرى.",
        "ويأمل الحرفيون أن يفتح السوق أبوابه ليلا في الصيف المقبل، كما كان يفعل أجدادهم في ليالي رمضان.",
    ),
    author="سلمى الحداد",
    place="حلب",
    section="مجتمع",
)

NEWS = Story(
    headline="ميناء المدينة يستقبل أول سفينة تعمل بالرياح",
    paragraphs=(
        "رست في الميناء صباح اليوم سفينة شحن تعتمد على أشرعة صلبة إلى جانب محركها، في أول رحلة من نوعها على هذا الخط البحري، وعلى متنها ألف طن من القمح.",
        "وقالت هيئة الموانئ إن الرحلة استغرقت أحد عشر يوما، ووفّرت السفينة خلالها نحو خُمس الوقود الذي تستهلكه سفينة مماثلة لا أشرعة لها.",
        "وأوضح ربان السفينة: «حين تهب الريح من الجانب نطفئ أحد المحركين، وحين تسكن نعود إليهما معا».",
        "وتدرس الهيئة منح السفن التي تخفض انبعاثاتها حسما على رسوم الرسو يصل إلى خمسة عشر في المئة.",
    ),
    author="مروان الخطيب",
    place="بيروت",
    section="اقتصاد",
    day="2022-11-05",
    date_shown="السبت، 5 تشرين الثاني 2022",
    caption="السفينة عند وصولها إلى الرصيف الرابع",
)


@dataclass(frozen=True)
class Expected:
    """What the reader must find; `None` in a field that the template does not show."""

    story: Story
    headline: str | None = None
    body: tuple[str, ...] = ()
    day: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    caption: str | None = None
    dateline: str | None = None
    read_also: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made:
    """A page and what stands on it."""

    html: str
    expected: Expected
    encoding: str = "utf-8"
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        return self.html.encode(self.encoding, errors="xmlcharrefreplace")


def whole(story: Story) -> Expected:
    """Everything of the story is on the page."""
    return Expected(
        story,
        headline=story.headline,
        body=story.paragraphs,
        day=story.day,
        authors=(story.author,),
        section=story.section,
        caption=story.caption,
        boxes=story.others,
    )


def _p(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{escape(text)}</p>\n" for text in texts)


def _links(texts: tuple[str, ...], item: str = "<li><a href='/n/{i}'>{t}</a></li>") -> str:
    return "\n".join(item.format(i=100 + place, t=escape(text)) for place, text in enumerate(texts))


NAV = "<ul class='menu'><li><a href='/'>الرئيسية</a></li><li><a href='/politics'>سياسة</a></li><li><a href='/economy'>اقتصاد</a></li><li><a href='/society'>مجتمع</a></li><li><a href='/sport'>رياضة</a></li></ul>"


def wordpress(story: Story) -> Made:
    """A classic theme: entry-title, entry-meta, wp-caption, share buttons, tags, author box, related, comments."""
    made = f"""<!DOCTYPE html><html dir="rtl" lang="en-US"><head><meta charset="utf-8"><title>{story.headline} - بوابة الضفاف</title>
<meta property="og:site_name" content="بوابة الضفاف"><meta property="og:title" content="{story.headline} - بوابة الضفاف">
<meta property="article:published_time" content="{story.day}T08:15:00+02:00"><meta name="author" content="admin"></head>
<body class="post-template-default single single-post postid-77 comments-open">
<header id="masthead" class="site-header"><h1 class="site-title"><a href="/" rel="home">بوابة الضفاف</a></h1><nav>{NAV}</nav></header>
<div id="content" class="site-content"><main id="main"><article id="post-77" class="post-77 post type-post status-publish format-standard has-post-thumbnail hentry category-society tag-social-news">
<header class="entry-header"><span class="cat-links"><a href="/society/" rel="category tag">{story.section}</a></span><h1 class="entry-title">{story.headline}</h1>
<div class="entry-meta"><span class="author vcard">بواسطة <a class="url fn n" href="/author/x" rel="author">{story.author}</a></span> <span class="posted-on"><time class="entry-date published" datetime="{story.day}T08:15:00+02:00">{story.date_shown}</time></span></div></header>
<div class="post-thumbnail"><img src="/wp-content/uploads/a-800x450.jpg" width="800" height="450" alt="السوق"></div>
<div class="entry-content"><div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">شارك هذا الموضوع:</h3><ul><li><a href="#">فيسبوك</a></li><li><a href="#">تويتر</a></li></ul></div>
<figure class="wp-caption alignnone" style="width: 600px"><img src="/wp-content/uploads/a.jpg" alt=""><figcaption class="wp-caption-text">{story.caption}</figcaption></figure>
{_p(story.paragraphs[:2])}<p><strong>اقرأ أيضا: <a href="/n/100">{story.others[0]}</a></strong></p>
{_p(story.paragraphs[2:])}
<div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>ذات صلة</em></h3></div></div>
<footer class="entry-footer"><span class="tags-links">الوسوم: <a href="/tag/a" rel="tag">حرف يدوية</a>، <a href="/tag/b" rel="tag">أسواق</a></span></footer></article>
<div class="author-box"><h4>{story.author}</h4><p>صحافية تكتب في شؤون المدن والحرف التقليدية، وتقيم بين مدينتين منذ عشرة أعوام.</p></div>
<div class="related-posts"><h3>مقالات ذات صلة</h3><ul>{_links(story.others[1:])}</ul></div>
<div id="comments" class="comments-area"><h2>تعليقان</h2><ol class="comment-list"><li class="comment"><p>خبر يفرح القلب، فقد كنت أزور هذا السوق مع جدي كل يوم جمعة وأشتري منه.</p></li></ol><div id="respond"><p>لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها.</p></div></div>
</main></div><footer class="site-footer"><p>جميع الحقوق محفوظة لبوابة الضفاف، ولا يجوز نقل أي مادة دون إذن خطي مسبق من الإدارة.</p></footer></body></html>"""
    return Made(
        made,
        replace(
            whole(story), read_also=story.others[:1], boxes=story.others[1:], tags=("حرف يدوية", "أسواق")
        ),
    )


def breaks_in_a_div(story: Story) -> Made:
    """A home-made PHP site: no paragraph elements, two <br> between them, the byline as the first line of the text."""
    text = "<br><br>".join(escape(paragraph) for paragraph in story.paragraphs)
    made = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>صحيفة المرفأ | {story.headline}</title></head>
<body><div id="top">{NAV}</div><div class="wrap"><div class="right"><div class="news_title"><h1>{story.headline}</h1></div>
<div class="news_date">{story.date_shown} - 10:20 ص</div><div class="news_img"><img src="images/big/5.jpg" width="600"><div class="img_desc">{story.caption}</div></div>
<div class="news_text"><b>{story.place} - {story.author}</b><br><br>{text}<br><br></div>
<div class="share">شارك الخبر</div></div><div class="left"><div class="box"><div class="box_title">آخر الأخبار</div><ul>{_links(story.others)}</ul></div></div></div>
<div class="foot">صحيفة المرفأ © 2022</div></body></html>"""
    return Made(made, replace(whole(story), section=None, dateline=story.place))


def single_breaks(story: Story) -> Made:
    """One <br> between paragraphs inside one <p>, Joomla names, windows-1256 bytes under a false charset."""
    text = "<br />".join(escape(paragraph) for paragraph in story.paragraphs)
    made = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ar-aa"><head><meta http-equiv="content-type" content="text/html; charset=iso-8859-1" />
<title>{story.headline}</title></head><body><div class="breadcrumbs"><a href="/">الرئيسية</a> <img src="arrow.png" alt="" /> <a href="/x">{story.section}</a></div>
<div class="item-page"><h2 itemprop="headline">{story.headline}</h2><dl class="article-info"><dt class="article-info-term">تفاصيل</dt>
<dd class="createdby">كتب بواسطة: <span itemprop="name">{story.author}</span></dd><dd class="published">نشر بتاريخ {story.date_shown}</dd><dd class="hits">الزيارات: 1234</dd></dl>
<div itemprop="articleBody"><p>{text}</p></div><ul class="pager pagenav"><li class="previous"><a href="/p">السابق</a></li><li class="next"><a href="/q">التالي</a></li></ul></div>
<div class="moduletable"><h3>الأكثر قراءة</h3><ul class="mostread">{_links(story.others)}</ul></div></body></html>"""
    return Made(made, replace(whole(story), caption=None), "cp1256")


def tables(story: Story) -> Made:
    """A portal of 2005 in nested tables and fonts, text as bare lines in a cell, iso-8859-6."""
    text = (
        "<br><br>".join(escape(paragraph) for paragraph in story.paragraphs)
        .replace("«", '"')
        .replace("»", '"')
        .replace("ّ", "ّ")
    )
    made = f"""<HTML><HEAD><TITLE>{story.headline}</TITLE></HEAD><BODY><TABLE width=780><TR><TD colspan=3><A href="/">الصفحة الرئيسية</A> | <A href="/p">سياسة</A> | <A href="/s">رياضة</A></TD></TR>
<TR><TD width=150 valign=top><TABLE><TR><TD bgcolor=#003366><FONT color=white><B>أهم الأخبار</B></FONT></TD></TR>{"".join(f'<TR><TD><A href="/n/{i}">{t}</A></TD></TR>' for i, t in enumerate(story.others))}</TABLE></TD>
<TD width=480 valign=top><TABLE width="100%"><TR><TD><FONT size=5 color=navy><B>{story.headline}</B></FONT></TD></TR><TR><TD><FONT size=2>{story.date_shown}</FONT></TD></TR>
<TR><TD><TABLE align=left width=200><TR><TD><IMG src="pic/12.jpg" width=200></TD></TR><TR><TD><FONT size=1>{story.caption}</FONT></TD></TR></TABLE>
<FONT size=3>{text}</FONT></TD></TR><TR><TD><A href="print.asp">طباعة</A> <A href="send.asp">أرسل لصديق</A></TD></TR></TABLE></TD><TD width=150>إعلان</TD></TR></TABLE></BODY></HTML>"""
    body = tuple(paragraph.replace("«", '"').replace("»", '"') for paragraph in story.paragraphs)
    return Made(made, replace(whole(story), body=body, authors=(), section=None), "iso-8859-6")


def drupal(story: Story) -> Made:
    """Drupal fields, a subtitle, the byline inside the body, date in a footer."""
    made = f"""<!DOCTYPE html><html lang="ar" dir="rtl" prefix="content: http://purl.org/rss/1.0/modules/content/"><head><meta charset="utf-8"><meta property="og:title" content="{story.headline}"><link rel="canonical" href="https://example.org/node/55"><title>{story.headline} | موقع النهر</title></head>
<body class="html not-front node-type-article"><div class="region region-header">{NAV}</div><div class="region region-content"><div class="block block-system"><article class="node node-article clearfix" about="/node/55">
<h1 class="page-title">{story.headline}</h1><footer class="node__meta"><div class="author">{story.date_shown}</div></footer>
<div class="field field-name-field-category field-label-hidden"><a href="/taxonomy/term/3" property="rdfs:label">{story.section}</a></div>
<div class="field field-name-field-image"><img src="/sites/default/files/styles/large/public/s.jpg" alt="{story.caption}"><blockquote class="image-field-caption"><p>{story.caption}</p></blockquote></div>
<div class="field field-name-body field-type-text-with-summary"><div class="field-items"><div class="field-item even" property="content:encoded"><p><strong>تحقيق: {story.author}</strong></p><p>&nbsp;</p>{_p(story.paragraphs)}</div></div></div>
<div class="field field-name-field-tags"><div class="field-label">كلمات مفتاحية:</div><div class="field-item"><a href="/t/1">نحاس</a></div><div class="field-item"><a href="/t/2">ترميم</a></div></div>
</article></div></div><aside class="region region-sidebar-second"><div class="block block-views"><h2>آخر الأخبار</h2><div class="view-content"><div class="item-list"><ul>{_links(story.others, '<li class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="/node/{i}">{t}</a></span></div></li>')}</ul></div></div></div></aside></body></html>"""
    return Made(made, replace(whole(story), tags=("نحاس", "ترميم")))


def webforms(story: Story) -> Made:
    """ASP.NET: the whole page in one form, spans with generated ids, UTC metadata on the day before the one shown."""
    before = f"{story.day[:8]}{int(story.day[8:]) - 1:02d}T22:30:00Z"
    made = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{story.headline}</title><meta property="og:title" content="{story.headline}"><meta property="og:type" content="article"><meta property="article:published_time" content="{before}"><meta name="author" content="شركة الأفق للحلول البرمجية"></head>
<body><form method="post" action="./Details.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="x"><div id="ctl00_header"><span id="ctl00_lblToday">اليوم: الجمعة 2 فبراير 2024</span>{NAV}</div>
<div class="main"><div class="path"><a href="/">الرئيسية</a> &raquo; <a href="/cat/3">{story.section}</a></div>
<h1><span id="ctl00_cph_lblTitle">{story.headline}</span></h1><div class="info"><span id="ctl00_cph_lblDate">{story.date_shown}</span><span id="ctl00_cph_lblViews">عدد المشاهدات: 512</span></div>
<div class="pic"><img id="ctl00_cph_img" src="/Uploads/1.jpg" width="640"><span class="img-caption">{story.caption}</span></div>
<div id="ctl00_cph_divDetails" class="details">{story.place} – {story.author}<div>{escape(story.paragraphs[0])}</div><div>{escape(story.paragraphs[1])}</div><div>&nbsp;</div>{"".join(f"<div>{escape(t)}</div>" for t in story.paragraphs[2:])}</div>
<div class="tools"><a href="#">طباعة</a><a href="#">إرسال</a></div><div class="mod"><div class="mod-title">مواضيع ذات صلة</div>{_links(story.others, '<div class="item"><a href="/d/{i}"><img src="/t/{i}.jpg"></a><a href="/d/{i}">{t}</a></div>')}</div></div></form></body></html>"""
    return Made(made, replace(whole(story), dateline=story.place))


def blogger(story: Story) -> Made:
    """Blogger: post-body with divs, line breaks and no-break spaces, date header above the title."""
    text = "".join(
        f'<div dir="rtl" style="text-align: right;"><span style="font-size: large;">{escape(t)}</span></div><div><br /></div>'
        for t in story.paragraphs
    )
    made = f"""<!DOCTYPE html><html dir='rtl' xmlns='http://www.w3.org/1999/xhtml'><head><meta content='text/html; charset=UTF-8' http-equiv='Content-Type'/><title>مدونة الرصيف: {story.headline}</title></head><body><div class='header'><h1 class='title'><a href='/'>مدونة الرصيف</a></h1></div>
<div class='main section' id='main'><div class='widget Blog'><div class='blog-posts hfeed'><h2 class='date-header'><span>{story.date_shown}</span></h2><div class='post hentry'><h3 class='post-title entry-title' itemprop='name'>{story.headline}</h3>
<div class='post-body entry-content' itemprop='description articleBody'><div class="separator" style="clear: both;"><a href="https://blogger.example/s1600/p.jpg"><img border="0" height="300" src="https://blogger.example/s400/p.jpg" width="400" /></a></div>{text}</div>
<div class='post-footer'><span class='post-author vcard'>مرسلة بواسطة <span class='fn' itemprop='author'>{story.author}</span></span><span class='post-timestamp'>في <abbr class='published' title='{story.day}T09:00:00+03:00'>9:00 ص</abbr></span><span class='post-labels'>التسميات: <a href='/label/x' rel='tag'>{story.section}</a></span></div></div></div></div></div>
<div class='sidebar'><h2>المشاركات الشائعة</h2><ul>{_links(story.others)}</ul></div></body></html>"""
    return Made(made, replace(whole(story), section=None, caption=None))


def endless(story: Story) -> Made:
    """A page that appends the next articles under the one that was asked for."""

    def article(one: Story, place: int) -> str:
        return f"""<article class="article-page" data-id="{place}"><div class="article-top"><a class="category" href="/c/1">{one.section}</a><h1 class="article-title">{one.headline}</h1><div class="meta"><span class="author-name">{one.author}</span><time datetime="{one.day}T07:00:00+03:00">{one.date_shown}</time></div></div><figure><img src="/i/{place}.jpg" alt=""><figcaption>{one.caption}</figcaption></figure><div class="article-body">{_p(one.paragraphs)}</div></article>"""

    made = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{story.headline} | المنارة</title><meta property="og:site_name" content="المنارة"><meta property="og:title" content="{story.headline}"></head><body><nav>{NAV}</nav><div id="articles">{article(story, 1)}{article(_other(story), 2)}</div><aside><h3>الأكثر قراءة</h3><ol>{_links(story.others)}</ol></aside></body></html>"""
    return Made(made, whole(story))


def _other(story: Story) -> Story:
    return NEWS if story.headline != NEWS.headline else STORY


def broken_json(story: Story) -> Made:
    """A React site saved after rendering: hashed class names, JSON-LD with raw line breaks, a lead in its own element."""
    made = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{story.headline}</title>
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{story.headline}","datePublished":"{story.day}T05:10:00Z","author":[{{"@type":"Person","name":"{story.author}"}}],"articleSection":"{story.section}","description":"سطر
مكسور","publisher":{{"@type":"Organization","name":"الرواق"}},}}</script></head>
<body><div id="__next"><div class="css-1a2b"><div class="css-9x">{NAV}</div></div><div class="css-77"><div class="css-h1"><h1 class="css-k2">{story.headline}</h1></div><p class="article-lead">{escape(story.paragraphs[0])}</p><div class="css-by"><a href="/authors/9" class="css-au">{story.author}</a><span>{story.date_shown}</span></div>
<div class="css-b"><div><p>{escape(story.paragraphs[1])}</p></div><div class="css-ad">إعلان</div><div><p>{escape(story.paragraphs[2])}</p></div><div class="css-rel"><h4>اقرأ أيضا</h4><a href="/n/7"><span>{story.others[0]}</span></a></div>{"".join(f"<div><p>{escape(t)}</p></div>" for t in story.paragraphs[3:])}</div></div>
<div class="css-m"><h2>آخر الأخبار</h2><div>{_links(story.others[1:], '<div class="css-c"><a href="/n/{i}"><h3>{t}</h3></a></div>')}</div></div></div></body></html>"""
    return Made(made, replace(whole(story), caption=None, read_also=story.others[:1], boxes=story.others[1:]))


def microdata(story: Story) -> Made:
    """Schema.org microdata, Arabic-Indic digits, credit under the picture, an agency's sign-off, summary cards below."""
    made = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{story.headline} — وكالة الجبل</title></head><body><header><a href="/"><img src="/logo.png" alt="وكالة الجبل"></a>{NAV}</header>
<ol class="breadcrumb"><li><a href="/">الرئيسية</a></li><li><a href="/x">{story.section}</a></li><li class="active">{story.headline}</li></ol>
<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{story.headline}</h1><div class="info"><span itemprop="author" itemscope><span itemprop="name">{story.author}</span></span> | <meta itemprop="datePublished" content="{story.day}T10:00:00+03:00"><span>{story.date_shown.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))}</span></div>
<div class="image-holder"><img itemprop="image" src="/u/9.jpg" width="700"><div class="image-caption">{story.caption}</div></div>
<div itemprop="articleBody">{_p(story.paragraphs)}</div></div>
<section class="more"><h3>مواضيع مشابهة</h3>{_links(story.others, '<div class="card"><a href="/n/{i}"><img src="/t/{i}.jpg"></a><h4><a href="/n/{i}">{t}</a></h4><p>ملخص قصير يشرح الخبر في سطر واحد طويل بعض الشيء حتى يبدو مثل فقرة من المادة نفسها.</p></div>')}</section></body></html>"""
    return Made(made, whole(story))


def magazine(story: Story) -> Made:
    """Elementor-like: body in widgets, pull quotes, subheadings, a newsletter prompt in the middle, video embed."""
    made = f"""<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="utf-8"><title>{story.headline}</title><meta property="og:title" content="{story.headline}"><meta property="article:section" content="{story.section}"><meta property="article:published_time" content="{story.day}T12:00:00+00:00"></head>
<body class="elementor-page"><div class="elementor-location-header">{NAV}</div><div class="elementor elementor-9 post-9 type-post"><div class="elementor-widget elementor-widget-theme-post-title"><h1 class="elementor-heading-title">{story.headline}</h1></div>
<div class="elementor-widget elementor-widget-post-info"><ul class="elementor-inline-items"><li itemprop="author"><a href="/a/1"><span class="elementor-post-info__item--type-author">{story.author}</span></a></li><li itemprop="datePublished"><a href="/d"><span class="elementor-post-info__item--type-date">{story.date_shown}</span></a></li></ul></div>
<div class="elementor-widget elementor-widget-theme-post-featured-image"><figure class="wp-caption"><img src="/f.jpg" width="1024"><figcaption class="widget-image-caption wp-caption-text">{story.caption}</figcaption></figure></div>
<div class="elementor-widget elementor-widget-theme-post-content"><div class="elementor-widget-container"><p>{escape(story.paragraphs[0])}</p><h2>بين الأمس واليوم</h2><p>{escape(story.paragraphs[1])}</p><div class="newsletter-box"><p>اشترك في نشرتنا البريدية لتصلك أهم المقالات كل صباح على بريدك مباشرة.</p></div><p>{escape(story.paragraphs[2])}</p><div class="wp-block-embed"><iframe src="https://www.youtube.com/embed/abcdefghijk?rel=0"></iframe></div>{_p(story.paragraphs[3:])}</div></div></div>
<div class="elementor-widget elementor-posts"><h3>مقالات ذات صلة</h3>{_links(story.others, '<article class="elementor-post"><div class="elementor-post__text"><h3 class="elementor-post__title"><a href="/n/{i}">{t}</a></h3><div class="elementor-post__excerpt"><p>مقتطف قصير من المقال الآخر يقف تحت عنوانه في هذه القائمة الطويلة.</p></div></div></article>')}</div></body></html>"""
    body = (story.paragraphs[0], "بين الأمس واليوم", *story.paragraphs[1:])
    return Made(made, replace(whole(story), body=body))


def broadcaster(story: Story) -> Made:
    """A broadcaster's markup: figures between paragraphs with «صورة:» credits, lists, a promo box, relative time too."""
    made = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{story.headline} - قناة السهل</title><link rel="canonical" href="https://example.com/arabic/society-123"></head><body><div role="banner"><a href="/">قناة السهل</a></div><nav>{NAV}</nav><main role="main">
<div class="bbl-1"><h1 id="content" tabindex="-1">{story.headline}</h1></div><div><figure><div><picture><img src="https://i.example.com/800/a.jpg" width="800"></picture><p role="text"><span class="visually-hidden">صدر الصورة، </span>Getty Images</p></div><figcaption class="cap-x"><span class="visually-hidden">التعليق على الصورة، </span><p>{story.caption}</p></figcaption></figure></div>
<section role="region" aria-labelledby="article-byline"><strong id="article-byline" class="visually-hidden">Article Information</strong><ul role="list"><li><span class="visually-hidden">Author, </span><span class="byline-name">{story.author}</span></li></ul></section><div><time datetime="{story.day}">{story.date_shown}</time></div>
<div dir="rtl"><p>{escape(story.paragraphs[0])}</p></div><div dir="rtl"><p>{escape(story.paragraphs[1])}</p></div>
<section aria-labelledby="recs"><h2 id="recs">مواضيع قد تهمك</h2><ul>{_links(story.others[:2])}</ul><p>نهاية</p></section>
{"".join(f'<div dir="rtl"><p>{escape(t)}</p></div>' for t in story.paragraphs[2:])}</main><section aria-labelledby="Most-Read"><h2 id="Most-Read">الأكثر قراءة</h2><ol>{_links(story.others[2:])}</ol></section></body></html>"""
    return Made(made, replace(whole(story), section=None, read_also=story.others[:2], boxes=story.others[2:]))


def maghreb(story: Story) -> Made:
    """A Maghrebi portal: place and name on one line after the headline, a sign-off, French month names in metadata."""
    made = f"""<!DOCTYPE html><html lang="fr-FR"><head><meta charset="utf-8"><title>{story.headline} - صدى الأطلس</title><meta property="og:site_name" content="صدى الأطلس"></head><body><div class="top-bar">السبت 3 غشت 2024</div>{NAV}<div class="container"><div class="row"><div class="col-md-8"><div class="post-header"><span class="post-cat"><a href="/cat/m">{story.section}</a></span><h1 class="post-title">{story.headline}</h1>
<div class="post-meta"><span class="author">{story.place} – {story.author}</span><span class="date-post">{story.date_shown}</span><span class="comments-count">12 تعليقا</span></div></div><div class="article-content"><div class="image-wrapper"><img src="/files/p.jpg"><span class="credit">أرشيف</span></div>{_p(story.paragraphs)}</div>
<div class="addtoany_share_save_container"><a href="#">Facebook</a><a href="#">Twitter</a></div><div class="alert alert-info">شروط التعليق: عدم الإساءة للكاتب أو للأشخاص أو للمقدسات أو مهاجمة الأديان أو الذات الالهية.</div><div class="comments-list"><h3>تعليقات الزوار</h3><div class="comment-body"><p>موضوع جميل وشكرا للكاتبة على هذا المقال الرائع الذي أعاد إلينا الذكريات.</p></div></div></div>
<div class="col-md-4"><div class="box-aside"><h4>آخر المستجدات</h4><ul>{_links(story.others)}</ul></div></div></div></div></body></html>"""
    return Made(made, replace(whole(story), caption=None, dateline=story.place))


def utf16(story: Story) -> Made:
    """A page saved by an old browser as UTF-16 with its mark, its declaration saying otherwise."""
    made = breaks_in_a_div(story)
    return Made(made.html, made.expected, "utf-16")


TEMPLATES: tuple[Callable[[Story], Made], ...] = (
    wordpress,
    breaks_in_a_div,
    single_breaks,
    tables,
    drupal,
    webforms,
    blogger,
    endless,
    broken_json,
    microdata,
    magazine,
    broadcaster,
    maghreb,
    utf16,
)
