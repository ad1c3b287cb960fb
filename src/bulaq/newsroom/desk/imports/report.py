"""What an import met, for an editor: how many for each reason with samples, and their sections beside ours."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from functools import reduce
from typing import Any

from django.db.models import Q

from bulaq.arabic.truncation import cut
from bulaq.newsroom.desk.commas import commas
from bulaq.newsroom.desk.imports.sources import file_name
from bulaq.newsroom.desk.imports.values import in_words
from bulaq.newsroom.importing.matching.section_mapping import suggest
from bulaq.newsroom.importing.storing.findings import Findings, Place, Tally
from bulaq.newsroom.importing.storing.judging import HARMLESS, words
from bulaq.newsroom.models import ImportItem, ImportRun, Section

FIRST_WORDS = 240
"""Characters of the text that a sample shows."""


def report(run: ImportRun) -> dict[str, Any]:
    """The findings of a run as its screen shows them; of a trial with samples and with a choice for each section."""
    findings = Findings(run.findings)
    tried = bool(run.options.get("trial"))
    reasons = findings.reasons
    parts = {
        "ready": [findings.ready],
        "doubtful": [tally for tally in reasons if tally.code not in HARMLESS],
        "noted": [tally for tally in reasons if tally.code in HARMLESS],
        "refused": findings.refusals,
    }
    shown = _samples(run, [tally for part in parts.values() for tally in part]) if tried else {}
    return {
        **{name: [_line(tally, shown) for tally in part if tally.number] for name, part in parts.items()},
        "sections": _sections(findings) if tried else [],
    }


def _line(tally: Tally, shown: dict[Place, dict[str, Any]]) -> dict[str, Any]:
    return {
        "number": tally.number,
        "code": tally.code,
        "words": words({"code": tally.code}).rstrip(".") if tally.code else "",
        "samples": [shown[place] for place in tally.samples if place in shown],
    }


def _samples(run: ImportRun, tallies: Iterable[Tally]) -> dict[Place, dict[str, Any]]:
    """The items that are named, as they were read."""
    numbers: dict[str, list[int]] = {}
    for tally in tallies:
        for digest, number in tally.samples:
            numbers.setdefault(digest, []).append(number)
    if not numbers:
        return {}
    named = reduce(operator.or_, (Q(key_digest=one, ordinal__in=of) for one, of in numbers.items()))
    items = run.items.filter(named).defer("before")
    return {(item.key_digest, item.ordinal): sample(item) for item in items}


def sample(item: ImportItem) -> dict[str, Any]:
    """One item as it was read, in a few lines."""
    read = item.incoming or {}
    first = next((text for block in read.get("body", ()) if (text := block.get("text"))), "")
    lead = read.get("lead_image") or {}
    return {
        "item": item,
        "source": file_name(item.key),
        "headline": read.get("headline") or "",
        "facts": [
            fact
            for fact in (
                read.get("section") or next(iter(read.get("breadcrumb", ())[-1:]), ""),
                in_words("published_at", read.get("published_at") or ""),
                commas((*read.get("authors", ()), *read.get("agencies", ()))),
            )
            if fact
        ],
        "first": cut(first, FIRST_WORDS),
        "picture": file_name(lead["url"].partition("?")[0]) if lead.get("url") else "",
        "caption": lead.get("caption") or "",
        "reason": words(item.reasons[0]) if item.verdict == ImportItem.Verdict.REFUSED else "",
    }


def _sections(findings: Findings) -> list[dict[str, Any]]:
    """Their sections with the one of ours that each goes to, or that is suggested instead of a new one."""
    ours = list(Section.objects.order_by("name", "pk"))
    known = {section.pk for section in ours}
    lines = []
    for number, met in enumerate(findings.sections):
        suggested = None if met.ours_id in known else suggest(met.key, ours)
        lines.append(
            {
                "name": f"to-{number}",
                "met": met,
                "chosen": met.ours_id if met.ours_id in known else suggested.pk if suggested else None,
                "suggested": suggested is not None,
                "ours": ours,
            }
        )
    return lines


def chosen_sections(run: ImportRun, asked: dict[str, int]) -> dict[str, str]:
    """Theirs → the slug of ours, where somebody chose another section than the trial took. `asked`: by the names of
    `report`'s lines, the key of ours or 0."""
    slugs = dict(Section.objects.values_list("pk", "slug"))
    return {
        met.theirs: slugs[wanted]
        for number, met in enumerate(Findings(run.findings).sections)
        if (wanted := asked.get(f"to-{number}", 0)) in slugs and wanted != met.ours_id
    }
