"""The documents that an evaluation reads: one JSON object a line (`id`, `title`, `text`, `date` …), plain or `.zst`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import zstandard


def open_text(path: str | Path) -> TextIO:
    """A UTF-8 text, decompressed when its name ends in `.zst`. Iterate over it: texts hold U+2028 and U+0085."""
    if str(path).endswith(".zst"):
        return zstandard.open(path, "rt", encoding="utf-8", newline="\n")
    return open(path, encoding="utf-8", newline="\n")


def read_documents(path: str | Path) -> Iterator[dict[str, Any]]:
    """The documents in their order; `id` is always a string. A broken line is an error that names it."""
    with open_text(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                document = json.loads(line)
                document["id"] = str(document["id"])
            except (ValueError, KeyError, TypeError) as error:
                raise SystemExit(f"{path}:{number}: not a document with an id: {error}") from error
            yield document
