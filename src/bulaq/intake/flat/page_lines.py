"""The lines of a flattened page: unwrapped, without sheets and marks, taken apart at tabs, told from menus between bars."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulaq.intake.flat.lines.line_signs import DIRECTION
from bulaq.intake.flat.lines.marks import without_marks
from bulaq.intake.flat.lines.page_line import PageLine
from bulaq.intake.flat.lines.wrapping import InputLine, unwrapped, without_sheets
from bulaq.intake.flat.one_line.run_on import parted

WIDEST = 200
"""Spaces in a row that are kept: wider than any column, and few enough that nothing looks for their end for long."""
_WIDE = re.compile(rf"[^\S\t]{{{WIDEST},}}")
MAX_LINES = 6_000
"""Lines read of one page; the longest real flattening met had under 2,000."""


@dataclass(frozen=True)
class Page:
    """The lines of a page, and the lines of the input that they were made of, blank ones left out."""

    lines: list[PageLine]
    raw: list[str]


def read_lines(text: str) -> Page:
    """The lines of `text` that hold anything: unwrapped, without sheets and marks, white space folded; at most
    `MAX_LINES` of the input are read."""
    given, raw, sheets = _given_lines(text)
    given, sheets = _without_tabs(given, sheets)
    kept = without_sheets(given, frozenset(sheet for sheet in sheets if 0 < sheet < len(given)))
    shown = [line for line in kept if line.text]
    lines = [line for line in without_marks(parted(unwrapped(shown))) if line.text]
    menu = _between_bars([line.text for line in lines])
    return Page(
        [
            PageLine(
                line.text,
                index,
                line.gap,
                line.marker,
                line.url,
                line.sources,
                line.cells,
                _with_marks([raw[source] for source in line.sources]),
                index in menu,
            )
            for index, line in enumerate(lines)
        ],
        raw,
    )


def _given_lines(text: str) -> tuple[list[InputLine], list[str], set[int]]:
    """The lines that are not blank, the same with their white space folded, and before which of them a sheet begins."""
    given: list[InputLine] = []
    raw: list[str] = []
    sheets: set[int] = set()
    gap = True
    start = 0
    for match in _LINE_END.finditer(text):
        line, start = text[start : match.start()].strip("\ufeff"), match.end()
        folded = " ".join(line.split())
        if folded:
            shorter = _WIDE.sub(" " * WIDEST, DIRECTION.sub("", line).rstrip())
            given.append(InputLine(shorter, gap, (len(raw),)))
            raw.append(folded)
        gap = not folded
        if match[0] == "\x0c":
            sheets.add(len(given))
        if len(given) >= MAX_LINES or not match[0]:
            break
    return given, raw, sheets


def _without_tabs(lines: list[InputLine], sheets: set[int]) -> tuple[list[InputLine], set[int]]:
    """The lines with those taken apart at their tabs that are no rows of a table: menus, «1⇥headline»."""
    cells = [[cell.strip() for cell in line.text.split("\t") if cell.strip()] for line in lines]
    result: list[InputLine] = []
    starts: list[int] = []
    for index, line in enumerate(lines):
        starts.append(len(result))
        count = len(cells[index])
        above = index > 0 and not line.gap and len(cells[index - 1]) == count
        below = index + 1 < len(lines) and not lines[index + 1].gap and len(cells[index + 1]) == count
        row = (above or below) and not (count == 2 and cells[index][0].isdigit() and " " in cells[index][1])
        if count < 2 or row or _MARKED.match(line.text):
            result.append(line)
        else:
            result += [
                InputLine(cell, line.gap and not place, line.sources)
                for place, cell in enumerate(cells[index])
            ]
    return result, {starts[sheet] for sheet in sheets if sheet < len(starts)}


_MARKED = re.compile(r"^\s*(?:[*+•◦▪●○‣·-]|\d{1,3}[.)])\t")
"""A bullet or a number before a tab: an item of a list."""


def _with_marks(sources: list[str]) -> str:
    return " ".join(sources) if any(DIRECTION.search(source) for source in sources) else ""


MIN_BARS = 3
"""Bars in turn with labels that make a menu; one or two stand between a name and a date."""


def _between_bars(texts: list[str]) -> frozenset[int]:
    """The lines that stand in turn with bars, three at least."""
    found: set[int] = set()
    run: list[int] = []
    for index, text in enumerate([*texts, "", ""]):
        if text in ("|", "•", "·", "/", "‖", "¦"):
            run.append(index)
        elif not run or index - run[-1] > 1:
            if len(run) >= MIN_BARS:
                found.update(range(run[0] - 1, run[-1] + 2))
            run = []
    return frozenset(index for index in found if 0 <= index < len(texts) and len(texts[index]) <= 60)


_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\u0085\u2028\u2029]|\Z")


def page_lines(text: str) -> list[PageLine]:
    """The lines of `read_lines` alone."""
    return read_lines(text).lines
