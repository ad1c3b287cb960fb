"""Who wrote the article: the byline that is shown, checked against what machines are told.

The shown byline is read by the grammar of `bulaq.intake.bylines`. Names told only to machines are believed when
they are names of people: never an address, an account, the site itself or the firm that built it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bulaq.arabic.dates.reading import find_dates
from bulaq.intake.agencies import agency_score
from bulaq.intake.byline_text import MAX_BYLINE_LENGTH
from bulaq.intake.bylines import Byline, parse_byline
from bulaq.intake.given_names import person_score
from bulaq.intake.html.ends import place_alone, signs_for_an_agency
from bulaq.intake.html.labels import lower_names
from bulaq.intake.html.noise import heading_of, noise_line
from bulaq.intake.html.page import Page
from bulaq.intake.html.segments import Segment, leads_to_a_writer
from bulaq.intake.html.structured_data import StructuredData
from bulaq.intake.html.text import fold, key, words
from bulaq.intake.places import place_score

_ADDRESS = re.compile(r"https?:|www\.|\.com\b|\.net\b|@|facebook|twitter|/|\d{4}", re.I)
_NOBODY = re.compile(
    r"^(?:admin|administrator|administrateur|editor|editors|webmaster|root|user|author|staff|newsroom|news|desk|unknown|none|null|guest|super\s*user|"
    r"المحرر|المدير|مدير\s+الموقع|الإدارة|محرر|هيئة\s+التحرير|فريق\s+التحرير|التحرير|غرفة\s+الأخبار|كاتب|الكاتب|مشرف|المشرف|ادمن|أدمن|محرر\s+الموقع|(?:ویب|نیوز)\s*ڈیسک|(?:اسٹاف|نمائندہ)\s+(?:رپورٹر|خصوصی)|editor\d*|admin\d*)$",
    re.I,
)
_COLLECTIVE = re.compile(
    r"\b(?:staff|writers|reporters|correspondents|editors|newsroom|(?:news\s+)?team|desk)$", re.I
)
_FIRM = re.compile(
    r"^شركة\s|\b(?:ltd|llc|inc|company|solutions|software|designs?|studios?|web|hosting)\b\.?$", re.I
)
_SIGNED_HEADLINE = re.compile(r"\S[\s.…|/:،,–—-]+بقلم\s*[:：/]?\s*([^:|/]{5,50})$")
"""«عنوان المقال .. بقلم: فلان»"""
_CAPITALS = re.compile(r"[A-Z][A-Z .'’]{2,25}\s+[-–—]\s+[A-Z][a-z]+(?:\s[A-Z][\w.'’-]+){1,2}")
"""«LEEDS - Jane Cooper»: a place in capitals and a name."""
_NAMED = re.compile(
    r"(?:^|[\s_/-])(?:\w*-)?(?:author|authors|byline|by-line|writer|writers|writtenby|written-by|write-?by|writeby|reporter|journalist|editor-name|author-name|authorname|contributor|correspondent|katib|kateb)(?:-\w+)?(?:$|[\s_-])"
)
_STATED = re.compile(
    r"^[\s\W]*(?:(?:كتب(?:ت|ه|ها)?|بقلم|[إا]عداد|by|par|written\s+by|reported\s+by)\s+\S|(?:كتب(?:ت|ه|ها|وا)?|بقلم|[إا]عداد|حوار|حاور(?:ه|ها|ته|تها)|تحقيق|تقرير|ترجمة|تحرير|مراسل(?:نا|تنا)?|تغطية|متابعة|أجرى\s+الحوار|أجرت\s+الحوار|by|par|written\s+by|reported\s+by|نویسنده|خبرنگار|گزارش)"
    r"\s*[:：/\-–—]\s*\S)",
    re.I,
)
_COLON_STATED = re.compile(r"^[^:：]{2,40}[:：]\s*\S+(?:\s\S+){1,6}$")
_ARABIC = re.compile(r"[\u0620-\u064a]{2}")
MAX_LINE = 130


@dataclass(frozen=True, slots=True)
class Authors:
    """People and agencies in their order, the place of the byline, confidence and provenance."""

    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    place: str | None = None
    confidence: float = 0.0
    provenance: str = ""
    segments: frozenset[int] = frozenset()


@lru_cache(maxsize=4096)
def is_byline(text: str) -> bool:
    """Whether a short line at the edge of the body is a byline: a stated role with a name, or place and name."""
    if len(text) > MAX_LINE or words(text) > 16:
        return False
    stated = bool(_STATED.match(text))
    if text.rstrip()[-1:] in ".!؟?…" and not stated:
        return False
    if not stated and heading_of(text) is not None:
        return False
    if _STROKES.search(text):
        return _is_row_of_credits(text)
    if _CAPITALS.fullmatch(text.strip()):
        return True
    reading = parse_byline(text)
    if not reading.people:
        return False
    if stated:
        best = max(person_score(name) for name in reading.people)
        return best > 1 or (":" in text[:25] and words(text) <= 8 and not text.rstrip().endswith((".", "؟")))
    names = sum(words(name) for name in reading.people)
    # Two capitalised words («Text Size») are no name by their shape: a bare line must hold a known Arabic one.
    strong = any(person_score(name) >= 2.5 and _ARABIC.search(name) for name in reading.people)
    if reading.place and place_score(reading.place) >= 3:
        return strong or words(text) <= 6
    return (
        strong and reading.confidence >= 0.75 and names >= 2 and words(text) <= names + 2 and words(text) <= 5
    )


_STROKES = re.compile(r"\s[|•·▪●]\s|\s[|•·▪●]|[|•·▪●]\s")


def _is_row_of_credits(text: str) -> bool:
    """Whether each part of a line between strokes is a name, a day, a counter («فلان • تصوير: فلان • 21.02.2021»)."""
    parts = [part for part in _BETWEEN.split(text) if part]
    named = sum(1 for part in parts if is_byline(part))
    return bool(named) and all(
        is_byline(part)
        or noise_line(part)
        or parse_byline(part).photographers
        or (find_dates(part) and words(part) <= 12)
        for part in parts
    )


def find_authors(
    page: Page,
    data: StructuredData,
    headline: int | None,
    first: int,
    last: int,
    lines: list[str],
    sites: list[str],
    over: int,
) -> Authors:
    """The authors of the article; `lines` are the bylines that stood inside the body's element; from segment `over` on, others write."""
    outlets = tuple(sites)
    site_keys = {key(name) for name in (*sites, *(firm for firm in data.firms if agency_score(firm) < 3))}
    people: list[str] = []
    agencies: list[str] = []
    place: str | None = None
    used: set[int] = set()
    provenance: list[str] = []
    confidence = 0.0

    def take(reading: Byline, where: str, trust: float) -> None:
        nonlocal place, confidence
        fresh = [name for name in reading.people if _somebody(name, site_keys)]
        people.extend(name for name in fresh if not any(key(name) == key(other) for other in people))
        agencies.extend(
            name for name in reading.agencies if key(name) not in {key(other) for other in agencies}
        )
        if reading.place and (place_score(reading.place) >= 2 or (fresh and _ARABIC.search(reading.place))):
            place = place or reading.place
        if fresh or reading.agencies or reading.place:
            provenance.append(where)
            confidence = max(confidence, trust)

    told = [(where, name) for where, name in data.authors if _somebody(name, site_keys)]
    for index, text, where in _shown(page, data, headline, first, last, over, told, outlets):
        reading = parse_byline(text, outlets)
        named = where == "shown byline"
        agrees = any(key(name) in key(text) for _, name in told if len(key(name)) > 4)
        believable = reading.people or reading.agencies or reading.place
        if not believable:
            continue
        unsure = named and not agrees and not _STATED.match(text) and reading.confidence < 0.6
        if unsure and reading.people and max(person_score(name) for name in reading.people) < -1.0:
            continue
        if people and not agrees and index > first:
            continue
        take(reading, where, 0.95 if agrees else 0.85)
        used.add(index)
    if not people:
        for index, text in _stated_below(page, last, over):
            take(parse_byline(text, outlets), "byline line", 0.85)
            used.add(index)
    if not people:
        for text in lines:
            take(parse_byline(_PREFIX.sub("", text), outlets), "byline in the text", 0.85)
    if people and {key(name) for name in people} < {key(name) for _, name in told}:
        for where, name in told:  # the page shows them all, some with roles that are not known here
            if where.startswith("json-ld") and _shown_text(page, name, headline, first, last):
                take(parse_byline(name, outlets), where, 0.9)
    if not people and headline is not None:
        signed = _SIGNED_HEADLINE.search(page.segments[headline].text)
        if signed and _has_shape_of_name(signed[1].strip()):
            take(parse_byline(signed[1], outlets), "in the headline", 0.8)
    if place is None:
        place = next((found for text in lines if (found := place_alone(text))), None)
    arabic = any(_ARABIC.search(segment.text) for segment in page.segments[first : first + 2])
    if not people:
        for where, name in told:
            reading = parse_byline(name, outlets)
            shown_too = _shown_text(page, name, headline, first, last)
            strong = any(person_score(person) >= 1.0 for person in reading.people)
            if arabic and not shown_too and not _ARABIC.search(name):
                continue  # an account, or who built the site: readers are shown Arabic names
            trusted = where.startswith("json-ld") or where == "article:author" or shown_too
            if reading.people and (
                (trusted and (strong or shown_too or where.startswith("json-ld")))
                or (strong and where != "twitter")
            ):
                if where == "meta" and not shown_too and not strong:
                    continue
                if any(key(person) not in {key(other) for other in people} for person in reading.people):
                    take(reading, where, 0.85 if shown_too else 0.65)
                if where == "meta" or where == "twitter":
                    break
            elif reading.place and not place:
                take(Byline(reading.place, (), reading.agencies), where, 0.5)
    people = [
        name for name in people if not any(name != other and key(name) in key(other) for other in people)
    ]
    return Authors(
        tuple(people),
        tuple(agencies),
        place,
        round(confidence, 2) if people or agencies else 0.5,
        " + ".join(dict.fromkeys(provenance)) or "none shown",
        frozenset(used),
    )


