"""What a demo article should read back as, from its file alone; and pages flattened as a browser flattens them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from bulaq.arabic.digits import localise_numbers
from bulaq.demo import article_file as source
from bulaq.demo.bodies import _plain

BLOCKS = frozenset(
    "address article aside blockquote body caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p search section table tbody td tfoot th thead tr ul".split()
)
SILENT = frozenset("script style noscript head template datalist".split())


def printed(text: str, edition: str) -> str:
    """Text as the edition prints it: without marks of the file, numbers in the edition's digits."""
    plain = _plain(text)
    return plain if edition == "english" else localise_numbers(plain, "arab" if edition == "mashriq" else "latn")


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
