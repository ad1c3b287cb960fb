"""Pages as large Arabic portals build them today: frameworks, themes, agencies, mobile and printed versions.

Each holds what misleads: names and topics in unlabelled links, boxes inside the text, dates of other things.
Texts and outlets are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape

from tests.intake.html_templates import NAV, Made, Story, _links, _p, whole


def framework(story: Story) -> Made:
    """A framework's page: state in a script, classes by a tool, subhead, a list of links announced to screen readers."""
    others = "".join(
        f'<li class="more-on__item"><span class="screen-reader-text">list {n} of 2</span><a href="/n/{100 + n}"><h3>{text}</h3></a></li>'
        for n, text in enumerate(story.others[:2])
    )
    made = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{story.headline} | {story.section} | المنارة نت</title><meta property="og:site_name" content="المنارة نت"><meta property="og:title" content="{story.headline}"><script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{story.headline}","datePublished":"{story.day}T05:10:00Z","dateModified":"{story.day}T09:10:00Z","author":{{"@type":"Organization","name":"المنارة نت"}},"publisher":{{"@type":"Organization","name":"المنارة نت"}}}}</script></head><body><div id="root"><div class="header-menu"><a href="/"><span class="screen-reader-text">المنارة نت</span></a><ul class="menu">{_links(("أخبار", "سياسة", "اقتصاد"), "<li><a href='/{i}'>{t}</a></li>")}</ul></div>
<main id="main-content-area"><div class="l-col l-col--8"><header class="article-header"><div class="topics"><a href="/s/1/">{story.section}</a></div><h1>{story.headline}</h1><p class="article__subhead css-1wt8oh6"><em>مدينة قديمة تعيد فتح أبوابها أمام أهلها بعد أعوام طويلة</em></p></header><figure class="article-featured-image"><div class="responsive-image"><img src="/wp-content/uploads/2021/a.jpg?resize=770" width="770" height="513" alt="{story.caption}"/></div><figcaption>{story.caption} (الفرنسية)</figcaption></figure>
<div class="article-info-block css-ti04u9"><div class="article-b-l"><div class="article-author-name"><span class="article-author-name-item"><a class="author-link" href="/author/x">{story.author}</a></span></div><div class="article-dates"><div class="date-simple css-1mfvvdi"><span class="screen-reader-text">Published On {story.day}</span><span aria-hidden="true">{story.date_shown}</span></div></div></div><div class="social-share"><button>انسخ الرابط</button></div></div>
<div class="wysiwyg wysiwyg--all-content css-ibbk12" aria-live="polite">{_p(story.paragraphs[:2])}<div class="container--ads"><p class="ad-label">Advertisement</p></div><div class="more-on"><h2>اقرأ أيضا</h2><span class="screen-reader-text">list of 2 items</span><ul class="more-on__list">{others}</ul><span class="screen-reader-text">end of list</span></div>{_p(story.paragraphs[2:])}</div><div class="article-source css-1l5y"><strong>المصدر: </strong><span>المنارة + وكالات</span></div></div>
<aside class="l-col l-col--4"><section class="trending-articles"><h2>الأكثر قراءة</h2><ol>{_links(story.others[2:], "<li><a href='/n/{i}'><h3>{t}</h3></a></li>")}</ol></section></aside></main></div><script>window.__STATE__={{"a":"نص لا يراه أحد في الصفحة أبدا"}}</script></body></html>"""
    return Made(
        made,
        replace(
            whole(story),
            caption=f"{story.caption} (الفرنسية)",
            read_also=story.others[:2],
            boxes=story.others[2:],
        ),
    )


def utility_classes(story: Story) -> Made:
    """Class names that say how a thing looks, never what it is; topics that are names of people stand under the text."""
    made = f"""<!DOCTYPE html><html dir="rtl"><head><meta charset="utf-8"><title>{story.headline} - نسمة</title><meta name="keywords" content="أحمد شوقي,بلدية المدينة"></head><body class="antialiased bg-white"><div class="flex justify-between px-4 py-2"><a href="/" class="text-xl font-bold">نسمة</a><div class="flex gap-4"><a href="/politics">سياسة</a><a href="/sport">رياضة</a><a href="/arts">فنون</a></div></div>
