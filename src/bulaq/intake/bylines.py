"""The grammar of Arabic bylines: place, people and agencies come apart.

Newspapers join the three in many orders: «القاهرة: فلان», «فلان (القاهرة)», «فلان من الرس», «فلان- سبق- الرياض»,
«واس - الرياض», «كتبت: فلانة», «القاهرة ـ فلان، بيروت ـ فلانة». The line is cut at its separators, each piece is
weighed as a place (gazetteer), a person (given names and shapes of names) or an agency (lexicon), and the best
joint reading under the shapes that newspapers use is taken: where a place or an outlet is unknown, its position
decides. Nothing is learned from, and no rule names, a particular newspaper.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bulaq.intake.agencies import agency_score
from bulaq.intake.box_headings import fold_heading, heading_kind
from bulaq.intake.byline_pieces import Piece, pieces_of
from bulaq.intake.byline_roles import Role, role_parts
from bulaq.intake.byline_text import (
    MAX_BYLINE_LENGTH,
    cleaned,
    unquoted,
    without_correspondents,
    without_day,
)
from bulaq.intake.given_names import person_score
from bulaq.intake.places import place_score


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says. `place` is as written («جدة، الرياض» stays one text); `people` are the writers in order,
    with their titles; `photographers` stand apart; `roles` holds (name, role) where the line states a role.
    `confidence` is 0..1; 0 with empty fields when the text reads like no byline."""

    place: str | None = None
    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    confidence: float = 0.0
    photographers: tuple[str, ...] = ()
    roles: tuple[tuple[str, Role], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.place or self.people or self.agencies or self.photographers)


@lru_cache(maxsize=2048)  # an archive has few bylines, each a thousand times
def parse_byline(text: str, outlets: tuple[str, ...] = ()) -> Byline:
    """Read the byline `text`. `outlets` are names of the paper itself (site name, «og:site_name»): they count as
    agencies. Never raises; a text that is no byline gives an empty `Byline` or one of low confidence."""
    line = cleaned(text)
    if not line or len(line) > MAX_BYLINE_LENGTH:
        return Byline()
    own = frozenset(_own_key(name) for name in outlets if name)
    parts = role_parts(without_correspondents(without_day(line)))
    readings = [(role, _read(part, own, bool(role))) for role, part in parts if part]
    found = _merge(readings)
    return found if _is_plausible(found) else Byline()


MAX_NAME_WORDS = 7
"""Words of one person, place or agency; a longer piece is a sentence («عبد الرحمن بن محمد بن سعود آل فلان» has seven)."""


def _is_plausible(found: Byline) -> bool:
    places = re.split(r"[،,/-]", found.place or "")
    names = (*found.people, *found.agencies, *found.photographers, *places)
    people = (*found.people, *found.photographers)
    return all(len(name.split()) <= MAX_NAME_WORDS and not re.search(r"[؟?!…]", name) for name in names) and (
        not any(re.search(r"\s(?:في|عن|إلى|الى)\s", name) for name in people)
    )


def _own_key(name: str) -> str:
    return fold_heading(unquoted(name)).replace(" ", "")


Kind = Literal["place", "person", "agency", "none"]


def _read(part: str, own: frozenset[str], stated: bool) -> Byline:
    pairs = _pairs(part, own)
    if len(pairs) > 1:
        return _join([_read_single(pair, own, stated) for pair in pairs])
    return _read_single(part, own, stated)


def _pairs(part: str, own: frozenset[str]) -> list[str]:
    """«القاهرة ـ فلان، بيروت ـ فلانة» as its pairs; anything else whole."""
    for pattern in (
        r"\s*[،,؛;]\s*",
        r"\s+[-–—]\s+",
        r"\s+و\s?(?=\S)",
        r"(?<=[)\]])\s*[،,؛;-]?\s*(?=\S)",
        r"\s+\|\s+",
    ):
        pieces = [piece for piece in re.split(pattern, part) if piece.strip()]
        if len(pieces) > 1 and all(_is_pair(piece, own) for piece in pieces):
            return pieces
    return [part]


