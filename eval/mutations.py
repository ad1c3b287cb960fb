"""Changes to a saved page that leave its article what it was: other names, other elements, other bytes, other company.

A reader that knows pages by their habits falls over some of them; one that sees what people see over none. `MUTATIONS`
maps the name of a change to a function (page, random source) → page. What a change takes away (a date told only to
machines, a section that only a class tells) is not asked for: see `eval.intake --mutate`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from lxml import etree  # type: ignore[attr-defined]
from lxml import html as lxml_html

from bulaq.intake.html.layout.encoding import decode
from eval import company

Element = lxml_html.HtmlElement
TreeMutation = Callable[[Element, Random], None]
Mutation = Callable[[bytes, Random], bytes]

_SYLLABLES = ("ka", "mo", "ri", "te", "zu", "na", "bo", "xi")
_BLOCKS = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "head header hr html li main nav ol p section table tbody td tfoot th thead title tr ul script style link meta"
)
_BETWEEN_BLOCKS = re.compile(rf"\s*(</?(?:{_BLOCKS.replace(' ', '|')})\b[^<>]*>)\s*", re.I)


def _on_tree(change: TreeMutation) -> Mutation:
    def mutate(data: bytes, random: Random) -> bytes:
        root = _parsed(data)
        change(root, random)
        return _written(root)

    return mutate


def _parsed(data: bytes) -> Element:
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(data, None).text)
    return lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(huge_tree=True))


def _written(root: Element) -> bytes:
    for meta in list(root.iter("meta")):
        if meta.get("charset") or (meta.get("http-equiv") or "").lower() == "content-type":
            meta.drop_tree()
    text = lxml_html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
    return text.replace("<head>", '<head><meta charset="utf-8">', 1).encode()


# ── names and what machines are told ────────────────────────────────────────────────────────────────────────────


def _rename(root: Element, random: Random) -> None:
    names: dict[str, str] = {}

    def other(name: str) -> str:
        return names.setdefault(name, "".join(random.choice(_SYLLABLES) for _ in range(4)))

    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for attribute in ("class", "id"):
            value = element.get(attribute)
            if value:
                element.set(attribute, " ".join(other(name) for name in value.split()))
        if (element.get("href") or "").startswith("#"):
            element.set("href", "#" + other(element.get("href")[1:]))


def _unname(root: Element, random: Random) -> None:
    for element in root.iter():
        if isinstance(element.tag, str):
            for attribute in ("class", "id"):
                element.attrib.pop(attribute, None)


def _no_json_ld(root: Element, random: Random) -> None:
    for script in list(root.iter("script")):
        if "ld+json" in (script.get("type") or ""):
            script.drop_tree()


def _no_meta(root: Element, random: Random) -> None:
    for meta in list(root.iter("meta")):
        meta.drop_tree()


def _no_microdata(root: Element, random: Random) -> None:
    for element in root.iter():
        if isinstance(element.tag, str):
            for attribute in ("itemprop", "itemtype", "itemscope", "property", "typeof", "role", "rel"):
                if element.tag != "link" and (element.tag != "meta" or attribute.startswith("item")):
                    element.attrib.pop(attribute, None)


def _no_time(root: Element, random: Random) -> None:
    for time in list(root.iter("time")):
        time.drop_tag()


# ── other elements ──────────────────────────────────────────────────────────────────────────────────────────────


def _retag(names: dict[str, str]) -> TreeMutation:
    def change(root: Element, random: Random) -> None:
        for element in root.iter(*names):
            element.tag = names[element.tag]

    return change


def _tables(root: Element, random: Random) -> None:
    """Everything in the body stands in one cell of a table in a table."""
    body = root.find("body")
    if body is None:
        return
    inner: Element = body
    for _ in range(2):
        table = etree.Element("table", {"width": "100%"})
        cell = etree.SubElement(etree.SubElement(table, "tr"), "td")
        for child in list(inner):
            cell.append(child)
        cell.text, inner.text = inner.text, None
        inner.append(table)
        inner = cell


def _line_breaks(root: Element, random: Random) -> None:
    """Paragraphs without a class that stand side by side become lines parted by two `<br>`."""
    for first in [p for p in root.iter("p") if _opens_a_run(p)]:
        run = [first]
        while (
            (after := run[-1].getnext()) is not None and after.tag == "p" and not (run[-1].tail or "").strip()
        ):
            run.append(after)
        for paragraph in run:
            last = paragraph is run[-1]
            for _ in range(1 if last else 2):
                paragraph.append(etree.Element("br"))
            paragraph.drop_tag()


def _opens_a_run(paragraph: Element) -> bool:
    before, after = paragraph.getprevious(), paragraph.getnext()
    inside = paragraph.getparent().tag in ("div", "td", "article", "section", "main", "span", "font", "body")
    return inside and (before is None or before.tag != "p") and after is not None and after.tag == "p"


def _spans(root: Element, random: Random) -> None:
    """The text of each paragraph stands in two spans with a style, as editors paste it."""
    for paragraph in list(root.iter("p")):
        outer = etree.Element("span", {"style": "font-size:14pt"})
        span = etree.SubElement(outer, "span", {"lang": "AR-SA", "dir": "RTL"})
        span.text, paragraph.text = paragraph.text, None
        for child in list(paragraph):
            span.append(child)
        paragraph.append(outer)


# ── other bytes ─────────────────────────────────────────────────────────────────────────────────────────────────


def _text_of(data: bytes) -> str:
    return _written(_parsed(data)).decode()


def _outside_scripts(text: str, change: Callable[[str], str]) -> str:
    parts = re.split(
        r"(<(?:script|style|textarea|pre)\b.*?</(?:script|style|textarea|pre)>)", text, flags=re.S | re.I
    )
    return "".join(part if place % 2 else change(part) for place, part in enumerate(parts))


def _upper(data: bytes, random: Random) -> bytes:
    def shout(part: str) -> str:
        part = re.sub(r"</?[a-zA-Z][\w-]*", lambda match: match[0].upper(), part)
        return re.sub(
            r"(?<=\s)(class|id|href|src|style|content|property|name)=",
            lambda match: match[1].upper() + "=",
            part,
        )

    return _outside_scripts(_text_of(data), shout).encode()


def _minify(data: bytes, random: Random) -> bytes:
    return _outside_scripts(
        _text_of(data), lambda part: _BETWEEN_BLOCKS.sub(r"\1", re.sub(r"\s+", " ", part))
    ).encode()


def _pretty(data: bytes, random: Random) -> bytes:
    return _outside_scripts(
        _text_of(data), lambda part: _BETWEEN_BLOCKS.sub(r"\n        \1\n        ", part)
    ).encode()


def _unclosed(data: bytes, random: Random) -> bytes:
    return _outside_scripts(
        _text_of(data), lambda part: re.sub(r"</(?:p|li|td|tr|dd|dt|option|body|html)>", "", part)
    ).encode()


def _entities(data: bytes, random: Random) -> bytes:
    return _outside_scripts(
        _text_of(data), lambda part: re.sub(r"[\u0600-\u06ff]", lambda m: f"&#{ord(m[0])};", part)
    ).encode()


def _no_break_spaces(data: bytes, random: Random) -> bytes:
    return _outside_scripts(
        _text_of(data), lambda part: re.sub(r"(?<=[\u0621-\u064a]) (?=[\u0621-\u064a])", "\u00a0", part)
    ).encode()


def _encoded(encoding: str, declared: str) -> Mutation:
    def mutate(data: bytes, random: Random) -> bytes:
        text = _text_of(data).replace(
            '<meta charset="utf-8">', f'<meta charset="{declared}">' if declared else "", 1
        )
        if encoding == "utf-16":
            return text.encode("utf-16")
        return text.encode(encoding, "xmlcharrefreplace")

    return mutate


_HTML5 = dict.fromkeys(
    ("article", "main", "section", "header", "footer", "aside", "nav", "figure", "figcaption"), "div"
)


def _bare(root: Element, random: Random) -> None:
    for change in (_unname, _no_json_ld, _no_meta, _no_microdata, _retag(_HTML5), _no_time):
        change(root, random)


def several(count: int) -> Mutation:
    """`count` of the changes one after another, drawn for each page."""

    def mutate(data: bytes, random: Random) -> bytes:
        drawn = random.sample(sorted(set(MUTATIONS) - {"several at once", "none of all these"}), count)
        for name in drawn:
            data = MUTATIONS[name](data, random)
        return data

    return mutate


MUTATIONS: dict[str, Mutation] = {
    "names of classes and ids made up": _on_tree(_rename),
    "no classes, no ids": _on_tree(_unname),
    "no JSON-LD": _on_tree(_no_json_ld),
    "no meta": _on_tree(_no_meta),
    "no microdata, no roles": _on_tree(_no_microdata),
    "no <time>": _on_tree(_no_time),
    "no <article>, no <main>": _on_tree(_retag({"article": "div", "main": "div"})),
    "no element of HTML 5": _on_tree(_retag(_HTML5)),
    "none of all these": _on_tree(_bare),
    "<h1> is a <div>": _on_tree(_retag({"h1": "div"})),
    "in tables": _on_tree(_tables),
    "<p> is <div>": _on_tree(_retag({"p": "div"})),
    "<p> is two <br>": _on_tree(_line_breaks),
    "spans in every <p>": _on_tree(_spans),
    "three short articles below": _on_tree(company.stubs),
    "the same as <article>": _on_tree(company.stubs_as_articles),
    "notices above and below": _on_tree(company.notices),
    "lists before the article": _on_tree(company.lists_first),
    "a box between paragraphs": _on_tree(company.inset),
    "a box under the last paragraph": _on_tree(company.closing),
    "tools under the headline": _on_tree(company.tools),
    "in two parts": _on_tree(company.in_two_parts),
    "each paragraph in an element": _on_tree(company.each_in_an_element),
    "hidden parts twice": _on_tree(company.hidden_twice),
    "upper case": _upper,
    "minified": _minify,
    "indented": _pretty,
    "end tags left out": _unclosed,
    "Arabic as entities": _entities,
    "no-break spaces": _no_break_spaces,
    "windows-1256, not declared": _encoded("cp1256", ""),
    "windows-1256, declared as UTF-8": _encoded("cp1256", "utf-8"),
    "UTF-16": _encoded("utf-16", ""),
    "several at once": several(5),
}