def _somebody(name: str, site_keys: set[str]) -> bool:
    bare = fold(name).strip(" .,،:|-–—")
    if not 3 <= len(bare) <= 90 or _ADDRESS.search(bare) or _NOBODY.match(bare) or words(bare) > 9:
        return False
    name_key = key(bare)
    if _COLLECTIVE.search(bare) or _FIRM.search(bare):
        return False
    return bool(name_key) and name_key not in site_keys and not name_key.isdigit()


def _shown(
    page: Page,
    data: StructuredData,
    headline: int | None,
    first: int,
    last: int,
    over: int,
    told: list[tuple[str, str]],
    sites: tuple[str, ...],
) -> list[tuple[int, str, str]]:
    """Lines around the article that say who wrote it: (segment, text, how it is known)."""
    begin = max(0, (headline if headline is not None else first) - 8)
    found: list[tuple[int, str, str]] = []
    seen: set[str] = set()
    marked = {id(element) for name in ("author", "creator") for element in data.marked.get(name, [])}

    def add(index: int, text: str, where: str) -> None:
        text = _POST.sub("", _PREFIX.sub("", _without_dates(fold(text)))).strip(" |،,-–—•·")
        text = _WHEN.sub("", _CLOCK.split(text)[0].strip(" |،,-–—•·"))
        if noise_line(text):
            return
        if 3 <= len(text) <= MAX_LINE and key(text) not in seen:
            seen.add(key(text))
            found.append((index, text, where))

    for index in [
        *range(begin, min(first, len(page.segments))),
        *range(last + 1, min(over, last + 7)),
    ]:
        segment = page.segments[index]
        if segment.kind != "text" or index == headline or len(segment.text) > 300:
            continue
        if segment.label == "caption" and not (index < first and _STATED.match(segment.text)):
            continue  # «credits» names writers on some pages
        if segment.label in (
            "related",
            "comments",
            "nav",
            "hidden",
            "ad",
            "aside",
            "tags",
            "breadcrumb",
            "newsletter",
        ):
            continue
        if segment.label == "share" and not (index < first and is_byline(page.spaced(segment))):
            continue  # rows of tools hold the writer's name on some pages
        if any(page.nodes[node].tag == "figure" for node in page.ancestors(segment.node)[:4]):
            continue  # whose picture it is
        if heading_of(segment.text) in ("more", "related", "read_also", "latest"):
            continue
        inline = _inline_author(segment, marked) or (_linked_author(segment) if index < first else [])
        if inline:
            whole = parse_byline(page.spaced(segment)) if len(segment.text) <= 60 else None
            if whole and whole.people == (inline[0],) and place_score(whole.place or "") >= 3:
                inline = [page.spaced(segment)]  # the place stands beside the link
            for text in inline:
                add(index, text, "shown byline")
            continue
        names = f"{segment.names} {page.nodes[segment.node].names}"
        parent = page.nodes[segment.node].parent
        above = page.nodes[parent].names if parent >= 0 else ""
        held = id(segment.element) in marked or (parent >= 0 and id(page.nodes[parent].element) in marked)
        if segment.label == "footer" and not (held or _NAMED.search(names)):
            continue
        dated = not _NAMED.search(names) and _YEAR.search(segment.text) and not find_dates(segment.text)
        if dated and not held:
            continue  # a day in words of another language
        if held or _NAMED.search(names) or (_NAMED.search(above) and len(segment.text) <= 60):
            if len(segment.text) <= MAX_LINE and words(segment.text) <= 14:
                add(index, page.spaced(segment), "shown byline")
        elif len(segment.text) <= MAX_LINE and not (index > last and _links_elsewhere(segment)):
            shown = page.spaced(segment)
            presented = bool(_PREFIX.match(shown))
            for line in _parts(shown):
                if signs_for_an_agency(line, sites):
                    add(index, line, "byline line")
                if (is_byline(line) or _is_dated_name(page, segment, line, first)) and (
                    presented or _says_who(line) or _is_vouched_for(page, segment, line, told, first, last)
                ):
                    add(index, line, "byline line")
    return found


