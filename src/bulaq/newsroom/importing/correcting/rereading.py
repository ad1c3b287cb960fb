"""Corrections applied to all pages of a template in a run: first looked at on a sample, then done as a job.

The job is a run of its own over the items of the corrected one: it can be paused, killed and taken up, shows its
progress and its items, leaves alone what somebody edited here since, and can be taken back.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from bulaq.intake.article import Heading, IncomingArticle, List, Paragraph, Quote, Refusal
from bulaq.intake.named_section import named_section
from bulaq.intake.sites import host_of
from bulaq.intake.templates.pointing import Pick, core_of, is_of_template, with_pick
from bulaq.newsroom.importing.correcting.corrections import Reading, read_corrected, read_told
from bulaq.newsroom.importing.correcting.kept_corrections import keep, reading_extra
from bulaq.newsroom.importing.correcting.saved_pages import PageGone, SavedPage, SavedPages
from bulaq.newsroom.importing.matching.sections import Sections
from bulaq.newsroom.importing.storing.prepared import Found
from bulaq.newsroom.models import ImportItem, ImportRun, Section

if TYPE_CHECKING:
    from bulaq.newsroom.importing.storing.batches import Storer

SAMPLE = 80
"""Pages of the run that are looked at for a preview: about two seconds."""

SHOWN = 12
"""Pages whose changes are shown."""

LOOKUP = 200

FIELDS = ("headline", "kicker", "standfirst", "section", "authors", "published_at", "caption", "body")


@dataclass(frozen=True, slots=True)
class Change:
    """What a page's field was and would be."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What corrections would do. `pages` of the `looked_at` are of the template, `changed` of them would change; the
    run has `total`. `shown`: (item id, its name, its changes)."""

    total: int
    looked_at: int
    pages: int
    changed: int
    core: frozenset[int]
    shown: list[tuple[int, str, list[Change]]]
    new_sections: list[str]
    """Sections named on the pages looked at that are none of ours, and would be made."""

    @property
    def estimate(self) -> int:
        """About how many pages of the run are of the template; exact when all were looked at."""
        return round(self.total * self.pages / self.looked_at) if self.looked_at else 0


def preview(item: ImportItem, picks: Sequence[Pick]) -> Preview:
    """What `picks`, made on the page of `item`, would change in its run. Raises `PageGone` when that page is gone."""
    items = candidates(item.run)
    ids = list(items.values_list("pk", flat=True))
    step = max(1, len(ids) / SAMPLE)
    chosen = {ids[int(place * step)] for place in range(min(SAMPLE, len(ids)))} | {item.pk}
    pages = SavedPages()
    try:
        extra = reading_extra(item.run)
        own = pages.open(item)
        layout = read_saved(own, (), extra).layout
        read: list[tuple[ImportItem, SavedPage, Reading]] = []
        for each in items.filter(pk__in=chosen).order_by("pk"):
            try:
                page = pages.open(each)
            except PageGone:
                continue
            read.append((each, page, read_saved(page, (), extra)))
        core = core_of(layout, (reading.layout for _, _, reading in read))
        shown: list[tuple[int, str, list[Change]]] = []
        members = changed = 0
        named: list[tuple[IncomingArticle, str]] = []
        for each, page, before in read:
            if not is_of_template(before.layout, core):
                continue
            members += 1
            after = read_saved(page, picks, extra).item
            found = changes(before.item, after)
            if found:
                changed += 1
                if isinstance(after, IncomingArticle) and any(one.field == "section" for one in found):
                    named.append((after, host_of(after.canonical_url or after.url or "")))
                if len(shown) < SHOWN:
                    shown.append((each.pk, each.key, found))
        return Preview(len(ids), len(read), members, changed, core, shown, _new_sections(item.run, named))
    finally:
        pages.close()


def _new_sections(run: ImportRun, named: Sequence[tuple[IncomingArticle, str]]) -> list[str]:
    """The sections, as they call them, that storing these articles would make."""
    if not named:
        return []
    slugs = dict(Section.objects.values_list("slug", "pk"))
    chosen = run.options.get("section_map", {}).items()
    given = {theirs: slugs[slug] for theirs, slug in chosen if slug in slugs}
    ours = Sections(editions=[run.edition], given=given)
    found = ((named_section(article), host) for article, host in named)
    return list(dict.fromkeys(one.theirs for one, host in found if one and ours.find(one, host) is None))


def begin(item: ImportItem, picks: Sequence[Pick], core: frozenset[int], *, by: Any = None) -> ImportRun:
    """Writes down the job that reads the run of `item` again with the corrections, and keeps them for what comes later
    from the same site; the worker takes the job up. What was a draft on the page of `item` is one no more."""
    options = {
        **item.run.options,
        "by_worker": True,
        "correction": {
            "run": item.run_id,
            "core": sorted(core),
            "picks": [pick.as_json() for pick in picks],
        },
    }
    options.pop("drafts", None)
    pages = SavedPages()
    try:
        told = pages.open(item).told is not None
    finally:
        pages.close()
    with transaction.atomic():
        run = ImportRun.objects.create(
            edition=item.run.edition,
            inputs=item.run.inputs,
            options=options,
            started_by=by,
            state=ImportRun.State.WAITING,
        )
        keep(item, picks, core, told=told, run=run, by=by)
        corrected = ImportRun.objects.select_for_update().get(pk=item.run_id)
        drafts = {
            key: kept for key, kept in corrected.options.get("drafts", {}).items() if key != str(item.pk)
        }
        corrected.options = {**corrected.options, "drafts": drafts}
        corrected.save(update_fields=["options"])
    return run


def candidates(run: ImportRun) -> Any:
    """The items of a run that are read again: its articles and the pages in which none was found."""
    return ImportItem.objects.filter(run=run).exclude(outcome=ImportItem.Outcome.UNDONE).defer("before")


def reread(run: ImportRun, correction: dict[str, Any], storer: Storer) -> Generator[Found | None]:
    """The pages of the template read again, each to be stored over the article that it was; None for other pages.

    What the run has a row for already is left out. An article that was deleted here is not brought back.
    """
    core = frozenset(int(step) for step in correction["core"])
    picks = [Pick.from_json(told) for told in correction["picks"]]
    done = ImportItem.objects.filter(run=run, key_digest=OuterRef("key_digest"), ordinal=OuterRef("ordinal"))
    items = (
        ImportItem.objects.filter(~Exists(done), run_id=correction["run"])
        .exclude(outcome=ImportItem.Outcome.UNDONE)
        .defer("before")
        .order_by("pk")
    )
    pages = SavedPages()
    extra = reading_extra(run)
    last = 0
    try:
        while part := list(items.filter(pk__gt=last)[:LOOKUP]):
            last = part[-1].pk
            for item in part:
                # Of an import only what is still here, or was refused; of a trial nothing is here.
                if run.options.get("trial") or item.article_id or item.verdict == ImportItem.Verdict.REFUSED:
                    yield _again(item, pages, core, picks, storer, extra)
                else:
                    yield None
    finally:
        pages.close()


def _again(
    item: ImportItem,
    pages: SavedPages,
    core: frozenset[int],
    picks: Sequence[Pick],
    storer: Storer,
    extra: Mapping[str, Any],
) -> Found | None:
    try:
        page = pages.open(item)
    except PageGone:
        return None
    reading = read_saved(page, picks, extra)
    if isinstance(reading.item, Refusal) or not is_of_template(reading.layout, core):
        return None
    if item.article_id is not None:
        storer.known_articles[item.key_digest, item.ordinal] = item.article_id
    return Found(item.key, item.key_digest, item.ordinal, reading.item, True)


def changes(before: IncomingArticle | Refusal, after: IncomingArticle | Refusal) -> list[Change]:
    """The fields that differ, as text."""
    one, two = values(before), values(after)
    return [Change(name, one[name], two[name]) for name in FIELDS if one[name] != two[name]]


def values(item: IncomingArticle | Refusal) -> dict[str, str]:
    """The fields of `FIELDS` as text, empty when missing; the body as its paragraphs, one a line."""
    if isinstance(item, Refusal):
        return dict.fromkeys(FIELDS, "")
    return {
        "headline": item.headline or "",
        "kicker": item.kicker or "",
        "standfirst": item.standfirst or "",
        "section": item.section or "",
        "authors": "، ".join((*item.authors, *item.agencies)),
        "published_at": item.published_at or "",
        "caption": (item.lead_image.caption if item.lead_image else "") or "",
        "body": "\n".join(
            text
            for block in item.body
            for text in (
                block.items
                if isinstance(block, List)
                else (block.text,)
                if isinstance(block, Paragraph | Heading | Quote)
                else ()
            )
        ),
    }


def read_saved(
    page: SavedPage, picks: Sequence[Pick] = (), extra: Mapping[str, Any] | None = None
) -> Reading:
    """A saved page read with corrections. `extra`: what its run knows of the archive (`reading_extra`)."""
    if page.told is not None:
        together = list(page.kept)
        for pick in picks:
            together = with_pick(together, pick)
        return read_told(page.told, together)
    return read_corrected(page.data, page.name, picks, url=page.url, charset=page.charset, extra=extra)
