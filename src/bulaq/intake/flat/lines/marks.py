"""Takes away the marks that a flattener left in the text: bullets, hashes, asterisks, numbered or bracketed addresses.

A mark is believed only where the page as a whole shows that a program put it there, since writers too use brackets
and asterisks; what it said (a heading, an item, where a link led) is kept beside the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bulaq.intake.flat.lines.wrapping import InputLine

Marker = Literal["", "heading", "item", "quote"]


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line without the flattener's marks. `url` is set where the line as a whole was one link; `text` is empty where
    nothing of the page's own is left (a list of addresses, a picture)."""

    text: str
    gap: bool
    sources: tuple[int, ...]
    marker: Marker = ""
    url: str | None = None
    cells: tuple[str, ...] = ()
    """The cells of a table's row, where tabs stood between them."""


_REFERENCE = re.compile(
    r"^\s*(?P<number>\d{1,4})\.\s+(?P<url>(?:https?|file|ftp|mailto|javascript|about):\S*)\s*$"
)
_NUMBERED = re.compile(r"\[(?P<number>\d{1,4})\]\s?(?=\S)")
_LINK = re.compile(
    r"(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,600})\]"
    r"\(\s*<?(?P<url>[^()\s<>]{0,2000}(?:\([^()\s]{0,200}\)[^()\s<>]{0,500})?)>?(?:\s+\"[^\"]{0,300}\")?\s*\)"
)
_BRACKETED = re.compile(r"\s*[<(\[](?P<url>https?://[^\s<>()\[\]]{3,2000})[>)\]]")
_HASHES = re.compile(r"^\s*#{1,6}\s+(?=\S)")
_QUOTE = re.compile(r"^\s*>\s?")
_BULLET = re.compile(r"^(?P<indent>\s*)(?P<bullet>[*+•◦▪●○‣·])(?P<space>\s+)(?=\S)")
_STRONG = re.compile(
    r"(\*\*|__)(?=\S)(?P<text>.{1,2000}?)(?<=\S)\1|(?<!\w)_(?=\S)(?P<light>[^_]{1,500})(?<=\S)_(?!\w)"
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~])")
MIN_LINKS = 2
"""Links in one notation that show that a program wrote it, not a person."""
MIN_BULLETS = 3
"""Lines with one bullet that show a list."""
_PLAIN_BULLETS = frozenset("•◦▪●○‣")
"""Signs that are nothing but bullets: two lines that follow each other with one are a list."""


def without_marks(lines: list[InputLine]) -> list[MarkedLine]:
    """The lines, as the page showed them before it was flattened."""
    references, listed = _references(lines)
    markdown = sum(len(_LINK.findall(line.text)) for line in lines) >= MIN_LINKS
    bracketed = sum(len(_BRACKETED.findall(line.text)) for line in lines) >= MIN_LINKS
    bullets = _bullets(lines, bool(references) or markdown)
    result = []
    for index, line in enumerate(lines):
        if index in listed:
            result.append(MarkedLine("", line.gap, line.sources))
            continue
        text, marker = _line_marks(line.text, markdown, bullets)
        urls: list[tuple[str, str]] = []
        if references:
            text = _take_numbered(text, references, urls)
        if markdown:
            text = _take_links(text, urls)
            text = _ESCAPED.sub(r"\1", _STRONG.sub(lambda match: match["text"] or match["light"], text))
        if bracketed:
            text = _take_bracketed(text, urls)
        cells = tuple(" ".join(cell.split()) for cell in text.strip().split("\t") if cell.strip())
        text = " ".join(text.split())
        whole = next((url for inner, url in urls if " ".join(inner.split()) == text and text), None)
        result.append(
            MarkedLine(text, line.gap, line.sources, marker, whole, cells if len(cells) > 1 else ())
        )
    return result