<div class="container mx-auto grid grid-cols-12 gap-6"><div class="col-span-8"><a href="/society" class="inline-block bg-red-600 text-white px-2 text-sm">{story.section}</a><h1 class="text-3xl font-bold leading-snug mt-2">{story.headline}</h1><div class="flex items-center text-gray-500 text-sm mt-3"><img src="/avatars/12.webp" class="w-8 h-8 rounded-full" width="32" height="32" alt="{story.author}"><span class="mr-2">{story.author}</span><span class="mx-2">•</span><span>{story.date_shown}</span><span class="mx-2">•</span><span>4 دقائق قراءة</span></div>
<img src="/storage/1.webp" class="w-full rounded mt-4" alt="{story.caption}"><p class="text-xs text-gray-400 mt-1">{story.caption}</p>
<div class="prose prose-lg mt-6">{_p(story.paragraphs)}</div><div class="flex flex-wrap gap-2 mt-6"><a href="/topic/1" class="rounded-full border px-3 py-1">أحمد شوقي</a><a href="/topic/2" class="rounded-full border px-3 py-1">محمد صلاح</a><a href="/topic/3" class="rounded-full border px-3 py-1">بلدية المدينة</a></div>
<h3 class="text-xl font-bold mt-10">مواضيع ذات صلة</h3><div class="grid grid-cols-2 gap-4">{_links(story.others, '<a href="/n/{i}" class="block"><img src="/storage/{i}.webp"><span class="font-bold">{t}</span><span class="text-xs text-gray-400">منذ 3 ساعات</span></a>')}</div></div></div><div class="bg-gray-900 text-white mt-12 p-8"><p>نسمة موقع إخباري مستقل يصدر عن مؤسسة أهلية ويهتم بأخبار المدن والحرف والناس.</p></div></body></html>"""
    return Made(made, whole(story))


def theme_with_blocks(story: Story) -> Made:
    """A portal theme of WordPress: crumbs, an administrator for author, advertisements and a box of links in the text."""
    made = f"""<!doctype html><html lang="ar" dir="rtl"><head><meta charset="UTF-8"><title>{story.headline} &#8211; صوت الساحل</title><meta property="og:site_name" content="صوت الساحل"><meta property="og:title" content="{story.headline} - صوت الساحل"><meta property="article:published_time" content="{story.day}T10:00:00+00:00"><meta name="author" content="admin"></head><body class="single-post td-standard-pack"><div class="td-header-wrap"><div class="td-header-sp-logo"><a href="/">صوت الساحل</a></div><div class="td-trending-now-wrapper"><div class="td-trending-now-title">عاجل</div><h3 class="entry-title td-module-title"><a href="/n/100" title="x">{story.others[0]}</a></h3></div></div>
