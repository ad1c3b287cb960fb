"""Tables of TablePress: posts of their own in the export, their cells in JSON, called from articles by `[table id=3 /]`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

KIND = "tablepress_table"
NUMBER = "_tablepress_export_table_id"
"""The field in which TablePress tells an export the number by which articles call the table; it is not the post's."""

MAX_CELLS = 20_000
MAX_CHARACTERS = 2_000_000
"""Of a table, and of all tables that one article calls; what is larger stays as it is called, which is told."""

_CALLED = re.compile(r"\[table\s[^\[\]]{0,200}?\bid\s{0,3}=\s{0,3}[\"'“”″]?(\w{1,40})[^\[\]]{0,500}\]", re.I)
_BESIDE = frozenset(("#colspan#", "#span#"))
"""What stands in a cell that the one before it reaches into; `#rowspan#` where the one above does."""


def with_tables(text: str, table_of: Callable[[str], str | None]) -> str:
    """`text` with the tables that it calls; those that `table_of` does not know stay as they are called."""
    if "[table" not in text.lower():
        return text
    left = MAX_CHARACTERS

    def table(call: re.Match[str]) -> str:
        nonlocal left
        markup = table_of(call[1])
        if not markup or len(markup) > left:
            return call[0]
        left -= len(markup)
        return f"\n\n{markup}\n\n"

    return _CALLED.sub(table, text)


def table_markup(content: str) -> str:
    """The table as markup, in one line; empty for what is none, or too large. Rows that say nothing are left out."""
    try:
        rows = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(rows, list):
        return ""
    found: list[str] = []
    texts: list[str] = []
    cells = characters = 0
    for row in rows:
        if not isinstance(row, list):
            break
        cells += len(row)
        told = [cell if isinstance(cell, str) and cell not in _BESIDE else "" for cell in row]
        above = [*texts, *[""] * len(told)]
        texts = [above[place] if cell == "#rowspan#" else cell for place, cell in enumerate(told)]
        if any(text.strip() for text in texts):
            line = "".join(f"<td>{' '.join(text.split())}</td>" for text in texts)
            found.append(f"<tr>{line}</tr>")
            characters += len(line)
        if cells > MAX_CELLS or characters > MAX_CHARACTERS:
            return ""
    return f"<table>{''.join(found)}</table>" if found else ""