_YEAR = re.compile(r"\b(?:19|20)\d{2}\s*$")
_LABEL = re.compile(r"(?:الكاتب(?:ة)?|المؤلف(?:ة)?|المحرر(?:ة)?|نویسنده|author)\s*[:：]?", re.I)
MAX_BELOW = 40
"""How far under the text a table of facts about the article («التاريخ …، الكاتب …») is looked for."""


def _stated_below(page: Page, last: int, over: int) -> list[tuple[int, str]]:
    """Names that a label in an element of its own introduces, in the facts listed under an article."""
    found = []
    for segment in page.segments[last + 1 : min(over, last + MAX_BELOW)]:
        if segment.kind != "text" or len(segment.text) > 80 or len(segment.pieces) < 2:
            continue
        label, name = segment.pieces[0], fold(" ".join(segment.pieces[1:]))
        told = _LABEL.fullmatch(label.strip()) and segment.label not in (
            "comments",
            "related",
            "hidden",
            "ad",
        )
        if told and any(person_score(person) >= 2.5 for person in parse_byline(name).people):
            found.append((segment.index, name))
    return found


_CLOCK = re.compile(r"\(?(?:الساعة|بتوقيت|[غج]رينتش|\bGMT\b)")
_WHEN = re.compile(
    r"\s+(?:(?:نُ?شر(?:ت)?|(?:آخر\s+)?تحديث|أضيف|كتب|published|updated|posted)(?:\s+(?:في|بتاريخ|يوم|on))?|في|يوم|بتاريخ|on)\s*[:：]?$",
    re.I,
)
"""What leads over to a date that is gone."""
_BETWEEN = re.compile(r"\s*[|•·▪●]+\s*")


