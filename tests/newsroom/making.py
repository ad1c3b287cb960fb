"""Small newsrooms for tests."""

from __future__ import annotations

from itertools import count

from bulaq.newsroom.models import Article, Edition, EditionSection, Network, OutboxEntry, Section

_numbers = count(1)


def make_edition(
    slug="mashriq", *, profile="mashriq", host=None, sections=("culture", "sport"), default=None
) -> Edition:
    """An edition with sections, in one network."""
    network, _ = Network.objects.get_or_create(name="شبكة")
    if default is None:
        default = not Edition.objects.filter(is_default=True).exists()
    edition = Edition.objects.create(
        network=network, slug=slug, name="النخلة", label=f"طبعة {slug}", host=host or f"{slug}.localhost",
        profile_key=profile, is_default=default,
    )  # fmt: skip
    for position, name in enumerate(sections):
        section, _ = Section.objects.get_or_create(slug=name, defaults={"name": name})
        EditionSection.objects.create(edition=edition, section=section, position=position)
    # What followed from its making is long done.
    OutboxEntry.objects.filter(kind="edition").delete()
    return edition


def make_article(
    headline="مدينة تعيد فتح مكتبتها القديمة", *, section="culture", language="ar", **fields
) -> Article:
    """An article with one paragraph, not published."""
    number = next(_numbers)
    fields.setdefault("body", [("paragraph", f"فقرة رقم {number} من نص طويل بما يكفي ليُقرأ.")])
    stored = Section.objects.filter(slug=section).first()
    article = Article(headline=headline, language=language, section=stored, live=False, **fields)
    article.save()
    return article
