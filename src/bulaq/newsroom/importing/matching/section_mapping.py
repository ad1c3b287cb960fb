"""Theirs → ours: the sections that imports met, what they became, and moving them elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Max

from bulaq.arabic.normalise import matching_key
from bulaq.newsroom.actions.article_changed import keys_of
from bulaq.newsroom.actions.outbox import Consumer, record
from bulaq.newsroom.models import (
    Article,
    EditionSection,
    ImportCreation,
    ImportedArticle,
    OutboxEntry,
    Publication,
    Section,
    SectionMapping,
)

BATCH = 200

GENERIC = frozenset(
    map(
        matching_key,
        ("أخبار", "خبر", "شؤون", "شأن", "قسم", "صفحة", "ملحق", "ملف", "دنيا", "آخر", "news", "section"),
    )
)
"""Words that many sections are called by: they bring no two together («أخبار المحافظات», «أخبار النجوم»)."""


@dataclass(frozen=True, slots=True)
class ForeignSection:
    """A section of a foreign site: how many articles it brought, where they are now, and where they might go."""

    host: str
    key: str
    theirs: str
    articles: int
    ours_id: int | None
    ours_name: str
    made_by_import: bool
    suggested_id: int | None
    suggested_name: str


def foreign_sections(limit: int = 500) -> list[ForeignSection]:
    """The sections that imports met, most articles first."""
    rows = (
        ImportedArticle.objects.exclude(section_key="")
        .values("host", "section_key")
        .annotate(number=Count("article_id"), newest=Max("article_id"))
        .order_by("-number", "section_key")[:limit]
    )
    rows = list(rows)
    examples = {
        article.pk: article.section
        for article in Article.objects.filter(pk__in=[row["newest"] for row in rows])
        .select_related("section")
        .only("id", "section")
    }
    made = set(ImportCreation.objects.filter(kind="section").values_list("object_id", flat=True))
    own = [section for section in Section.objects.all() if section.pk not in made]
    mapped = {(m.host, m.matching_theirs): m for m in SectionMapping.objects.select_related("section")}
    found = []
    for row in rows:
        key, host = row["section_key"], row["host"]
        mapping = mapped.get((host, key)) or mapped.get(("", key))
        ours = mapping.section if mapping else examples.get(row["newest"])
        suggested = None if mapping or (ours is not None and ours.pk not in made) else suggest(key, own)
        found.append(
            ForeignSection(
                host=host,
                key=key,
                theirs=mapping.theirs
                if mapping
                else (ours.name if ours and matching_key(ours.name) == key else key),
                articles=row["number"],
                ours_id=ours.pk if ours else None,
                ours_name=ours.name if ours else "",
                made_by_import=bool(ours and ours.pk in made),
                suggested_id=suggested.pk if suggested else None,
                suggested_name=suggested.name if suggested else "",
            )
        )
    return found


def suggest(key: str, own: list[Section]) -> Section | None:
    """The section of ours that shares the most of its words («ثقافة وفنون» → «ثقافة»), if any does."""
    theirs = _stems(key)
    best, best_score = None, 0.0
    for section in own:
        ours = _stems(matching_key(section.name))
        shared = len(theirs & ours)
        score = shared / min(len(theirs), len(ours)) if theirs and ours else 0.0
        if shared and score > best_score:
            best, best_score = section, score
    return best if best_score >= 0.5 else None


def _stems(key: str) -> set[str]:
    words = set()
    for word in key.split():
        if word.removeprefix("ال") in GENERIC:
            continue
        bare = word.removeprefix("و") if len(word) > 4 else word
        bare = bare.removeprefix("ال")
        for ending in ("يه", "ه", "ات", "ي"):
            if bare.endswith(ending) and len(bare) - len(ending) >= 3:
                bare = bare.removesuffix(ending)
                break
        if len(bare) > 2:
            words.add(bare)
    return words


def map_section(*, theirs: str, host: str = "", section_id: int) -> int:
    """Remembers where a foreign section goes, and moves there what imports brought of it; returns how many articles.

    Moved are articles that still stand where the import put them: where an editor moved one, it stays.
    """
    key = matching_key(theirs)[:160]
    before = {
        mapping.section_id
        for mapping in SectionMapping.objects.filter(matching_theirs=key, host__in=["", host])
    }
    before |= set(
        Section.objects.filter(
            pk__in=ImportCreation.objects.filter(kind="section").values("object_id")
        ).values_list("id", flat=True)
    )
    before |= {pk for pk, name in Section.objects.values_list("id", "name") if matching_key(name) == key}
    SectionMapping.objects.update_or_create(
        host=host,
        matching_theirs=key,
        defaults={"theirs": theirs[:160], "section_id": section_id, "decided": True},
    )
    chosen = ImportedArticle.objects.filter(section_key=key)
    if host:
        chosen = chosen.filter(host=host)
    moved, last = 0, 0
    while True:
        ids = list(
            chosen.filter(article_id__gt=last)
            .order_by("article_id")
            .values_list("article_id", flat=True)[:BATCH]
        )
        if not ids:
            return moved
        last = ids[-1]
        with transaction.atomic():
            moved += _move(ids, before - {section_id}, section_id)


def _move(ids: list[int], before: set[int], section_id: int) -> int:
    articles = Article.objects.filter(pk__in=ids, section_id__in=before) | Article.objects.filter(
        pk__in=ids, section__isnull=True
    )
    chosen = list(articles.values_list("id", flat=True))
    publications = list(
        Publication.objects.filter(article_id__in=chosen, section_id__in=before).select_related("edition")
    )
    found: dict[str, None] = {}
    for publication in publications:
        old = publication.section_id
        publication.section_id = section_id
        found.update(dict.fromkeys(keys_of(publication.article_id, [publication], also_sections={old})))
    for edition_id in {publication.edition_id for publication in publications}:
        EditionSection.objects.get_or_create(
            edition_id=edition_id, section_id=section_id, defaults={"position": 100, "in_boxes": False}
        )
    Publication.objects.bulk_update(publications, ["section"])
    Article.objects.filter(pk__in=chosen).update(section_id=section_id)
    if found:
        record("update", keys=found)
    OutboxEntry.objects.bulk_create(
        OutboxEntry(consumer=Consumer.INDEX, kind="update", article_id=pk, later=True) for pk in chosen
    )
    return len(chosen)
