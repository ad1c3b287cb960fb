"""What an import made besides articles, taken back where nothing uses it now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import ReferenceIndex

from bulaq.delivery import keys
from bulaq.newsroom.actions.outbox import record
from bulaq.newsroom.importing.undo.report import UndoReport
from bulaq.newsroom.models import (
    Agency,
    Article,
    ArticleTopic,
    EditionSection,
    ImportCreation,
    ImportPicture,
    ImportRun,
    LegacyPath,
    MergedTopic,
    NewsImage,
    Person,
    Publication,
    Section,
    SectionMapping,
    Topic,
    TopicOffer,
    TopicVariant,
)

Kind = ImportCreation.Kind

Made = QuerySet[ImportCreation, Any]
"""The ids of what was made, as a part of a query: there may be a hundred thousand pictures."""


BATCH = 500


def take_back_creations(run: ImportRun, report: UndoReport) -> None:
    """All that the run made and that nothing else uses; what is used stays, and is reported. In a transaction."""
    SectionMapping.objects.filter(run=run, decided=False).delete()
    for kind, take_back in IN_ORDER.items():
        take_back(ImportCreation.objects.filter(run=run, kind=kind).values("object_id"), report)


def _addresses(made: Made, report: UndoReport) -> None:
    """Those that lead to articles which stay: the others went with their articles."""
    added = LegacyPath.objects.filter(pk__in=made)
    led_to = sorted(set(added.values_list("article_id", flat=True)))
    if led_to:  # the articles stay, but the edge still holds the redirects to them
        record("import", keys=[keys.article(pk) for pk in led_to], hard=True)
    added.delete()


def _images(made: Made, report: UndoReport) -> None:
    """With their files."""
    for image in NewsImage.objects.filter(pk__in=made):
        if _image_in_use(image):
            report.left.append(("image", image.pk, image.title, "in-use"))
            continue
        names = [image.file.name, *image.renditions.values_list("file", flat=True)]
        image.delete()
        transaction.on_commit(lambda names=tuple(names): _delete_files(names))
        report.taken["image"] += 1


def _placements(made: Made, report: UndoReport) -> None:
    """Sections' places in editions."""
    for placement in EditionSection.objects.filter(pk__in=made).select_related("section"):
        if Publication.objects.filter(
            edition_id=placement.edition_id, section_id=placement.section_id
        ).exists():
            report.left.append(("placement", placement.pk, str(placement), "in-use"))
        else:
            placement.delete()
            report.taken["placement"] += 1


def _sections(made: Made, report: UndoReport) -> None:
    """Narrow ones before the wide ones that hold them: newest first."""
    for section in Section.objects.filter(pk__in=made).order_by("-pk"):
        used = (
            section.articles.exists()
            or section.publications.exists()
            or section.children.exists()
            or section.edition_sections.exists()
            or SectionMapping.objects.filter(section=section).exists()
        )
        _drop(section, bool(used), "section", report)


def _people(made: Made, report: UndoReport) -> None:
    """Those who sign nothing, and of whom nobody wrote anything here."""
    for person in Person.objects.filter(pk__in=made):
        described = person.biography or person.portrait_id or person.role or person.other_names.exists()
        _drop(person, bool(described or person.bylines.exists()), "person", report)


def _agencies(made: Made, report: UndoReport) -> None:
    """Those that sign nothing."""
    for agency in Agency.objects.filter(pk__in=made):
        _drop(agency, agency.bylines.exists(), "agency", report)


def _topics(made: Made, report: UndoReport) -> None:
    """Those that no article has, and that nobody described: by the hundred, for an archive has as many as it has tags."""
    rows, last = Topic.objects.filter(pk__in=made).order_by("pk"), 0
    while found := list(rows.filter(pk__gt=last)[:BATCH]):
        ids = [topic.pk for topic in found]
        last = ids[-1]
        used = set(ArticleTopic.objects.filter(topic__in=ids).values_list("topic_id", flat=True))
        used |= set(TopicVariant.objects.filter(topic__in=ids).values_list("topic_id", flat=True))
        gone = [topic for topic in found if topic.pk not in used and not topic.description]
        report.left += [("topic", t.pk, str(t), "in-use") for t in found if t not in gone]
        report.taken["topic"] += len(gone)
        if gone:
            _delete_topics([topic.pk for topic in gone])


def _delete_topics(ids: list[int]) -> None:
    """Without a signal for each: no article shows them, and their own pages are told of together."""
    record("import", keys=map(keys.topic, ids))
    TopicOffer.objects.filter(topic__in=ids).update(topic=None)
    MergedTopic.objects.filter(topic__in=ids).delete()
    kind = ContentType.objects.get_for_model(Topic)
    ReferenceIndex.objects.filter(to_content_type=kind, to_object_id__in=map(str, ids)).delete()
    topics = Topic.objects.filter(pk__in=ids)
    topics._raw_delete(topics.db)


IN_ORDER: dict[Kind, Callable[[Made, UndoReport], None]] = {
    Kind.OLD_ADDRESS: _addresses,
    Kind.IMAGE: _images,
    Kind.PLACEMENT: _placements,
    Kind.SECTION: _sections,
    Kind.PERSON: _people,
    Kind.AGENCY: _agencies,
    Kind.TOPIC: _topics,
}
"""How each kind is taken back, placements before the sections that they place."""


def _drop(thing, used: bool, kind: str, report: UndoReport) -> None:
    if used:
        report.left.append((kind, thing.pk, str(thing), "in-use"))
    else:
        thing.delete()
        report.taken[kind] += 1


def _image_in_use(image: NewsImage) -> bool:
    """As a lead or portrait; in a body that an import put it into; or wherever Wagtail knows of it."""
    if Article.objects.filter(lead_image=image).exists() or Person.objects.filter(portrait=image).exists():
        return True
    if ImportPicture.objects.filter(image=image).exists():  # goes with its article
        return True
    return ReferenceIndex.get_references_to(image).exists()


def _delete_files(names: tuple[str, ...]) -> None:
    for name in names:
        if name:
            default_storage.delete(name)