<div class="td-main-content-wrap"><div class="td-container"><div class="td-crumb-container"><div class="entry-crumbs"><span><a class="entry-crumb" href="/">الرئيسية</a></span> <i class="td-icon-right"></i> <span><a class="entry-crumb" href="/s/">{story.section}</a></span> <i class="td-icon-right"></i> <span class="td-bred-no-url-last">{story.headline}</span></div></div>
<article class="post type-post category-society"><div class="td-post-header"><ul class="td-category"><li class="entry-category"><a href="/s/">{story.section}</a></li></ul><header class="td-post-title"><h1 class="entry-title">{story.headline}</h1><div class="td-module-meta-info"><div class="td-post-author-name"><div class="td-author-by">بواسطة</div> <a href="/author/admin/">admin</a><div class="td-author-line"> - </div></div><span class="td-post-date"><time class="entry-date updated td-module-date" datetime="{story.day}T10:00:00+00:00">{story.date_shown}</time></span><div class="td-post-comments"><a href="#respond">0</a></div><div class="td-post-views"><span class="td-nr-views-1">1207</span></div></div></header></div>
<div class="td-post-sharing-top"><a class="td-social-sharing-button" href="#"><div class="td-social-but-text">Facebook</div></a><a href="#"><div class="td-social-but-text">Twitter</div></a></div>
<div class="td-post-content tagdiv-type"><div class="td-post-featured-image"><figure><a href="/a.jpg"><img src="/a-696x464.jpg" width="696" height="464" alt=""></a><figcaption class="wp-caption-text">{story.caption}</figcaption></figure></div><p><strong>{story.place} – {story.author}</strong></p>{_p(story.paragraphs[:1])}<div class="td-a-rec td-a-rec-id-content_inline"><span class="td-adspot-title">- إعلان -</span></div>{_p(story.paragraphs[1:2])}<div class="td_block_wrap td_block_related_posts"><div class="td-block-title-wrap"><h4 class="block-title">قد يعجبك أيضا</h4></div><div class="td_module_1"><h3 class="entry-title"><a href="/n/101">{story.others[1]}</a></h3><span class="td-post-date"><time>مارس 2, 2021</time></span></div></div>{_p(story.paragraphs[2:])}</div>
<footer><div class="td-post-source-tags"><ul class="td-tags"><li><span>الوسوم</span></li><li><a href="/tag/a">حرف</a></li><li><a href="/tag/b">أسواق</a></li></ul></div><div class="td-block-row td-post-next-prev"><span>المقال السابق</span><a href="/n/102">{story.others[2]}</a></div><span class="td-page-meta" itemprop="author"><meta itemprop="name" content="admin"></span></footer></article>
<div class="td_block_wrap td_block_related_posts"><h4 class="td-related-title"><a class="td-related-left">مقالات مشابهة</a><a class="td-related-right">المزيد من المؤلف</a></h4><div class="td_module_related_posts"><h3 class="entry-title"><a href="/n/103">{story.others[3]}</a></h3></div><div class="td_module_related_posts"><h3 class="entry-title"><a href="/n/102">{story.others[2]}</a></h3></div></div></div></div></body></html>"""
    return Made(
        made,
        replace(
            whole(story),
            dateline=story.place,
            read_also=story.others[1:2],
            boxes=(story.others[3], story.others[2]),
            tags=("حرف", "أسواق"),
        ),
    )


def labels_without_headings(story: Story) -> Made:
    """WebForms without any heading: the title, the writer and the date are labels; breaks part the paragraphs."""
    text = "<br /><br />".join(escape(text) for text in story.paragraphs)
    made = f"""<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{story.headline}</title><meta http-equiv="Content-Type" content="text/html; charset=windows-1256"/></head><body dir="rtl"><form name="form1" method="post" action="NewsDetails.aspx?ID=771" id="form1"><table width="980" align="center"><tr><td colspan="2"><img src="images/header.jpg" width="980" height="120"/></td></tr><tr><td colspan="2"><table><tr>{"".join(f'<td><a href="Section.aspx?ID={n}">{name}</a></td>' for n, name in enumerate(("محليات", "عربي ودولي", "اقتصاد", "رياضة", "ثقافة", "منوعات")))}</tr></table></td></tr>
<tr><td valign="top" width="700"><span id="ctl00_ContentPlaceHolder1_lblSection" style="color:Red">{story.section}</span><br/><span id="ctl00_ContentPlaceHolder1_lblTitle" style="font-size:X-Large;font-weight:bold;">{story.headline}</span><br/><span id="ctl00_ContentPlaceHolder1_lblDate">{story.date_shown} 10:22:00 ص</span><br/><span id="ctl00_ContentPlaceHolder1_lblWriter">كتب : {story.author}</span><br/><table align="left" width="300"><tr><td><img id="ctl00_ContentPlaceHolder1_imgNews" src="Pics/771.jpg" width="300"/></td></tr><tr><td align="center"><span id="ctl00_ContentPlaceHolder1_lblPicTitle">{story.caption}</span></td></tr></table><div align="justify"><span id="ctl00_ContentPlaceHolder1_lblDetails">{text}</span></div><br/><a href="javascript:window.print()">طباعة</a> | <a href="Send.aspx?ID=771">إرسال إلى صديق</a> | <a href="javascript:history.back()">رجوع</a><br/><span>عدد القراء: 1423</span></td>
<td valign="top"><table class="side"><tr><td class="hd">آخر الأخبار</td></tr>{_links(story.others, "<tr><td><img src='images/bullet.gif' width='8'/> <a href='NewsDetails.aspx?ID={i}'>{t}</a></td></tr>")}</table></td></tr><tr><td colspan="2" align="center">جميع الحقوق محفوظة © 2021<br/>تصميم وبرمجة شركة المدار</td></tr></table></form></body></html>"""
    return Made(made, whole(story), "cp1256")


def agency_bulletin(story: Story) -> Made:
    """An agency: «city-agency» opens the text as a line of its own, initials of its editors close it."""
    texts = (f"{story.place}-سانا", *story.paragraphs)
    made = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{story.headline} – الوكالة</title><meta property="og:title" content="{story.headline}"><meta property="og:site_name" content="الوكالة"></head><body>{NAV}<div class="row"><div class="col-md-8"><div class="news-box"><h2 class="news-title">{story.headline}</h2><div class="news-date"><i class="fa fa-clock"></i> {story.date_shown}</div><div class="news-img"><img src="/f/1.jpeg" class="img-responsive" alt="خبر"></div><div class="news-details">{_p(texts)}<p>ع م / ر ن</p></div><div class="addthis_toolbox"></div></div></div><div class="col-md-4"><div class="panel"><div class="panel-heading">آخر الأخبار</div><div class="panel-body"><ul>{_links(story.others, "<li><small>14:0{i}</small> <a href='/?p={i}'>{t}</a></li>")}</ul></div></div></div></div></body></html>"""
    return Made(
        made,
        replace(whole(story), body=texts[1:], authors=(), section=None, caption=None, dateline=story.place),
    )


