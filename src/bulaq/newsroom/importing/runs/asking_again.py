"""Addresses that were imported from before: asked for what is new alone, and left alone as long as they ask.

An import is told «nothing new» (304) only when that is true of it as well: when an import of the same edition with the
same options took in all of the earlier answer, was not taken back, and none of its articles was deleted since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from bulaq.intake.article import Refusal
from bulaq.intake.fetching.answers import Validators
from bulaq.intake.reading_process import Read
from bulaq.intake.sources import WebFetch
from bulaq.newsroom.importing.runs.options import RunOptions
from bulaq.newsroom.importing.storing.identity import digest
from bulaq.newsroom.models import FetchedAddress, ImportItem, ImportRun

LONGEST_REST = timedelta(days=1)
"""An address that is gone (410) is left alone so long, and none is longer, whatever its `Retry-After` says: its owner
may have erred, and an editor who asks again may know."""

AT_ONCE = 400
"""Addresses looked up in one query."""

NOT_TAKEN_IN = frozenset({"not-stored", "reader-failed", "reader-stopped"})
"""Refusals that the next import may not meet: an answer with one of them is asked for whole again."""


def web_fetch(run: ImportRun, networks: Iterable[str]) -> WebFetch:
    """What fetches for a run; `networks` as for `bulaq.intake.fetching.fetcher.Fetcher`."""
    known: dict[str, Validators] = {}
    resting: dict[str, Refusal] = {}
    now = timezone.now()
    for row in _met_before(run):
        if row.rest_until is not None and row.rest_until > now:
            until = f"{row.rest_until:%Y-%m-%d %H:%M} UTC"
            reason = f"{row.url}: was not asked, and is not before {until}"
            resting[row.url] = Refusal(row.url, f"fetch-{row.rest_code}", reason)
        elif _is_here(row, run):
            known[row.url] = Validators(row.answered_by, row.etag, row.last_modified)
    return WebFetch(networks, known, resting)


def remember(run: ImportRun, ends: Iterable[Read], fetch: WebFetch) -> None:
    """Keeps how the addresses of a run answered; `ends`: the last thing read of each, when all is stored."""
    now = timezone.now()
    for read in ends:
        if read.key in fetch.resting:
            continue
        told = _told(run, read, now)
        if told is not None:
            FetchedAddress.objects.update_or_create(
                edition_id=run.edition_id,
                url_digest=digest(read.key),
                defaults={"url": read.key, "rest_until": None, "rest_code": "", **told},
            )


def _met_before(run: ImportRun) -> Iterator[FetchedAddress]:
    digests = [digest(name) for name in run.inputs if "://" in name]
    for start in range(0, len(digests), AT_ONCE):
        yield from FetchedAddress.objects.filter(
            edition_id=run.edition_id, url_digest__in=digests[start : start + AT_ONCE]
        ).select_related("run")


def _is_here(row: FetchedAddress, run: ImportRun) -> bool:
    """Whether all that the validators stand for is here as this run would have brought it."""
    before = row.run
    if before is None or before.state != ImportRun.State.DONE or not (row.etag or row.last_modified):
        return False
    options = RunOptions.from_json(run.options)
    if options.trial or RunOptions.from_json(before.options) != options:
        return False
    brought = ImportItem.objects.filter(run=before, key_digest=row.url_digest)
    return not brought.exclude(verdict=ImportItem.Verdict.REFUSED).filter(article=None).exists()


def _told(run: ImportRun, read: Read, now: datetime) -> dict[str, object] | None:
    """What is kept of an answer; None when it says nothing that lasts."""
    if isinstance(read.item, Refusal) and read.item.code == "fetch-gone":
        return {"rest_until": now + LONGEST_REST, "rest_code": "gone", "run": None}
    if isinstance(read.item, Refusal) and read.item.retry_after:
        rest = min(timedelta(seconds=read.item.retry_after), LONGEST_REST)
        return {"rest_until": now + rest, "rest_code": "busy"}
    if read.validators is None or not _all_taken_in(run, read.key):
        return None
    return {
        "run": run,
        "answered_by": read.validators.url,
        "etag": read.validators.etag,
        "last_modified": read.validators.last_modified,
    }


def _all_taken_in(run: ImportRun, key: str) -> bool:
    refused = ImportItem.objects.filter(
        run=run, key_digest=digest(key), verdict=ImportItem.Verdict.REFUSED
    ).values_list("reasons", flat=True)
    return not any(reason["code"] in NOT_TAKEN_IN for reasons in refused for reason in reasons)
