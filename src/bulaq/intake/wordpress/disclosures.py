"""What opens and closes when its title is pressed (`<details>`, accordions): the titles are headings above what they open."""

from __future__ import annotations

import re

from bulaq.intake.wordpress.classic import between

_SUMMARY, _SUMMARY_END = re.compile(r"<summary\b[^<>]{0,500}>", re.I), re.compile(r"</summary\s{0,9}>", re.I)
_PRESSED, _PRESSED_END = re.compile(r"<button\b[^<>]{0,1000}>", re.I), re.compile(r"</button\s{0,9}>", re.I)
_OPENS = re.compile(r"accordion|toggle|collaps|faq|aria-expanded|disclosure", re.I)
MAX_TITLE = 2_000
_SIGN = re.compile(
    r"<(?P<tag>span|i|svg)\b[^<>]{0,300}\b(?:aria-hidden=[\"']true|class=[\"'][^\"'<>]{0,200}\bicon)[^<>]{0,300}>[^<>]{0,20}</(?P=tag)>",
    re.I,
)
"""The plus or arrow beside a title."""
_BUTTON = re.compile(r"<a\b[^<>]{0,1000}\brole=[\"']button[\"'][^<>]{0,500}>[^<>]{0,200}</a>", re.I)


def with_titles(text: str) -> str:
    """The markup with headings for what is pressed to open a part of the text, and without what leads elsewhere when pressed."""
    lowered = text.lower()
    if "<summary" in lowered:
        text = between(text, _SUMMARY, _SUMMARY_END, _titled)
    if "<button" in lowered:
        text = between(text, _PRESSED, _PRESSED_END, lambda part: _titled(part) if _opens(part) else part)
    if "role=" in lowered:
        text = _BUTTON.sub("", text)
    return text


def _opens(button: str) -> bool:
    return bool(_OPENS.search(button[: button.index(">")]))


def _titled(part: str) -> str:
    if len(part) > MAX_TITLE:
        return part
    return f"<h3>{_SIGN.sub('', part[part.index('>') + 1 : part.rindex('</')])}</h3>"
