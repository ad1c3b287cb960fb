"""The countries of the world (the members and observers of the United Nations, Kosovo and Taiwan) with their capitals, by
their names in Arabic, English and French, and some cities that news names as often.

A line of `countries.txt`: Arabic names of the country | names in Latin letters | Arabic names of the capital | names in Latin
letters; for countries of which Arabic news speaks not by name alone also | ISO 3166 code | adjectives | other seats and names
that speak of the country (`countries`). A line of `cities.txt`: Arabic names | names in Latin letters. Names are parted by
commas, the usual one first. `*` stands before a name that is also a person's («Jordan»), another word or another place
(«سيول», «عمان»).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent
COUNTRIES: Final = (_FOLDER / "countries.txt").read_text("utf-8")
CITIES: Final = (_FOLDER / "cities.txt").read_text("utf-8")
