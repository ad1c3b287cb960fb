"""JSON inside a `<script>` element: no text of ours or anybody's can end the element or start another."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# The HTML parser reads a script's text raw, so `<` must not stand in it (`</script`, `<!--`); `&` and `>` follow for
# parsers that treat the page as XML; U+2028 and U+2029 end a line in older JavaScript.
_ESCAPED = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def data_block(data: Any) -> SafeString:
    """`<script type="application/ld+json">` holding `data`. A data block is never executed, so no CSP hash is needed.

    >>> data_block({"name": "</script>"})
    '<script type="application/ld+json">{"name":"\\\\u003c/script\\\\u003e"}</script>'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above
