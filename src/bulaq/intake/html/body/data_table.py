"""A table of the text in the shape in which a reader saw it: each cell under the head of its column."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

from bulaq.intake.article import Table
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment
from bulaq.intake.html.layout.tree import Element

MAX_COLUMNS = 200
"""Places of a row, those that its cells reach into among them; what stands behind them is not read."""

MAX_LENGTH = 160
"""Characters of a cell on average, over which a table lays out the page; and of one that is said again in another row."""

MAX_REPEATED = 20_000
"""Characters that cells reaching down may say again, beside as many as the table has itself; then they stand once."""

SPARSE = 20
"""Places to one cell with text, over which (and over a small table's `FEW_PLACES`) a table holds nothing but room."""

FEW_PLACES = 2_000

_Row = list[str]


def data_table(page: Page, node_index: int, members: list[Segment]) -> Table | None:
    """The table whose segments are `members`; None for one that only lays out the page.

    A cell without text keeps its place. One that reaches down (`rowspan`) says its text in each row, as the rows are read one by
    one; one that reaches over columns says it in the first. Rows and columns without any text are left out.
    """
    if not members or any(segment.kind != "text" for segment in members):
        return None
    cells: dict[Element, list[str]] = {}
    for segment in members:
        cell = _cell_of(page, segment)
        if cell is None:
            return None
        cells.setdefault(cell, []).append(segment.text)
    told = {cell: " ".join(parts) for cell, parts in cells.items()}
    rows = list(_rows(page.nodes[node_index].element, told))
    if len(rows) < 2 or mean(map(len, told.values())) > MAX_LENGTH:
        return None
    if max(sum(map(bool, row)) for row in rows) < 2:
        return None
    used = sorted({place for row in rows for place, text in enumerate(row) if text})
    if len(rows) * len(used) > FEW_PLACES + SPARSE * len(told):
        return None
    return Table(tuple(tuple(row[place] if place < len(row) else "" for place in used) for row in rows))


def _cell_of(page: Page, segment: Segment) -> Element | None:
    """The cell of a row in which a segment stands."""
    cell = None
    for index in page.ancestors(segment.node):
        node = page.nodes[index]
        if node.tag in ("td", "th") and cell is None:
            cell = node.element
        elif node.tag == "tr":
            return cell
        elif node.tag == "table":
            return None
    return None


def _rows(table: Element, told: dict[Element, str]) -> Iterator[_Row]:
    """The rows that say something of their own."""
    reaching: dict[int, tuple[str, int]] = {}
    room = MAX_REPEATED + sum(map(len, told.values()))
    for row in table.iter("tr"):
        room -= sum(len(text) for text, _ in reaching.values())
        if room < 0:
            reaching = {column: ("", left) for column, (_, left) in reaching.items()}
        texts, reaching = _row(row, told, reaching)
        if any(cell in told for cell in _cells(row)):
            yield texts


def _row(
    row: Element, told: dict[Element, str], reaching: dict[int, tuple[str, int]]
) -> tuple[_Row, dict[int, tuple[str, int]]]:
    """The row's texts by their columns, and what reaches into the rows under it: column → text and number of rows."""
    texts: dict[int, str] = {}
    below: dict[int, tuple[str, int]] = {}
    place = 0
    for cell in _cells(row):
        while place in reaching:
            place += 1
        if place >= MAX_COLUMNS:
            break
        down = _span(cell, "rowspan") - 1
        text = told.get(cell, "")
        for column in range(place, min(place + _span(cell, "colspan"), MAX_COLUMNS)):
            texts[column] = text if column == place else ""
            if down:
                below[column] = (texts[column] if len(text) <= MAX_LENGTH else "", down)
        place += _span(cell, "colspan")
    for column, (text, left) in reaching.items():
        texts.setdefault(column, text)
        if left > 1:
            below.setdefault(column, (text, left - 1))
    return [texts.get(column, "") for column in range(max(texts, default=-1) + 1)], below


def _cells(row: Element) -> Iterator[Element]:
    return (child for child in row if child.tag in ("td", "th"))


def _span(cell: Element, name: str) -> int:
    """How many columns or rows a cell covers; 0 («to the end») and what is no number count as one."""
    told = (cell.get(name) or "").strip()
    return min(max(int(told), 1), MAX_COLUMNS) if told.isascii() and told.isdigit() and len(told) < 6 else 1
