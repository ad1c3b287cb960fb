"""By which parameters the old site's programs knew their articles: learned as addresses come in, and remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlencode

from bulaq.intake.naming_parameters import NamingParameters
from bulaq.newsroom.legacy_paths import IDENTIFYING
from bulaq.newsroom.models import OldParameter

MOST = 60
"""Parameters that are remembered of an edition's old sites; a site has a handful."""


class OldParameters:
    """One run's memory of them. Every method runs inside the transaction of a batch.

    After a batch that was rolled back, `forget` must be called: articles made in it do not exist.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Drops all that is remembered."""
        self._learned: dict[int, NamingParameters] = {}
        self._known: dict[int, set[str]] = {}

    def learn(self, edition_id: int, article_id: int, form: str) -> None:
        """The article answered at the address, in normal form, in the edition's old site."""
        path, pairs = _parts(form)
        if pairs:
            self._learned.setdefault(edition_id, NamingParameters()).observe(article_id, path, pairs)

    def alone(self, edition_id: int, form: str) -> list[str]:
        """The address with each parameter alone that names its article, where others stand beside it."""
        path, pairs = _parts(form)
        if len(pairs) < 2:
            return []
        return [f"{path}?{urlencode([pair])}" for pair in self._naming(edition_id, path, pairs)]

    def remember(self, edition_id: int, forms: Iterable[str]) -> None:
        """Writes down the parameters without which the addresses are not found."""
        met: set[str] = set()
        for form in forms:
            path, pairs = _parts(form)
            met.update(
                name if value else "" for name, value in self._naming(edition_id, path, pairs) or pairs
            )
        if not met:
            return
        known = self._known.get(edition_id)
        if known is None:
            rows = OldParameter.objects.filter(edition_id=edition_id).values_list("name", flat=True)
            known = self._known[edition_id] = set(rows)
        new = sorted(name for name in met - known if len(name) <= 40 and name.isprintable())
        new = new[: max(0, MOST - len(known))]
        OldParameter.objects.bulk_create(
            [OldParameter(edition_id=edition_id, name=name) for name in new], ignore_conflicts=True
        )
        known.update(new)

    def _naming(self, edition_id: int, path: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of the pairs that name an article: by what was learned, else by what they are called."""
        learned = self._learned.get(edition_id)
        found = []
        for name, value in pairs:
            named = learned.names(path, name) if learned else None
            if value and (name in IDENTIFYING if named is None else named):
                found.append((name, value))
        return found


def _parts(form: str) -> tuple[str, list[tuple[str, str]]]:
    path, _, query = form.partition("?")
    return path, parse_qsl(query, keep_blank_values=True) if query else []


def old_parameters(edition_id: int | None = None) -> Iterator[str]:
    """The names that are remembered, of one edition or of all; an empty one for queries that are no parameters."""
    rows = OldParameter.objects.order_by("pk")
    if edition_id is not None:
        rows = rows.filter(edition_id=edition_id)
    return iter(rows.values_list("name", flat=True)[: 10 * MOST])
