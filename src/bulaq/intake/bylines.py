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
from bulaq.intake.byline_text import (
    MAX_BYLINE_LENGTH,
    cleaned,
    strip_edges,
    unquoted,
    without_correspondents,
    without_day,
)
from bulaq.intake.given_names import person_score
from bulaq.intake.places import place_score

Role = Literal["author", "interviewer", "photographer", "translator", "editor", "preparer"]


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
    parts = _role_parts(without_correspondents(without_day(line)))
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


# --- stated roles -----------------------------------------------------------------------------------------

_ROLE_WORDS: tuple[tuple[str, Role], ...] = (
    (r"كتب(?:ت|ه|ها|وا)?|كتابة", "author"),
    (r"بقلم(?:ي)?|الكاتب(?:ة)?", "author"),
    (
        r"تحقيق(?: و(?:تصوير|حوار))?|تقرير(?: و(?:تصوير|مونتاج))?|رسالة|مراسل(?:ة|نا|تنا)?|موفد(?:نا|تنا)?|مندوب(?:نا)?|متابعة|متابعات|تغطية|استطلاع|رصد|خاص|خبر|ر[وي]?بورتاج|عرض|قراءة|شهادة|أعدت? الملف",
        "author",
    ),
    (
        r"[إا]عداد(?: و(?:تقديم|تحرير|تصوير))?|اختيار(?: و(?:تصوير|ترجمة|إعداد))?|أعد(?:ه|ها|ته|تها|ت)? ?(?:التقرير|الملف|التحقيق|للنشر)?",
        "preparer",
    ),
    (
        r"حوار|حاور(?:ه|ها|هم|ته|تها|تهم)|(?:أجرى|أجرت|أجراه) (?:الحوار|اللقاء|المقابلة)|التقاه|التقته|مقابلة|لقاء",
        "interviewer",
    ),
    (r"(?:و)?تصوير|عدسة|بعدسة|المصور|صور[ةه]?(?=\s*[:：/])|photos?(?: by)?|crédit photo", "photographer"),
    (r"(?:و)?ترجم(?:ة|ها|ه|ته|تها)|نقل(?:ه|ها|ته) (?:إلى|الى) العربية", "translator"),
    (r"(?:و)?تحرير|مراجعة|تدقيق|edited by", "editor"),
    (r"(?:نشر )?بواسطة", "author"),
    (r"by|par|written by|propos recueillis par|نویسنده|نوشته|خبرنگار|گزارش", "author"),
)
_ROLE_SEPARATED = re.compile(
    "|".join(rf"(?P<r{index}>{words})" for index, (words, _) in enumerate(_ROLE_WORDS)), re.IGNORECASE
)
_SECOND_ROLE = r"(?:\s+و(?:تصوير|[إا]عداد|ترجمة|تحرير|حوار|تقديم|تقرير|مونتاج|[إا]خراج))?"
"""«حوار وتصوير: …»: one person did both, and signs for the first."""
_ROLE_AT = re.compile(
    rf"(?:^|(?<=[\s|/\\،,؛;()\-–—ـ]))(?:{_ROLE_SEPARATED.pattern}){_SECOND_ROLE}\s*(?:[:：/\-–—ـ]+|(?=[«\"(])|\s(?=\S))\s*",
    re.IGNORECASE,
)
_BARE_ROLE_WORDS = re.compile(
    r"كتب(?:ت|ها)?|بقلم|[إا]عداد|و?تصوير|عدسة|بعدسة|ترجمة|حاوره|حاورها|حاورته|حاورتها|(?:نشر )?بواسطة|by|par|written by",
    re.IGNORECASE,
)


def _role_parts(line: str) -> list[tuple[Role | None, str]]:
    """Cut `line` where it states a role; the part before the first stated role has none."""
    marks: list[tuple[int, int, Role]] = []
    for match in _ROLE_AT.finditer(line):
        role = next(role for index, (_, role) in enumerate(_ROLE_WORDS) if match[f"r{index}"])
        word = match[0].rstrip()
        separated = bool(word) and word[-1] in ":：/-–—ـ"
        if not separated and not _BARE_ROLE_WORDS.fullmatch(word):
            continue  # «خاص» or «رسالة» open a byline only before a mark
        if not separated and match.start() > 0 and role == "author":
            continue
        if not _names_follow(line[match.end() :]):
            continue
        marks.append((match.start(), match.end(), role))
    parts: list[tuple[Role | None, str]] = []
    head = line[: marks[0][0]] if marks else line
    if strip_edges(head):
        parts.append((None, strip_edges(head)))
    for index, (_, end, role) in enumerate(marks):
        stop = marks[index + 1][0] if index + 1 < len(marks) else len(line)
        parts.append((role, strip_edges(line[end:stop])))
    return parts


