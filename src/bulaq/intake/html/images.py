"""The picture that leads the article, with its caption and credit, and the pictures inside the body."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from bulaq.intake.article import Picture
from bulaq.intake.given_names import person_score
from bulaq.intake.html.byline_lines import is_byline
from bulaq.intake.html.dates import shows_only_a_date
from bulaq.intake.html.element_kinds import HEADINGS
from bulaq.intake.html.ends import ends_as_sentence
from bulaq.intake.html.labels import APART, names_lead, names_subtitle
from bulaq.intake.html.noise import noise_line
from bulaq.intake.html.page import Page
from bulaq.intake.html.segments import Segment, prose_of
from bulaq.intake.html.structured_data import StructuredData
from bulaq.intake.html.text import fold, key, prefix_agreement, words
from bulaq.intake.html.tree import Element

_SOURCES = (
    "data-original",
    "data-src",
    "data-lazy-src",
    "data-lazy",
    "data-full",
    "data-image",
    "data-url",
    "src",
)
_ICON = re.compile(
    r"(?:logo|icon|sprite|avatar|pixel|spacer|blank|loading|(?<!content)placeholder|button|emoji|smiley|gravatar|1x1|transparent|print|facebook|twitter|whatsapp|banner|/ads?/|counter|rating|star)",
    re.I,
)
_GENERIC = re.compile(
    r"(?:logo|default|(?<!content)placeholder|no-?image|social-?share|og-?image|site-?image|fallback)", re.I
)
_CREDIT = re.compile(
    r"^\s*(?:©|\(c\)|(?:ال)?مصدر\s+الصورة|حقوق\s+الصورة|صدر\s+الصورة|تصوير|عدسة|بعدسة|المصور|الصورة|photo(?:graph)?|image|picture|credit|crédit(?:\s+photo)?|source|عکس|عکاس|getty|reuters|afp|ap|epa|أ\.?\s*ف\.?\s*ب|رويترز|أرشيف|ارشيف|الأرشيف)\s*(?:[:：،/©—-]|by\b|images?$|$)",
    re.I,
)
_CAPTION_LABEL = re.compile(
    r"^(?:التعليق\s+على\s+الصورة|تعليق\s+الصورة|شرح\s+الصورة|image\s+caption)\s*[،,:]?\s*", re.I
)
"""What is read aloud before a caption."""
_CREDIT_AFTER = re.compile(
    r"\s*(?:[|©]|(?:ال)?مصدر(?:\s+الصورة)?\s*[:：]|(?:تصوير|عدسة|(?:(?:photo|image|picture)\s*)?credits?|photo|image)\s*[:：])\s*",
    re.I,
)


def picture_url(element: Element, base: str | None) -> str | None:
    """The absolute address of an `<img>` (lazy-loading attributes first), or None for icons, pixels and data URIs."""
    for attribute in _SOURCES:
        value = (element.get(attribute) or "").strip()
        if (
            not value
            or value.startswith(("data:", "javascript:", "blob:", "about:", "#"))
            or len(value) > 2000
        ):
            continue
        if attribute == "src" and _ICON.search(value) and _small(element):
            return None
        return _absolute(value, base)
    srcset = element.get("srcset") or element.get("data-srcset") or ""
    candidates = [part.strip().split() for part in srcset.split(",") if part.strip()]
    if candidates:
        best = max(
            candidates,
            key=lambda parts: (
                float(m[1]) if len(parts) > 1 and (m := re.match(r"([\d.]+)", parts[1])) else 0.0
            ),
        )
        if not best[0].startswith("data:"):
            return _absolute(best[0], base)
    return None


def _absolute(value: str, base: str | None) -> str | None:
    value = "".join(value.split())
    try:
        url = urljoin(base, value) if base else value
        scheme = urlsplit(url).scheme
    except ValueError:
        return None
    return url if scheme in ("", "http", "https") else None


def _small(element: Element) -> bool:
    for attribute in ("width", "height"):
        match = re.match(r"\d+", element.get(attribute) or "")
        if match and int(match[0]) < 80:
            return True
    return not (element.get("width") or element.get("height"))


def is_decoration(element: Element) -> bool:
    """Whether an `<img>` is an icon, a pixel, an avatar: nothing a reader would call a picture of the article."""
    for attribute in ("width", "height"):
        match = re.fullmatch(r"(\d+)(?:px)?", (element.get(attribute) or "").strip())
        if match and int(match[1]) < 60:
            return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    source = next((value for name in _SOURCES if (value := element.get(name))), "")
    return bool(_ICON.search(names)) or bool(_ICON.search(source.rsplit("/", 1)[-1]))


def picture_of(segment: Segment, text: str | None, *, base: str | None) -> Picture | None:
    """A picture inside the body, with the caption that stood with it."""
    if is_decoration(segment.element):
        return None
    url = picture_url(segment.element, base)
    if url is None:
        return None
    caption, credit = split_credit(text)
    alt = fold(segment.element.get("alt") or "") or None
    return Picture(url, caption, credit, alt)


def split_credit(text: str | None) -> tuple[str | None, str | None]:
    """Caption and credit of one line: «© REUTERS / …» is all credit, «… © AFP» ends with one."""
    if not text:
        return None, None
    if _CREDIT.match(text) and words(text) <= 12:
        return None, text
    marks = list(_CREDIT_AFTER.finditer(text))
    if marks and text[marks[-1].start() - 1] in "([":
        return text, None  # in brackets it is part of the line, as in «… (رويترز)»
    if marks and marks[-1].start() > 5 and words(text[marks[-1].end() :]) <= 8:
        credit = text[marks[-1].start() :].strip(" |")
        return text[: marks[-1].start()].strip(" |") or None, credit or None
    return text, None


def find_lead_image(
    page: Page,
    data: StructuredData,
    headline: tuple[int | None, str | None],
    first: int,
    used: set[int],
    set_aside: list[tuple[int, str]],
    base: str | None,
) -> tuple[Picture | None, str, frozenset[int]]:
    """The lead picture, its provenance, and the segments that showed it.

    `set_aside` are captions met in the body's element, as (segment of the picture or −1, text).
    """
    index, title = headline
    begin = max(0, (index if index is not None else first) - 6)
    shown = [
        segment
        for segment in page.segments[begin : first + 2]
        if segment.kind == "picture"
        and segment.label not in APART
        and not is_decoration(segment.element)
        and not _is_portrait(segment.element)
        and picture_url(segment.element, base)
    ]
    shown = [s for s in shown if not _stands_by_the_writer(page, s, used, index)] or shown
    claims = sorted(data.images, key=lambda claim: claim[0] != "og:image")
    told = next(
        (
            url
            for _, url in claims
            if url.startswith(("http", "/")) and not _GENERIC.search(url.rsplit("/", 1)[-1])
        ),
        None,
    )
    told = _absolute(told, base) if told else None
    lead = next(
        (segment for segment in shown if told and same_file(picture_url(segment.element, base), told)), None
    )
    below = [segment for segment in shown if index is None or segment.index > index]
    lead = lead or next(iter(below or [s for s in shown if not _is_banner(s.element)]), None)
    caption, where = _caption(page, lead, begin, first, index, title, used, set_aside)
    text, credit = split_credit(caption)
    text = (_CAPTION_LABEL.sub("", text) or None) if text else None
    named = not where or any(page.segments[index].label == "caption" for index in where)
    if text and (words(text) < 2 or noise_line(text) or (not named and words(text) <= 6 and is_byline(text))):
        text = None
    if credit is None and lead is not None:
        credit = next(
            (
                line
                for at, line in set_aside
                if at == lead.index and _CREDIT.match(line) and words(line) <= 12
            ),
            None,
        )
    if credit is None and lead is not None:
        credit = _credit(page, lead, first, index, used)
        if credit and text and credit in text:
            credit = None
    alt = fold(lead.element.get("alt") or "") if lead is not None else ""
    if lead is not None:
        url = picture_url(lead.element, base)
        same = same_file(url, told)
        provenance = (
            "shown + og:image" if same else "og:image, beside a shown picture" if told else "shown picture"
        )
        url = told or url
    else:
        url, provenance = told, "og:image"
    if url is None and text is None and credit is None:
        return None, "", frozenset()
    spoken = frozenset({lead.index} if lead is not None else set()) | frozenset(where)
    return Picture(url, text, credit, alt or None), provenance, spoken


def _is_portrait(element: Element) -> bool:
    """Whether an image is the writer's: its text is a person's name, and it leads to a page about them."""
    alt = re.sub(r"^\s*(?:صورة|photo of|avatar of)\s+", "", fold(element.get("alt") or ""), flags=re.I)
    link = next(iter(element.iterancestors("a")), None)
    return link is not None and 2 <= words(alt) <= 4 and person_score(alt) >= 2.5


def _stands_by_the_writer(page: Page, picture: Segment, used: set[int], headline: int | None) -> bool:
    """Whether a picture shares a small element with the byline or the day, and no text: the writer's portrait."""
    for index in page.ancestors(picture.node)[:3]:
        node = page.nodes[index]
        inside = page.segments[node.start : node.end]
        texts = [each for each in inside if each.kind == "text"]
        if texts:
            alone = len(inside) <= 6 and not any(
                prose_of(each) or each.label == "caption" or each.index == headline for each in texts
            )
            return alone and any(each.index in used for each in texts)
    return False


