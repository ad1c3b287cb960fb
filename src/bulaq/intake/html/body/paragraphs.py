"""The body as typed blocks, exactly the paragraphs that the reader saw.

Inside the element that `body.py` found, each segment is kept or set aside: labelled parts, the headline again,
lines of dates and bylines, prompts, captions and inline «اقرأ أيضًا» are not body. A `<p>`, a `<div>`, a run of
bare text and the text between two `<br>` are each one paragraph.
"""

from __future__ import annotations

from bulaq.intake.html.body.blocks import PictureOf, blocks_of, hard_wrapped
from bulaq.intake.html.body.body_text import BodyText
from bulaq.intake.html.body.ends import IsByline, main_flow, trim_ends
from bulaq.intake.html.body.location import BodyPlace
from bulaq.intake.html.body.neighbours import is_of_a_person, is_second_headline, is_strapline, names_around
from bulaq.intake.html.body.picture_lines import closes_with_credit
from bulaq.intake.html.body.sifting import Sifting
from bulaq.intake.html.body.summary_box import summary_end
from bulaq.intake.html.head.dates import shows_only_a_date
from bulaq.intake.html.head.headline import Headline
from bulaq.intake.html.layout.labels import APART, names_kicker, names_lead, names_subtitle
from bulaq.intake.html.layout.noise import noise_line
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment, prose_of
from bulaq.intake.html.layout.text import TERMINAL, key, prefix_agreement, words
from bulaq.intake.html.machines.structured_data import StructuredData


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
    kept = Sifting(page, place.node, start, place.end, headline, result, is_byline, wrapped).sift()
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
        # what stands between a lead and the text is not text
        own = [index for index in spoken if index >= start]
        between = page.segments[own[0] + 1 : own[1]] if len(own) > 1 else []
        if _parts_lead(page, between, is_byline):
            own = own[1:]
        result.first, result.last = (own or spoken)[0], max(spoken[-1], kept[-1].index)
    result.blocks = blocks_of(page, kept, dict(result.captions), place, picture_of)
    return result


def _parts_lead(page: Page, between: list[Segment], is_byline: IsByline) -> bool:
    """Whether what stands between the first paragraph and the second says of the article who wrote it and when."""
    if len(between) > 1 and any(s.label in ("meta", "caption") or s.kind == "picture" for s in between):
        return True
    return any(
        line.kind == "text" and (shows_only_a_date(page, line, 0.25) or is_byline(page.spaced(line)))
        for line in between
    )


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
        if segment.kind == "text" and words(segment.text) <= 12 and names_kicker(names_around(page, segment)):
            result.kicker = segment.text
    described = {id(element) for element in data.marked.get("description", [])}
    aside = begin
    for segment in page.segments[begin:start]:
        if segment.kind != "text" or segment.label in APART or segment.label in _NO_LEAD:
            continue
        aside = max(aside, summary_end(page, segment, 0))
        if segment.tag == "li" or segment.index < aside:
            continue  # points
        text, names = segment.text, names_around(page, segment)
        second = names_subtitle(names) or is_second_headline(page, segment, headline)
        second = second or (segment.label != "meta" and is_strapline(page, segment, headline))
        if second and not segment.link_chars and len(text) >= 15:
            result.standfirst = text if result.standfirst is None else f"{result.standfirst} {text}"
            continue
        if not prose_of(segment) or segment.tag == "h1" or noise_line(text) or is_byline(text):
            continue
        if shows_only_a_date(page, segment):
            continue
        if headline and prefix_agreement(headline.text, text):
            continue
        if closes_with_credit(page.segments, segment.index):
            result.captions.append((segment.index - 1, text))
            continue
        is_described = id(segment.element) in described or id(segment.element.getparent()) in described
        enough = 45 if segment.tag == "p" and segment.index <= begin + 1 else 80
        if (
            names_lead(names)
            or is_described
            or (_reads_as_lead(segment, enough) and not is_of_a_person(page, segment, is_byline))
        ):
            result.used.add(segment.index)  # a lead; `_leads` decides what it becomes


_NO_LEAD = ("caption", "footer", "source")


def _reads_as_lead(segment: Segment, enough: int) -> bool:
    """Whether a line that no name calls a lead is one: whole sentences of `enough` characters."""
    ends = segment.text.rstrip()[-1:] in TERMINAL
    return ends and len(segment.text) >= enough and segment.label != "meta"


def _alike(page: Page, one: Segment, two: Segment) -> bool:
    """Whether two lines are paragraphs of one element: what a writer repeats there stays repeated."""
    first, second = page.nodes[one.node], page.nodes[two.node]
    beside = (first.parent, first.tag, first.names) == (second.parent, second.tag, second.names)
    return beside and one.node != two.node and bool(one.bold_chars) == bool(two.bold_chars)


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
        again = opening in key(" ".join(segment.text for segment in texts[1:4]))
        if again and not any(_alike(page, texts[0], s) for s in texts[1:4] if opening in key(s.text)):
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
