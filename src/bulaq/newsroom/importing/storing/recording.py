"""What became of each find, written in the transaction that stored it: its item, and the counts and findings of the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F

from bulaq.intake.article import Refusal
from bulaq.intake.judgement import Reason
from bulaq.intake.source_names import storable
from bulaq.newsroom.importing.leases import lease_end
from bulaq.newsroom.importing.storing.findings import NOTHING_NEW, Findings, Place
from bulaq.newsroom.importing.storing.judging import is_doubtful
from bulaq.newsroom.models import ImportItem, ImportRun
from bulaq.newsroom.row_writing import Row, write_rows

if TYPE_CHECKING:
    from bulaq.newsroom.importing.storing.prepared import Found, Prepared

Outcome, Verdict = ImportItem.Outcome, ImportItem.Verdict

COUNTED = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.KEPT)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one `Found`."""

    key: str
    ordinal: int
    verdict: str
    outcome: str
    article_id: int | None
    published: bool
    reasons: tuple[Reason, ...]


def record_batch(
    run: ImportRun, batch: Sequence[Found], prepared: Mapping[Place, Prepared], findings: Findings
) -> list[Stored]:
    """Writes the items of a batch, and adds them to the counts and findings of the run."""
    stored: list[Stored] = []
    items: list[Row] = []
    for found in batch:
        p = prepared.get((found.key_digest, found.ordinal))
        line = _refused(found) if p is None else _brought(found, p)
        _tally(findings, found, line, p)
        stored.append(line)
        items.append(_item(run, found, line, p))
    write_rows(ImportItem, items)
    _count(run, batch, stored, findings)
    return stored


def _refused(found: Found) -> Stored:
    assert isinstance(found.item, Refusal)
    # Most readers name the input in their words; here it stands beside them.
    told = Reason(found.item.code, storable(found.item.reason.removeprefix(f"{found.key}: ")))
    # An address that has nothing new is no failure of anything.
    outcome = Outcome.UNCHANGED if found.item.code == NOTHING_NEW else Outcome.REFUSED
    return Stored(storable(found.key), found.ordinal, Verdict.REFUSED, outcome, None, False, (told,))


def _brought(found: Found, p: Prepared) -> Stored:
    verdict = Verdict.DOUBTFUL if is_doubtful(p.reasons) else Verdict.READY
    return Stored(
        storable(found.key), found.ordinal, verdict, p.outcome, p.article.pk, p.published, tuple(p.reasons)
    )


def _tally(findings: Findings, found: Found, line: Stored, p: Prepared | None) -> None:
    place = (found.key_digest, found.ordinal)
    codes = [reason.code for reason in line.reasons]
    if p is None:
        findings.refuse(place, codes[0])
        return
    findings.take(place, codes, ready=line.verdict == Verdict.READY)
    if p.named is not None:
        findings.met(p.named, p.article.section_id)


def _item(run: ImportRun, found: Found, line: Stored, p: Prepared | None) -> Row:
    return {
        "run_id": run.pk,
        "key": line.key,
        "key_digest": found.key_digest,
        "ordinal": found.ordinal,
        "ends_source": found.ends_source,
        "verdict": line.verdict,
        "outcome": line.outcome,
        "published": line.published,
        "reasons": [reason.as_json() for reason in line.reasons],
        "article_id": line.article_id,
        "record": ImportItem.packed(p.known_by.record) if p else None,
        "before": p.before if p else None,
    }


def _count(run: ImportRun, batch: Sequence[Found], stored: Sequence[Stored], findings: Findings) -> None:
    counts = {
        "sources_done": sum(found.ends_source for found in batch),
        "published": sum(line.published for line in stored),
        **{verdict.value: sum(line.verdict == verdict for line in stored) for verdict in Verdict},
        **{outcome.value: sum(line.outcome == outcome for line in stored) for outcome in COUNTED},
    }
    ImportRun.objects.filter(pk=run.pk).update(
        **{name: F(name) + number for name, number in counts.items() if number},
        cursor=0 if batch[-1].ends_source else round(batch[-1].share * ImportRun.WHOLE_SOURCE),
        findings=findings.as_json(),
        # Everybody sees that the run lives.
        **({"lease_until": lease_end()} if run.owner else {}),
    )