def printed(story: Story) -> Made:
    """A version for printing: no boxes, the address and the hour of printing at its ends."""
    made = f"""<html><head><title>طباعة: {story.headline}</title><meta charset="utf-8"></head><body dir="rtl" onload="window.print()"><table width="650" align="center" border="0"><tr><td><img src="/images/logo_print.gif"></td><td align="left">تاريخ الطباعة: 2 فبراير 2024</td></tr><tr><td colspan="2"><hr><font size="5"><b>{story.headline}</b></font><br><font size="2">{story.date_shown}</font><br><b>بقلم: {story.author}</b><br><br>{"<br><br>".join(escape(t) for t in story.paragraphs)}<hr></td></tr><tr><td colspan="2">رابط الخبر: http://example.org/print/771</td></tr><tr><td colspan="2">جميع الحقوق محفوظة</td></tr></table></body></html>"""
    return Made(made, replace(whole(story), section=None, caption=None, boxes=()))


def mobile(story: Story) -> Made:
    """A page for phones: a drawer of sections first, the app's prompt, pictures that load late."""
    made = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="canonical" href="https://www.example.org/society/771"><title>{story.headline}</title></head><body><div id="drawer"><ul>{_links(("الرئيسية", "مجتمع", "اقتصاد", "رياضة", "فن"), "<li><a href='/m/{i}'>{t}</a></li>")}</ul></div><div data-role="page"><div data-role="header"><a href="/m">المشكاة</a></div><div class="smartbanner"><p>حمل تطبيق المشكاة الآن</p><a href="#">تحميل</a></div><div data-role="content"><div class="catTitle">{story.section}</div><h1 class="newsTitle">{story.headline}</h1><span class="newsDate">{story.date_shown} | 10:22 ص</span><div class="newsWriter">{story.place} ــ {story.author}</div><div class="newsImg"><img class="lazy" src="/img/blank.gif" data-src="/p/771.jpg" width="640" height="360"><div class="newsImgDesc">{story.caption}</div></div><div id="newsBody">{"".join(f"<div>{escape(t)}</div><div><br></div>" for t in story.paragraphs)}</div><div class="shareIcons"><a href="whatsapp://send?text=x">واتساب</a><a href="https://t.me/share/url?url=x">تليجرام</a></div><div class="moreNews"><div class="ttl">اقرأ أيضا</div>{_links(story.others, "<a href='/m/n/{i}'><div class='it'><img data-src='/p/{i}.jpg'><span>{t}</span></div></a>")}</div></div><div data-role="footer"><a href="/full">النسخة الكاملة</a></div></div></body></html>"""
    return Made(made, replace(whole(story), dateline=story.place, read_also=story.others, boxes=()))


def column(story: Story) -> Made:
    """An opinion: the writer with a portrait above, who they are and their other columns below."""
    made = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{story.headline} - {story.author} - المرآة</title><meta property="og:site_name" content="المرآة"><meta property="og:title" content="{story.headline}"><meta property="og:image" content="https://example.org/writers/9.jpg"></head><body>{NAV}<div class="path"><a href="/">الرئيسية</a> / <a href="/opinion">{story.section}</a></div><div class="writer-info"><img src="https://example.org/writers/9.jpg" width="120" height="120" alt="{story.author}"><h3><a href="/writer/9">{story.author}</a></h3></div><h1>{story.headline}</h1><p class="pub">{story.date_shown}</p><div class="text-body">{_p(story.paragraphs)}<p>* كاتبة وباحثة في تاريخ المدن</p></div><div class="more-writer"><h3>مقالات أخرى للكاتب</h3><ul>{_links(story.others)}</ul></div></body></html>"""
    return Made(
        made, replace(whole(story), caption=None, body=(*story.paragraphs, "* كاتبة وباحثة في تاريخ المدن"))
    )