def _references(lines: list[InputLine]) -> tuple[dict[int, str | None], frozenset[int]]:
    """The addresses of a list «1. https://…» at the end of the page, by number, and its lines; where only the numbers
    are left of them, None for each."""
    found = {
        index: (int(match["number"]), match["url"])
        for index, line in enumerate(lines)
        if (match := _REFERENCE.match(line.text)) is not None
    }
    if len(found) < MIN_LINKS or [number for number, _ in found.values()] != sorted(
        {n for n, _ in found.values()}
    ):
        return _counted(lines), frozenset()
    first = min(found)
    heads = [
        index
        for index in range(max(0, first - 3), first)
        if re.fullmatch(r"\s*(?:references|visible links|hidden links|links):?\s*", lines[index].text, re.I)
    ]
    if not heads:
        return _counted(lines), frozenset()
    tail = [
        index
        for index in range(first, len(lines))
        if re.fullmatch(r"\s*(?:hidden links|visible links):?\s*", lines[index].text, re.I)
    ]
    return dict(found.values()), frozenset([*found, *heads, *tail])


MIN_COUNTED = 4
"""Numbers in brackets that rise through the page, each once, and so were a text browser's; notes come twice."""


_LEAD = re.compile(r"[\s*+•]*")


def _counted(lines: list[InputLine]) -> dict[int, str | None]:
    """The numbers of links of which the list of addresses is not there, where each stands at the head of its line."""
    marks = [
        (int(match["number"]), _LEAD.fullmatch(line.text, 0, match.start()) is not None)
        for line in lines
        for match in _NUMBERED.finditer(line.text)
    ]
    numbers = [number for number, _ in marks]
    if len(marks) < MIN_COUNTED or numbers != sorted(set(numbers)) or not all(leads for _, leads in marks):
        return {}
    return dict.fromkeys(numbers)


def _bullets(lines: list[InputLine], known: bool) -> frozenset[str]:
    """The bullets that a program put before items: on lists of short lines, or behind an indent or before a tab."""
    counts: dict[str, list[bool]] = {}
    for line in lines:
        if (match := _BULLET.match(line.text)) is not None:
            drawn = bool(match["indent"]) or "\t" in match["space"]
            plain = not re.search(r"[.؟!؛،]\s*$", line.text)
            counts.setdefault(match["bullet"], []).append(drawn or plain)
    in_row = {
        match["bullet"]
        for line, following in pairwise(lines)
        if (match := _BULLET.match(line.text)) is not None
        and match["bullet"] in _PLAIN_BULLETS
        and following.text.lstrip().startswith(match["bullet"])
    }
    return frozenset(in_row) | frozenset(
        bullet
        for bullet, shapes in counts.items()
        if len(shapes) >= (1 if known and bullet == "*" else MIN_BULLETS) and sum(shapes) >= 0.5 * len(shapes)
    )


def _line_marks(text: str, markdown: bool, bullets: frozenset[str]) -> tuple[str, Marker]:
    marker: Marker = ""
    if markdown and (match := _QUOTE.match(text)) is not None:
        text, marker = text[match.end() :], "quote"
    if (match := _BULLET.match(text)) is not None and match["bullet"] in bullets:
        text, marker = text[match.end() :], "item"
    if markdown and (match := _HASHES.match(text)) is not None:
        text, marker = text[match.end() :], "heading"
    return text, marker


def _take_numbered(text: str, references: dict[int, str | None], urls: list[tuple[str, str]]) -> str:
    marks = [match for match in _NUMBERED.finditer(text) if int(match["number"]) in references]
    url = references[int(marks[0]["number"])] if len(marks) == 1 else None
    if url is not None and not text[: marks[0].start()].strip():
        urls.append((text[marks[0].end() :], url))
    return _NUMBERED.sub(lambda match: "" if int(match["number"]) in references else match[0], text)


def _take_links(text: str, urls: list[tuple[str, str]]) -> str:
    def shown(match: re.Match[str]) -> str:
        if match["image"]:
            return " "
        inner = _LINK.sub(" ", match["text"])  # a picture that is a link
        inner = re.sub(r"^#{1,6}\s+", "", inner.strip())
        urls.append((_STRONG.sub(lambda strong: strong["text"] or strong["light"], inner), match["url"]))
        return inner

    return _LINK.sub(shown, text)


def _take_bracketed(text: str, urls: list[tuple[str, str]]) -> str:
    marks = list(_BRACKETED.finditer(text))
    if len(marks) == 1 and not text[marks[0].end() :].strip():
        urls.append((text[: marks[0].start()], marks[0]["url"]))
    return _BRACKETED.sub("", text)
