"""Which readers are installed, and which of them takes an input.

A new reader is one file with a `READER` object and one entry point in the group `bulaq.readers` (to the object, or to a
class that is called without arguments). One that cannot be used is named by its entry point in the log, and the others go on.
"""

from __future__ import annotations

import logging
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

from bulaq.intake.reader import Reader, Source

GROUP: Final = "bulaq.readers"
"""The group of entry points."""

_log = logging.getLogger(__name__)


class NoReader(TypeError):
    """What an entry point leads to is no reader; the message says why."""


def readers(*, warn: bool = True) -> list[Reader]:
    """All installed readers, most particular format first (flattened text, which takes any text, last).

    `warn`: those that cannot be used are named in the log; a process that another one began has said it already.
    """
    found: list[Reader] = []
    for point in entry_points(group=GROUP):
        try:
            found.append(_reader_at(point))
        except (Exception, SystemExit) as error:  # whatever somebody else's package raises on import
            told = str(error) if isinstance(error, NoReader) else f"{type(error).__name__}: {error}"
            if warn:
                _log.warning("%s: the reader %s (%s) is left out: %s", GROUP, point.name, point.value, told)
    return sorted(found, key=lambda reader: (reader.format == "flat", reader.format == "html", reader.format))


def _reader_at(point: EntryPoint) -> Reader:
    """Raises `NoReader`, and whatever importing it raises."""
    found: Any = point.load()
    if isinstance(found, type):
        found = found()
    missing = [name for name in ("recognises", "read") if not callable(getattr(found, name, None))]
    if not isinstance(getattr(found, "format", None), str):
        missing.insert(0, "format")
    if missing:
        raise NoReader(
            f"a {type(found).__name__} without {', '.join(missing)} is neither a reader nor its class"
        )
    reader: Reader = found
    return reader


def reader_for(source: Source, installed: list[Reader] | None = None) -> Reader | None:
    """The first reader that recognises the source. One that fails over the question has not recognised it."""
    for reader in readers() if installed is None else installed:
        try:
            if reader.recognises(source):
                return reader
        except (OSError, MemoryError):
            raise  # of the source itself
        except Exception as error:
            _log.warning("the reader %s failed to look at %s: %r", reader.format, source.name, error)
    return None
