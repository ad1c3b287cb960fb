"""Pages with odd parts: each part alone on pages drawn at random is read around, and read right where it is of the text."""

from __future__ import annotations

import pytest
from eval.layouts import demo_texts
from eval.odd_pages import draw_page, wrong_fields
from eval.odd_parts import PARTS

from bulaq.intake.html import read_page

PAGES = 12
"""Pages of each part; of all its forms some."""


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_page_with_an_odd_part_is_read_right(part: str) -> None:
    texts = demo_texts()
    wrong = {}
    for seed in range(PAGES):
        page, draft, _ = draw_page(seed, texts, [part])
        if missed := wrong_fields(read_page(page.encode(), "page.html"), draft):
            wrong[seed] = missed
    assert not wrong
