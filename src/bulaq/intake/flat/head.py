"""The lines above the body: breadcrumb, kicker, headline, standfirst, caption, byline, date.

A headline is never invented: a line becomes one only on evidence (it is repeated on the page, a date or another
line of the head stands between it and the text, it has the grammar of a headline), weighed against what speaks for
a caption. Without enough evidence there is no headline, and the best line is left as a suggestion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bulaq.intake.box_headings import heading_kind
from bulaq.intake.bylines import Byline, parse_byline
from bulaq.intake.flat.body import content_words
from bulaq.intake.flat.labels import CAPTION, is_labelled_caption
from bulaq.intake.flat.lines import PageLine
from bulaq.intake.flat.repeats import Repeats
from bulaq.intake.flat.verbs import has_verb
from bulaq.intake.given_names import person_score

HEAD_LINES = 45
"""How far above the body its head may begin (share labels, players and pictures stand between)."""

HEADLINE_THRESHOLD = 2.0
"""Evidence that a headline needs (weights below, set by hand so that one strong or two weak signs suffice)."""

CLEARLY_BETTER = 0.4
"""How much more a line must have for it than the one right above, else it is that headline's standfirst or caption."""

_HOME = frozenset(
    [
        "الرييسيه",
        "الصفحه الرييسيه",
        "رييسيه",
        "الرييسه",
        "البدايه",
        "الواجهه",
        "home",
        "homepage",
        "accueil",
        "خانه",
        "صفحه اصلي",
        "صفحه نخست",
    ]
)
_SEPARATORS = re.compile(r"\s*(?:[»›>→←‹«❯❮/\\|]+|\s[-–—]\s)\s*")
_LABEL = re.compile(r"^\s*[^\s/–—-]+(?:\s[^\s/–—-]+){0,2}\s*[:：]\s*$")
"""«الموضوع:» on a line of its own: what follows is its value."""
_QUESTION = re.compile(r"^(?!.*[^.]\.\s)(?:.*[:：]\s.*[؟?]\s*$|.*[؟?]\s*\S+\s\S+)")
"""A question after a colon, or with its answer: captions describe, they seldom ask."""
_PHRASED = re.compile(r"^[^:.]{2,40}(?::\s|\.{2,3}\s?)\S+\s+\S")
"""«فلان: …», «المدينة.. …»: headlines are put so, captions seldom."""


@dataclass
class Head:
    """What stands above the body, by line numbers; texts where a line holds several things."""

    roles: dict[int, str] = field(default_factory=dict)
    breadcrumb: tuple[str, ...] = ()
    section: str | None = None
    kicker: int | None = None
    headline: int | None = None
    headline_score: float = 0.0
    standfirst: int | None = None
    caption: int | None = None
    credit: str | None = None
    suggestion: int | None = None
    bylines: list[tuple[int, Byline]] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)


def read_head(lines: list[PageLine], first: int, last: int, repeats: Repeats | None = None) -> Head:
    """The head of the body that stands at lines `first`..`last`."""
    head = Head()
    top = _top(lines, first, head)
    body_words = content_words(" ".join(line.text for line in lines[first : last + 1][:40]))
    candidates: list[int] = []
    index = top
    while index < first:
        line = lines[index]
        if index in head.roles:
            pass
        elif repeats is not None and repeats.is_frame(line.text) and not (line.date or line.byline):
            head.roles[index] = "other"
        elif line.said_source is not None and not _is_caption_above(lines, index, candidates):
            head.roles[index] = "byline"
            head.bylines.append((index, line.said_source))
        elif line.date is not None:
            head.roles[index] = "date"
            head.dates.append(index)
            if line.beside_date is not None and first - index <= 12:
                head.bylines.append((index, line.beside_date))
        elif (
            line.is_time
            or (line.noise and line.said_source is None)
            or line.is_url
            or line.is_copyright
            or line.is_menu
            or line.heading in ("share", "comments", "form")
        ):
            head.roles[index] = "other"
        elif line.credit is not None:
            head.roles[index] = "credit"
            head.credit = head.credit or line.credit or None
        elif line.byline is not None and _may_sign(lines, index, first, body_words):
            head.roles[index] = "byline"
            head.bylines.append((index, line.byline))
        elif (signed := _signed_by_place(lines, index, first, candidates)) is not None:
            head.roles[index] = "byline"
            head.bylines.append((index, signed))
        elif index and _LABEL.match(lines[index - 1].text):
            head.roles[index] = "tag" if lines[index - 1].heading == "tags" else "other"
        elif not line.is_boilerplate and (line.words >= 3 or _is_credited(lines, index, first)):
            candidates.append(index)
        index += 1
    _choose_headline(lines, first, candidates, body_words, head)
    _place_others(lines, first, candidates, body_words, head)
    _short_lines(lines, top, first, head)
    return head