def ledger(story: Story) -> Made:
    """An old daily: kicker and second headline, number and year of the issue, Hijri day beside the Gregorian."""
    hijri = {"2021-03-14": "30 رجب 1442 هـ", "2022-11-05": "11 ربيع الآخر 1444 هـ"}[story.day]
    made = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>الديوان - {story.headline}</title></head><body><div id="top"><div class="today">الخميس 21 من ربيع الأول 1446 هــ 26 سبتمبر 2024 السنة 148 العدد 50697</div>{NAV}</div><div id="divMain"><div class="bbprim">بعد عشرين عاما</div><h1 class="bbtitle">{story.headline}</h1><h2 class="bbsub">الأهالي: المدينة عادت إلينا من جديد</h2><div class="bbdate">{story.date_shown} - {hijri} السنة 145 العدد 49041</div><div class="bbauthor"><a href="/Author/8">تحقيق ــ {story.author}</a></div><div class="bbpic"><img src="/MediaFiles/1_m.jpg"><br>{story.caption}</div><div class="bbtext" id="abstractDiv"><p>&nbsp;</p>{"<p>&nbsp;</p>".join(f'<p dir="RTL"><span style="font-size:16px">{escape(t)}</span></p>' for t in story.paragraphs)}</div><div class="bbrel"><div class="hdr">أخبار متعلقة</div>{_links(story.others, "<p><a href='/News/{i}.aspx'>{t}</a></p>")}</div></div></body></html>"""
    return Made(made, replace(whole(story), section=None))


def scrolling_stack(story: Story) -> Made:
    """The next article is loaded under this one, in an element of its own number, with its own author and date."""
    second = f"""<div class="single-news" id="news-502" data-url="/502"><h1>{story.others[0]}</h1><div class="writer">هناء الصباغ</div><div class="dt">13 مارس 2021</div><div class="txt"><p>خصصت البلدية ميزانية للنقل العام تكفي لشراء أربعين حافلة جديدة تعمل بالكهرباء خلال العام المقبل في ثلاثة أحياء.</p><p>وستبدأ المرحلة الأولى من الحي الشرقي الذي يشكو سكانه من انقطاع الخطوط بعد التاسعة مساء منذ سنوات طويلة.</p></div></div>"""
    made = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{story.headline}</title></head><body>{NAV}<div id="stack"><div class="single-news" id="news-501" data-url="/501"><h1>{story.headline}</h1><div class="writer">{story.author}</div><div class="dt">{story.date_shown}</div><img src="/1.jpg" width="700" alt="{story.headline}"><div class="txt">{_p(story.paragraphs)}</div><div class="kw"><a href="/k/1">علي حسن</a> <a href="/k/2">سوق</a></div></div>{second}</div></body></html>"""
    return Made(made, replace(whole(story), section=None, caption=None, boxes=()))