def same_file(one: str | None, two: str | None) -> bool:
    """Whether two addresses are one picture, in sizes of its own perhaps («a-800x450.jpg»)."""
    if not one or not two:
        return False
    paths = [_SIZE.sub("", url.split("?")[0].rstrip("/")).lower() for url in (one, two)]
    names = [path.rsplit("/", 1)[-1] for path in paths]
    return names[0] == names[1] and (len(names[0]) >= 4 or paths[0] == paths[1])


_SIZE = re.compile(r"(?:[-_]?\d{2,4}x\d{2,4})?\.\w{3,4}$")


def _caption(
    page: Page,
    lead: Segment | None,
    begin: int,
    first: int,
    headline: int | None,
    title: str | None,
    used: set[int],
    set_aside: list[tuple[int, str]],
) -> tuple[str | None, set[int]]:
    if lead is not None:
        captions = [(at, text) for at, text in set_aside if not (_CREDIT.match(text) and words(text) <= 12)]
        own = [text for at, text in captions if at == lead.index]
        own += [text for at, text in captions if at == -1 and lead.index < first and not is_byline(text)]
        if own:
            return own[0], set()
        figure = next((node for node in page.ancestors(lead.node) if page.nodes[node].tag == "figure"), None)
        if figure is not None:
            inside = [
                s
                for s in page.segments[page.nodes[figure].start : page.nodes[figure].end]
                if s.kind == "text"
            ]
            labelled = [s for s in inside if s.label == "caption" and not _is_credit(page, s)]
            inside = labelled or [s for s in inside if not _is_credit(page, s)]
            inside = [s for s in inside if _CAPTION_LABEL.sub("", s.text)]
            if inside and all(len(s.text) <= 500 for s in inside) and len(inside) <= 3:
                texts = [s.text for s in inside if not prefix_agreement(title or "", s.text)]
                if texts:
                    return _joined(texts), {s.index for s in inside}
    of_others = {text for picture, text in set_aside if picture >= 0 and not _is_of(page, picture, lead)}
    for segment in page.segments[begin : first + 3]:
        if (
            segment.kind != "text"
            or segment.label != "caption"
            or segment.index in used
            or segment.index == headline
        ):
            continue
        if _is_credit(page, segment) or segment.text in of_others or not _CAPTION_LABEL.sub("", segment.text):
            continue
        if noise_line(segment.text) or any(element.tag == "time" for element in segment.inline):
            continue
        if (
            len(segment.text) <= 500
            and not shows_only_a_date(page, segment)
            and not (title and prefix_agreement(title, segment.text))
        ):
            return segment.text, {segment.index}
    if lead is None:
        return next((text for picture, text in set_aside if picture == -1), None), set()
    for segment in page.segments[lead.index + 1 : lead.index + 4]:
        if segment.kind == "picture":
            continue
        if (
            segment.kind != "text"
            or segment.index in used
            or segment.index >= first
            or segment.index == headline
        ):
            break
        if _is_credit(page, segment) or not _CAPTION_LABEL.sub("", segment.text):
            continue
        if (
            segment.tag in HEADINGS
            or segment.label in APART
            or (segment.label == "meta" and (is_byline(segment.text) or any(map(str.isdigit, segment.text))))
            or words(segment.text) < 2
            or len(segment.text) > 300
        ):
            break
        if (
            noise_line(segment.text)
            or shows_only_a_date(page, segment)
            or (title and prefix_agreement(title, segment.text))
        ):
            break
        if _shares_small_element(page, lead, segment) or _stands_under(page, lead, segment, first):
            return segment.text, {segment.index}
        break
    return None, set()


