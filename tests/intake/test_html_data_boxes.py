"""Pages that name their parts with `data-box` are read exactly, block by block and box by box."""

from __future__ import annotations

from bulaq.intake.article import (
    Box,
    Carrier,
    Embed,
    Heading,
    Image,
    IncomingArticle,
    Link,
    List,
    Paragraph,
    Picture,
    Quote,
    Table,
)
from bulaq.intake.html import read_page

PAGE = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>طريق الحرير يمر من هنا | النخلة</title>
<link rel="canonical" href="https://nakhla.example/history/41-silk-road/">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"طريق الحرير يمر من هنا","datePublished":"2024-05-02T23:40:00+03:00","dateModified":"2024-05-03T08:00:00+03:00","articleSection":"تاريخ","author":[{"@type":"Person","name":"هدى النجار"}]}</script></head>
<body><header><a href="/">النخلة</a></header><main><nav data-box="breadcrumb"><ol><li><a href="/">الرئيسية</a></li><li><a href="/history/">تاريخ</a></li></ol></nav>
<article><h1>طريق الحرير يمر من هنا</h1>
<figure data-box="lead-image"><img src="/media/41.jpg" alt="خان قديم" width="800" height="450"><figcaption>الخان بعد ترميمه <span class="credit">تصوير: ليث عمران</span></figcaption></figure>
<p data-box="byline"><span data-box="dateline">دمشق</span> - <a rel="author" href="/author/3-huda/">هدى النجار</a>، <a rel="author" href="/author/4-layth/">ليث عمران</a> و<span>وكالات</span>؛ تصوير: <a rel="author" href="/author/5/">سامي رزق</a> <time datetime="2024-05-02T23:40:00+03:00">٢ أيار ٢٠٢٤</time></p>
<div data-box="body"><p>قصيرة.</p><p>اقرأ أيضا هذا النص: كان التجار يكتبون أسماءهم على جدران الخان <em>بالفحم</em>، ثم يمضون.</p><h2>الخان</h2>
<blockquote><p>كنا ننام والجِمال في الباحة.</p><cite>حارس الخان</cite></blockquote><ul><li>قماش</li><li>توابل</li></ul>
<table><tr><th>السلعة</th><th>المصدر</th></tr><tr><td>حرير</td><td>الصين</td></tr></table>
<figure><img src="/media/42.jpg" alt=""><figcaption>باحة الخان</figcaption></figure>
<figure data-embed="https://www.youtube.com/watch?v=abcdefghijk" class="embed"><a href="https://www.youtube.com/watch?v=abcdefghijk">يوتيوب</a></figure><p>إعلان</p></div>
<aside data-box="read-also"><h2>قد يهمك أيضًا</h2><ul><li><a href="/history/7-x/">جسر من خشب الجوز</a></li><li><a href="/history/8-y/">بريد <bdi>الخيل</bdi></a></li><li>بلا عنوان معروف</li></ul></aside>
<p data-box="edition">اقرأ المادة في طبعة <a href="https://maghrib.example/history/41/">المغرب</a></p></article>
<section data-box="related"><h2>أخبار ذات صلة</h2><ul><li data-article="9"><a href="/history/9-z/">قوافل الملح</a> <time>أمس</time></li></ul></section>
<section data-box="latest"><h2>آخر الأخبار</h2><ul><li data-article="10"><a href="/food/10/">خبز الصباح</a></li><li data-article="11"><a href="/food/11/">قهوة</a></li></ul></section>
<section data-box="section"><h2>طعام</h2><ul><li data-article="12"><a href="/food/12/">زيت الخريف الأول</a></li></ul></section>
<section data-box="most-read"><h2>الأكثر قراءة</h2><ol><li data-article="13"><a href="/a/13/">نجوم لها أسماء</a></li></ol></section></main></body></html>"""


def read() -> IncomingArticle:
    article = read_page(PAGE.encode(), "page.html")
    assert isinstance(article, IncomingArticle)
    return article


def test_the_body_block_by_block() -> None:
    assert read().body == (
        Paragraph("قصيرة."),
        Paragraph("اقرأ أيضا هذا النص: كان التجار يكتبون أسماءهم على جدران الخان بالفحم، ثم يمضون."),
        Heading("الخان"),
        Quote("كنا ننام والجِمال في الباحة.", "حارس الخان"),
        List(("قماش", "توابل")),
        Table((("السلعة", "المصدر"), ("حرير", "الصين"))),
        Image(Picture("https://nakhla.example/media/42.jpg", "باحة الخان", None, None)),
        Embed("https://www.youtube.com/watch?v=abcdefghijk", "YouTube"),
        Paragraph("إعلان"),
    )


def test_the_fields() -> None:
    article = read()
    assert article.headline == "طريق الحرير يمر من هنا"
    assert article.breadcrumb == ("الرئيسية", "تاريخ")
    assert article.section == "تاريخ"
    assert article.dateline == "دمشق"
    assert article.authors == ("هدى النجار", "ليث عمران")
    assert article.agencies == ("وكالات",)
    assert article.published_at == "2024-05-02T23:40:00+03:00"
    assert article.modified_at == "2024-05-03T08:00:00+03:00"
    assert article.lead_image == Picture(
        "https://nakhla.example/media/41.jpg", "الخان بعد ترميمه", "تصوير: ليث عمران", "خان قديم"
    )
    assert article.canonical_url == "https://nakhla.example/history/41-silk-road/"


def test_the_boxes_in_their_order() -> None:
    article = read()
    host = "https://nakhla.example"
    assert article.read_also == (
        Link("جسر من خشب الجوز", f"{host}/history/7-x/"),
        Link("بريد الخيل", f"{host}/history/8-y/"),
        Link("بلا عنوان معروف", None),
    )
    assert article.boxes == (
        Box("related", "أخبار ذات صلة", (Link("قوافل الملح", f"{host}/history/9-z/"),)),
        Box(
            "latest",
            "آخر الأخبار",
            (Link("خبز الصباح", f"{host}/food/10/"), Link("قهوة", f"{host}/food/11/")),
        ),
        Box("section", "طعام", (Link("زيت الخريف الأول", f"{host}/food/12/"),)),
        Box("most_read", "الأكثر قراءة", (Link("نجوم لها أسماء", f"{host}/a/13/"),)),
    )
    assert article.carrier == Carrier("المغرب", "https://maghrib.example/history/41/")