def _parts(line: str) -> list[str]:
    """What stands in a line beside dates, counters and prompts: «سلمى الحداد • 14 مارس • 4 دقائق قراءة»."""
    parts = [_WHEN.sub("", part.strip(" |،,-–—•·")) for part in _BETWEEN.split(_without_dates(fold(line)))]
    parts = [_PREFIX.sub("", part) for part in parts]
    parts = [part for part in parts if len(part) >= 3 and not noise_line(part)]
    whole = fold(line)
    return parts if len(parts) != 1 or is_byline(parts[0]) else [*parts, whole]


def _says_who(line: str) -> bool:
    """Whether a line is more than a name: a role, or a place or an agency beside the name."""
    reading = parse_byline(line)
    known = reading.place is not None and place_score(reading.place) >= 3
    return bool(_STATED.match(line)) or known or bool(reading.agencies)


def _is_vouched_for(
    page: Page, segment: Segment, line: str, told: list[tuple[str, str]], first: int, last: int
) -> bool:
    """Whether a bare name is the writer's and no topic: told to machines, linked as one, in a row with a date, alone."""
    if any(key(name) in key(line) or key(line) in key(name) for _, name in told):
        return True
    if any(leads_to_a_writer(anchor.href) for anchor in segment.anchors):
        return True
    if segment.index > last or any(key(line) in key(anchor.text) for anchor in segment.anchors):
        return False
    return segment.index < first