def night_edition(story: Story) -> Made:
    """Machines are told UTC, the evening before; the reader is shown the local night, in Arabic digits."""
    year, month, day = story.day.split("-")
    name = {"03": "مارس", "11": "نوفمبر"}[month]
    shown = f"{int(day)} {name} {year} - 01:30 ص".translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    before = f"{year}-{month}-{int(day) - 1:02d}T22:30:00.000Z"
    made = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{story.headline} | رواق</title><meta property="og:site_name" content="رواق"><script type="application/ld+json">[{{"@context":"http://schema.org","@type":"WebSite","name":"رواق","url":"https://example.org"}},{{"@context":"http://schema.org","@type":["NewsArticle"],"headline":"{story.headline}","datePublished":"{before}","author":[{{"@type":"Person","name":"{story.author}","url":"https://example.org/a/1"}}],"articleSection":"{story.section}","image":["https://example.org/i/1.jpg"]}}]</script></head><body>{NAV}<article class="story"><h1 class="story__title">{story.headline}</h1><div class="story__meta"><a class="story__writer" href="/a/1">{story.author}</a><span class="story__when">نُشر: {shown}</span></div><div class="story__hero"><img src="https://example.org/i/1.jpg" width="900"><small>{story.caption}</small></div><div class="story__content"><section>{_p(story.paragraphs[:2])}</section><section>{_p(story.paragraphs[2:])}</section></div></article><section class="strip"><h2>آخر الأخبار</h2><div>{_links(story.others, "<article><h3><a href='/n/{i}'>{t}</a></h3><p>ملخص قصير</p></article>")}</div></section></body></html>"""
    return Made(made, whole(story))


def relative_time(story: Story) -> Made:
    """«Three hours ago» is shown, the moment told beside it; names of people are topics under the text."""
    made = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{story.headline}</title></head><body>{NAV}<div class="post"><div class="post-head"><h1>{story.headline}</h1><ul class="post-info"><li><i></i> <a href="/author/3">{story.author}</a></li><li><time datetime="{story.day}T11:20:00+03:00">منذ 3 ساعات</time></li><li>120 مشاهدة</li></ul></div><div class="post-img"><img src="/a.jpg" alt="{story.headline}"></div><div class="post-body">{_p(story.paragraphs)}</div><div class="post-foot"><ul class="list"><li><a href="/t/1">محمد صلاح</a></li><li><a href="/t/2">علي حسن</a></li></ul></div><div class="cm"><h3>التعليقات (2)</h3><div class="cm-item"><b>أبو خالد</b><span>12 مارس 2022</span><p>كلام جميل جدا وأتمنى أن تعود بقية الأسواق القديمة كما كانت في زمن آبائنا.</p></div></div></div></body></html>"""
    return Made(made, replace(whole(story), section=None, caption=None, boxes=()))


def accelerated(story: Story) -> Made:
    """An accelerated page: a drawer of sections before the headline, «editor» for author, caption beside the picture."""
    made = f"""<!doctype html><html ⚡ lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{story.headline}</title><script type="application/ld+json">{{"@context":"http://schema.org","@type":"NewsArticle","mainEntityOfPage":"https://example.org/1","headline":"{story.headline}","datePublished":"{story.day}T10:00:00+03:00","author":{{"@type":"Person","name":"محرر الموقع"}},"image":{{"@type":"ImageObject","url":"https://example.org/1.jpg"}}}}</script></head><body><amp-sidebar id="s" layout="nodisplay"><ul>{_links(("سياسة", "اقتصاد", "مجتمع", "رياضة"), "<li><a href='/{i}'>{t}</a></li>")}</ul></amp-sidebar><header><a href="/">الميدان</a></header><main><div class="sec"><a href="/society">{story.section}</a></div><h1>{story.headline}</h1><div class="inf"><span>كتبت: {story.author}</span><time>{story.date_shown} 10:00 ص</time></div><amp-img src="https://example.org/1.jpg" width="600" height="400" layout="responsive"></amp-img><div class="cap">{story.caption}</div><div class="content">{_p(story.paragraphs[:2])}<amp-ad type="doubleclick"><div overflow>إعلان</div></amp-ad>{_p(story.paragraphs[2:])}<amp-social-share type="facebook"></amp-social-share></div><amp-list src="x"><template type="amp-mustache"><a href="{{{{url}}}}">{{{{title}}}}</a></template></amp-list><section><h2>موضوعات متعلقة</h2>{_links(story.others, "<a href='/n/{i}'><amp-img src='/{i}.jpg' width='100' height='80'></amp-img><p>{t}</p></a>")}</section></main></body></html>"""
    return Made(made, whole(story))


