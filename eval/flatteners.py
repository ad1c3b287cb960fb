"""Ways in which programs turn a page into text, each written after what such programs print.

`FLATTENERS` maps a name to a function from an HTML page to text. They differ in what readers of flattened text must
bear: lines a block or a text node each, wrapped at a width, indented, with tabs, bullets, marks of headings, numbered or
bracketed addresses, and with the headers and numbers of printed pages.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
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


def _tree(page: str) -> Any:
    return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page))


def _hidden(node: Any) -> bool:
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
        if _hidden(node):
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

    body = _tree(page).find("body")
    walk(body, (), "", False)
    return [block for block in found if re.sub(r"!\[.*?\]", "", block.text)]


def _plain(block: Block) -> str:
    text = "".join(run.text for run in block.runs if not run.text.startswith("!["))
    if "\t" in text:
        return "\t".join(" ".join(cell.split()) for cell in text.split("\t"))
    return " ".join(text.split())


def a_line_each(page: str) -> str:
    """Every block on a line, nothing else (the text archives of the web are so)."""
    return "\n".join(_plain(block) for block in blocks(page))


def a_blank_line_between(page: str) -> str:
    """Every block on a line, a blank line after each."""
    return "\n\n".join(_plain(block) for block in blocks(page))


def one_line(page: str) -> str:
    """Every block behind the other on one line, a space between (forms and databases keep no line ends)."""
    return " ".join(_plain(block) for block in blocks(page))


def inner_text(page: str) -> str:
    """What a browser copies: blank lines around paragraphs, list items in a row, tabs between cells."""
    lines: list[str] = []
    for block in blocks(page, rows=True):
        if block.gap and lines:
            lines.append("")
        lines.append(_plain(block))
    return "\n".join(lines)


def text_nodes(page: str) -> str:
    """Every text node on a line: paragraphs are cut at their links and bold words."""
    pieces: list[str] = []

    def walk(node: Any) -> None:
        if _hidden(node):
            return
        pieces.append(node.text or "")
        for child in node:
            walk(child)
            pieces.append(child.tail or "")

    walk(_tree(page).find("body"))
    return "\n".join(" ".join(piece.split()) for piece in pieces if piece.strip())


def run_on(page: str) -> str:
    """The text nodes joined as they stand in the source: elements on one line of the source run together."""
    tree = _tree(page)
    for node in tree.iter():
        if node.tag in SILENT and node.tag != "head":
            node.text = ""
            for child in list(node):
                node.remove(child)
    return str(tree.find("body").text_content())


def wrapped(page: str, width: int = 80) -> str:
    """Blocks wrapped at a width, a blank line between them."""
    return "\n\n".join(_wrap(_plain(block), width) for block in blocks(page))


def _wrap(text: str, width: int, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def numbered_links(page: str) -> str:
    """A text browser's dump: indented, wrapped, links numbered, their addresses in a list at the end."""
    addresses: list[str] = []
    lines: list[str] = []
    for block in blocks(page):
        text = ""
        previous = ""
        for run in block.runs:
            if run.text.startswith("!["):
                continue
            if run.href and run.href != previous and run.text.strip():
                addresses.append(run.href)
                text += f"[{len(addresses)}]"
            previous = run.href
            text += run.text
        text = " ".join(text.split())
        if block.item:
            lines.append(_wrap(text, 79, "     * ", "       "))
        else:
            if block.gap and lines and lines[-1]:
                lines.append("")
            indent = "" if block.heading else "   "
            lines.append(_wrap(text, 79, indent, indent))
            if block.gap:
                lines.append("")
    if addresses:
        lines += ["", "References", "", "   Visible links"]
        lines += [f"   {number}. {_absolute(address)}" for number, address in enumerate(addresses, 1)]
    return "\n".join(lines)


def _absolute(address: str) -> str:
    return address if "://" in address else "https://news.example/" + address.lstrip("/")


def markdown(page: str, width: int = 78) -> str:
    """Headings with hashes, bullets, links with their addresses, bold in asterisks, wrapped."""
    lines: list[str] = []
    for block in blocks(page):
        text = ""
        for run in _joined_links(block.runs):
            plain = run.text if run.text.startswith("![") else re.sub(r"([*_`\\])", r"\\\1", run.text)
            inner = " ".join(plain.split())
            if run.text.startswith("!["):
                text += f"{run.text}(/pictures/1.jpg)"
            elif run.href and inner:
                text += f" [{inner}]({run.href}) "
            elif run.strong and inner:
                text += f" **{inner}** "
            else:
                text += plain
        text = re.sub(r"\s+([،,.؛:)»])", r"\1", " ".join(text.split()))
        if block.heading:
            lines += ["", f"{'#' * block.heading} {text}", ""]
        elif block.item:
            lines.append(_wrap(text, width, "  * ", ""))
        elif block.quote:
            lines += ["", _wrap(text, width, "> ", "> "), ""]
        else:
            lines += ["", _wrap(text, width), ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _joined_links(runs: list[Run]) -> Iterator[Run]:
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


def bracketed_links(page: str) -> str:
    """Mail programs: the address of a link in angle brackets behind it, bold in asterisks."""
    lines = []
    for block in blocks(page):
        text = ""
        for run in _joined_links(block.runs):
            if run.text.startswith("!["):
                continue
            text += run.text
            if run.href and run.text.strip():
                text += f" <{_absolute(run.href)}> "
        if block.gap and lines:
            lines.append("")
        lines.append(re.sub(r"\s+([،,.؛:)»])", r"\1", " ".join(text.split())))
    return "\n".join(lines)


def bullets(page: str) -> str:
    """Office programs: bullets and numbers before items, lines a block each."""
    lines: list[str] = []
    ordered = 0
    for block in blocks(page):
        text = _plain(block)
        if block.item and "ol" in block.path:
            ordered += 1
            text = f"{ordered}. {text}"
        elif block.item:
            ordered = 0
            text = f"•\t{text}"
        else:
            ordered = 0
        lines.append(text)
    return "\n".join(lines)


def printed(page: str, width: int = 92, height: int = 44) -> str:
    """A page printed and taken as text: wrapped, the title and the address with a page number on every sheet."""
    title = " ".join((_tree(page).findtext(".//title") or "").split())
    flow: list[str] = []
    for block in blocks(page):
        flow += _wrap(_plain(block), width).split("\n")
    sheets = [flow[start : start + height] for start in range(0, len(flow), height)]
    lines = []
    for number, sheet in enumerate(sheets, 1):
        lines += [f"11/22/26, 3:05 PM {title}", *sheet]
        lines.append(f"https://news.example/articles/77-story {number}/{len(sheets)}\f")
    return "\n".join(lines)


FLATTENERS: dict[str, Callable[[str], str]] = {
    flattener.__name__: flattener
    for flattener in (
        a_line_each,
        a_blank_line_between,
        inner_text,
        text_nodes,
        one_line,
        run_on,
        wrapped,
        numbered_links,
        markdown,
        bracketed_links,
        bullets,
        printed,
    )
}
