"""The editor's links to other articles among the paragraphs: «اقرأ أيضا: …», with a colon, a stroke or nothing between."""

from __future__ import annotations

from bulaq.intake.article import Box, Link
from bulaq.intake.box_headings import is_read_also_heading
from bulaq.intake.html.layout.noise import heading_of, noise_line
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import (
    Segment,
    is_linked_headline,
    leads_off_the_site,
    leads_to_a_page,
    shown_headline,
)
from bulaq.intake.html.layout.text import key, words

MAX_READ_ALSO = 60

_INVITING = frozenset(
    ("اقرا", "اقراي", "اقراوا", "طالع", "شاهد", "تابع", "انظر", "voir", "lire", "read", "watch")
)


def invites(segment: Segment) -> tuple[str, str] | tuple[()]:
    """Invitation and headline of a line whose only link ends it («شاهد أيضا <a>…</a>»), whatever stands between."""
    if len(segment.anchors) == 2:
        return _prompts_to_itself(segment)
    if len(segment.anchors) != 1 or words(segment.anchors[0].text) < 3:
        return ()
    link = segment.anchors[0].text
    before, found, after = segment.text.partition(link)
    heading = before.strip(" :|،-–—.…•*»«")
    if not found or after.strip(" .…»«") or not heading or words(heading) > 5:
        return ()
    invited = heading_of(heading) in ("read_also", "related") or key(heading) in _INVITING
    return (heading, link) if invited else ()


def _prompts_to_itself(segment: Segment) -> tuple[str, str] | tuple[()]:
    """A prompt and a headline that are links to one article («اقرأ المزيد» «…»), and nothing else."""
    prompt, headline = segment.anchors
    alone = len(segment.text) - len(prompt.text) - len(headline.text) <= 3
    known = heading_of(prompt.text) in ("read_also", "related", "more")
    same = prompt.href == headline.href and leads_to_a_page(headline.href)
    return (prompt.text, headline.text) if alone and known and same and words(headline.text) >= 3 else ()


def same_flow(page: Page, segment: Segment, prose: Segment) -> bool:
    """Whether a line stands among the paragraphs: in the element of the last, or in a like one beside it."""
    own, home = page.nodes[segment.node], page.nodes[prose.node]
    return own.index == home.index or (own.parent == home.parent and own.tag == home.tag)


def add_read_also(segment: Segment, links: list[Link]) -> bool:
    """Adds the headline that `segment` links to, once; whether it is one."""
    if not is_linked_headline(segment):
        return False
    href = segment.anchors[0].href
    if not leads_to_a_page(href) or leads_off_the_site(href):
        return False
    if noise_line(segment.text):
        return False
    link = Link(shown_headline(segment.anchors[0]), segment.anchors[0].href or None)
    if len(links) < MAX_READ_ALSO and not any(key(link.headline) == key(other.headline) for other in links):
        links.append(link)
    return True


def with_invited_boxes(
    read_also: tuple[Link, ...], boxes: tuple[Box, ...]
) -> tuple[tuple[Link, ...], tuple[Box, ...]]:
    """Boxes headed by an invitation («قد يهمك أيضًا») are the editor's links, not the page's."""
    kept = []
    links = list(read_also)
    for box in boxes:
        if is_read_also_heading(box.title):
            links += [
                link
                for link in box.items
                if not any(key(link.headline) == key(other.headline) for other in links)
            ]
        else:
            kept.append(box)
    return tuple(links), tuple(kept)
