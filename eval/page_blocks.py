"""A page as the blocks of text that programs print on lines of their own; the flatteners are written on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import html

_BLOCK_LIST = """
address article aside blockquote body caption center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5
h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_LIST.split())
SILENT = frozenset(
    ["script", "style", "noscript", "head", "template", "iframe", "input", "textarea", "select"]
)
SPACED = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table", "figure", "dl"]
)


@dataclass
class Run:
    """Text of one kind inside a block."""

    text: str
    href: str = ""
    strong: bool = False


@dataclass
class Block:
    """What a program puts on a line of its own; `path` are the elements around it, the innermost last."""

    path: tuple[str, ...]
    runs: list[Run] = field(default_factory=list)
    gap: bool = False
    number: int = 0

    @property
    def text(self) -> str:
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def heading(self) -> int:
        return next((int(tag[1]) for tag in reversed(self.path) if re.fullmatch("h[1-6]", tag)), 0)

    @property
    def item(self) -> bool:
        return "li" in self.path

    @property
    def quote(self) -> bool:
        return "blockquote" in self.path


def tree_of(page: str) -> Any:
    """The page as a tree."""
    return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page))


def is_hidden(node: Any) -> bool:
    """Whether no program prints what a node holds."""
    return not isinstance(node.tag, str) or node.tag in SILENT


def blocks(page: str, *, rows: bool = False) -> list[Block]:
    """The page's blocks of text in order; with `rows` the cells of a row stay on one line, a tab between them."""
    found: list[Block] = [Block(())]

    def open_block(path: tuple[str, ...], gap: bool) -> None:
        if found[-1].text:
            found.append(Block(path, gap=gap))
        else:
            found[-1].path, found[-1].gap = path, found[-1].gap or gap
            found[-1].runs = []

    def walk(node: Any, path: tuple[str, ...], href: str, strong: bool) -> None:
        if is_hidden(node):
            return
        tag = node.tag
        inner = (*path, tag)
        cell = rows and tag in ("td", "th") and not any(child.tag in BLOCKS for child in node)
        block = (tag in BLOCKS and not cell) or tag == "br"
        if tag == "br":
            open_block(path, False)
            return
        if block:
            open_block(inner, tag in SPACED)
        elif cell and found[-1].text:
            found[-1].runs.append(Run("\t"))
        link = node.get("href") or "" if tag == "a" else href
        bold = strong or tag in ("b", "strong")
        if tag == "img" and node.get("alt"):
            found[-1].runs.append(Run(f"![{node.get('alt')}]"))
        found[-1].runs.append(Run(node.text or "", link, bold))
        for child in node:
            walk(child, inner, link, bold)
            found[-1].runs.append(Run(child.tail or "", link, bold))
        if block:
            open_block(path, tag in SPACED)

    body = tree_of(page).find("body")
    walk(body, (), "", False)
    return [block for block in found if re.sub(r"!\[.*?\]", "", block.text)]


def joined_links(runs: list[Run]) -> Iterator[Run]:
    """Runs of one link as one."""
    held: Run | None = None
    for run in runs:
        if held is not None and run.href == held.href and run.strong == held.strong and "![" not in run.text:
            held = Run(held.text + run.text, held.href, held.strong)
            continue
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held
