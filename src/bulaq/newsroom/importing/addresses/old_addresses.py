"""Redirects for what was imported: every address under which an article answered leads to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from bulaq.delivery import keys
from bulaq.intake.judgement import Reason
from bulaq.intake.sites import host_of
from bulaq.newsroom.actions.outbox import record
from bulaq.newsroom.importing.addresses.old_parameters import OldParameters
from bulaq.newsroom.importing.matching.names import Created, Kind
from bulaq.newsroom.importing.storing.identity import is_web_address
from bulaq.newsroom.legacy_paths import normal_form
from bulaq.newsroom.models import ImportHost, LegacyPath, Publication
from bulaq.newsroom.row_writing import Row, write_rows

if TYPE_CHECKING:
    from bulaq.newsroom.importing.storing.prepared import Prepared


def addresses_of(p: Prepared) -> list[str]:
    """The old addresses in normal form, each once; the bare front page is nobody's own."""
    given = (p.incoming.canonical_url, p.incoming.url, *p.incoming.aliases)
    forms = (
        normal_form(address)
        for address in given
        if address and (is_web_address(address) or address[:1] == "/")
    )
    return [form for form in dict.fromkeys(forms) if form != "/"]


def remember_all(
    prepared: Sequence[Prepared],
    created: Created,
    *,
    known_hosts: set[tuple[int, str]],
    parameters: OldParameters,
) -> None:
    """Writes the old addresses of a batch; one that leads to another article already stays there, and is reported.

    `known_hosts`: those that need not be written again; what is written is added. `parameters`: what the run has learned of
    the old site's programs; an address whose parameters say more than which article is known without the rest too.
    """
    _remember_hosts(prepared, known_hosts)
    wanted = _wanted(prepared)
    if not wanted:
        return
    shorter = _shorter(wanted, parameters)
    rows = [*_not_there_yet(wanted), *_not_there_yet(shorter, told=False)]
    of_new = [row for p, row in rows if p.existing_id is None]
    of_older = [LegacyPath(**row) for p, row in rows if p.existing_id is not None]
    write_rows(LegacyPath, of_new)
    LegacyPath.objects.bulk_create(of_older)
    _purge_ours((row["edition_id"], row["path"]) for _, row in rows)
    # Those of new articles go when the article goes; only what was added to older ones must be remembered.
    created += [(Kind.OLD_ADDRESS, row.pk) for row in of_older]


def _remember_hosts(prepared: Sequence[Prepared], known_hosts: set[tuple[int, str]]) -> None:
    """The hosts that the addresses of a batch name are hosts of ours now."""
    hosts = {
        (p.redirect_edition.pk, host)
        for p in prepared
        for host in (host_of(p.incoming.canonical_url), host_of(p.incoming.url))
        if host
    } - known_hosts
    if hosts:
        ImportHost.objects.bulk_create(
            [ImportHost(edition_id=edition_id, host=host) for edition_id, host in sorted(hosts)],
            ignore_conflicts=True,
        )
        known_hosts |= hosts


_Wanted = dict[tuple[int, str], tuple["Prepared", str]]
"""(edition, digest) → whose address it is, and its normal form."""


def _wanted(prepared: Sequence[Prepared]) -> _Wanted:
    """The addresses of a batch; one that two of its articles claim is the first one's."""
    wanted: _Wanted = {}
    for p in prepared:
        for form in addresses_of(p):
            first, _ = wanted.setdefault((p.redirect_edition.pk, LegacyPath.digest_of(form)), (p, form))
            if first is not p:
                p.reasons.append(Reason("address-taken", form[:300]))
    return wanted


def _shorter(wanted: _Wanted, parameters: OldParameters) -> _Wanted:
    """Addresses of the batch with the parameter alone that names the article; what two articles share names neither."""
    for (edition_id, _), (p, form) in wanted.items():
        parameters.learn(edition_id, p.article.pk, form)
    shorter: dict[tuple[int, str], tuple[Prepared, str] | None] = {}
    forms: dict[int, list[str]] = {}
    for (edition_id, _), (p, form) in wanted.items():
        forms.setdefault(edition_id, []).append(form)
        for short in parameters.alone(edition_id, form):
            at = (edition_id, LegacyPath.digest_of(short))
            if at not in wanted:
                other = shorter.get(at, (p, short))
                shorter[at] = (p, short) if other is not None and other[0] is p else None
    for edition_id, known_by in forms.items():
        parameters.remember(edition_id, known_by)
    return {at: found for at, found in shorter.items() if found is not None}


def _not_there_yet(wanted: _Wanted, *, told: bool = True) -> Iterator[tuple[Prepared, Row]]:
    """Whose address is to be written, and its row; what leads to another article already is `told`."""
    known = {
        (edition_id, digest): article_id
        for edition_id, digest, article_id in LegacyPath.objects.filter(
            # The index begins with the edition: without it every address of the newsroom would be looked through.
            edition_id__in={edition_id for edition_id, _ in wanted},
            digest__in={digest for _, digest in wanted},
        ).values_list("edition_id", "digest", "article_id")
    }
    for (edition_id, digest), (p, form) in wanted.items():
        leads_to = known.get((edition_id, digest))
        if leads_to is None:
            yield (
                p,
                {"edition_id": edition_id, "article_id": p.article.pk, "path": form, "digest": digest},
            )
        elif told and leads_to != p.article.pk:
            p.reasons.append(Reason("address-taken", form[:300]))


_LIKE_OURS = re.compile(r"/[^/?]+/([0-9]{1,18})(?:-[^/?]*)?(?:\?.*)?")
"""An old address that could be one of ours: `/news/2`, `/news/2-a-slug`."""


def _purge_ours(addresses: Iterable[tuple[int, str]]) -> None:
    """Of addresses that could name articles of ours by their numbers: until now they led to those, and the edge may
    have kept that."""
    numbers: dict[int, set[int]] = {}
    for edition_id, path in addresses:
        if match := _LIKE_OURS.fullmatch(path):
            numbers.setdefault(edition_id, set()).add(int(match[1]))
    for edition_id, named in numbers.items():
        ours = Publication.objects.filter(edition_id=edition_id, article_id__in=named).order_by("article_id")
        if found := [keys.article(pk) for pk in ours.values_list("article_id", flat=True)]:
            record("import", keys=found, hard=True)
