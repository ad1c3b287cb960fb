"""Ways in which programs turn a page into text, each written after what such programs print.

`FLATTENERS` maps a name to a function from an HTML page to text. They differ in what readers of flattened text must
bear: lines a block or a text node each, wrapped at a width, indented, with tabs, bullets, marks of headings, numbered or
bracketed addresses, and with the headers and numbers of printed pages.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from typing import Any

from eval.page_blocks import SILENT, Block, blocks, is_hidden, joined_links, tree_of


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
        if is_hidden(node):
            return
        pieces.append(node.text or "")
        for child in node:
            walk(child)
            pieces.append(child.tail or "")

    walk(tree_of(page).find("body"))
    return "\n".join(" ".join(piece.split()) for piece in pieces if piece.strip())


def run_on(page: str) -> str:
    """The text nodes joined as they stand in the source: elements on one line of the source run together."""
    tree = tree_of(page)
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
        for run in joined_links(block.runs):
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


def bracketed_links(page: str) -> str:
    """Mail programs: the address of a link in angle brackets behind it, bold in asterisks."""
    lines: list[str] = []
    for block in blocks(page):
        text = ""
        for run in joined_links(block.runs):
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
    title = " ".join((tree_of(page).findtext(".//title") or "").split())
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
