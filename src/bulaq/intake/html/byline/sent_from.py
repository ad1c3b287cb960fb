"""From where and by which agencies an article was sent, as its byline and its opening words say."""

from __future__ import annotations

from dataclasses import dataclass

from bulaq.intake.article import Paragraph
from bulaq.intake.bylines.places import place_score
from bulaq.intake.html.body.body_text import BodyText
from bulaq.intake.html.byline.authors import Authors
from bulaq.intake.html.byline.dateline import dateline_of
from bulaq.intake.html.layout.text import key


@dataclass(frozen=True, slots=True)
class Sent:
    """From where and by which agencies the article was sent; the place's provenance."""

    place: str | None
    origin: str
    agencies: tuple[str, ...]


def sent_from(body: BodyText, authors: Authors, sites: list[str], said: str) -> Sent:
    """The place of the byline, else the one with which the text opens; the agencies of both. `said` is the whole text."""
    # the first paragraph may be a lead
    openings = [block.text for block in body.blocks if isinstance(block, Paragraph)][:2]
    told, agency = next(
        (found for text in openings if (found := dateline_of(text, sites, said))[0]), (None, None)
    )
    agencies = list(authors.agencies)
    if agency and key(agency) not in {key(other) for other in agencies}:
        agencies.append(agency)
    if told and not authors.place:
        return Sent(told, "opening words", tuple(agencies))
    place = None if _is_outlet(authors.place or "", sites) else authors.place
    return Sent(place, "byline", tuple(agencies))


def _is_outlet(place: str, sites: list[str]) -> bool:
    """Whether a place that no gazetteer knows begins with the outlet's name («… المغربية»)."""
    begins = any(place == site or place.startswith(f"{site} ") for site in sites if len(site) >= 4)
    return begins and place_score(place) < 3