def block_theme(story: Story) -> Made:
    """A theme made of blocks: the lead has no caption, a picture in the text has; the newest articles end the text."""
    made = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{story.headline} • نافذة</title><meta property="og:site_name" content="نافذة"><meta property="article:published_time" content="{story.day}T00:10:00+00:00"><meta property="article:section" content="{story.section}"></head><body class="wp-singular post-template-default"><div class="wp-site-blocks"><header class="wp-block-template-part"><p class="wp-block-site-title"><a href="/">نافذة</a></p><nav class="wp-block-navigation"><a href="/a">عن نافذة</a></nav></header><main class="wp-block-group"><div class="wp-block-group"><h1 class="wp-block-post-title">{story.headline}</h1><div class="wp-block-group"><div class="wp-block-post-date"><time datetime="{story.day}T02:10:00+02:00">{story.date_shown}</time></div><p class="has-small-font-size">—</p><p class="has-small-font-size">بواسطة</p><div class="wp-block-post-author-name"><a href="/author/s">{story.author}</a></div><p>في</p><div class="taxonomy-category wp-block-post-terms"><a href="/c" rel="tag">{story.section}</a></div></div></div><figure class="wp-block-post-featured-image"><img src="/a.jpg" alt=""></figure><div class="entry-content wp-block-post-content"><p>{escape(story.paragraphs[0])}</p><figure class="wp-block-image"><img src="/b.jpg"><figcaption class="wp-element-caption">{story.caption}</figcaption></figure>{_p(story.paragraphs[1:])}<ul class="wp-block-latest-posts__list wp-block-latest-posts">{_links(story.others[:2], '<li><a class="wp-block-latest-posts__post-title" href="/n/{i}">{t}</a></li>')}</ul></div><nav class="post-navigation"><div class="post-navigation-link-previous"><a href="/n/102" rel="prev">{story.others[2]}</a></div><div><a href="/n/103" rel="next">{story.others[3]}</a></div></nav><div class="wp-block-comments"><h2>التعليقات</h2><ol class="wp-block-comment-template"><li><div class="wp-block-comment-content"><p>شكرا على هذا المقال الجميل الذي أعاد إلينا ذكريات السوق القديم وأهله.</p></div></li></ol></div></main><footer class="wp-block-template-part"><p>صمم بواسطة ووردبريس</p></footer></div></body></html>"""
    return Made(made, replace(whole(story), caption=None, boxes=story.others[:4]))


def links_among_paragraphs(story: Story) -> Made:
    """Invitations with a stroke, a colon, a quotation's element, between the paragraphs."""
    made = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{story.headline} - الفنار</title><meta property="og:site_name" content="الفنار"></head><body>{NAV}<div id="article"><h1>{story.headline}</h1><div class="info">الفنار - {story.author} | {story.date_shown}</div><div class="body"><p>{story.paragraphs[0]}</p><p><strong>طالع المزيد| <a href="/n/100">{story.others[0]}</a></strong></p><p>{story.paragraphs[1]}</p><p>شاهد أيضًا:</p><p><a href="/n/101"><strong>{story.others[1]}</strong></a></p><blockquote class="wp-embedded-content"><a href="https://example.org/n/102">{story.others[2]}</a></blockquote><p>{story.paragraphs[2]}</p>{_p(story.paragraphs[3:])}</div><div class="tags"><a href="/t">سوق</a></div></div></body></html>"""
    return Made(made, replace(whole(story), section=None, caption=None, boxes=(), read_also=story.others[:3]))


def lead_above_picture(story: Story) -> Made:
    """A lead, the byline and the picture with its photographer stand between the headline and the text."""
    made = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{story.headline}</title></head><body><main><h1>{story.headline}</h1><p class="lead">خلاصة قصيرة عن السوق وأهله كما يراها الزائر أول مرة في المدينة القديمة.</p><div class="author">{story.place} ـ {story.author}</div><div class="date">{story.date_shown}</div><figure><img src="/a.jpg" width="900"><figcaption><span class="caption">{story.caption}</span> <span class="credit">تصوير: نبيل عواد</span></figcaption></figure><div class="article-body">{_p(story.paragraphs)}</div></main><section><h2>اقرأ ايضا من المجتمع</h2>{_links(story.others, "<article><a href='/n/{i}'><h3>{t}</h3></a></article>")}</section></body></html>"""
    return Made(
        made,
        replace(
            whole(story),
            section=None,
            dateline=story.place,
            read_also=story.others,
            boxes=(),
            body=(
                "خلاصة قصيرة عن السوق وأهله كما يراها الزائر أول مرة في المدينة القديمة.",
                *story.paragraphs,
            ),
        ),
    )


