"""Footnotes as readers saw them: a number in the text, and the notes under it.

The block editor keeps them in a field (JSON) and marks their places; plugins write them into the text («[efn_note]…»).
"""

from __future__ import annotations

import json
import re

MAX_FOOTNOTES = 2_000
_MARK = re.compile(
    r"<sup\b[^<>]{0,300}\bdata-fn=[^<>]{0,300}>\s{0,9}(?:<a\b[^<>]{0,500}>)?\s{0,9}([\d٠-٩]{1,4})\s{0,9}(?:</a>)?\s{0,9}</sup>",
    re.I,
)
_BLOCK = re.compile(r"<!--\s{1,9}wp:footnotes\b[^<>]{0,500}/-->")
_WRITTEN = re.compile(
    r"\s{0,3}\[(efn_note|mfn|ref|fn|footnote)\b[^\[\]]{0,100}\]([^\[\]]{1,2000}?)\[/\1\]", re.I
)


def with_footnotes(text: str, kept: str) -> str:
    """`text` with its footnotes numbered and listed. `kept` is the field in which the block editor has them."""
    if "data-fn=" in text:
        text = _MARK.sub(r"[\1]", text)
    if "wp:footnotes" in text:
        text = _BLOCK.sub(lambda _: f"<!-- wp:list -->{_listed(_kept(kept))}<!-- /wp:list -->", text)
    if "[/" not in text:
        return text
    notes: list[str] = []

    def numbered(match: re.Match[str]) -> str:
        notes.append(match[2])
        return f" [{len(notes)}]"

    text = _WRITTEN.sub(numbered, text)
    return f"{text}\n\n{_listed(notes)}" if notes else text


def _kept(told: str) -> list[str]:
    try:
        notes = json.loads(told) if told else []
    except (ValueError, RecursionError):
        return []
    contents = (
        [note.get("content") for note in notes if isinstance(note, dict)] if isinstance(notes, list) else []
    )
    return [note for note in contents if isinstance(note, str) and note.strip()]


def _listed(notes: list[str]) -> str:
    items = "".join(f"<li>{note}</li>" for note in notes[:MAX_FOOTNOTES])
    return f"<ol>{items}</ol>" if items else ""
