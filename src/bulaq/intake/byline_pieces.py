"""A byline, or the part of one that signs a role, cut at its separators: each piece names a place, people or an agency."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulaq.intake.agencies import agency_score
from bulaq.intake.byline_text import unquoted
from bulaq.intake.given_names import person_score
from bulaq.intake.places import place_score


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two separators."""

    text: str
    before: str
    """The separator in front: '' at the start, '-', ':', '(' for a piece in brackets, 'من', '،', 'و'."""
    quoted: bool


_SPLIT = re.compile(
    r"""\s*(?:
        (?P<open>[(\[])(?P<inside>[^()\[\]]{1,80})[)\]]
      | (?P<colon>[:：])
      | (?P<dash>(?:\s[-–—ـ―]+\s*|[-–—ـ―]+\s|[–—―]+|\|+|\\|•|·))
      | (?P<from>\s(?:من|في|from|in|à)\s)
      | (?P<list>\s*[،,؛;/&+]\s*|\s-و\s|\s(?:and|et|with|avec)\s|\s(?:بالاشتراك|بالتعاون)\s+مع\s)
      | (?P<and>\sو\s?(?=\S))
    )\s*""",
    re.VERBOSE,
)


def pieces_of(part: str) -> list[Piece]:
    """The pieces in order, without offices, prepositions and descriptions («مكتب القاهرة» is «القاهرة»)."""
    pieces: list[Piece] = []
    before = ""

    def add(text: str, separator: str) -> None:
        stripped = text.strip()
        if separator == "(" or not re.search(r"\w", stripped):
            quoted = False
        else:
            quoted = bool(re.match(r"[«\"“{‹].*[»\"”}›]?\W*$", stripped)) or stripped.endswith("»")
        clean = _without_preposition(_without_office(unquoted(stripped)))
        if any(map(str.isalpha, clean)):  # «3 - 5»: a day
            pieces.append(Piece(clean, separator, quoted))

    position = 0
    for match in _SPLIT.finditer(part):
        left = part[position : match.start()]
        if match["and"] is not None and not _splits_people(left, part[match.end() :]):
            continue
        if match["from"] is not None and not _from_place(left, match["from"], part[match.end() :]):
            continue
        add(left, before)
        if match["open"]:
            add(match["inside"], "(")
            before = "-"
        elif match["colon"]:
            before = ":"
        elif match["dash"]:
            before = "-"
        elif match["from"]:
            before = "من"
        else:
            before = "،"
        position = match.end()
    add(part[position:], before)
    return [part for piece in _split_tight_dashes(pieces) for part in _place_and_person(piece)]


def _place_and_person(piece: Piece) -> list[Piece]:
    """«… - الإسماعيلية محمود فوزي»: a place and who writes from there, with nothing but a space between."""
    words = piece.text.split()
    if piece.quoted or not 3 <= len(words) <= 6 or place_score(piece.text) >= 3:
        return [piece]
    for count in (3, 2, 1):
        place, name = " ".join(words[:count]), " ".join(words[count:])
        known = place_score(place) >= 5 and person_score(name) >= 4.4 and len(words) - count in (2, 3)
        if known and person_score(words[0]) < 0.5 and agency_score(place) < 4:
            return [Piece(place, piece.before, False), Piece(name, "-", False)]
    return [piece]


def _without_office(text: str) -> str:
    """«مكتب القاهرة» signs from Cairo; «مكتب» of a paper stays with the paper's name."""
    rest = re.sub(r"^(?:مكتب|رسالة) ", "", text).strip()
    return rest if place_score(rest) >= 5 and agency_score(rest) < 4 else text


_DESCRIBED = re.compile(
    r"\s+(?:كاتب|كاتبة|صحافي|صحافية|صحفي|صحفية|باحث|باحثة|أكاديمي|أكاديمية|إعلامي|إعلامية|محلل|محللة)(?:\s\S+){1,4}$"
)


def _without_preposition(text: str) -> str:
    """«من سليم حداد», «في باريس», «سليم حداد كاتب لبناني»: the name alone."""
    head, _, rest = text.partition(" ")
    if head in ("من", "في", "إلى", "الى") and rest:
        if place_score(rest) >= 3:
            return rest
        if head == "من" and len(rest.split()) >= 2 and person_score(rest) > 2:
            return rest
    text = text.rstrip(" *")
    name = _DESCRIBED.sub("", text)
    return name if name != text and len(name.split()) >= 2 and person_score(name) > 2 else text


def _splits_people(left: str, rest: str) -> bool:
    """Whether «… و…» joins two people or agencies (and «و» is not a part of a name)."""
    whole = re.split(r"[،,؛;:(\-–—ـ|/]|\sمن\s", rest, maxsplit=1)[0].strip()
    right = re.split(r"\sو", whole, maxsplit=1)[0].strip()
    left = re.split(r"[،,؛;:)\-–—ـ|/]", left)[-1].strip()
    if agency_score("و" + right) >= 8:
        return False  # «واس»
    if agency_score(right) >= 3 or agency_score(left) >= 3:
        return True
    if place_score(right) >= 3 and place_score(left) >= 3:
        return True
    if len(right.split()) < 2:  # «طارق وهبي»: the second word of a name may begin with «و»
        right = " ".join(whole.split()[:2])
    return len(left.split()) >= 2 and len(right.split()) >= 2 and person_score(right) > 1


def _from_place(left: str, word: str, rest: str) -> bool:
    if word.strip() == "في" and len(left.split()) > 2 and person_score(left) < 2.4 and agency_score(left) < 3:
        return False  # «افتتاح معرض الكتاب في …» is a headline
    words = re.split(r"[،,؛;:(\-–—|/]", rest, maxsplit=1)[0].split()
    return 1 <= len(words) <= 4


def _split_tight_dashes(pieces: list[Piece]) -> list[Piece]:
    """«القاهرة-أمنية المحلاوي»: a dash without spaces separates where one side is a place or an agency."""
    result: list[Piece] = []
    for piece in pieces:
        parts = [part.strip() for part in re.split(r"-+|(?<!\w)ـ+|ـ+(?!\w)", piece.text) if part.strip()]
        known = any(place_score(part) >= 3 or agency_score(part) >= 4 for part in parts)
        whole = place_score(piece.text) >= 3 or agency_score(piece.text) >= 4
        apart = not piece.text.isascii() and any(
            len(part.split()) > 1 for part in parts
        )  # «Anna Khoury-Haddad»
        if len(parts) > 1 and not whole and (known or apart):
            for index, part in enumerate(parts):
                result.append(
                    Piece(unquoted(part), piece.before if index == 0 else "-", piece.quoted and index == 1)
                )
        else:
            result.append(piece)
    return result