def _is_caption_above(lines: list[PageLine], index: int, candidates: list[int]) -> bool:
    """Whether the line names the source of a picture: a caption stands right above it, the headline further up."""
    return len(candidates) > 1 and candidates[-1] == index - 1 and not lines[index].gap


def _is_credited(lines: list[PageLine], index: int, first: int) -> bool:
    """Whether a picture's credit stands right under the line."""
    line = lines[index]
    return line.has_ink and line.heading is None and index + 1 < first and lines[index + 1].credit is not None


def _top(lines: list[PageLine], first: int, head: Head) -> int:
    """Where the head begins: under the breadcrumb, or under the menu; fills the breadcrumb."""
    short = 0
    bottom = max(0, first - HEAD_LINES)
    for index in range(first - 1, bottom - 1, -1):
        line = lines[index]
        crumbs = _crumbs(line, first - index)
        if crumbs:
            head.breadcrumb = crumbs
            head.roles[index] = "breadcrumb"
            return index + 1
        if line.folded in _HOME:
            return _crumb_lines(lines, index, first, head)
        label = 1 <= line.words <= 3 and not (
            line.date or line.byline or line.is_time or line.noise or line.credit
        )
        short = short + 1 if label else 0
        if short >= 5:
            return index + 5
    return bottom


def _crumbs(line: PageLine, distance: int) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in _SEPARATORS.split(line.text) if part.strip())
    if not parts or len(line.text) > 220:
        return ()
    if len(parts) == 2 and distance <= 20 and all(heading_kind(part) == "section" for part in parts):
        return parts
    folded_first = " ".join(parts[0].split())
    home = PageLine(folded_first, 0, False).folded in _HOME
    if home and 2 <= len(parts) <= 6:
        return parts
    if len(parts) == 1 and line.words <= 6:
        for name in ("الصفحة الرئيسية", "الرئيسية"):
            if line.text.startswith(name + " ") and len(line.text) > len(name) + 1:
                return (name, line.text[len(name) + 1 :].strip())
    strong = re.search(r"[»›>❯→←]", line.text) and not re.search(r"«.*»", line.text)
    if (
        strong
        and distance <= 20
        and 2 <= len(parts) <= 5
        and all(len(part.split()) <= 4 for part in parts[:-1])
    ):
        return parts
    return ()


def _crumb_lines(lines: list[PageLine], home: int, first: int, head: Head) -> int:
    """A breadcrumb whose parts stand on lines of their own, or the end of a menu."""
    crumbs = [home]
    for index in range(home + 1, min(home + 9, first)):
        line = lines[index]
        if not line.has_ink:
            continue
        if line.words > 4 or line.date or line.byline or line.noise:
            break
        in_menu = any(other.folded == line.folded for other in lines[:home])
        if len(crumbs) > 1 and not (in_menu or (line.heading and _stands_elsewhere(lines, index, first))):
            break  # a kicker may stand among the topics
        crumbs.append(index)
    if 2 <= len(crumbs) <= 4:
        head.breadcrumb = tuple(lines[index].text for index in crumbs)
        for index in range(home, crumbs[-1] + 1):
            head.roles[index] = "breadcrumb"
        return crumbs[-1] + 1
    return (crumbs[-1] if len(crumbs) > 4 else home) + 1


