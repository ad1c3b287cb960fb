"""The markup of one article's body alone (from a feed, a wire message, a WordPress post) as typed blocks.

Here all is body: nothing is guessed away but what is no text of the article wherever it stands, an editor's
«اقرأ أيضًا: …» (kept as a link), captions (kept with their pictures) and prompts that every site has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial

from bulaq.intake.article import Block, Embed, Heading, Image, Link, List, Paragraph, Picture, Quote
from bulaq.intake.box_headings import split_read_also
from bulaq.intake.bylines.agencies import agency_score, is_agency
from bulaq.intake.bylines.grammar import parse_byline
from bulaq.intake.html.body.blocks import blocks_of
from bulaq.intake.html.body.location import BodyPlace
from bulaq.intake.html.layout.element_kinds import HEADINGS
from bulaq.intake.html.layout.embeds import clean_address, embed_of_address, link_address
from bulaq.intake.html.layout.images import picture_of
from bulaq.intake.html.layout.noise import heading_of, noise_line
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment, is_linked_headline
from bulaq.intake.html.layout.text import key
from bulaq.intake.html.layout.tree import NotParsable, parse
from bulaq.intake.html.layout.walk import TooManyElements
from bulaq.intake.html.lines.byline_lines import is_byline
from bulaq.intake.html.lines.closing_lines import signs_off

_HIDDEN = ("hidden", "newsletter")
_CAPTION = re.compile(r"\b(?:wp-caption-text|gallery-caption|caption|media-caption)\b")
_CARDS = ("read_also", "related", "more", "picks", "latest")


@dataclass(slots=True)
class ArticleMarkup:
    """What a body's markup holds. `byline` is a byline that stood as a line of its own at an edge of the text; `agencies`
    are those that a line under it names («المصدر: رويترز», «(أ ف ب)»)."""

    blocks: list[Block] = field(default_factory=list)
    read_also: list[Link] = field(default_factory=list)
    byline: str | None = None
    agencies: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_markup(markup: str, base: str | None = None, *, bylines: bool = True) -> ArticleMarkup:
    """The blocks of `markup`. `bylines`: lines that only sign the text at its edges are taken out of it.

    Never raises: markup that cannot be parsed gives no blocks and a warning.
    """
    result = ArticleMarkup()
    if not markup.strip():
        return result
    try:
        root, cut = parse(f"<html><body>{markup}</body></html>")
        page = Page(root)
        page.base = base
    except (NotParsable, TooManyElements) as error:
        result.warnings.append(f"the body could not be read: {error}")
        return result
    if cut:
        result.warnings.append("nested deeper than 2048 elements; what lies deeper was not read")
    kept, captions = _sift(page, base, result)
    if bylines:
        kept = _without_byline(kept, result)
    place = BodyPlace(0, len(page.segments), 1.0, "markup", len(page.segments))
    blocks = blocks_of(page, kept, captions, place, partial(picture_of, base=base))
    result.blocks = [_settled(block) for block in blocks]
    return result


def text_of(blocks: list[Block] | tuple[Block, ...]) -> str:
    """The running text of blocks, a line for each."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading | Quote):
            lines.append(block.text)
        elif isinstance(block, List):
            lines += block.items
    return "\n".join(lines)


def plain(markup: str) -> str:
    """A short text that may hold markup (a title, a name) as plain text in one line."""
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split())
    try:
        root, _ = parse(f"<html><body><p>{markup}</p></body></html>")
    except NotParsable:
        return " ".join(markup.split())
    return " ".join("".join(root.itertext()).split())


def lead_of(
    blocks: list[Block], featured: Picture | None, *, opens_with_it: bool = False
) -> tuple[Picture | None, list[Block]]:
    """The lead picture and the body without its repetitions: a picture that opens the body is the lead.

    `opens_with_it`: the source says that the body's first picture is the featured one, whatever their addresses.
    """
    blocks = list(blocks)
    if blocks and isinstance(blocks[0], Image):
        first = blocks[0].picture
        if featured is None:
            featured, blocks = first, blocks[1:]
        elif opens_with_it or same_picture(first.url, featured.url):
            featured = Picture(
                featured.url or first.url,
                first.caption or featured.caption,
                first.credit or featured.credit,
                first.alt or featured.alt,
            )
            blocks = blocks[1:]
    lead = featured
    if lead is not None:
        lead = _with_caption(lead, blocks)
        blocks = [block for block in blocks if not _repeats(block, lead)]
    return lead, blocks


def _with_caption(lead: Picture, blocks: list[Block]) -> Picture:
    """The lead picture with the caption that it has further down, where it has none of its own."""
    shown = (block.picture for block in blocks if isinstance(block, Image) and block.picture.url == lead.url)
    told = next((picture for picture in shown if picture.caption), None)
    if told is None or lead.caption:
        return lead
    return Picture(lead.url, told.caption, lead.credit or told.credit, lead.alt or told.alt)


