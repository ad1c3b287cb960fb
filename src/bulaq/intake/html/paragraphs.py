"""The body as typed blocks, exactly the paragraphs that the reader saw.

Inside the element that `body.py` found, each segment is kept or set aside: labelled parts, the headline again,
lines of dates and bylines, prompts, captions and inline «اقرأ أيضًا» are not body. A `<p>`, a `<div>`, a run of
bare text and the text between two `<br>` are each one paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bulaq.intake.article import Block, Link
from bulaq.intake.box_headings import split_read_also
from bulaq.intake.html.blocks import PictureOf, blocks_of, hard_wrapped
from bulaq.intake.html.body import BodyPlace
from bulaq.intake.html.dates import shows_only_a_date
from bulaq.intake.html.element_kinds import HEADINGS
from bulaq.intake.html.ends import IsByline, ends_as_sentence, main_flow, trim_ends
from bulaq.intake.html.headline import Headline
from bulaq.intake.html.labels import APART, names_kicker, names_lead, names_subtitle
from bulaq.intake.html.noise import heading_of, noise_line
from bulaq.intake.html.page import Page
from bulaq.intake.html.picture_lines import is_of_a_picture, is_pixel, picture_before, pictured, player_end
from bulaq.intake.html.read_also import MAX_READ_ALSO, add_read_also, invites, same_flow
from bulaq.intake.html.segments import Segment, is_linked_headline, leads_to_a_writer, prose_of
from bulaq.intake.html.structured_data import StructuredData
from bulaq.intake.html.summary_box import summary_end
from bulaq.intake.html.text import TERMINAL, key, prefix_agreement, words


@dataclass(slots=True)
class BodyText:
    """What became of the segments around the article."""

    blocks: list[Block] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    """Indices of the segments that are body."""
    read_also: list[Link] = field(default_factory=list)
    read_also_segments: set[int] = field(default_factory=set)
    standfirst: str | None = None
    kicker: str | None = None
    source_lines: list[str] = field(default_factory=list)
    byline_lines: list[str] = field(default_factory=list)
    captions: list[tuple[int, str]] = field(default_factory=list)
    """(segment of the picture or −1, text)."""
    first: int = 0
    last: int = 0


def read_body(
    page: Page,
    place: BodyPlace,
    data: StructuredData,
    headline: Headline | None,
    *,
    picture_of: PictureOf,
    is_byline: IsByline,
) -> BodyText:
    """The typed body in `place`, with what was set aside on the way."""
    result = BodyText()
    node = page.nodes[place.node]
    start = node.start
    if headline and headline.segment is not None and start <= headline.segment < place.end:
        start = headline.segment + 1
    if node.start <= start and place.node:
        _before(page, start, headline, result, is_byline, data)
    wrapped = hard_wrapped(page.segments[start : place.end])
    kept = _sift(page, start, place, headline, result, is_byline, wrapped)
    kept = _leads(page, kept, start, headline, data, result)
    kept = trim_ends(
        page,
        main_flow(page, kept),
        result.used,
        result.byline_lines,
        (lambda _: False) if wrapped else is_byline,
    )
    result.used |= {segment.index for segment in kept}
    if kept:
        spoken = [segment.index for segment in kept if segment.kind == "text"] or [kept[0].index]
        own = [
            index for index in spoken if index >= start
        ]  # what stands between a lead and the text is not text
        between = page.segments[own[0] + 1 : own[1]] if len(own) > 1 else []
        if len(between) > 1 and any(s.label in ("meta", "caption") or s.kind == "picture" for s in between):
            own = own[1:]
        result.first, result.last = (own or spoken)[0], max(spoken[-1], kept[-1].index)
    result.blocks = blocks_of(page, kept, dict(result.captions), place, picture_of)
    return result


# ── what stands before the element ──────────────────────────────────────────────────────────────────────────────


def _before(
    page: Page,
    start: int,
    headline: Headline | None,
    result: BodyText,
    is_byline: IsByline,
    data: StructuredData,
) -> None:
    begin = headline.segment + 1 if headline and headline.segment is not None else max(0, start - 12)
    for segment in page.segments[max(0, begin - 4) : begin]:
        if segment.kind == "text" and words(segment.text) <= 12 and names_kicker(_names(page, segment)):
            result.kicker = segment.text
    described = {id(element) for element in data.marked.get("description", [])}
    for segment in page.segments[begin:start]:
        if (
            segment.kind != "text"
            or segment.label in APART
            or segment.label in ("caption", "footer", "source")
        ):
            continue
        names = _names(page, segment)
        second = names_subtitle(names) or _is_second_headline(page, segment, headline)
        if second and not segment.link_chars and len(segment.text) >= 15:
            result.standfirst = (
                segment.text if result.standfirst is None else f"{result.standfirst} {segment.text}"
            )
            continue
        if (
            not prose_of(segment)
            or segment.tag in ("h1",)
            or noise_line(segment.text)
            or is_byline(segment.text)
        ):
            continue
        is_lead = (
            names_lead(names)
            or id(segment.element) in described
            or id(segment.element.getparent()) in described
        )
        ends = segment.text.rstrip()[-1:] in TERMINAL
        if headline and prefix_agreement(headline.text, segment.text):
            continue
        enough = 45 if segment.tag == "p" and segment.index <= begin + 1 else 80
        if not is_lead and _is_of_a_person(page, segment, is_byline):
            continue
        if is_lead or (ends and len(segment.text) >= enough and segment.label != "meta"):
            result.used.add(segment.index)  # a lead; `_leads` decides what it becomes


def _is_of_a_person(page: Page, segment: Segment, is_byline: IsByline) -> bool:
    """Whether a paragraph over the text shares a small element with a name: who the writer is."""
    for index in page.ancestors(segment.node)[1:3]:
        node = page.nodes[index]
        if node.end - node.start > 4:
            return False
        inside = page.segments[node.start : node.end]
        if any(
            s is not segment
            and s.kind == "text"
            and (is_byline(s.text) or any(leads_to_a_writer(a.href) for a in s.anchors))
            for s in inside
        ):
            return True
    return False


def _leads(
    page: Page,
    kept: list[Segment],
    start: int,
    headline: Headline | None,
    data: StructuredData,
    result: BodyText,
) -> list[Segment]:
    """Opening paragraphs that stand outside the element join the body unless the body says them again."""
    texts = [segment for segment in kept if segment.kind == "text"]
    if len(texts) >= 3 and result.standfirst is None and len(texts[0].text) >= 40:
        opening = key(texts[0].text)
        if opening in key(" ".join(segment.text for segment in texts[1:4])):
            result.standfirst = texts[0].text  # a summary that the text says again
            kept = [segment for segment in kept if segment is not texts[0]]
    leads = [page.segments[index] for index in sorted(result.used)]
    result.used.clear()
    if not leads:
        return kept
    said = key(" ".join(segment.text for segment in kept[:6]))
    joining = []
    for lead in leads:
        opening = key(lead.text)
        if opening[:80] in said or opening[-80:] in said:
            continue
        joining.append(lead)
    repeated = [lead for lead in leads if lead not in joining]
    if repeated and result.standfirst is None:
        result.standfirst = " ".join(lead.text for lead in repeated)
    result.used |= {lead.index for lead in leads}
    return joining + kept


# ── what stands in the element ──────────────────────────────────────────────────────────────────────────────────


def _sift(
    page: Page,
    start: int,
    place: BodyPlace,
    headline: Headline | None,
    result: BodyText,
    is_byline: IsByline,
    wrapped: bool,
) -> list[Segment]:
    segments = page.segments
    last_prose = start
    for index in range(start, place.end):
        segment = segments[index]
        if (
            segment.kind == "text"
            and segment.label not in APART
            and prose_of(segment)
            and noise_line(segment.text) != "foot"
        ):
            last_prose = index
    kept: list[Segment] = []
    read_also = False
    aside_until = 0
    index = start - 1
    while index + 1 < place.end:
        index += 1
        segment = segments[index]
        names = _names(page, segment)
        label = segment.label
        if label in APART or label == "footer":
            if index < last_prose and label in ("related", "aside", "ad", "newsletter", "person"):
                _read_also(segment, result, kept_before=kept_text(kept), last_prose=last_prose)
            continue
        if segment.kind != "text":
            if not is_pixel(segment):
                kept.append(segment)
            continue
        text = segment.text
        dated = any(element.tag == "time" for element in segment.inline)
        if label == "caption" and dated:
            continue
        if label == "caption" and (prose_of(segment) < 250 or segment.tag == "figcaption"):
            result.captions.append((pictured(page, segment), text))
            continue
        if label == "source":
            result.source_lines.append(text)
            continue
        if headline and not kept and prefix_agreement(headline.text, text):
            continue
        if is_of_a_picture(page, index, place.node):
            result.captions.append((picture_before(segments, index), text))
            continue
        if index < aside_until and not is_linked_headline(segment):
            continue
        aside_until = max(aside_until, player_end(page, segment, place.node))
        at_edge = sum(1 for each in kept if each.kind == "text") <= 1 or index > last_prose
        following = segments[index + 1] if index + 1 < place.end else None
        in_run = wrapped and bool(segment.after_break or (following and following.after_break))
        at_edge = at_edge and not in_run  # a line of a paragraph is no line of its own
        loose = 0.3 if len(text) <= 90 and not ends_as_sentence(text) else 0.5
        if at_edge and shows_only_a_date(page, segment, loose):
            continue
        between = at_edge and kept and not prose_of(segment) and len(text) <= 80
        between = between and not _in_list_or_table(page, segment, place.node)
        if between and is_byline(text) and not same_flow(page, segment, segments[last_prose]):
            result.byline_lines.append(text)  # between a lead and the text
            continue
        if summed_up := summary_end(page, segment, place.node):
            aside_until = max(aside_until, summed_up)
            continue
        short = len(text) <= 60
        kind = heading_of(text) if short and _may_head(segment) else None
        if kind in ("read_also", "related", "more", "picks", "latest", "most_read") and not _goes_on(
            segments, index
        ):
            read_also = kind in ("read_also", "related", "more", "picks")
            aside_until = max(aside_until, _aside_end(page, segment, place.node))
            if index > last_prose and kind != "read_also":
                break
            continue
        if kind in ("comments", "form") and index > last_prose:
            break
        if kind in ("share", "comments", "form", "tags"):
            continue
        split = (split_read_also(text) or invites(segment)) if len(text) <= 300 else ()
        if split and (segment.link_chars or len(text) < 200):
            anchor = segment.anchors[-1] if segment.anchors else None
            title = (
                anchor.text
                if anchor and key(anchor.text) in key(split[1]) and words(anchor.text) >= 3
                else split[1]
            )
            if len(result.read_also) < MAX_READ_ALSO:
                result.read_also.append(Link(title, anchor.href if anchor else None))
            result.read_also_segments.add(index)
            continue
        if is_linked_headline(segment) and (read_also or not ends_as_sentence(text) or len(text) < 120):
            in_flow = index < last_prose or same_flow(page, segment, segments[last_prose])
            if read_also or in_flow:
                _read_also(segment, result, kept_before=read_also or kept_text(kept), last_prose=last_prose)
            continue
        if read_also and segment.link_chars > 0.8 * len(text):
            continue
        read_also = False
        if label == "meta" and (not prose_of(segment) or len(text) < 120):
            if is_byline(text):
                result.byline_lines.append(text)
            continue
        noise = noise_line(text)
        if noise == "foot" and index >= last_prose:
            last_prose = max((s.index for s in kept if prose_of(s)), default=index)
            continue
        if in_run or (noise == "whole" and _in_list_or_table(page, segment, place.node)):
            noise = ""
        if noise in ("whole", "meta") or (noise == "foot" and len(text) <= 160):
            continue
        early = len(kept) < 20 and not any(map(prose_of, kept))
        if early and _is_of_a_person(page, segment, is_byline):
            continue
        if _is_pulled(page, segment, kept, place.end):
            continue
        opening = not kept_text(kept) and result.standfirst is None
        if opening and _is_second_headline(page, segment, headline):
            result.standfirst = text
            continue
        if (
            opening
            and names_subtitle(names)
            and (segment.tag != "p" or not same_flow(page, segment, segments[last_prose]))
        ):
            result.standfirst = text
            continue
        kept.append(segment)
    return kept


def _is_second_headline(page: Page, segment: Segment, headline: Headline | None) -> bool:
    """Whether a smaller heading stands right under the headline, over what is told of the article (its writer, day, picture)."""
    if headline is None or headline.segment is None or segment.tag not in ("h2", "h3", "h4"):
        return False
    if (
        not headline.segment < segment.index <= headline.segment + 2
        or page.segments[headline.segment].tag >= segment.tag
    ):
        return False
    following = page.segments[segment.index + 1 : segment.index + 2]
    told = [s for s in following if not prose_of(s) or (len(s.text) <= 80 and not ends_as_sentence(s.text))]
    return bool(told)


def kept_text(kept: list[Segment]) -> bool:
    """Whether text has been kept yet."""
    return any(segment.kind == "text" for segment in kept)


def _is_pulled(page: Page, segment: Segment, kept: list[Segment], end: int) -> bool:
    """Whether a block of another kind than the paragraphs says words of a paragraph beside it again, set large."""
    said = key(segment.text)
    if not 20 <= len(said) <= 300 or segment.tag == "li":
        return False
    own = page.nodes[segment.node]
    before = [other for other in kept[-3:] if other.kind == "text"]
    after = [
        other
        for other in page.segments[segment.index + 1 : min(end, segment.index + 4)]
        if other.kind == "text"
    ]
    for other in (*before, *after):
        node = page.nodes[other.node]
        other_kind = (node.tag, node.names, node.parent) != (own.tag, own.names, own.parent)
        if other_kind and prose_of(other) > len(segment.text) and said in key(other.text):
            return True
    return False


def _may_head(segment: Segment) -> bool:
    return segment.tag in HEADINGS or segment.bold_chars > 0 or len(segment.text) <= 45


def _goes_on(segments: list[Segment], index: int) -> bool:
    """Whether the line is followed by running text at once, and so heads a part of the article («للمزيد» does not)."""
    following = next((s for s in segments[index + 1 : index + 3] if s.kind == "text"), None)
    heading = segments[index].text
    return (
        following is not None
        and prose_of(following) > 0
        and heading_of(heading) in ("more", "latest", "picks")
    )


def _aside_end(page: Page, heading: Segment, top: int) -> int:
    """Where the element of links that `heading` opens is over: nothing in it is text of the article."""
    inner = 0
    for index in page.ancestors(heading.node):
        node = page.nodes[index]
        if index == top or page.prose(node.start, node.end) > 0:
            break
        if any(is_linked_headline(segment) for segment in page.segments[heading.index + 1 : node.end]):
            inner = node.end
    return inner


def _read_also(segment: Segment, result: BodyText, *, kept_before: bool, last_prose: int) -> None:
    if kept_before and segment.index <= last_prose + 12 and add_read_also(segment, result.read_also):
        result.read_also_segments.add(segment.index)


def _names(page: Page, segment: Segment) -> str:
    node = page.nodes[segment.node]
    names = [segment.names, node.names]
    above = page.nodes[node.parent] if node.parent >= 0 else None
    for level in range(4):  # its parent, and further up what holds this text alone (a field and its wrappers)
        if above is None or (level and above.end - above.start != 1):
            break
        names.append(above.names)
        above = page.nodes[above.parent] if above.parent >= 0 else None
    return " ".join(name for name in names if name)


def _in_list_or_table(page: Page, segment: Segment, top: int) -> bool:
    """Whether a figure or a word stands in a list or a table of the article, where it is content."""
    if segment.tag not in ("li", "td", "th"):
        return False
    return any(
        page.nodes[node].tag in ("table", "ul", "ol") for node in page.ancestors(segment.node) if node > top
    )