def _stands_elsewhere(lines: list[PageLine], index: int, first: int) -> bool:
    folded = lines[index].folded
    return any(
        other.folded == folded
        for other in lines
        if other.index != index and not first <= other.index < first + 5
    )


def _may_sign(lines: list[PageLine], index: int, first: int, body_words: frozenset[str]) -> bool:
    line = lines[index]
    byline = line.byline
    assert byline is not None
    if index and lines[index - 1].text.strip() == "©":
        return False
    if byline.place or byline.roles:
        return True
    if not byline.people:  # an agency's name alone may be the site's own
        near = [lines[other] for other in (index - 1, index + 1) if 0 <= other < first]
        return first - index <= 3 and any(line.date or line.byline for line in near)
    return first - index <= 12 and line.words <= 5


LIKELY_PERSON = 2.4
"""`person_score` of names of an unknown first name in the shape of a person («… المقدسي», two capitalised words)."""


def _signed_by_place(lines: list[PageLine], index: int, first: int, candidates: list[int]) -> Byline | None:
    """Names too unusual to be told by themselves sign where a byline stands: under the headline, beside the date."""
    line = lines[index]
    if not candidates or line.words > 12 or line.heading or line.is_sentence or line.is_truncated:
        return None
    near = [lines[other] for other in (index - 1, index + 1) if 0 <= other < first]
    if not any(other.date for other in near) or _stands_elsewhere(lines, index, first):
        return None
    found = parse_byline(line.text)
    if not found.people or found.place or found.agencies:
        return None
    shaped = all(2 <= len(name.split()) <= 5 and person_score(name) >= LIKELY_PERSON for name in found.people)
    return found if shaped else None


def _choose_headline(
    lines: list[PageLine], first: int, candidates: list[int], body_words: frozenset[str], head: Head
) -> None:
    best: tuple[float, int] | None = None
    seen: set[str] = set()
    for index in candidates:
        line = lines[index]
        if line.folded in seen:
            continue
        seen.add(line.folded)
        score = _headline_score(lines, index, first, candidates, body_words, head)
        if best is None or score > best[0] + (CLEARLY_BETTER if index == best[1] + 1 else 0.01):
            best = (score, index)
    if best is None:
        return
    if best[0] >= HEADLINE_THRESHOLD:
        head.headline, head.headline_score = best[1], best[0]
        told = PageLine(lines[best[1]].title_text, 0, False).folded
        for index in candidates:
            if lines[index].folded == told or PageLine(lines[index].title_text, 0, False).folded == told:
                head.roles[index] = "headline"
            elif lines[index].title_text != lines[index].text:
                head.roles[index] = "other"  # another line of the ticker
        _drop_names_above(lines, head)
    elif content_words(lines[best[1]].text) & body_words:
        head.suggestion = best[1]


def _drop_names_above(lines: list[PageLine], head: Head) -> None:
    """A bare name above the headline is a menu's label where the article is signed below it."""
    assert head.headline is not None
    if not any(index > head.headline for index, _ in head.bylines):
        return
    for index, byline in list(head.bylines):
        if index < head.headline and not (byline.place or byline.roles):
            head.bylines.remove((index, byline))
            head.roles[index] = "other"


