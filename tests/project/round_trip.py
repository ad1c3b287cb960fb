"""What a demo article should read back as, from its file alone; and pages flattened as a browser flattens them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from difflib import unified_diff
from functools import cache
from typing import Any

from lxml import html

from bulaq.arabic.digits import localise_numbers
from bulaq.demo import article_file as source
from bulaq.demo.bodies import _plain
from bulaq.demo.loading import CONTENT
from bulaq.intake import article as intake

_BLOCK_LIST = """
address article aside blockquote body caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
header hr li main nav ol p search section table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_LIST.split())
SILENT = frozenset(["script", "style", "noscript", "head", "template", "datalist"])


def printed(text: str, edition: str) -> str:
    """Text as the edition prints it: without marks of the file, numbers in the edition's digits."""
    plain = _plain(text)
    return (
        plain if edition == "english" else localise_numbers(plain, "arab" if edition == "mashriq" else "latn")
    )


def body_lines(file: source.ArticleFile) -> Iterator[str]:
    """Every text of a body in reading order, links to other articles left out."""
    for block in file.body:
        if not isinstance(block, source.ReadAlso):
            yield from source.block_texts(block)


def flattened(page: str) -> str:
    """The text of a page, a line for each block, as «save as text» gives it."""
    lines = [""]

    def walk(node: html.HtmlElement) -> None:
        if not isinstance(node.tag, str) or node.tag in SILENT or "skip" in (node.get("class") or "").split():
            return
        block = node.tag in BLOCKS
        if block or node.tag == "br":
            lines.append("")
        lines[-1] += re.sub(r"\s+", " ", node.text or "")
        for child in node:
            walk(child)
            lines[-1] += re.sub(r"\s+", " ", child.tail or "")
        if block:
            lines.append("")

    walk(html.document_fromstring(page).body)
    return "\n".join(line.strip() for line in lines if line.strip())


@cache
def newsroom() -> dict[str, Any]:
    """The invented newsroom's own file."""
    return tomllib.loads((CONTENT / "newsroom.toml").read_text(encoding="utf-8"))


def written(file: source.ArticleFile, edition: str, files: dict[str, source.ArticleFile]) -> dict[str, Any]:
    """The fields that a page of the article in `edition` shows, as its file has them; `files` are all, by key."""
    name = "name_en" if edition == "english" else "name"
    people = {entry["key"]: entry[name] for entry in newsroom()["people"]}
    sections = {entry["slug"]: entry[name] for entry in newsroom()["sections"]}
    labels = {entry["slug"]: entry["label"] for entry in newsroom()["editions"]}
    inside = [block.key for block in file.body if isinstance(block, source.ReadAlso)]
    linked = dict.fromkeys(key for key in (*inside, *file.read_also) if _readable(files[key], edition))

    def text(value: str) -> str | None:
        return printed(value, edition) or None

    return {
        "headline": text(file.headline),
        "kicker": text(file.kicker),
        "standfirst": text(file.standfirst),
        "dateline": file.dateline or None,
        "authors": [people[key] for key in file.authors],
        "section": sections[file.section],
        "caption": text(file.image.caption) if file.image else None,
        "credit": text(file.image.credit) if file.image else None,
        "body": [printed(line, edition) for line in body_lines(file)],
        "read_also": sorted(printed(files[key].headline, edition) for key in linked),
        "topics": [topic.name for topic in file.topics],
        "carrier": file.carrier or (None if edition == file.editions[0] else labels[file.editions[0]]),
    }


def _readable(file: source.ArticleFile, edition: str) -> bool:
    """Whether the article stands in the edition, or in a sister of the same language, where its line leads then."""
    return any((each == "english") == (edition == "english") for each in file.editions)


def found(article: intake.IncomingArticle) -> dict[str, Any]:
    """The same fields as a reader of foreign pages found them."""
    picture = article.lead_image
    return {
        "headline": article.headline,
        "kicker": article.kicker,
        "standfirst": article.standfirst,
        "dateline": article.dateline,
        "authors": list(article.authors),
        "section": article.section,
        "caption": picture.caption if picture else None,
        "credit": picture.credit if picture else None,
        "body": [text for block in article.body for text in _texts(block)],
        "read_also": sorted(link.headline for link in article.read_also),
        "topics": list(article.tags),
        "carrier": article.carrier.label if article.carrier else None,
    }


def _texts(block: intake.Block) -> list[str]:
    match block:
        case intake.Paragraph(text) | intake.Heading(text):
            return [text]
        case intake.Quote():
            return [block.text, *([block.attribution] if block.attribution else [])]
        case intake.List():
            return list(block.items)
        case intake.Table():
            return [cell for row in block.rows for cell in row]
    return []


def differences(wanted: dict[str, Any], got: dict[str, Any]) -> list[str]:
    """A line for each field that is not equal; for bodies the lines that differ."""
    result = []
    for field, value in wanted.items():
        if value == got[field]:
            continue
        if field == "body":
            changed = [line[:90] for line in unified_diff(value, got[field], lineterm="", n=0)][2:]
            result.append("body: " + " ".join(line for line in changed if not line.startswith("@@")))
        else:
            result.append(f"{field}: wrote {value!r}, read {got[field]!r}")
    return result
