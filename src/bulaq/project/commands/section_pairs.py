"""Their sections and ours as people write them: `THEIRS=SLUG`, on the command line or a line each in a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from bulaq.newsroom.models import Section
from bulaq.project.command_line import WRONG_USAGE


def section_pairs(given: Iterable[str], file: str | None = None) -> dict[str, str]:
    """Their names → slugs of ours, of a file before those that were given beside it. Empty lines of the file, and what
    follows a `#` at the beginning of one or after a space, mean nothing.

    Leaves the command, with all that will not do, when a pair has no two sides or names no section of ours.
    """
    slugs = set(Section.objects.values_list("slug", flat=True))
    pairs: dict[str, str] = {}
    wrong: list[str] = []
    for place, text in [*_lines(file), *(("", text) for text in given)]:
        theirs, equals, slug = (part.strip() for part in text.rpartition("="))
        if not equals or not theirs:
            wrong.append(f"{place}«{text}» is not THEIRS=SLUG")
        elif slug not in slugs:
            wrong.append(f"{place}there is no section «{slug}»")
        else:
            pairs[theirs] = slug
    if wrong:
        known = f"the sections are: {', '.join(sorted(slugs)) or 'none yet'}"
        print("\n".join(f"bulaq: {line}" for line in [*wrong, known]), file=sys.stderr)
        raise SystemExit(WRONG_USAGE)
    return pairs


def _lines(file: str | None) -> Iterable[tuple[str, str]]:
    """(where it stands, the line) of a file; leaves the command when it cannot be read."""
    if file is None:
        return
    try:
        with open(file, encoding="utf-8-sig") as opened:
            lines = opened.read().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        print(f"bulaq: {file}: {getattr(error, 'strerror', None) or 'is no UTF-8 text'}", file=sys.stderr)
        raise SystemExit(WRONG_USAGE) from None
    for number, line in enumerate(lines, 1):
        text = f" {line}".partition(" #")[0].strip()
        if text:
            yield f"{file}, line {number}: ", text