def _is_pair(piece: str, own: frozenset[str]) -> bool:
    parts = pieces_of(piece)
    if len(parts) != 2 or parts[1].before not in ("-", ":", "(", "من"):
        return False
    kinds = [max(place_score(p.text), 0.0) >= 3 for p in parts]
    others = [
        max(person_score(p.text), agency_score(p.text), 8.0 * (_own_key(p.text) in own)) > 1 for p in parts
    ]
    return (kinds[0] and others[1]) or (kinds[1] and others[0])


_NOISE = re.compile(
    r"(?:المنسق الاعلامي|مراسلنا|مراسلتنا|مراسل الموقع|موفدنا|موفدتنا|مندوبنا|متابعه|متابعات|خاص|خاصه|حصري|خبر|خبر عاجل|عاجل|تقرير|تقارير|تحقيق|رصد|قسم|ترجمات|ترجمه|صور|فيديو|بالصور|بالفيديو|المحليات"
    r"|اخر تحديث|تحديث|تاريخ النشر|نشر في|الساعه|الموافق|(?:ب?توقيت )?(?:غرينتش|جرينتش|جرينيتش)|ب?توقيت .*"
    r"|الاقتصاد|الرياضه|الثقافه|المنوعات|منوعات|اونلاين|اون لاين|الكتروني|الالكتروني|ايام|كاتب|كاتبه|كاتب صحفي|كاتب سعودي|صحافي|صحفي|اعلامي"
    r"|(?:(?:staff|senior|special|chief|news|foreign|diplomatic) )*(?:reporter|writer|correspondent|editor|contributor)"
    r"|(?:كاتب|كاتبه) (?:و\w+ )*\w+|صحافي \w+|صحافيه \w+|باحث(?:ه)? .*|استاذ(?:ه)? .*|محلل .*|خبير .*|جامعه .*|كليه .*|معهد .*|الجامعه .*)"
)
_ORGANISED_PLACE = {"": 0.6, ":": -0.8, "-": 0.0, "(": 1.6, "من": 3.0, "،": -0.5}
"""How much the separator in front speaks for a place (natural units of the weights, set by hand)."""


def _opens_with_place(pieces: list[Piece]) -> bool:
    """«X: …», or «X (country): …» where only the country is known."""
    if len(pieces) > 1 and pieces[1].before == ":":
        return True
    return len(pieces) > 2 and pieces[1].before == "(" and place_score(pieces[1].text) >= 5


def _weights(piece: Piece, own: frozenset[str], opens_colon: bool) -> dict[Kind, float]:
    folded = fold_heading(piece.text)
    words = folded.split()
    place = place_score(piece.text) + _ORGANISED_PLACE[piece.before]
    if opens_colon:
        place += 2.5
    if len(words) > 4:
        place -= 2.0
    if piece.text.startswith(("د.", "أ.د", "أ. د", "م.")):
        place -= 3.0
    person = person_score(piece.text)
    agency = agency_score(piece.text)
    if _own_key(piece.text) in own:
        agency = max(agency, 7.0)
    if piece.quoted:
        agency += 2.0
        place -= 2.5
    if agency == 0.0:
        agency = -1.8 if len(words) == 1 else -2.5
    section = len(words) > 1 and place < 3 and heading_kind(piece.text) == "section"
    none = 5.0 if _NOISE.fullmatch(folded) or section else -4.0
    if folded.startswith(("جامعه ", "كليه ", "معهد ")):
        place -= 6.0  # where someone teaches
    return {"place": place, "person": person, "agency": agency, "none": none}


def _read_single(part: str, own: frozenset[str], stated: bool) -> Byline:
    pieces = pieces_of(part)[:8]
    if not pieces:
        return Byline()
    weights = [
        _weights(piece, own, index == 0 and _opens_with_place(pieces)) for index, piece in enumerate(pieces)
    ]
    kinds: tuple[Kind, ...] = ("place", "person", "agency", "none")
    options = [[kind for kind in kinds if kind != "none" or weight["none"] > 0] for weight in weights]
    if len(pieces) > 6:
        best: tuple[Kind, ...] = tuple(
            max(option, key=w.__getitem__) for option, w in zip(options, weights, strict=True)
        )
        score, second = 1.0, 0.0
    else:
        ranked = sorted(
            ((_joint(pieces, weights, labels, stated), labels) for labels in itertools.product(*options)),
            key=lambda item: item[0],
            reverse=True,
        )
        score, best = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else score - 4
    return _assemble(part, pieces, best, _confidence(score, second, len(pieces)))