_PREFIX = re.compile(
    r"^\W*(?:كتب(?:ه|ها)\s(?=\S)|(?:(?:كتب(?:ت)?|مرسلة|نشر(?:ت)?|أضيف|أضافه|مقدم|محرر|تحرير)\s+)?بواسطة|الكاتب(?:ة)?|المؤلف|الناشر|المصدر|المحرر(?:ة)?|author|writer|posted\s+by|published\s+by|نویسنده)\s*[:：,،]?\s*",
    re.I,
)


_POST = re.compile(
    r"\s*,\s*[\w'’ ]*\b(?:correspondent|editor|reporter|writer|columnist|staff|producer|analyst|contributor|critic)\b.*$",
    re.I,
)


def _without_dates(text: str) -> str:
    if len(text) > MAX_BYLINE_LENGTH or not any(char.isdigit() for char in text):
        return text
    for found in reversed(find_dates(text)):
        text = text[: found.span[0]] + " | " + text[found.span[1] :]
    return fold(re.sub(r"[\d٠-٩:/]{2,}\s*(?:[صم]\b)?", " ", text))


def _inline_author(segment: Segment, marked: set[int]) -> list[str]:
    texts: list[str] = []
    for element in segment.inline:
        name = lower_names(f"{element.get('class') or ''} {element.get('id') or ''}")
        rel = (element.get("rel") or "").lower().split()
        if id(element) in marked or "author" in rel or (name.strip() and _NAMED.search(name)):
            text = fold("".join(element.itertext()))
            if any(text != other and text in other for other in texts):
                texts = [
                    other for other in texts if text not in other
                ]  # the link inside «بواسطة …» is the name
            if text and text not in texts:
                texts.append(text)
    return texts


def _links_elsewhere(segment: Segment) -> bool:
    """Whether a line is a link, and not to a page about a writer: another headline."""
    return segment.link_chars > 0.5 * len(segment.text) and not any(
        leads_to_a_writer(anchor.href) for anchor in segment.anchors
    )


def _linked_author(segment: Segment) -> list[str]:
    """The names that a short line links to pages about writers; what stands beside them («كاتبة») is none."""
    if len(segment.text) > 80:
        return []
    links = [anchor for anchor in segment.anchors if leads_to_a_writer(anchor.href)]
    return [anchor.text for anchor in links if is_byline(anchor.text) or _has_shape_of_name(anchor.text)]


def _has_shape_of_name(text: str, least: float = 1.0) -> bool:
    """Whether two to four words could be a name: no figure, no sign, no box's heading, no thing («سوق …»)."""
    return (
        2 <= words(text) <= 4
        and heading_of(text) is None
        and not re.search(r"[\d:؟?!«»\"/…]", text)
        and person_score(text) >= least
    )


def _is_dated_name(page: Page, segment: Segment, line: str, first: int) -> bool:
    """Whether a line of a name's shape stands between headline and text in one row with the day, and is no link."""
    if (
        segment.index >= first
        or segment.anchors
        or not (_ARABIC.search(line) and _has_shape_of_name(line, 2.4))
    ):
        return False
    if line != page.spaced(segment):
        return bool(find_dates(page.spaced(segment)))
    row = page.nodes[page.nodes[segment.node].parent]
    inside = page.segments[row.start : row.end]
    return len(inside) <= 6 and any(find_dates(each.text) for each in inside if len(each.text) <= 80)


def _shown_text(page: Page, name: str, headline: int | None, first: int, last: int) -> bool:
    wanted = key(name)
    begin = max(0, (headline if headline is not None else first) - 10)
    near = page.segments[begin : first + 2] + page.segments[last : last + 10]
    return any(
        wanted in key(segment.text) for segment in near if segment.kind == "text" and len(segment.text) < 300
    )
