"""Generates archives of news sites for `eval.archive`: each site is drawn by a seed, with its layout, its names, its ways
of writing paragraphs, what it puts among and around them, and a redesign at some year.

The articles' texts are handed in; all else here is made up. What a site does is common on real sites: prompts and
notices inside the body's element, promotions between paragraphs, prose beside the article (about us, terms, teasers of
other articles, readers' comments), exchange rates under it, class names that say nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Story:
    """The content of one page."""

    ident: int
    headline: str
    paragraphs: tuple[str, ...]
    day: str
    section: str
    author: str
    caption: str
    year: int


FOOT_LINES = (
    "تابعونا على صفحاتنا في فيسبوك وتويتر وإنستغرام ليصلكم كل جديد أولا بأول",
    "انضموا إلى قناة {site} على تطبيق تيليغرام لمتابعة آخر المستجدات لحظة بلحظة",
    "المواد المنشورة في {site} تعبر عن رأي كاتبها ولا تعبر بالضرورة عن رأي الموقع أو سياسته التحريرية",
    "يسمح بإعادة النشر بشرط ذكر المصدر ووضع رابط مباشر للمادة الأصلية في {site}",
    "لإرسال أخباركم ومقترحاتكم إلى هيئة التحرير راسلونا على بريد {site} الإلكتروني",
    "{site} صحيفة مستقلة تعتمد على دعم قرائها، ساهم معنا في بقاء الصحافة الحرة واشترك اليوم",
    "هذا الخبر منقول من مصدره ولا يتحمل {site} أي مسؤولية عن محتواه",
    "رئيس التحرير المسؤول ومدير الموقع يرحبان بملاحظاتكم على المادة في أي وقت",
)
MID_LINES = (
    "تواصلوا معنا عبر الواتساب للحصول على نشرة الصباح مجانا من {site}",
    "شاهدوا أيضا التغطية الخاصة التي أعدها فريق {site} لهذا الملف طوال الأسبوع",
    "لا تفوتوا العدد الجديد من مجلة {site} الشهرية في المكتبات ونقاط البيع",
    "حملوا تطبيق {site} على هواتفكم ليصلكم الخبر قبل غيركم",
    "يقدم لكم {site} خدمة الرسائل القصيرة العاجلة عبر جميع شركات الهاتف",
)
HEAD_LINES = (
    "خاص {site}: جميع المعلومات في هذه المادة تحققت منها غرفة الأخبار قبل نشرها",
    "{site} - مكتب التحرير المركزي وشبكة المراسلين في المدن والمحافظات",
    "تنويه: تنشر هذه المادة ضمن باب المتابعات اليومية في {site} وتحدث باستمرار",
)
BESIDE = (
    "{site} مؤسسة صحفية تأسست لتقديم محتوى موثوق لقراء العربية في كل مكان، وتضم شبكة من المراسلين والمحررين الذين يعملون على مدار الساعة لنقل الأحداث كما هي، مع الالتزام بميثاق الشرف الصحفي وقواعد التحقق من المعلومات قبل نشرها، واحترام خصوصية الأفراد وحقهم في الرد والتصحيح.",
    "نستخدم في {site} ملفات تعريف الارتباط لتحسين تجربتكم وقياس عدد الزيارات وتخصيص المحتوى، ولا نشارك بياناتكم مع أي طرف ثالث دون موافقتكم الصريحة. باستمراركم في التصفح فإنكم توافقون على ذلك، ويمكنكم تغيير إعداداتكم في أي وقت من صفحة الخصوصية أو مراسلة قسم الدعم الفني.",
    "اشتركوا في النشرة البريدية لموقع {site} لتصلكم أهم التقارير والتحليلات والمقالات المختارة كل صباح. يكتب لكم فيها محررونا خلاصة ما جرى في اليوم السابق، وما ينتظر متابعته في اليوم التالي، مع روابط إلى أبرز ما نشر في الصحف العربية والعالمية خلال الأسبوع كله.",
)
COMMENTS = (
    "شكرا على هذا الموضوع المهم الذي يشغل بال كثير من الناس في مدينتنا منذ مدة طويلة.",
    "أختلف مع ما جاء في الفقرة الأخيرة لأن الأرقام المذكورة لا تعكس الواقع الذي نعيشه كل يوم.",
    "أتمنى أن تتابعوا هذا الملف في الأيام المقبلة وأن تنشروا ردود الجهات المعنية بالأمر.",
)
SITE_NAMES = (
    "بوابة الضفاف",
    "صحيفة المرفأ",
    "موقع النهر",
    "المنارة اليوم",
    "أخبار السهل",
    "جريدة القلعة",
    "شبكة الأفق",
    "صدى الميناء",
)
AUTHORS = (
    "سلمى الحداد",
    "مروان الخطيب",
    "ليلى منصور",
    "كريم الشامي",
    "هدى النجار",
    "طارق السيد",
    "رنا العلي",
)

_NAMES = {
    "telling": {"wrap": "site-content", "main": "article-main", "title": "entry-title", "meta": "entry-meta", "author": "author-name", "date": "post-date", "section": "cat-link", "text": "entry-content", "side": "sidebar", "card": "related-item", "foot": "site-footer", "promo": "promo-box", "comment": "comment-list", "pic": "featured-image", "cap": "image-caption"},
    "vague": {"wrap": "container", "main": "col-8", "title": "big", "meta": "row info", "author": "name", "date": "time", "section": "label", "text": "inner", "side": "col-4", "card": "item", "foot": "bottom", "promo": "panel", "comment": "list", "pic": "media", "cap": "small"},
    "silent": {"wrap": "c1", "main": "x4", "title": "t2", "meta": "m8", "author": "aa", "date": "dd", "section": "ss", "text": "zq", "side": "r3", "card": "k5", "foot": "ff", "promo": "pp", "comment": "uu", "pic": "ii", "cap": "ci"},
    "none": dict.fromkeys(("wrap", "main", "title", "meta", "author", "date", "section", "text", "side", "card", "foot", "promo", "comment", "pic", "cap"), ""),
}  # fmt: skip


class Site:
    """One site with two designs; `page(story, others)` gives a saved page of it."""

    def __init__(self, seed: int) -> None:
        dice = random.Random(seed)
        self.seed = seed
        self.name = dice.choice(SITE_NAMES)
        self.redesign = dice.choice((2012, 2016, 2018))
        self.designs = (Design(dice, self.name), Design(dice, self.name))

    def page(self, story: Story, others: Sequence[Story]) -> str:
        design = self.designs[story.year >= self.redesign]
        return design.page(story, others, random.Random(self.seed * 1_000_003 + story.ident))


class Design:
    """One template."""

    def __init__(self, dice: random.Random, site: str) -> None:
        self.site = site
        self.names = _NAMES[dice.choice(("telling", "vague", "silent", "silent", "none"))]
        self.layout = dice.choice(("blocks", "table", "article"))
        self.paragraph = dice.choice(("p", "p", "p", "div", "br", "span"))
        self.title = dice.choice(("h1", "h1", "h2", "div"))
        self.json_ld = dice.random() < 0.4
        self.og = dice.random() < 0.7
        self.feet = dice.sample(FOOT_LINES, dice.choice((0, 1, 1, 2, 3)))
        self.mids = dice.sample(MID_LINES, dice.choice((0, 0, 1, 2)))
        self.heads = dice.sample(HEAD_LINES, dice.choice((0, 0, 0, 1)))
        self.boxed = dice.random() < 0.4
        self.beside = dice.sample(BESIDE, dice.choice((0, 1, 2, 3)))
        self.teasers = dice.choice((0, 0, 3, 5))
        self.comments = dice.random() < 0.3
        self.rates = dice.random() < 0.2
        self.blurb = dice.random() < 0.25
        self.inline_links = dice.choice((0, 0, 1, 2))
        self.lead_apart = dice.random() < 0.2

    def page(self, story: Story, others: Sequence[Story], dice: random.Random) -> str:
        names = self.names

        def el(tag: str, role: str, inner: str) -> str:
            name = f' class="{names[role]}"' if names[role] else ""
            return f"<{tag}{name}>{inner}</{tag}>"

        def line(text: str, boxed: bool = False) -> str:
            told = escape(text.format(site=self.site))
            if boxed and self.boxed:
                return el("div", "promo", f"<p>{told}</p>")
            return self._one(told)

        paragraphs = [escape(text) for text in story.paragraphs]
        lead = ""
        if self.lead_apart and len(paragraphs) > 2:
            lead, paragraphs = f'<div class="lead"><p>{paragraphs[0]}</p></div>', paragraphs[1:]
        parts = [line(text) for text in self.heads]
        for place, paragraph in enumerate(paragraphs):
            parts.append(self._one(paragraph))
            if self.mids and place < len(paragraphs) - 1 and place % 3 == 1:
                parts.append(line(self.mids[(place // 3) % len(self.mids)], boxed=True))
            if place < len(paragraphs) - 1 and place % 2 == 0 and place // 2 < self.inline_links:
                other = dice.choice(others)
                parts.append(self._one(f'<a href="/n/{other.ident}">{escape(other.headline)}</a>'))
        parts += [line(text, boxed=True) for text in self.feet]
        if self.blurb:
            parts.append(
                line(f"{story.author} صحفي في {{site}} يكتب في شؤون المدن والناس ويقيم بين مدينتين منذ أعوام")
            )
        if self.rates:
            parts.append(
                line(
                    f"سعر صرف الدولار اليوم {dice.randrange(10, 90)}.{dice.randrange(10, 99)} للشراء و{dice.randrange(10, 90)}.{dice.randrange(10, 99)} للبيع بحسب نشرة المصرف"
                )
            )
        text = el("div", "text", "".join(parts))
        if self.paragraph == "br":
            text = el("div", "text", "<br><br>".join(parts))
        caption = el("div", "cap", escape(story.caption)) if story.caption else ""
        picture = el("div", "pic", f'<img src="/img/{story.ident}.jpg" width="640" height="400">{caption}')
        meta = el(
            "div",
            "meta",
            el("span", "section", f'<a href="/s">{story.section}</a>')
            + el("span", "author", story.author)
            + el("span", "date", story.day),
        )
        title = el(self.title, "title", escape(story.headline))
        teasers = "".join(
            el(
                "div",
                "card",
                f'<a href="/n/{o.ident}">{escape(o.headline)}</a><p>{escape(o.paragraphs[0][:220])}</p>',
            )
            for o in dice.sample(list(others), min(self.teasers, len(others)))
        )
        beside = "".join(f"<div><p>{escape(t.format(site=self.site))}</p></div>" for t in self.beside)
        links = "".join(
            f'<li><a href="/n/{o.ident}">{escape(o.headline)}</a></li>'
            for o in dice.sample(list(others), min(6, len(others)))
        )
        comments = (
            el(
                "div",
                "comment",
                "".join(
                    f"<div><b>قارئ</b><p>{text}</p></div>"
                    for text in dice.sample(COMMENTS, dice.randrange(1, 4))
                ),
            )
            if self.comments
            else ""
        )
        article = f"{title}{meta}{picture}{lead}{text}"
        side = el(
            "div", "side", f"<h3>الأكثر قراءة</h3><ul>{links}</ul>{beside if len(self.beside) != 2 else ''}"
        )
        below = f"{teasers}{comments}{beside if len(self.beside) == 2 else ''}"
        foot = el("div", "foot", f"<p>جميع الحقوق محفوظة {self.site}</p>")
        nav = '<div><a href="/">الرئيسية</a> <a href="/p">سياسة</a> <a href="/e">اقتصاد</a> <a href="/s">رياضة</a></div>'
        if self.layout == "table":
            body = f"<table><tr><td colspan=2>{nav}</td></tr><tr><td>{article}{below}</td><td>{side}</td></tr></table>{foot}"
        elif self.layout == "article":
            body = f"<header>{nav}</header><main><article>{article}</article>{below}</main><aside>{side}</aside><footer>{foot}</footer>"
        else:
            body = f"{nav}{el('div', 'wrap', el('div', 'main', article + below) + side)}{foot}"
        head = f"<title>{escape(story.headline)} - {self.site}</title>"
        if self.og:
            head += f'<meta property="og:title" content="{escape(story.headline)}"><meta property="og:site_name" content="{self.site}">'
        if self.json_ld:
            head += f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{story.day}","author":{{"@type":"Person","name":"{story.author}"}}}}</script>'
        return f'<!DOCTYPE html><html dir="rtl"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'

    def _one(self, inner: str) -> str:
        if self.paragraph == "br":
            return inner
        if self.paragraph == "span":
            return f'<p dir="rtl" style="text-align:justify"><span style="font-size:14pt">{inner}</span></p>'
        return f"<{self.paragraph}>{inner}</{self.paragraph}>"