def _joint(
    pieces: list[Piece], weights: list[dict[Kind, float]], labels: tuple[Kind, ...], stated: bool
) -> float:
    score = sum(weight[label] for weight, label in zip(weights, labels, strict=True))
    groups = 0
    for index, label in enumerate(labels):
        if label != "place":
            continue
        joined = index > 0 and labels[index - 1] == "place" and pieces[index].before in ("،", "-", "(")
        known = weights[index]["place"] >= 4.5 and (not joined or weights[index - 1]["place"] >= 2.5)
        if not joined or not known:
            groups += 1
    score -= 4.0 * max(0, groups - 1)
    if len(pieces) > 1:
        score += 1.5 * (groups == 1)
        score -= 2.0 * all(label == "place" for label in labels)
        for index in range(1, len(labels)):
            if pieces[index].before == "،" and labels[index] == labels[index - 1]:
                score += 1.0
            if (
                pieces[index].before == "-"
                and labels[index] == "place"
                and _names_go_on(pieces, labels, index)
            ):
                score -= 2.5  # «place - paper, person»: the comma joins those who sign
            both = labels[index] == labels[index - 1] == "person"
            if pieces[index].before == "-" and both and not _are_known(weights[index - 1 : index + 1]):
                score -= 2.0
    elif labels[0] == "place":
        score -= 2.0  # a lone word is a place only when it is a known one
    if stated:
        score += 1.5 * sum(
            label == "person" and weight["agency"] < 2.5
            for label, weight in zip(labels, weights, strict=True)
        )
    return score


def _are_known(weights: list[dict[Kind, float]]) -> bool:
    return all(weight["person"] >= 3.5 > weight["place"] for weight in weights)


def _names_go_on(pieces: list[Piece], labels: tuple[Kind, ...], index: int) -> bool:
    following = index + 1
    return (
        following < len(pieces)
        and pieces[following].before == "،"
        and labels[following] in ("person", "agency")
    )


def _confidence(score: float, second: float, count: int) -> float:
    margin = max(0.0, min(1.0, (score - second) / 4))
    strength = max(0.0, min(1.0, score / (3.0 * count)))
    return round(0.3 + 0.4 * margin + 0.29 * strength, 2)


def _assemble(part: str, pieces: list[Piece], labels: tuple[Kind, ...], confidence: float) -> Byline:
    places: list[str] = []
    for piece, label in zip(pieces, labels, strict=True):
        if label != "place":
            continue
        if places and piece.before == "(":
            joined = f"{places[-1]} ({piece.text})"
            places[-1] = joined if joined in part else places[-1]
        else:
            places.append(piece.text)
    place = _as_written(part, places)
    people = tuple(p.text for p, label in zip(pieces, labels, strict=True) if label == "person")
    agencies = tuple(p.text for p, label in zip(pieces, labels, strict=True) if label == "agency")
    return Byline(place, people, agencies, confidence)


def _as_written(part: str, places: list[str]) -> str | None:
    """Several places as the line joins them, where they stand together."""
    if len(places) < 2:
        return places[0] if places else None
    start = part.find(places[0])
    end = part.find(places[-1], start) + len(places[-1])
    written = part[start:end]
    rest = written
    for place in places:
        rest = rest.replace(place, "", 1)
    return written if not re.search(r"\w", rest) else "، ".join(places)


def _join(parts: list[Byline]) -> Byline:
    places = list(dict.fromkeys(part.place for part in parts if part.place))
    return Byline(
        "، ".join(places) or None,
        tuple(dict.fromkeys(name for part in parts for name in part.people)),
        tuple(dict.fromkeys(name for part in parts for name in part.agencies)),
        min(part.confidence for part in parts),
    )


def _merge(readings: list[tuple[Role | None, Byline]]) -> Byline:
    if not readings:
        return Byline()
    everything = _join([reading for _, reading in readings])
    roles: list[tuple[str, Role]] = [(name, role) for role, part in readings if role for name in part.people]
    photographers = tuple(name for name, role in roles if role == "photographer")
    writers = {name for role, part in readings if role != "photographer" for name in part.people}
    return Byline(
        everything.place,
        tuple(name for name in everything.people if name in writers),
        everything.agencies,
        everything.confidence,
        photographers,
        tuple(roles),
    )