def _headline_score(
    lines: list[PageLine],
    index: int,
    first: int,
    candidates: list[int],
    body_words: frozenset[str],
    head: Head,
) -> float:
    """The evidence that line `index` is the headline, less what speaks for a caption, a standfirst or a link."""
    line = lines[index]
    if line.words > 30 or not line.is_title_like:
        return -1.0
    words = content_words(line.title_text)
    shared = len(words & body_words)
    verb = has_verb(line)
    others = [other for other in candidates if lines[other].folded != line.folded]
    later = [other for other in others if other > index]
    above, below = _repetitions(lines, index, first)
    related = shared >= 2 or shared >= 0.25 * max(1, len(words))
    score = 0.0
    if related or first - index <= 4:
        score += 2.5 if above else 1.0 if below else 0.0
    if any(date > index for date in head.dates):
        score += 1.0
        if index + 1 in head.dates or (index + 2 in head.dates and index + 1 not in candidates):
            score += 1.0
    if later:
        score += 1.5
        if any(lines[other].is_sentence or CAPTION.search(lines[other].text) for other in later):
            score += 0.7
    elif not above and not verb and shared < 3:
        score -= 1.0  # alone, and nothing that a caption could not say as well
    signed = [number for number, _ in head.bylines]
    if any(number > index for number in signed):
        score += 0.4
    elif (
        any(index - 12 <= number < index for number in [*signed, *head.dates])
        and max(head.dates, default=-1) < index
    ):
        # Under the byline and the date stand captions and the text, where something stands above them.
        score -= 2.0 if any(other < index and lines[other].words >= 4 for other in others) else 1.0
    score += 0.8 if verb else -0.4
    if _QUESTION.search(line.title_text) or _PHRASED.search(line.title_text):
        score += 0.6
    if _in_ticker(lines, index):
        score -= 2.5
    score += 0.6 if shared >= 2 else 0.0 if shared else -1.5
    if CAPTION.search(line.text) or _is_credited(lines, index, first) or is_labelled_caption(line):
        score -= 2.5
    dated = index + 1 in head.dates and shared >= 2  # the last of a list may be the headline
    near = [other for other in others if index - 6 <= other < index and lines[other].is_title_like]
    if _is_kicker(lines, index, first):
        score -= 3.0
    if not dated and any(lines[other].words >= 4 and not _is_kicker(lines, other, first) for other in near):
        score -= 0.8  # the headline comes first
    if re.search(r"[^.]\.\s+\S|[^.]\.\s*$", line.text):
        score -= 1.5  # whole sentences
    if line.is_truncated:
        score -= 1.0
    if line.words < 4:
        score -= 1.2  # a label or a name more often than a headline
    if re.search(r"\(\s*[\d٠-٩]+\s*\)\s*$", line.text):
        score -= 2.5  # a topic with its count
    if head.breadcrumb and not near and all(lines[other].words <= 5 for other in _since_crumbs(index, head)):
        score += 0.5  # the first line under the breadcrumb, or under the kicker there
    if _run_of_titles(lines, index) >= 4 and not above and not dated:
        score -= 1.5  # one of a list of links
    return score - 0.02 * max(0, first - index - 8)


def _in_ticker(lines: list[PageLine], index: int) -> bool:
    """Whether clocks and headlines take turns here, the clock first."""
    clocks = [0 <= other < len(lines) and lines[other].is_time for other in (index - 3, index - 1, index + 1)]
    return sum(clocks[:2]) == 2 or sum(clocks[1:]) == 2


def _is_kicker(lines: list[PageLine], index: int, first: int) -> bool:
    """Whether a few words stand right above a longer line that has the shape of a headline."""
    line = lines[index]
    if line.words > 5 or index + 1 >= first:
        return False
    under = lines[index + 1]
    if under.words < 5 or not under.is_title_like or under.is_sentence or under.byline:
        return False
    return (
        under.words > line.words
        and not CAPTION.search(under.text)
        and not _is_credited(lines, index + 1, first)
    )


def _since_crumbs(index: int, head: Head) -> range:
    crumbs = [number for number, role in head.roles.items() if role == "breadcrumb" and number < index]
    return range(max(crumbs, default=index) + 1, index)


def _run_of_titles(lines: list[PageLine], index: int) -> int:
    start = end = index
    while start > 0 and lines[start - 1].is_title_like and lines[start - 1].words >= 4:
        start -= 1
    while end + 1 < len(lines) and lines[end + 1].is_title_like and lines[end + 1].words >= 4:
        end += 1
    return end - start + 1


