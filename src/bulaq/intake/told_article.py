"""An article whose fields a format names outright (a feed's entry, a wire message), as an `IncomingArticle`.

The readers of such formats only find the values; what is made of them is the same for all: text out of markup, people
and agencies out of bylines, the place out of the opening words, and a summary that is only the text's beginning left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from bulaq.intake.article import Block, Image, IncomingArticle, Link, Paragraph, Picture, Refusal, Table
from bulaq.intake.article_markup import lead_of, plain, read_markup, text_of
from bulaq.intake.bylines.grammar import parse_byline
from bulaq.intake.html.byline.dateline import dateline_of
from bulaq.intake.html.layout.embeds import link_address
from bulaq.intake.html.layout.images import split_credit
from bulaq.intake.html.layout.language import language_of
from bulaq.intake.html.layout.text import key
from bulaq.intake.html.machines.told_dates import read_machine_date


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
    breadcrumb: list[str] = field(default_factory=list)
    """From the broadest to the section; the section alone where it is empty."""
    tags: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    modified: list[str] = field(default_factory=list)
    language: str | None = None
    picture: Picture | None = None
    pictures: dict[str, Picture] = field(default_factory=dict)
    """What the source says of pictures in the body, by their addresses."""
    read_also: list[Link] = field(default_factory=list)
    outlet: str = ""
    aliases: list[str] = field(default_factory=list)
    draft: bool = False
    body_trust: float = 0.97
    section_trust: float = 0.9
    provenance: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


_FIELDS = (
    "headline", "body", "section", "authors", "published_at", "lead_image", "dateline", "tags", "standfirst",
)  # fmt: skip
"""What is told of an article with where it was read and how sure that is."""


def article_of(told: ToldArticle, source: str, name: str) -> IncomingArticle | Refusal:
    """The article, or a refusal when there is neither headline nor text."""
    body = read_markup(_markup(told.body) if told.body_is_text else told.body, told.base or told.url)
    headline = _without_outlet(plain(told.headline), plain(told.outlet))
    if not _says(headline) and not _says(text_of(body.blocks)) and not _has_table(body.blocks):
        return Refusal(source, "empty", f"{source}: {name} has neither headline nor text")
    lead, blocks = lead_of([_described(block, told) for block in body.blocks], _credited(told.picture))
    people, agencies, place = _signature(told, body.byline, blocks)
    text = text_of(blocks)
    lang, direction, _ = language_of(f"{headline if _says(headline) else ''} {text}", told.language)
    published = _moment(told.published)
    if told.published and published is None:
        told.warnings.append(f"the date «{told.published[0][:60]}» could not be read")
    section = plain(told.section) or None
    article = IncomingArticle(
        source=source,
        format=name.partition(" ")[0],
        url=told.url,
        canonical_url=told.url,
        headline=headline if _says(headline) else None,
        kicker=plain(told.kicker) or None,
        standfirst=_standfirst(told, text),
        section=section,
        breadcrumb=_breadcrumb(told, section),
        dateline=place,
        authors=tuple(people),
        agencies=tuple(dict.fromkeys([*agencies, *body.agencies])),
        published_at=published,
        modified_at=_moment(told.modified),
        lang=lang,
        dir=direction,
        lead_image=lead,
        tags=tuple(dict.fromkeys(tag for tag in map(plain, told.tags[:200]) if tag)),
        body=tuple(blocks),
        read_also=tuple(dict.fromkeys([*body.read_also, *told.read_also])),
        warnings=(*told.warnings, *body.warnings),
        aliases=tuple(dict.fromkeys(alias for alias in told.aliases if alias and alias != told.url)),
        draft=told.draft,
    )
    return _noted(article, told)


def _described(block: Block, told: ToldArticle) -> Block:
    """A picture of the body with what the source says of it."""
    said = told.pictures.get(block.picture.url or "") if isinstance(block, Image) else None
    return Image(said) if said is not None else block


def _breadcrumb(told: ToldArticle, section: str | None) -> tuple[str, ...]:
    steps = tuple(step for step in map(plain, told.breadcrumb) if step)
    return steps or ((section,) if section else ())


def _noted(article: IncomingArticle, told: ToldArticle) -> IncomingArticle:
    """The article with where each field that it has was read, and how sure that is."""
    trust = {"body": told.body_trust, "section": told.section_trust, "dateline": 0.95 if told.place else 0.8}
    has = [name for name in _FIELDS if getattr(article, name) or (name == "authors" and article.agencies)]
    return replace(
        article,
        confidence={name: trust.get(name, 0.97) for name in has},
        provenance={name: told.provenance.get(name, name) for name in has},
    )


def _has_table(blocks: list[Block]) -> bool:
    return any(isinstance(block, Table) for block in blocks)


def _credited(picture: Picture | None) -> Picture | None:
    """The picture with the credit that stands in its caption apart from it."""
    if picture is None or not picture.caption or picture.credit:
        return picture
    caption, credit = split_credit(picture.caption)
    return Picture(picture.url, caption, credit, picture.alt)


def _standfirst(told: ToldArticle, text: str) -> str | None:
    """The summary, unless it is only the beginning of the text."""
    summary = plain(told.summary)
    beginning = key(re.sub(r"\s*(?:\[?(?:…|\.\.\.)\]?)\s*$", "", summary))
    return None if not summary or key(text[: 3 * len(summary) + 200]).startswith(beginning) else summary


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


def _signature(
    told: ToldArticle, line: str | None, blocks: list[Block]
) -> tuple[list[str], list[str], str | None]:
    """People, agencies and place: as told, of the byline in the body, of the words that the text opens with."""
    people, agencies, place = _who(told, line)
    opening = next((block.text for block in blocks if isinstance(block, Paragraph)), "")
    told_place, told_agency = dateline_of(opening) if opening else (None, None)
    if told_agency and key(told_agency) not in {key(agency) for agency in agencies}:
        agencies.append(told_agency)
    return people, agencies, plain(told.place) or place or told_place


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
