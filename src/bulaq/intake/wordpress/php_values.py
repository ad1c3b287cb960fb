"""The texts that PHP's `serialize` keeps by name: themes store their fields of a post so.

Only names and texts are read, by their lengths in bytes; nothing is ever made of what else a value says.
Format: https://www.php.net/manual/en/function.serialize.php
"""

from __future__ import annotations

import re

MAX_VALUES = 500

_TEXT = re.compile(rb's:(\d{1,7}):"')


def texts_by_name(serialized: str) -> dict[str, str]:
    """`a:1:{s:8:"subtitle";s:4:"…";}` → {"subtitle": "…"}; {} for what is no such array. The lengths are believed
    where they fit, else the text goes to the next `";` (an export whose encoding was changed)."""
    data = serialized.encode("utf-8", "surrogatepass")
    if not re.match(rb"\s*a:\d{1,6}:\{", data):
        return {}
    found: dict[str, str] = {}
    name: str | None = None
    at = 0
    while len(found) < MAX_VALUES and (match := _TEXT.search(data, at)) is not None:
        between = data[at : match.start()]
        end = match.end() + int(match[1])
        if data[end : end + 2] != b'";':
            end = data.find(b'";', match.end())
            if end < 0:
                break
        text = data[match.end() : end].decode("utf-8", "replace")
        if name is not None and between == b"":
            found.setdefault(name, text)
            name = None
        else:
            name = text
        at = end + 2
    return found
