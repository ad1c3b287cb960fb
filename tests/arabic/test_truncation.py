"""Headlines cut where a reader can bear it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.arabic.truncation import cut

HEADLINE = "وزير الثقافة يفتتح معرض الكتاب في القاهرة وسط حضور كبير"


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        (HEADLINE, 200, HEADLINE),
        (HEADLINE, len(HEADLINE), HEADLINE),
        (HEADLINE, 25, "وزير الثقافة يفتتح معرض…"),
        (HEADLINE, 35, "وزير الثقافة يفتتح معرض الكتاب…"),
        ("قال الوزير، و هو يبتسم، إن العمل بدأ", 14, "قال الوزير…"),
        ("قال الوزير: «لن نعود إلى الوراء»", 14, "قال الوزير…"),
        ("قال الوزير - الذي وصل أمس - إنه باق", 18, "قال الوزير…"),
        ("الانتخابات   البلدية\u00a0في لبنان", 20, "الانتخابات البلدية…"),
        ("مستشفيات", 5, "مستش…"),
        ("مُسْتَشْفَيَات", 6, "مُسْ…"),
        ("The state of the art in Arabic typography", 20, "The state…"),
        ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 9, "👩‍👩‍👧‍👦…"),
        ("🇱🇧🇲🇦🇪🇬", 5, "🇱🇧🇲🇦…"),
    ],
)
def test_cut(text: str, limit: int, shown: str) -> None:
    assert cut(text, limit) == shown


def test_other_endings() -> None:
    assert cut(HEADLINE, 25, " [...]") == "وزير الثقافة يفتتح [...]"
    with pytest.raises(ValueError, match="no room"):
        cut(HEADLINE, 3, "...")


@given(st.text(alphabet=st.sampled_from("ابوفيمن َّ،«(.-‍aé👩🇱🇧"), max_size=60), st.integers(2, 50))
def test_never_longer_never_inside_a_letter_never_dangling(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert len(shown) <= limit
    folded = " ".join(text.split())
    if shown != folded:
        kept = shown.removesuffix("…")
        assert folded.startswith(kept)
        rest = folded[len(kept) :]
        assert not kept.endswith(" ")
        # Where the whole beginning is one letter under many marks there is no better place.
        if kept and any(unicodedata.category(c)[0] != "M" and c != "‍" for c in kept[1:]):
            assert not unicodedata.category(rest[0]).startswith("M")
