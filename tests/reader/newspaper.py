"""A small newspaper of three editions with every kind of thing that a page can show."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.files.base import ContentFile
from PIL import Image

from bulaq.newsroom import renditions
from bulaq.newsroom.models import (
    Agency,
    Article,
    ArticleTopic,
    Byline,
    Correction,
    Edition,
    MostRead,
    NewsImage,
    NewsRendition,
    Person,
    Publication,
    ReadAlso,
    RelatedArticle,
    Section,
    Topic,
)
from tests.newsroom.making import make_article, make_edition

NOW = datetime.now(UTC).replace(microsecond=0)


@dataclass
class Newspaper:
    """What the tests ask for."""

    editions: dict[str, Edition]
    articles: dict[str, list[Article]]
    """By edition, newest first; the first of each has everything."""
    person: Person
    topic: Topic


HEADLINES = {
    "ar": "حكاية رقم {n} من حكايات المدينة القديمة وأهلها",
    "en": "Story number {n} of the old city and its people",
}


def make_newspaper(*, each: int = 16, first: int = 44) -> Newspaper:
    """Three editions; `first` articles in the first and `each` in the others, spread over two sections."""
    editions = {
        "mashriq": make_edition("mashriq", profile="mashriq", host="127.0.0.1"),
        "maghrib": make_edition("maghrib", profile="maghrib"),
        "english": make_edition("english", profile="english"),
    }
    person = Person.objects.create(name="ريم القصّار", name_latin="Rim Kassar", role="محررة الثقافة")
    other = Person.objects.create(name="سامي الحاج", name_latin="Sami Hajj")
    agency = Agency.objects.create(name="وكالة الساحل")
    topic = Topic.objects.create(name="الخط العربي")
    english = Topic.objects.create(name="Calligraphy", language="en")
    image = make_image()
    articles: dict[str, list[Article]] = {}
    for slug, edition in editions.items():
        language = edition.profile.content_language
        articles[slug] = made = []
        for number in range(first if slug == "mashriq" else each):
            section = ("culture", "sport")[number % 2]
            article = make_article(
                HEADLINES[language].format(n=f"{number + 1}") + f" ({slug})", section=section, language=language,
                kicker="تراث" if language == "ar" else "Heritage", standfirst="سطر تحت العنوان.",
                lead_image=image if number % 3 else None, dateline="بيروت" if language == "ar" else "Beirut",
            )  # fmt: skip
            article.live = True
            article.save()
            place(article, edition, section, NOW - timedelta(hours=number, minutes=3))
            Byline.objects.create(article=article, person=person, sort_order=0)
            ArticleTopic.objects.create(article=article, topic=topic)
            if language == "en":
                ArticleTopic.objects.create(article=article, topic=english)
            made.append(article)
        _furnish(made, edition, other, agency, image)
    return Newspaper(editions, articles, person, topic)


def place(article: Article, edition: Edition, section: str, at: datetime, **fields: object) -> Publication:
    """A publication as the acts would leave it."""
    from bulaq.arabic.slugs import slug

    return Publication.objects.create(
        article=article, edition=edition, section=Section.objects.get(slug=section), published_at=at,
        state=fields.pop("state", Publication.State.PUBLISHED), slug=slug(article.headline),
        is_canonical=fields.pop("is_canonical", True), **fields,
    )  # fmt: skip


def make_image() -> NewsImage:
    """A picture with all its renditions, as the worker leaves them (each a file of one colour)."""
    buffer = io.BytesIO()
    Image.new("RGB", (330, 220), "#7a5c3e").save(buffer, "WEBP")
    image = NewsImage(
        title="picture", description="باب خشبي مزخرف", caption="باب في المدينة القديمة.", credit="رسم: النخلة"
    )
    image.file.save("door.webp", ContentFile(buffer.getvalue()), save=False)
    image.width, image.height = 1400, 940
    image.save()
    for width, height in renditions.SIZES:
        rendition = NewsRendition(
            image=image,
            filter_spec=renditions.spec((width, height)),
            focal_point_key="",
            width=width,
            height=height,
        )
        rendition.file.save(f"door-{width}.webp", ContentFile(buffer.getvalue()), save=False)
        rendition.width, rendition.height = width, height
        rendition.save()
    return image


def body_of(blocks: list[tuple[str, object]]) -> list[tuple[str, object]]:
    """Raw values of blocks as a body takes them."""
    kinds = Article._meta.get_field("body").stream_block.child_blocks
    return [(kind, kinds[kind].to_python(value)) for kind, value in blocks]


def _furnish(
    articles: list[Article], edition: Edition, other: Person, agency: Agency, image: NewsImage
) -> None:
    """Gives the first article every part of a page, and the edition its computed lists."""
    full = articles[0]
    full.lead_image = image
    full.carrier_label = "Almaghribtoday.net"
    full.carrier_url = "https://example.org/story"
    full.body = body_of(
        [
            (
                "paragraph",
                '<p>فقرة أولى عن Ibn Battuta وكتابه، وفيها <b>كلمة</b> و<a href="https://example.org/">رابط</a>.</p>',
            ),
            ("heading", "عنوان داخلي"),
            ("quote", {"text": "من سار على الدرب وصل.", "attribution": "مثل سائر"}),
            ("list", {"items": ["أول", "ثان"], "ordered": True}),
            ("image", {"image": image.pk, "caption": "", "credit": "", "alt": ""}),
            ("embed", {"url": "https://www.youtube.com/watch?v=abc", "provider": "YouTube"}),
            ("read_also", {"article": articles[1].pk, "headline": "", "url": ""}),
            ("fact_box", {"title": "معلومات", "text": "<ul><li>بُنيت سنة 1340.</li></ul>"}),
            ("table", {"data": [["المدينة", "العدد"], ["فاس", "12"]], "first_row_is_table_header": True}),
        ]
    )
    full.save()
    Byline.objects.create(article=full, person=other, sort_order=1)
    Byline.objects.create(article=full, agency=agency, sort_order=2)
    Byline.objects.create(article=full, person=other, role=Byline.Role.PHOTOGRAPHER, sort_order=3)
    ReadAlso.objects.create(article=full, target=articles[1], sort_order=0)
    ReadAlso.objects.create(article=full, target=articles[2], sort_order=1)
    ReadAlso.objects.create(
        article=full, headline="عنوان من موقع آخر", url="https://example.org/b", sort_order=2
    )
    Correction.objects.create(article=full, text="ورد خطأ في سنة البناء، والصحيح 1340.")
    for position, related in enumerate(articles[2:6]):
        RelatedArticle.objects.create(
            article=full, edition=edition, related=related, position=position, score=1 - position / 10
        )
    MostRead.objects.bulk_create(
        MostRead(
            edition=edition, window=MostRead.Window.HOURS_24, position=position, article=article, score=1,
            computed_at=NOW,
        )
        for position, article in enumerate(articles)
    )  # fmt: skip
