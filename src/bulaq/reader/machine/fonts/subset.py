"""`python -m bulaq.reader.machine.fonts.subset [FOLDER]`: makes `share.ttf` from the Noto fonts of the system.

Pillow draws with one face at a time and does not fall back to another, so Arabic (Noto Naskh Arabic Bold) and Latin
(Noto Serif Bold) are merged into one file. Beside the letters it keeps Unicode's presentation forms, with which Arabic
is written where Pillow cannot shape by itself (`bulaq.reader.machine.shaping`). Needs fonttools (a development
requirement) and the fonts (Debian: fonts-noto-core). Both are under the SIL Open Font Licence (`OFL.txt` beside it).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

SOURCES = Path("/usr/share/fonts/truetype/noto")
TARGET = Path(__file__).with_name("share.ttf")

ARABIC = (
    {0x0020, 0x00A0}
    | set(range(0x060C, 0x0700))
    | {0x200C, 0x200D, 0x200E, 0x200F}
    | set(range(0xFB50, 0xFBB2))
    | set(range(0xFBD3, 0xFC00))
    | set(range(0xFE70, 0xFEFD))
)
LATIN = (
    set(range(0x0021, 0x007F))
    | set(range(0x00A1, 0x0180))
    | set(range(0x2010, 0x2027))
    | {0x2030, 0x2039, 0x203A, 0x20AC, 0x2212, 0x00D7}
)
FEATURES = ["init", "medi", "fina", "isol", "rlig", "liga", "calt", "ccmp", "mark", "mkmk", "kern", "curs"]


def make(sources: Path) -> int:
    """Writes the face; returns its size in bytes."""
    from fontTools.merge import Merger

    with tempfile.TemporaryDirectory() as folder:
        parts = [
            _subset(sources / "NotoNaskhArabic-Bold.ttf", ARABIC, FEATURES, Path(folder) / "arabic.ttf"),
            _subset(sources / "NotoSerif-Bold.ttf", LATIN, ["kern"], Path(folder) / "latin.ttf"),
        ]
        merged = Merger().merge([str(part) for part in parts])
        merged["name"].setName("Bulaq Share", 1, 3, 1, 0x409)
        merged.save(TARGET)
    return TARGET.stat().st_size


def _subset(source: Path, characters: set[int], features: list[str], target: Path) -> Path:
    from fontTools import subset

    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 13, 14]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters & set(font.getBestCmap()))
    subsetter.subset(font)
    subset.save_font(font, str(target), options)
    return target


if __name__ == "__main__":
    print(f"{TARGET.name}: {make(Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCES)} bytes")
