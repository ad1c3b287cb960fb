"""The demo's pictures: drawn the same each time, each seed its own, and woven as strapwork must be."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise

import pytest
from PIL import ImageChops, ImageStat

from bulaq.demo.article_file import PATTERNS as NAMED_IN_ARTICLES
from bulaq.demo.ornament import PATTERNS, draw
from bulaq.demo.ornament.canvas import star
from bulaq.demo.ornament.strapwork import _TILINGS, Motif, _motif, _moved

SMALL = (300, 200)


def test_every_pattern_an_article_may_name_is_drawn() -> None:
    assert set(PATTERNS) == NAMED_IN_ARTICLES - {"none"}
    with pytest.raises(ValueError, match="unknown pattern 'cats'"):
        draw("cats", "seed")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_seed_draws_one_picture_and_another_seed_another(pattern: str) -> None:
    first, again, other = draw(pattern, "a", SMALL), draw(pattern, "a", SMALL), draw(pattern, "b", SMALL)
    assert (first.size, first.mode) == (SMALL, "RGB")
    assert first.tobytes() == again.tobytes()
    assert max(ImageStat.Stat(ImageChops.difference(first, other)).mean) > 8
    assert max(ImageStat.Stat(first).stddev) > 15  # something stands on the ground


def test_the_picture_is_three_to_two_unless_told() -> None:
    assert draw("khatam", "a").size == (1500, 1000)


def test_no_part_of_a_picture_is_left_bare() -> None:
    for pattern in ("girih", "zellij", "khatam", "tiles", "knots", "arabesque", "mashrabiya"):
        for seed in "abcdef":
            picture = draw(pattern, seed, SMALL)
            for box in ((0, 0, 100, 100), (200, 0, 300, 100), (0, 100, 100, 200), (200, 100, 300, 200)):
                assert max(ImageStat.Stat(picture.crop(box)).stddev) > 8, (pattern, seed, box)


def test_the_outline_of_a_star_polygon_lies_on_its_chords() -> None:
    outline = star(8, 3, 0, 1)
    assert [round(abs(p), 6) for p in outline[::2]] == [1] * 8
    chord_from, chord_to = outline[0], outline[6]  # {8/3}: every tip is joined to the third after it
    off = ((outline[1] - chord_from) / (chord_to - chord_from)).imag
    assert math.isclose(off, 0, abs_tol=1e-9)


@pytest.mark.parametrize("name", _TILINGS)
def test_along_every_strap_over_and_under_take_turns(name: str) -> None:
    """Follow each strap from edge to edge: the crossings it meets must be above and below by turns."""
    tiling = _TILINGS[name]
    for angle in tiling.angles:
        for polygon in tiling.cell:
            motif = _motif(polygon, angle)
            for strap in motif.straps:
                sides = _sides_met(motif, strap)
                assert len(sides) >= 2
                assert all(a != b for a, b in pairwise(sides)), (name, angle, sides)


@pytest.mark.parametrize("name", _TILINGS)
def test_the_polygons_of_a_cell_meet_edge_to_edge(name: str) -> None:
    """In the plane every edge's middle is shared by exactly two polygons, and their rays run on straight."""
    tiling = _TILINGS[name]
    a, b = tiling.steps
    met: dict[tuple[int, int], list[tuple[complex, complex]]] = defaultdict(list)
    home = set()
    for i in range(-2, 3):
        for j in range(-2, 3):
            for polygon in tiling.cell:
                motif = _moved(_motif(polygon, tiling.angles[0]), i * a + j * b)
                for at, left, right in motif.crossings[: len(polygon)]:
                    key = (round(at.real * 1e5), round(at.imag * 1e5))
                    met[key].append((left, right))
                    if i == j == 0:
                        home.add(key)
    for key in home:
        near = [
            rays for other, rays in met.items() if max(abs(other[0] - key[0]), abs(other[1] - key[1])) <= 1
        ]
        (left, right), (left_beyond, right_beyond) = (ray for rays in near for ray in rays)
        assert abs(left + left_beyond) < 1e-6
        assert abs(right + right_beyond) < 1e-6


def _sides_met(motif: Motif, strap: tuple[complex, complex, complex]) -> list[bool]:
    """For each crossing on the strap, in order: whether the strap is the upper one."""
    found = []
    walked = 0.0
    for start, end in pairwise(strap):
        along = end - start
        for at, over, under in motif.crossings:
            share = (at - start) / along
            if abs(share.imag) < 1e-6 and -1e-6 < share.real < 1 + 1e-6:
                upper = abs((over / along).imag) * abs(along) < 1e-6
                lower = abs((under / along).imag) * abs(along) < 1e-6
                if upper != lower:
                    found.append((walked + share.real * abs(along), upper))
        walked += abs(along)
    return [upper for _, upper in sorted(found)]