def _names_follow(rest: str) -> bool:
    return bool(re.match(r"\W*\w", rest)) and len(rest.split()) <= 20


# --- reading one part -------------------------------------------------------------------------------------

Kind = Literal["place", "person", "agency", "none"]


@dataclass(frozen=True, slots=True)
class _Piece:
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
    parts = _pieces(piece)
    if len(parts) != 2 or parts[1].before not in ("-", ":", "(", "من"):
        return False
    kinds = [max(place_score(p.text), 0.0) >= 3 for p in parts]
    others = [
        max(person_score(p.text), agency_score(p.text), 8.0 * (_own_key(p.text) in own)) > 1 for p in parts
    ]
    return (kinds[0] and others[1]) or (kinds[1] and others[0])


def _pieces(part: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    before = ""

    def add(text: str, separator: str) -> None:
        stripped = text.strip()
        if separator == "(" or not re.search(r"\w", stripped):
            quoted = False
        else:
            quoted = bool(re.match(r"[«\"“{‹].*[»\"”}›]?\W*$", stripped)) or stripped.endswith("»")
        clean = _without_preposition(_without_office(unquoted(stripped)))
        if any(map(str.isalpha, clean)):  # «3 - 5»: a day
            pieces.append(_Piece(clean, separator, quoted))

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


def _place_and_person(piece: _Piece) -> list[_Piece]:
    """«… - الإسماعيلية محمود فوزي»: a place and who writes from there, with nothing but a space between."""
    words = piece.text.split()
    if piece.quoted or not 3 <= len(words) <= 6 or place_score(piece.text) >= 3:
        return [piece]
    for count in (3, 2, 1):
        place, name = " ".join(words[:count]), " ".join(words[count:])
        known = place_score(place) >= 5 and person_score(name) >= 4.4 and len(words) - count in (2, 3)
        if known and person_score(words[0]) < 0.5 and agency_score(place) < 4:
            return [_Piece(place, piece.before, False), _Piece(name, "-", False)]
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


def _split_tight_dashes(pieces: list[_Piece]) -> list[_Piece]:
    """«القاهرة-أمنية المحلاوي»: a dash without spaces separates where one side is a place or an agency."""
    result: list[_Piece] = []
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
                    _Piece(unquoted(part), piece.before if index == 0 else "-", piece.quoted and index == 1)
                )
        else:
            result.append(piece)
    return result


_NOISE = re.compile(
    r"(?:المنسق الاعلامي|مراسلنا|مراسلتنا|مراسل الموقع|موفدنا|موفدتنا|مندوبنا|متابعه|متابعات|خاص|خاصه|حصري|خبر|خبر عاجل|عاجل|تقرير|تقارير|تحقيق|رصد|قسم|ترجمات|ترجمه|صور|فيديو|بالصور|بالفيديو|المحليات"
    r"|اخر تحديث|تحديث|تاريخ النشر|نشر في|الساعه|الموافق|(?:ب?توقيت )?(?:غرينتش|جرينتش|جرينيتش)|ب?توقيت .*"
    r"|الاقتصاد|الرياضه|الثقافه|المنوعات|منوعات|اونلاين|اون لاين|الكتروني|الالكتروني|ايام|كاتب|كاتبه|كاتب صحفي|كاتب سعودي|صحافي|صحفي|اعلامي"
    r"|(?:(?:staff|senior|special|chief|news|foreign|diplomatic) )*(?:reporter|writer|correspondent|editor|contributor)"
    r"|(?:كاتب|كاتبه) (?:و\w+ )*\w+|صحافي \w+|صحافيه \w+|باحث(?:ه)? .*|استاذ(?:ه)? .*|محلل .*|خبير .*|جامعه .*|كليه .*|معهد .*|الجامعه .*)"
)
_ORGANISED_PLACE = {"": 0.6, ":": -0.8, "-": 0.0, "(": 1.6, "من": 3.0, "،": -0.5}
"""How much the separator in front speaks for a place (natural units of the weights, set by hand)."""


def _opens_with_place(pieces: list[_Piece]) -> bool:
    """«X: …», or «X (country): …» where only the country is known."""
    if len(pieces) > 1 and pieces[1].before == ":":
        return True
    return len(pieces) > 2 and pieces[1].before == "(" and place_score(pieces[1].text) >= 5


def _weights(piece: _Piece, own: frozenset[str], opens_colon: bool) -> dict[Kind, float]:
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
    pieces = _pieces(part)[:8]
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
    pieces: list[_Piece], weights: list[dict[Kind, float]], labels: tuple[Kind, ...], stated: bool
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


def _names_go_on(pieces: list[_Piece], labels: tuple[Kind, ...], index: int) -> bool:
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


def _assemble(part: str, pieces: list[_Piece], labels: tuple[Kind, ...], confidence: float) -> Byline:
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