_CREDIT_NAMES = re.compile(r"credit|copyright|photographer|(?:^|[\s_-])source")


def _is_credit(page: Page, segment: Segment) -> bool:
    """Whether a line says whose picture it is, by its words or by the name of its own element."""
    if (_CREDIT.match(segment.text) or segment.text.startswith("©")) and words(segment.text) <= 12:
        return True
    own = f"{segment.names} {page.nodes[segment.node].names if segment.tag != 'figcaption' else ''}"
    return len(segment.text) <= 80 and bool(_CREDIT_NAMES.search(own)) and "caption" not in own


def _joined(texts: list[str]) -> str:
    unique = list(dict.fromkeys(texts))
    return " ".join(
        text for text in unique if not any(text != other and key(text) in key(other) for other in unique)
    )


def _shares_small_element(page: Page, picture: Segment, text: Segment) -> bool:
    """Whether picture and text stand together in an element of their own (three levels up at most)."""
    above = page.ancestors(picture.node)[:4]
    for node in page.ancestors(text.node)[:4]:
        if node in above and node:
            here = page.nodes[node]
            texts = [s for s in page.segments[here.start : here.end] if s.kind == "text"]
            return len(texts) <= 3
    return False


def _is_of(page: Page, picture: int, lead: Segment | None) -> bool:
    """Whether segment `picture` is the lead or shows the same file in another size."""
    if lead is None or picture == lead.index:
        return lead is not None
    return same_file(picture_url(page.segments[picture].element, None), picture_url(lead.element, None))


