"""The figures of `eval.stories` on stories whose figures are known."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from eval.documents import EvalDocument
from eval.stories import measured

WINDOW = [
    EvalDocument(name, "", "", datetime(2024, 5, 1, tzinfo=UTC), {"outlet": "one", "section": section})
    for name, section in zip("abcdef", ("sport", "sport", "world", "world", "sport", "world"), strict=True)
]
PAIRS = [("a", "b"), ("b", "c"), ("d", "e"), ("a", "elsewhere")]  # two events: a b c, d e


def test_perfect_stories_have_perfect_figures() -> None:
    figures = measured(WINDOW, {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2}, PAIRS)
    assert (figures["pairs"], figures["pairs_recall"]) == (3, 1)
    assert (figures["b3_precision"], figures["b3_recall"]) == (1, 1)


def test_one_story_of_all_has_recall_alone_and_no_stories_precision_alone() -> None:
    everything = measured(WINDOW, dict.fromkeys("abcdef", 1), PAIRS)
    assert everything["b3_recall"] == everything["pairs_recall"] == 1
    assert everything["b3_precision"] == pytest.approx((3 * 3 / 5 + 2 * 2 / 5) / 5, abs=1e-3)
    assert everything["one_section"] == everything["one_section_of_any"] == pytest.approx(12 / 30)
    nothing = measured(WINDOW, {}, PAIRS)
    assert (nothing["b3_precision"], nothing["pairs_recall"]) == (1, 0)
    assert nothing["b3_recall"] == pytest.approx((3 / 3 + 2 / 2) / 5, abs=1e-3)
