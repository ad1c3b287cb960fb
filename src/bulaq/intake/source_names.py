r"""Names of files that are no text: bytes that are no UTF-8 (the Arabic code page of old machines), lines, colours of terminals.

Python carries such bytes in lone surrogates (PEP 383), which no database, no terminal and no JSON takes.
"""

from __future__ import annotations

import json
import os
import re
from typing import Any

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")
_ESCAPED = re.compile(r"\\x([89a-f][0-9a-f])")


def storable(name: str) -> str:
    r"""The name with its bytes that are no text escaped; `on_disk` finds the file again.

    >>> storable("a\udcff.html")
    'a\\xff.html'
    """
    return name if name.isascii() else _SURROGATE.sub(_escape, name)


def on_disk(stored: str) -> str:
    r"""The name under which the file of a stored one is opened.

    >>> on_disk("a\\xff.html")
    'a\udcff.html'
    """
    if "\\x" not in stored or os.path.lexists(stored.partition("!")[0]):
        return stored
    return _ESCAPED.sub(lambda match: chr(0xDC00 + int(match[1], 16)), stored)


def shown(name: str) -> str:
    r"""One line for a terminal: control characters and turns of the writing direction are escaped as well.

    >>> shown("a\nb\x1b[31m\udcff")
    'a\\x0ab\\x1b[31m\\xff'
    """
    return _UNPRINTABLE.sub(_escape, name)


def json_line(value: Any) -> str:
    """`value` as JSON on one line; what no encoding of Unicode can write stands as its escape."""
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
