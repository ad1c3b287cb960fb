"""An editor's correction of one page, applied to all pages of its template, with a preview of what will change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from lxml import etree  # type: ignore[attr-defined]

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.article_markup import text_of
from bulaq.intake.html.encoding import EncodingBroken, decode
from bulaq.intake.html.page import Page, TooManyElements
from bulaq.intake.html.reader import read_page
from bulaq.intake.html.tree import NotParsable, parse
from bulaq.intake.reader import Source
from bulaq.intake.templates.guide import ArchiveGuide
from bulaq.intake.templates.observer import fields_of
from bulaq.intake.templates.signature import Signatures
from bulaq.intake.templates.template import Template, Templates

Field = Literal["headline", "authors", "published_at", "section", "caption", "body", "remove"]
"""What an editor can point at: a field's line, the element of the text (`body`), a kind of line to take out (`remove`)."""

FIELDS: tuple[Field, ...] = ("headline", "authors", "published_at", "section", "caption", "body", "remove")


class CorrectionRefused(ValueError):
    """What was pointed at cannot be used; the message is for a person."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction changes on one page: the field's value before and after."""

    source: str
    before: str | None
    after: str | None


def correct(templates: Templates, page: bytes, field: Field, path: str) -> tuple[Templates, Template]:
    """`templates` with the correction added, and the template concerned; the ones given stay as they were.

    `path` is the XPath of the element on `page` (as browsers' tools give it: `/html/body/div[2]/h1`). Raises
    `CorrectionRefused` when there is no such element, or no template for the page.
    """
    if field not in FIELDS:
        raise CorrectionRefused(f"no field of this name: {field}")
    try:
        root, _ = parse(decode(page).text)
        read = Page(root)
    except (NotParsable, TooManyElements, EncodingBroken) as error:
        raise CorrectionRefused(f"the page cannot be read: {error}") from None
    signatures = Signatures(read)
    copied = Templates.from_json(templates.as_json())
    template = copied.nearest(signatures.layout())
    if template is None:
        raise CorrectionRefused("the page is of no template of this archive")
    signature = _signature(read, signatures, _element(root, path), field, template)
    known = template.corrections.setdefault(field, [])
    if signature in known:
        known.remove(signature)
    known.append(signature)
    return copied, template


def preview(before: Templates, after: Templates, pages: Iterable[Source], field: Field) -> Iterator[Change]:
    """What changes on `pages` (some of the template's; the template keeps `examples`) between two states of templates."""
    for source in pages:
        data = source.read()
        found = [
            read_page(data, source.name, url=source.url, charset=source.charset, guide=ArchiveGuide(state))
            for state in (before, after)
        ]
        values = [_value(item, field) for item in found]
        if values[0] != values[1]:
            yield Change(source.name, values[0], values[1])


def _value(item: IncomingArticle | Refusal, field: Field) -> str | None:
    if isinstance(item, Refusal):
        return None
    if field in ("body", "remove"):
        return text_of(item.body)
    return fields_of(item)[field] or None


def _element(root: Any, path: str) -> Any:
    if len(path) > 2000:
        raise CorrectionRefused("the way to the element is too long")
    try:
        found = root.xpath(path)
    except etree.XPathError as error:
        raise CorrectionRefused(f"not a way to an element: {error}") from None
    if not isinstance(found, list) or not found or not isinstance(getattr(found[0], "tag", None), str):
        raise CorrectionRefused("there is no such element on the page")
    return found[0]


def _signature(page: Page, signatures: Signatures, element: Any, field: Field, template: Template) -> str:
    node = page.node_of(element)
    if node is None or node.start >= node.end:
        raise CorrectionRefused("there is no text in this element")
    if field == "body":
        return signatures.paths[node.index]
    segments = [segment for segment in page.segments[node.start : node.end] if segment.kind == "text"]
    inside = [
        segment for segment in segments if element in segment.inline or segment.element is element
    ] or segments
    if not inside:
        raise CorrectionRefused("there is no text in this element")
    if field == "remove":
        usual = template.usual_body()
        holder = next((i for i in page.ancestors(node.index) if signatures.paths[i] == usual), None)
        if holder is None:
            raise CorrectionRefused("this line does not stand in the text of the article")
        return signatures.inside(inside[0], holder)
    return signatures.of_segment(inside[0])
