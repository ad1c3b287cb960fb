"""Documents of the evaluation files: `{"id", "title", "text", "date"?, …}` a line, `.zst` too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import zstandard


@dataclass(frozen=True)
class EvalDocument:
    """A line of the file. `date` is None when the line has none or one that cannot be read."""

    id: str
    title: str
    text: str
    date: datetime | None = None
    fields: dict[str, Any] = field(default_factory=dict)


def read_documents(path: Path) -> Iterator[EvalDocument]:
    """The documents of a file, in its order; raises ValueError naming the line that is not one."""
    opened = (
        zstandard.open(path, "rt", encoding="utf-8") if path.suffix == ".zst" else path.open(encoding="utf-8")
    )
    with opened as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                fields = json.loads(line)
                yield EvalDocument(
                    str(fields.pop("id")),
                    fields.pop("title", None) or "",
                    fields.pop("text", None) or "",
                    _date(fields.pop("date", None)),
                    fields,
                )
            except (ValueError, KeyError, AttributeError) as error:
                raise ValueError(f"{path}:{number}: not a document: {error}") from error


def _date(value: object) -> datetime | None:
    try:
        date = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
