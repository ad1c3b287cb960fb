"""Links in a text to our own articles: stored by id, written out as the address in the edition whose page is drawn.

The text holds `<a linktype="article" id="…">`. The reader draws a page within `drawn_for(edition, …)`; outside of it
(an e-mail, an export) a link leads to the canonical edition. A link to what no reader can open is written without an
address: the words stay, the link is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from html import escape

from bulaq.newsroom import addresses
from bulaq.newsroom.models import Edition, Publication

LINK_TYPE = "article"

_LINK = re.compile(r"<a\b(?=[^>]*\blinktype=\"article\")[^>]*\bid=\"(\d{1,18})\"")


@dataclass(slots=True)
class _Drawing:
    edition: Edition | None
    known: dict[int, str]


_drawing: ContextVar[_Drawing | None] = ContextVar("drawing", default=None)


def linked_ids(source: str) -> list[int]:
    """The articles that a piece of stored rich text links to, in order."""
    return [int(number) for number in _LINK.findall(source)]


@contextmanager
def drawn_for(edition: Edition, sources: Iterable[str] = ()) -> Iterator[None]:
    """Within it, links lead to `edition`. The texts of `sources` are looked up together, in one query or none."""
    wanted = {number for source in sources for number in linked_ids(source)}
    token = _drawing.set(_Drawing(edition, hrefs(wanted, edition)))
    try:
        yield
    finally:
        _drawing.reset(token)


def known_hrefs(article_ids: Iterable[int]) -> Mapping[int, str]:
    """The addresses for the page being drawn, or for none in particular."""
    ids = set(article_ids)
    drawing = _drawing.get()
    if drawing is None:
        return hrefs(ids, None)
    missing = ids - drawing.known.keys()
    if missing:
        drawing.known.update(hrefs(missing, drawing.edition))
    return drawing.known


def hrefs(article_ids: Iterable[int], edition: Edition | None) -> dict[int, str]:
    """The address of each article; "" for one that no reader can open.

    In `edition` it is a path; an article that stands only elsewhere has the full address of its canonical edition.
    """
    found = dict.fromkeys(article_ids, "")
    if not found:
        return {}
    published = Publication.objects.filter(
        article_id__in=list(found), state=Publication.State.PUBLISHED
    ).select_related("edition", "section")
    for publication in sorted(published, key=lambda p: (p.is_canonical, -p.pk)):
        here = edition is not None and publication.edition_id == edition.pk
        known = found[publication.article_id]
        if here:
            found[publication.article_id] = addresses.of_publication(publication)
        elif not known.startswith("/"):
            found[publication.article_id] = addresses.absolute(
                publication.edition, addresses.of_publication(publication)
            )
    return found


def opening_tag(article_id: int | None, known: Mapping[int, str]) -> str:
    """The start of the link in HTML."""
    href = known.get(article_id, "") if article_id is not None else ""
    return f'<a href="{escape(href)}">' if href else "<a>"