def _is_banner(element: Element) -> bool:
    """Whether an image is four times as wide as high, or more: the head of a site."""
    sizes = [re.match(r"\d+", element.get(name) or "") for name in ("width", "height")]
    return bool(sizes[0] and sizes[1] and int(sizes[0][0]) >= 4 * max(1, int(sizes[1][0])))


def _stands_under(page: Page, picture: Segment, text: Segment, first: int) -> bool:
    """Whether a line right under a picture is set apart from the text: it repeats the picture's own, or has a style."""
    if text.index != picture.index + 1:
        return False
    own = fold(picture.element.get("alt") or picture.element.get("title") or "")
    if len(own) > 10 and key(own) == key(text.text):
        return True
    here, body = page.nodes[text.node], page.nodes[page.segments[first].node]
    styled = bool(here.names or text.names) and here.names != body.names
    beside = here.parent == picture.node and not ends_as_sentence(text.text)
    apart = here.parent != body.parent and (styled or beside)
    plain = not names_lead(here.names) and not names_subtitle(here.names) and not text.bold_chars
    return apart and plain and len(text.text) <= 160 and not is_byline(text.text)


def _credit(page: Page, lead: Segment, first: int, headline: int | None, used: set[int]) -> str | None:
    for segment in page.segments[max(0, lead.index - 2) : min(first, lead.index + 5)]:
        spoken_for = segment.kind != "text" or segment.index == headline or segment.index in used
        if spoken_for or len(segment.text) > 90:
            continue
        if segment.text.startswith("©") or _is_credit(page, segment):
            return segment.text
    return None
