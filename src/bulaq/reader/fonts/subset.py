"""`python -m bulaq.reader.fonts.subset [FOLDER]`: makes the served faces from the Noto fonts of the system.

Needs fonttools and brotli (development requirements) and the fonts themselves (Debian: fonts-noto-core). Kept: the
letters of Arabic and of its neighbours that Arabic newspapers print, marks, both kinds of digits, punctuation; and the
features without which Arabic is not written: joining, required and standard ligatures, marks on letters and on marks.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

from bulaq.reader.fonts.faces import FOLDER, LIST, Face

SOURCES = Path("/usr/share/fonts/truetype/noto")

FACES = (
    ("Bulaq Naskh", 400, "NotoNaskhArabic-Regular.ttf", True),
    ("Bulaq Naskh", 700, "NotoNaskhArabic-Bold.ttf", True),
    ("Bulaq Kufi", 400, "NotoKufiArabic-Regular.ttf", False),
    ("Bulaq Kufi", 700, "NotoKufiArabic-Bold.ttf", False),
)
"""Family, weight, source, preloaded."""

FEATURES = [
    "init",
    "medi",
    "fina",
    "isol",
    "rlig",
    "liga",
    "calt",
    "ccmp",
    "locl",
    "mark",
    "mkmk",
    "kern",
    "curs",
]

CHARACTERS = (
    set(range(0x0621, 0x063B))  # letters
    | set(range(0x0640, 0x0656))  # tatweel, letters, marks
    | {0x0670, 0x0671, 0x067E, 0x0686, 0x0698, 0x06A4, 0x06A8, 0x06A9, 0x06AD, 0x06AF, 0x06C1, 0x06CC, 0x06D2}
    | {0x060C, 0x061B, 0x061F, 0x066A, 0x066B, 0x066C}  # comma, semicolon, question mark, signs of numbers
    | set(range(0x0660, 0x066A)) | set(range(0x06F0, 0x06FA)) | set(range(0x0030, 0x003A))  # digits of three kinds
    | {0x0020, 0x0021, 0x002E, 0x003A, 0x00A0, 0x00AB, 0x00BB}  # space, ! . : « »
    | {0x200C, 0x200D, 0x200E, 0x200F}  # joiners and marks of direction
)  # fmt: skip


def make(sources: Path) -> list[Face]:
    """Writes every face into the static folder; returns what was made."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.woff2"):
        old.unlink()
    made = [_face(sources, *description) for description in FACES]
    LIST.write_text(json.dumps([asdict(face) for face in made], indent=1) + "\n", encoding="utf-8")
    return made


def _face(sources: Path, family: str, weight: int, source: str, preload: bool) -> Face:
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]
    font = subset.load_font(str(sources / source), options)
    kept = CHARACTERS & set(font.getBestCmap())
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)
    buffer = BytesIO()
    subset.save_font(font, buffer, options)
    data = buffer.getvalue()
    stem = family.split()[-1].lower()
    name = f"{stem}-{weight}.{hashlib.sha256(data).hexdigest()[:10]}.woff2"
    (FOLDER / name).write_bytes(data)
    return Face(family, weight, name, unicode_range(kept), preload, len(data))


def unicode_range(characters: set[int]) -> str:
    """CSS's `unicode-range` of a set of code points.

    >>> unicode_range({0x30, 0x31, 0x32, 0x41})
    'U+30-32,U+41'
    """
    runs: list[list[int]] = []
    for code in sorted(characters):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


if __name__ == "__main__":
    for face in make(Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCES):
        print(f"{face.file}: {face.bytes} bytes")
