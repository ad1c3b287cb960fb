"""An article whose fields a format names outright (a feed's entry, a wire message), as an `IncomingArticle`.

The readers of such formats only find the values; what is made of them is the same for all: text out of markup, people
and agencies out of bylines, the place out of the opening words, and a summary that is only the text's beginning left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bulaq.intake.article import IncomingArticle, Paragraph, Picture, Refusal, Table
from bulaq.intake.article_markup import lead_of, plain, read_markup, text_of
from bulaq.intake.bylines import parse_byline
from bulaq.intake.html.dateline import dateline_of
from bulaq.intake.html.embeds import link_address
from bulaq.intake.html.images import split_credit
from bulaq.intake.html.language import language_of
from bulaq.intake.html.text import key
from bulaq.intake.html.told_dates import read_machine_date


@dataclass(slots=True)
class ToldArticle:
    """The values of one entry as they stand in the source; texts may hold markup. `provenance`: field → where."""

    headline: str = ""
    kicker: str = ""
    body: str = ""
    body_is_text: bool = False
    """Plain text: lines are paragraphs and `<` is a character."""
    summary: str = ""
    url: str | None = None
    base: str | None = None
    bylines: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    place: str = ""
    section: str = ""
    tags: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    modified: list[str] = field(default_factory=list)
    language: str | None = None
    picture: Picture | None = None
    outlet: str = ""
    aliases: list[str] = field(default_factory=list)
    draft: bool = False
    body_trust: float = 0.97
    section_trust: float = 0.9
    provenance: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def article_of(told: ToldArticle, source: str, name: str) -> IncomingArticle | Refusal:
    """The article, or a refusal when there is neither headline nor text."""
    body = read_markup(_markup(told.body) if told.body_is_text else told.body, told.base or told.url)
    headline = _without_outlet(plain(told.headline), plain(told.outlet)) or None
    headline = headline if headline and _says(headline) else None
    if (
        not headline
        and not _says(text_of(body.blocks))
        and not any(isinstance(b, Table) for b in body.blocks)
    ):
        return Refusal(source, "empty", f"{source}: {name} has neither headline nor text")
    picture = told.picture
    if picture is not None and picture.caption and not picture.credit:
        caption, credit = split_credit(picture.caption)
        picture = Picture(picture.url, caption, credit, picture.alt)
    lead, blocks = lead_of(body.blocks, picture)
    people, agencies, place = _who(told, body.byline)
    opening = next((block.text for block in blocks if isinstance(block, Paragraph)), "")
    told_place, told_agency = dateline_of(opening) if opening else (None, None)
    if told_agency and key(told_agency) not in {key(agency) for agency in agencies}:
        agencies.append(told_agency)
    dateline = plain(told.place) or place or told_place
    text = text_of(blocks)
    lang, direction, _ = language_of(f"{headline or ''} {text}", told.language)
    published = _moment(told.published)
    if told.published and published is None:
        told.warnings.append(f"the date «{told.published[0][:60]}» could not be read")
    standfirst = plain(told.summary)
    if not standfirst or key(text[: 3 * len(standfirst) + 200]).startswith(
        key(re.sub(r"\s*(?:\[?(?:…|\.\.\.)\]?)\s*$", "", standfirst))
    ):
        standfirst = ""
    tags = tuple(dict.fromkeys(tag for tag in map(plain, told.tags[:200]) if tag))
    present: dict[str, object] = {
        "headline": headline, "body": blocks, "section": told.section, "authors": people or agencies, "published_at": published,
        "lead_image": lead, "dateline": dateline, "tags": tags, "standfirst": standfirst,
    }  # fmt: skip
    trust = {"body": told.body_trust, "section": told.section_trust, "dateline": 0.95 if told.place else 0.8}
    section = plain(told.section) or None
    return IncomingArticle(
        source=source,
        format=name.partition(" ")[0],
        url=told.url,
        canonical_url=told.url,
        headline=headline,
        kicker=plain(told.kicker) or None,
        standfirst=standfirst or None,
        section=section,
        breadcrumb=(section,) if section else (),
        dateline=dateline,
        authors=tuple(people),
        agencies=tuple(agencies),
        published_at=published,
        modified_at=_moment(told.modified),
        lang=lang,
        dir=direction,
        lead_image=lead,
        tags=tags,
        body=tuple(blocks),
        read_also=tuple(body.read_also),
        confidence={name: trust.get(name, 0.97) for name, value in present.items() if value},
        provenance={name: told.provenance.get(name, name) for name, value in present.items() if value},
        warnings=(*told.warnings, *body.warnings),
        aliases=tuple(dict.fromkeys(alias for alias in told.aliases if alias and alias != told.url)),
        draft=told.draft,
    )


def _says(text: str) -> bool:
    """Whether any letter or digit stands in it: dots, dashes and characters of no width are no text."""
    return any(map(str.isalnum, text))


def _without_outlet(headline: str, outlet: str) -> str:
    """The headline without the site's name behind a bar or a dash («… | صحيفة …»)."""
    if not outlet or not headline.endswith(outlet):
        return headline
    rest = headline.removesuffix(outlet).rstrip()
    return (
        rest.rstrip(" |-–—»:") if rest.endswith(("|", "-", "–", "—", "»")) and rest[:-1].strip() else headline
    )


def address(value: str | None, base: str | None) -> str | None:
    """An absolute http(s) address, or None."""
    url = link_address((value or "").strip(), base)
    return url if url and url.startswith(("http://", "https://")) else None


def _markup(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\r\n", "\n")
    return re.sub(r"[^\S\n]{0,99}\n[\s]{0,999}", "<br><br>", escaped)


def _moment(texts: list[str]) -> str | None:
    for text in texts:
        found = read_machine_date(text.strip()) if text else None
        if found is not None:
            return found.isoformat()
    return None


_ADDRESS_AND_NAME = re.compile(r"^\s*[^\s@()<>]{1,80}@[^\s@()<>]{1,120}\s*(?:\(([^()]{1,120})\))?\s*$")
_NAME_AND_ADDRESS = re.compile(r"^([^<>]{1,120})<[^\s@<>]{1,80}@[^\s@<>]{1,120}>\s*$")


def _who(told: ToldArticle, line: str | None) -> tuple[list[str], list[str], str | None]:
    people: list[str] = []
    agencies: list[str] = [plain(agency) for agency in told.agencies if plain(agency)]
    place: str | None = None
    for given in [*told.bylines[:50], *([line] if line else [])]:
        text = plain(given)
        if match := _ADDRESS_AND_NAME.match(text):
            text = match[1] or ""  # RSS: «writer@example.org (Name)»
        elif match := _NAME_AND_ADDRESS.match(text):
            text = match[1].strip()
        if not text or re.fullmatch(r"(?i)admin\w*|editor|webmaster|root", text):
            continue
        reading = parse_byline(text, (told.outlet,) if told.outlet else ())
        place = place or (reading.place if reading.people or reading.agencies else None)
        people += [name for name in reading.people if name not in people]
        agencies += [name for name in reading.agencies if name not in agencies]
        if not reading.people and not reading.agencies and len(text.split()) <= 6:
            people.append(text)
        if line and given is not line and people:
            break
    return people, agencies, place