def icons_and_tabs(story: Story) -> Made:
    """Writer, date and section in one line with icons; two boxes behind tabs."""
    made = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{story.headline}</title></head><body>{NAV}<div class="row"><div class="col-8"><div class="post-title"><h1>{story.headline}</h1></div><div class="post-meta"><span><i class="icon-user"></i> {story.author}</span> <span><i class="icon-time"></i> {story.date_shown}</span> <span><a href="/c/3">{story.section}</a></span></div><div class="post-text">{_p(story.paragraphs)}</div></div><div class="col-4"><ul class="nav-tabs"><li><a href="#t1" data-toggle="tab">الأحدث</a></li><li><a href="#t2" data-toggle="tab">الأكثر قراءة</a></li></ul><div class="tab-content"><div id="t1">{_links(story.others[:2], "<div class='li'><a href='/n/{i}'>{t}</a></div>")}</div><div id="t2">{_links(story.others[2:], "<div class='li'><a href='/n/{i}x'>{t}</a></div>")}</div></div></div></div></body></html>"""
    return Made(made, replace(whole(story), caption=None))


def built_by(story: Story) -> Made:
    """Machines are told who built the site, in another script; the foot names a designer."""
    made = f"""<html><head><meta charset="utf-8"><meta name="author" content="Ahmed Hassan"><meta name="author" content="Developed by Smart Soft"><title>{story.headline}</title><meta property="og:type" content="article"></head><body>{NAV}<div class="details"><h1>{story.headline}</h1><div class="date">{story.date_shown}</div>{_p(story.paragraphs)}</div><footer>تصميم وبرمجة: محمد علي</footer></body></html>"""
    return Made(made, replace(whole(story), section=None, caption=None, boxes=(), authors=()))


def collapsed(story: Story) -> Made:
    """On phones most of the text waits in an element named «read-more» until it is asked for."""
    made = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{story.headline}</title></head><body>{NAV}<div class="story"><h1>{story.headline}</h1><p class="date">{story.date_shown}</p><p>{escape(story.paragraphs[0])}</p><div class="read-more-link"><a href="#more">اقرأ المزيد</a></div><div class="read-more-content">{_p(story.paragraphs[1:])}</div></div><div class="read-more-stories"><h3>أخبار ذات صلة</h3><ul>{_links(story.others)}</ul></div></body></html>"""
    return Made(made, replace(whole(story), section=None, caption=None, authors=()))


def beside_a_live_feed(story: Story) -> Made:
    """The article stands in an element of its own; under it, in the same column, the news of the hour run on and on."""
    feed = "".join(
        f"<div class='live-item'><div class='live-title'>14:{n:02d} {story.others[n % 4]}</div><p>أعلنت الجهة المنظمة في بيان قصير أن البرنامج رقم {n} سيبدأ في موعده المقرر، وأن الدخول سيكون مجانا لسكان الحي طوال الأسبوع الأول.</p></div>"
        for n in range(30)
    )
    extra = "وتقول الجمعية إن الطلب على ورش التدريب فاق كل توقع، وإنها ستفتح دورة مسائية ثانية لمن يعملون في النهار، على أن تبدأ بعد شهرين وتستمر ستة أسابيع كاملة، وأن يحصل كل متدرب في نهايتها على عدة كاملة."
    texts = (*story.paragraphs, extra)
    made = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{story.headline}</title></head><body>{NAV}<div class="main-content"><article><header><h1>{story.headline}</h1><time>{story.date_shown}</time></header><div>{_p(texts)}</div></article><div class="live"><div>مباشر</div>{feed}</div></div></body></html>"""
    return Made(made, replace(whole(story), section=None, caption=None, authors=(), body=texts, boxes=()))


PORTALS: tuple[Callable[[Story], Made], ...] = (
    framework,
    utility_classes,
    theme_with_blocks,
    labels_without_headings,
    agency_bulletin,
    printed,
    mobile,
    column,
    ledger,
    scrolling_stack,
    night_edition,
    relative_time,
    accelerated,
    block_theme,
    links_among_paragraphs,
    lead_above_picture,
    icons_and_tabs,
    built_by,
    collapsed,
    beside_a_live_feed,
)
