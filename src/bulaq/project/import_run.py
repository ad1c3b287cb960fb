"""`bulaq import PATH…` without `--dry-run`: begins a run, or takes up the one that was broken off, and tells of it."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from urllib.parse import unquote

from django.utils import translation

from bulaq.intake.source_names import shown
from bulaq.newsroom.importing.leases import RunBusy
from bulaq.newsroom.importing.pictures.fetching import LACKING, counts
from bulaq.newsroom.importing.runs import jobs
from bulaq.newsroom.importing.runs.options import RunOptions
from bulaq.newsroom.importing.storing.findings import Findings
from bulaq.newsroom.importing.storing.judging import words
from bulaq.newsroom.importing.storing.recording import Stored
from bulaq.newsroom.models import Edition, ImportItem, ImportRun
from bulaq.project.command_line import DONE, SOME_REFUSED, WRONG_USAGE
from bulaq.project.commands.named import edition_id, section_id
from bulaq.project.commands.section_pairs import section_pairs
from bulaq.project.import_progress import ProgressLine
from bulaq.project.preparation import migrate
from bulaq.project.spoken_language import spoken_language

INTERRUPTED = 130
FAILED = 1

SHOWN = 20
"""Drafts and refusals named in the summary; all of them are in `bulaq imports show`."""


def store(arguments: argparse.Namespace) -> int:
    """Stores the inputs; exit code 3 when some were refused."""
    migrate()
    edition = _edition(arguments)
    if edition is None:
        print(
            "bulaq import: there is no edition yet: found the newsroom with bulaq begin, or look at: bulaq demo",
            file=sys.stderr,
        )
        return WRONG_USAGE
    options = _options(arguments)
    run = None if arguments.new else jobs.unfinished(inputs=arguments.paths, edition=edition, options=options)
    if run is not None:
        print(
            f"taking up run {run.pk}: {run.sources_done} inputs are done, {run.articles} articles are stored",
            file=sys.stderr,
        )
    else:
        run = jobs.begin(inputs=arguments.paths, edition=edition, options=options)
    return work(run.pk, as_json=arguments.json)


def work(run_id: int, *, as_json: bool = False, stopped_state: str = ImportRun.State.PAUSED) -> int:
    """Works on a run in this process, showing its progress; SIGINT and SIGTERM pause it after the batch at hand."""
    stopping = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stopping.set()) for number in (signal.SIGINT, signal.SIGTERM)
    }
    line = ProgressLine(sys.stderr)
    try:
        run = jobs.work(
            run_id,
            watch=line.show,
            stored=_print_lines if as_json else lambda lines: None,
            stopping=stopping.is_set,
            stopped_state=stopped_state,
        )
    except RunBusy as error:
        print(f"bulaq import: {error}", file=sys.stderr)
        return WRONG_USAGE
    except Exception as error:
        line.end()
        print(
            f"bulaq import: {type(error).__name__}: {error}\nnothing stored is lost; go on with: bulaq imports resume {run_id}",
            file=sys.stderr,
        )
        return FAILED
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    line.end()
    if run.state != ImportRun.State.DONE:
        print(f"paused; go on with: bulaq imports resume {run_id}", file=sys.stderr)
        return INTERRUPTED
    if not as_json:
        summarise(run)
    return SOME_REFUSED if run.refused > Findings(run.findings).nothing_new else DONE


def summarise(run: ImportRun) -> None:
    """What became of the inputs: counts, then drafts and refusals with their reasons."""
    nothing_new = Findings(run.findings).nothing_new
    print(
        f"run {run.pk}: {run.articles} articles ({run.created} new, {run.updated} updated, {run.unchanged} unchanged,"
        f" {run.kept} left as edited here), {run.published} published, {run.refused - nothing_new} refused"
    )
    items = run.items.select_related("article").order_by("id")
    refused = items.filter(verdict=ImportItem.Verdict.REFUSED)
    for item in refused[:SHOWN]:
        told = "nothing new" if item.outcome == ImportItem.Outcome.UNCHANGED else "refused"
        print(f"{told}: {shown(item.key)}: {_reasons(item)}", file=sys.stderr)
    doubtful = items.filter(verdict=ImportItem.Verdict.DOUBTFUL)
    for item in doubtful[:SHOWN]:
        state = (
            "published"
            if item.published
            else "draft"
            if not (item.article and item.article.live)
            else "stands"
        )
        print(f"{state} {item.article_id}: {shown(item.key)}: {_reasons(item)}", file=sys.stderr)
    more = max(0, refused.count() - SHOWN) + max(0, doubtful.count() - SHOWN)
    if more:
        print(f"… and {more} more: bulaq imports show {run.pk}", file=sys.stderr)
    pictures = counts(run)
    if lacking := sum(pictures.get(state, 0) for state in LACKING):
        print(
            f"pictures: {pictures.get('stored', 0)} stored, {lacking} missing: bulaq imports show {run.pk} --pictures",
            file=sys.stderr,
        )
    published = items.filter(published=True).exclude(article=None)[:5]
    for item in published:
        print(f"{item.article_id}: {_address(item)}")


def _print_lines(lines: list[Stored]) -> None:
    for line in lines:
        print(
            json.dumps(
                {
                    "source": line.key,
                    "number": line.ordinal,
                    "verdict": line.verdict,
                    "outcome": line.outcome,
                    "id": line.article_id,
                    "published": line.published,
                    "reasons": [reason.as_json() for reason in line.reasons],
                },
                ensure_ascii=False,
            ),
            flush=True,
        )


def _reasons(item: ImportItem) -> str:
    with translation.override(spoken_language()):
        return shown(" ".join(words(reason) for reason in item.reasons)) or "—"


def _address(item: ImportItem) -> str:
    from bulaq.newsroom import addresses

    publication = (
        item.article.publications.select_related("edition", "section").filter(state="published").first()
    )
    return (
        shown(unquote(addresses.absolute(publication.edition, addresses.of_publication(publication))))
        if publication
        else "—"
    )


def _edition(arguments: argparse.Namespace) -> Edition | None:
    if arguments.edition is not None:
        return Edition.objects.get(pk=edition_id(arguments.edition))
    return Edition.objects.order_by("position", "id").first()


def _options(arguments: argparse.Namespace) -> RunOptions:
    section_id(arguments.section)
    return RunOptions(
        publish=arguments.publish,
        edition_given=arguments.edition is not None,
        headline=arguments.headline,
        default_section=arguments.section,
        section_map=section_pairs(arguments.map_section, arguments.map_sections),
        fetch=arguments.fetch,
        fetch_images=arguments.fetch_images,
        media=arguments.media,
        site=arguments.site,
        columns=dict(arguments.columns),
        rights_until=arguments.rights_until,
        workers=arguments.workers,
    )