def _repetitions(lines: list[PageLine], index: int, first: int) -> tuple[int, int]:
    """On how many other lines above and below the body's beginning the line stands, alone or with a site's name, a
    time or «عاجل» beside it."""
    folded = lines[index].folded
    if len(folded) < 15:
        return 0, 0
    found = [
        other.index
        for other in lines
        if other.index != index
        and (other.folded == folded or (folded in other.folded and other.words <= lines[index].words + 6))
    ]
    return sum(number < first for number in found), sum(number >= first for number in found)


def _place_others(
    lines: list[PageLine], first: int, candidates: list[int], body_words: frozenset[str], head: Head
) -> None:
    """Captions and the standfirst among the lines that did not become the headline."""
    after = [i for i in candidates if i not in head.roles and (head.headline is None or i > head.headline)]
    for index in after:
        line = lines[index]
        related = bool(content_words(line.text) & body_words)
        related = related or (head.headline is not None and index - head.headline <= 3)
        credited = _is_credited(lines, index, first)
        if head.caption is not None and line.folded == lines[head.caption].folded:
            head.roles[index] = "caption"
        elif (
            not credited
            and head.headline is not None
            and index == head.headline + 1
            and line.is_sentence
            and any(other > index for other in after)
        ):
            head.standfirst = index
            head.roles[index] = "standfirst"
        elif credited or CAPTION.search(line.text) or head.headline is None:
            if head.caption is None and (related or credited):
                head.caption = index
                head.roles[index] = "caption"
        elif (
            head.standfirst is None and head.headline is not None and _is_standfirst(line, index, after, head)
        ):
            head.standfirst = index
            head.roles[index] = "standfirst"
        elif head.caption is None and related:
            head.caption = index
            head.roles[index] = "caption"
    for index in candidates:
        head.roles.setdefault(index, "other")
    if head.headline is None:
        head.suggestion = head.caption if head.suggestion is None else head.suggestion


def _is_standfirst(line: PageLine, index: int, after: list[int], head: Head) -> bool:
    if (line.ends_sentence and line.is_sentence) or line.words >= 14:
        return True
    others = [other for other in after if other > index]
    return len(others) >= 1 and line.words >= 9 and index - (head.headline or 0) == 1


def _may_be_kicker(lines: list[PageLine], index: int, head: Head) -> bool:
    """Not a clock, a rate or a temperature, and not the last label of a menu."""
    line = lines[index]
    if (
        line.is_time
        or line.words < 1
        or not any(map(str.isalpha, line.folded))
        or re.search(r"\d[.,٫:]\d|[°%]", line.text)
    ):
        return False
    above = [lines[other] for other in (index - 1, index - 2) if other >= 0 and other not in head.roles]
    return not (len(above) == 2 and all(1 <= other.words <= 3 and not other.date for other in above))


def _short_lines(lines: list[PageLine], top: int, first: int, head: Head) -> None:
    """Kicker and section among the short lines that nothing else has claimed."""
    if head.headline is not None:
        index = head.headline - 1
        if index >= top and head.roles.get(index, "other") == "other":
            line = lines[index]
            if 1 <= line.words <= 5 and not line.noise and line.heading in (None, "section"):
                if _stands_elsewhere(lines, index, first) and not head.breadcrumb:
                    head.section = line.text
                    head.roles[index] = "breadcrumb"
                elif _may_be_kicker(lines, index, head):
                    head.kicker = index
                    head.roles[index] = "kicker"
    names = [
        crumb for crumb in head.breadcrumb[1:] if head.headline is None or crumb != lines[head.headline].text
    ]
    if head.breadcrumb and PageLine(head.breadcrumb[0], 0, False).folded not in _HOME:
        names.insert(0, head.breadcrumb[0])
    if names:
        head.section = names[-1]
    elif head.section is None:
        for index in range(first - 1, top - 1, -1):
            line = lines[index]
            if (
                index not in head.roles
                and 1 <= line.words <= 4
                and line.heading == "section"
                and _stands_elsewhere(lines, index, first)
            ):
                head.section = line.text
                head.roles[index] = "breadcrumb"
                break
    for index in range(top, first):
        head.roles.setdefault(index, "other")