def _repeats(block: Block, lead: Picture) -> bool:
    """Whether the block shows the lead picture again and says nothing else of it."""
    if not isinstance(block, Image) or block.picture.url != lead.url:
        return False
    return not block.picture.caption or key(block.picture.caption) == key(lead.caption or "")


_SIZE = re.compile(r"(?:-\d{2,5}x\d{2,5}|-scaled|-e\d{10,})?(\.\w{2,5})$")


def same_picture(one: str | None, two: str | None) -> bool:
    """Whether two addresses are one picture, perhaps in different sizes (`photo-1024x683.jpg`)."""
    if not one or not two:
        return False
    names = [_SIZE.sub(r"\1", url.split("?")[0].rsplit("/", 1)[-1].lower()) for url in (one, two)]
    folders = [url.split("?")[0].split("//")[-1].rpartition("/")[0].partition("/")[2] for url in (one, two)]
    return bool(names[0]) and names[0] == names[1] and folders[0] == folders[1]


def _sift(page: Page, base: str | None, result: ArticleMarkup) -> tuple[list[Segment], dict[int, str]]:
    kept: list[Segment] = []
    captions: dict[int, str] = {}
    heading: Segment | None = None
    for segment in page.segments:
        if segment.label in _HIDDEN:
            continue
        if segment.kind != "text":
            kept.append(segment)
            heading = None
            continue
        text = segment.text
        picture = _pictured(page, segment)
        if picture is not None:
            captions[picture] = f"{captions[picture]} {text}" if picture in captions else text
            continue
        split = split_read_also(text) if len(text) <= 300 else ()
        if split and (segment.link_chars or len(text) < 200):
            anchor = segment.anchors[-1] if segment.anchors else None
            title = (
                anchor.text if anchor and key(anchor.text) and key(anchor.text) in key(split[1]) else split[1]
            )
            result.read_also.append(Link(title, link_address(anchor.href, base) if anchor else None))
            continue
        if heading is not None and is_linked_headline(segment):
            if kept and kept[-1] is heading:
                kept.pop()
            anchor = segment.anchors[0]
            result.read_also.append(Link(anchor.text, link_address(anchor.href, base)))
            continue
        heading = segment if len(text) <= 60 and heading_of(text) in _CARDS else None
        note = segment.tag == "li"  # of a source, in a list of notes
        if (
            noise_line(text) == "foot"
            and not note
            and not text.startswith(("http", "www"))
            and len(text) <= 160
        ):
            result.agencies += _agencies_of(text)
            continue
        kept.append(segment)
    return kept, captions


def _agencies_of(line: str) -> list[str]:
    return [name for name in parse_byline(line).agencies if is_agency(name)]


def _pictured(page: Page, segment: Segment) -> int | None:
    """The picture whose caption a line is: it stands with it in a `<figure>`, or is called a caption."""
    node = page.nodes[segment.node]
    called = segment.tag == "figcaption" or bool(node.names and _CAPTION.search(node.names))
    if not called:
        return None
    for index in page.ancestors(segment.node)[1:4]:
        above = page.nodes[index]
        pictures = [s.index for s in page.segments[above.start : above.end] if s.kind == "picture"]
        if len(pictures) == 1:
            return pictures[0]
        if pictures:
            before = [picture for picture in pictures if picture < segment.index]
            return before[-1] if before and above.tag not in ("figure", "ul", "ol") else None
        if above.tag == "figure":
            return None  # of a table, a quotation or a film: no picture beside it is meant
    return None


def _without_byline(kept: list[Segment], result: ArticleMarkup) -> list[Segment]:
    texts = [segment for segment in kept if segment.kind == "text"]
    if len(texts) < 3:
        return kept
    last = texts[-1]
    if len(last.text) <= 90 and last.tag not in ("li", "td") and signs_off(last.text):
        agencies = _agencies_of(last.text)
        # «الحياة» alone may be the last word of a poem.
        if last.text.startswith("(") or any(agency_score(name) >= 5 for name in agencies):
            result.agencies += agencies
            kept = [segment for segment in kept if segment is not last]
            texts.pop()
    for edge in (texts[0], texts[-1]):
        if (
            len(edge.text) <= 90
            and edge.tag not in HEADINGS
            and edge.tag not in ("li", "td")
            and is_byline(edge.text)
        ):
            if result.byline is None:
                result.byline = edge.text
            kept = [segment for segment in kept if segment is not edge]
    return kept


def _settled(block: Block) -> Block:
    """A paragraph that is nothing but the address of a post or film is that post or film."""
    if (
        isinstance(block, Paragraph)
        and " " not in block.text
        and block.text.startswith(("http://", "https://"))
    ):
        embed = embed_of_address(block.text)
        if embed is not None:
            return embed
    if isinstance(block, Embed) and clean_address(block.url) is None:
        return Paragraph(block.url)
    return block
