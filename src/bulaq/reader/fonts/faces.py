"""The faces that the site serves, as the subsetting command wrote them down.

File names hold a hash of their content, so that a name's content never changes. Sources: Noto Naskh Arabic and Noto
Kufi Arabic (SIL Open Font Licence, no reserved name; the licence lies beside the files).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "static" / "reader" / "fonts"
LIST = Path(__file__).with_name("faces.json")


@dataclass(frozen=True, slots=True)
class Face:
    """One file. `preload`: fetched before the style asks for it; two faces at most."""

    family: str
    weight: int
    file: str
    unicode_range: str
    preload: bool
    bytes: int


@lru_cache(maxsize=1)
def faces() -> tuple[Face, ...]:
    """Every face, in the order of the list."""
    return tuple(Face(**entry) for entry in json.loads(LIST.read_text(encoding="utf-8")))
