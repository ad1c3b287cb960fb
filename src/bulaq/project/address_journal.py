"""What a replay of old addresses has found, kept in a file as it goes, so that one that was broken off goes on where it was."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any


class AddressJournal:
    """One JSON object a line, those of an address together. `done`: the addresses in it; `counts`: of their results.

    Raises OSError where the file cannot be used, ValueError for one that holds something else.
    """

    def __init__(self, path: Path) -> None:
        self.done: set[str] = set()
        self.counts: Counter[str] = Counter()
        path.touch()
        self._file = path.open("r+b")
        try:
            self._file.truncate(self._take_in())
        except (ValueError, KeyError, TypeError):
            self._file.close()
            raise ValueError(f"{path}: is no journal of addresses") from None
        self._file.seek(0, 2)

    def _take_in(self) -> int:
        """Reads what was found before; returns where the last address begins, which may not have come to its end."""
        position = begins = 0
        last, found = "", Counter[str]()
        for line in self._file:
            whole = line.endswith(b"\n")
            told = json.loads(line) if whole else {"url": last, "result": ""}
            if told["url"] != last:
                self._count(last, found)
                last, found, begins = told["url"], Counter(), position
            found[told["result"]] += 1
            position += len(line)
        return begins

    def _count(self, address: str, found: Counter[str]) -> None:
        if address:
            self.done.add(address)
            self.counts += found

    def write(self, address: str, lines: Sequence[dict[str, Any]]) -> None:
        """Adds what came of an address."""
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        self._file.write(text.encode("utf-8", "replace"))
        self._file.flush()
        self._count(address, Counter(line["result"] for line in lines))

    def __enter__(self) -> AddressJournal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
