"""What two stretches of a byline that stand side by side without a separator, or are joined by «و», cost together.

None where they cannot stand so. A word that leads to a name (a role, a preposition) costs nothing; two names beside
each other cost more than either could bring, unless both are known beyond doubt.
"""

from __future__ import annotations

from bulaq.intake.box_headings import fold_heading
from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.cues import is_noise, leads_on
from bulaq.intake.bylines.given_names import is_given_name, is_title, person_score
from bulaq.intake.bylines.places import place_score
from bulaq.intake.bylines.stretches import NAMES, OWN, Stretch

WIRE = 8.0
"""`agency_score` of news agencies, and not of papers and broadcasters."""
KNOWN_PERSON = 3.5
_KNOWN_PLACE = 5.0
_SIGNED = -3.0
_BESIDE = -7.0
"""Two known names without a separator are less likely than one known name of the same words («عدن الغد» is a paper)."""


def unseparated(last: Stretch, stretch: Stretch, named: bool) -> float | None:
    """`stretch` follows `last` with nothing but a space; `named`: somebody has been named before."""
    label = stretch.label
    if last.label == "preposition":
        return _behind_preposition(last.says, stretch, named)
    if last.label == "role":
        return _behind_role(stretch)
    if last.label == "lead":
        return _behind_lead(stretch)
    if label == "preposition":
        return _preposition(last, stretch)
    if label == "role" and last.says != "counted":
        return -1.0 if stretch.bare and last.label in NAMES and last.weight >= 1 else None
    if last.label == label == "none":
        return None
    if label == "none":
        return (0.5 if stretch.says else -2.0) - stretch.weight  # a bare note is as likely a part of the name
    if last.label == "none":
        return (0.5 if last.says else -2.0) - last.weight
    if stretch.quoted_anew and last.label != label:
        if min(last.weight, stretch.weight) >= 2.5:
            return -1.0
        return -2.0 if _around_a_quoted_paper(last, stretch) else None
    if _signs_for(last, stretch):
        return _SIGNED
    if (
        label == "place"
        and stretch.after == ":"
        and last.label == "person"
        and last.size > 1
        and last.before != "("
    ):
        return -1.0 if place_score(stretch.text) >= _KNOWN_PLACE else None  # «town: somebody town: somebody»
    return _BESIDE if _both_known(last, stretch) else None


def _around_a_quoted_paper(last: Stretch, stretch: Stretch) -> bool:
    """«قرية «الأيام» فلان»: a town that nobody knows opens the line, and after the paper somebody stands."""
    if (last.label, stretch.label) == ("agency", "person"):
        return last.before == " " and last.weight >= 6 and stretch.weight > 0
    if (last.label, stretch.label) != ("place", "agency") or stretch.weight < 6 or last.before:
        return False
    folded = fold_heading(last.text)
    return last.weight > 0 and not is_noise(folded) and leads_on(folded) is None


def _signs_for(person: Stretch, paper: Stretch) -> bool:
    """«سلمى الحداد صوت المدينة»: two elements of a page, the name of a writer and below it that of the page's own paper."""
    return (
        (person.label, paper.label) == ("person", "agency")
        and person.size in (2, 3)
        and paper.size >= 2
        and paper.weight >= OWN
    )


def _both_known(last: Stretch, stretch: Stretch) -> bool:
    """«الإسماعيلية سليم فوزي», «رويترز القاهرة»: names that can hardly be anything else."""
    by_label = {last.label: last, stretch.label: stretch}
    place, person, agency = by_label.get("place"), by_label.get("person"), by_label.get("agency")
    if place is not None and place_score(place.text) < _KNOWN_PLACE:
        return False
    if agency is not None and agency_score(agency.text) < WIRE:
        return False
    if person is None:
        return place is not None and agency is not None
    if agency is last and last.before in ("-", "~", "/") and person.size in (2, 3):
        return not is_given_name(last.text) and person_score(person.text) > 0  # «town - wire somebody»
    if person_score(person.text) < KNOWN_PERSON or (person is stretch and person.size not in (2, 3)):
        return False
    if agency is not None:
        return not is_given_name(agency.text)  # «عبد القادر فارس»
    return place is last and person_score(last.text.split()[0]) < 0.5


def _behind_role(stretch: Stretch) -> float | None:
    if stretch.label == "person":
        if stretch.size == 1 and stretch.text.startswith("و") and not is_given_name(stretch.text):
            return None  # «كتب وأسرار» is a section
        return 0.0 if stretch.weight > 0.5 else -1.0
    if stretch.label == "agency":
        return -0.5 if stretch.weight >= 4 and not (stretch.after == "/" and is_title(stretch.text)) else None
    return 0.0 if stretch.label in ("preposition", "lead", "none", "title") else None


def _behind_lead(stretch: Stretch) -> float | None:
    least = {"person": 1.0, "agency": 2.0, "place": 4.0}.get(stretch.label)
    if least is None:
        return 0.0 if stretch.label in ("preposition", "lead") else None
    return 0.0 if stretch.weight >= least else None


def _preposition(last: Stretch, stretch: Stretch) -> float | None:
    """A preposition behind a name, which must be one: «افتتاح معرض الكتاب في …» is a headline."""
    if last.label == "none":
        return 0.0
    if last.label == "place":
        return 0.0 if last.weight >= 3 else None
    if last.label not in NAMES:
        return None
    least = 1.9 if stretch.says == "from" else 2.4
    known = agency_score(last.text) >= 3 if last.label == "agency" else person_score(last.text) >= least
    short = last.size <= 2 and stretch.says != "with"
    return 0.0 if known or short else None


def _behind_preposition(says: str, stretch: Stretch, named: bool) -> float | None:
    label = stretch.label
    if label == "lead" or stretch.says == "counted":
        return 0.0 if says == ("from" if label == "lead" else "in") else None
    if label == "place" and says in ("from", "in"):
        if place_score(stretch.text) >= 3:
            return 2.5 if says == "from" else 1.5
        return 2.5 if stretch.closed and stretch.size <= 4 and (named or says == "in") else None
    if label == "person":
        return 0.0 if says in ("with", "") or (says == "from" and stretch.size > 1) else None
    if label == "agency":
        return {"after": 3.0, "of": 2.0, "with": 1.0}.get(says, 0.0 if stretch.weight >= 4 else None)
    return 0.0 if label == "preposition" and says == "" else None


def added(last: Stretch, stretch: Stretch, named: bool) -> float | None:
    """«و…» joins two of a kind, and is no part of a name («طارق وهبي», «واس»)."""
    label = stretch.label
    if label in ("preposition", "title", "lead"):
        return None
    if agency_score("و" + stretch.text) >= WIRE > agency_score(stretch.text):
        return None
    if label == "none":
        return -1.0
    joins = False
    if label == "role":
        joins = last.label in ("role", "person")
    elif label == "place":
        known = place_score(stretch.text) >= 3 > person_score(stretch.text)
        joins = known and (last.label == "place" or named)
    elif label == "agency" or last.label == "agency":
        joins = max(agency_score(text) for text in _agencies(last, stretch)) >= 3
    elif person_score(stretch.text) > 1 and stretch.size >= 2:
        joins = (last.label == "person" and last.size >= 2) or (last.label == "place" and named)
    if not joins:
        return None
    return 1.3 if stretch.listed else 0.0


def _agencies(last: Stretch, stretch: Stretch) -> list[str]:
    return [last.text, stretch.text] if stretch.label == "agency" else [last.text]
