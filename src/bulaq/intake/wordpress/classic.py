"""Bodies of the classic editor: blank lines are paragraphs, line ends are breaks (as WordPress's `wpautop` has it), and
bodies pasted from Word lose what Word left in them. All is linear in the length of the text."""

from __future__ import annotations

import re
from collections.abc import Callable

_BLOCK_NAMES = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|style|p|h[1-6]|"
    "hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu|summary|video|audio|iframe"
)
_BLOCK_AFTER = re.compile(rf"</?(?:{_BLOCK_NAMES})\b", re.I)
_TAG = re.compile(r"<[A-Za-z/!][^<>]*>")
_SPACES = re.compile(r"[^\S\n]{2,}")
_BREAK = re.compile(r"<br ?/?> ?\n?", re.I)
_PRE, _PRE_END = re.compile(r"<pre\b", re.I), re.compile(r"</pre\s{0,9}>", re.I)
_LINE_END = re.compile(r"\s*\n\s*")


def paragraphs(text: str) -> str:
    """`text` with the ends of its lines as markup; what stands in elements of its own is left as it is."""
    if "\n" not in text:
        return text
    text = _SPACES.sub(" ", text)
    text = between(text, _PRE, _PRE_END, lambda part: part.replace("\n", "<br>"))
    text = _TAG.sub(lambda match: match[0].replace("\n", " "), text)
    text = _BREAK.sub("<br>", text) if "<br" in text.lower() else text
    pieces: list[str] = []
    at = 0
    for match in _LINE_END.finditer(text):
        pieces.append(text[at : match.start()])
        at = match.end()
        if _ends_with_block(text, match.start()) or _BLOCK_AFTER.match(text, at):
            pieces.append("\n")
        else:
            pieces.append("<br><br>" if match[0].count("\n") > 1 else "<br>")
    pieces.append(text[at:])
    return "".join(pieces)


def _ends_with_block(text: str, end: int) -> bool:
    if end == 0 or text[end - 1] != ">":
        return False
    start = text.rfind("<", max(0, end - 1000), end)
    return start >= 0 and _BLOCK_AFTER.match(text, start) is not None


_WORD = (
    "mso-",
    "Mso",
    "MSO",
    "<o:p",
    "<O:P",
    "<w:",
    "<W:",
    "urn:schemas-microsoft-com",
    "!--[if",
    "!--[IF",
    "X-NONE",
    " Definitions */",
)
_BULLETS = re.compile(r"<!(?:--)?\[if !supportLists\](?:--)?>"), re.compile(r"<!(?:--)?\[endif\](?:--)?>")
_CONDITIONALS = (
    re.compile(r"(?:<|&lt;)!--\[if [^\]<>]{0,60}\](?:>|&gt;)"),
    re.compile(r"(?:<|&lt;)!\[endif\]--(?:>|&gt;)"),
)
_GAP = r"(?:\s|&nbsp;|<br ?/?>|</?(?:p|div|span)\b[^<>]{0,300}>){1,40}"
_SETTINGS = re.compile(
    rf"\bNormal{_GAP}0(?:{_GAP}(?:\d{{1,2}}|false|true|[A-Z]{{2}}-[A-Z]{{2}}|X-NONE|MicrosoftInternetExplorer\d)\b)+"
)
"""What is seen of Word's settings where an editor took their elements away («Normal 0 false false false EN-US»)."""
_STYLES = re.compile(r"/\*\s{0,9}\w+ Definitions\s{0,9}\*/(?:[^{}]{0,300}\{[^{}]{0,3000}\}){1,60}")
_ELEMENTS = re.compile(r"<(?:xml|style)\b", re.I), re.compile(r"</(?:xml|style)\s{0,9}>", re.I)
_REMAINS = re.compile(r"<(?:meta|link)\b[^<>]*>|<!\[(?:if|endif)[^<>]*>|</?(?:o|w|m|v|st1):\w+[^<>]*>", re.I)
_LIST_ITEM = re.compile(
    r"<p\b[^<>]{0,300}\bMsoListParagraph[^<>]{0,600}>((?:(?!</?p\b).){0,6000}?)</p>", re.S | re.I
)
_TYPED_BULLET = re.compile(
    r"^(?:\s|&nbsp;|<span\b[^<>]{0,300}>){0,20}(?:[·•§▪o\-–]|[0-9٠-٩]{1,2}[.)-])(?:\s|&nbsp;|</span>|<span\b[^<>]{0,300}>){1,40}"
)
_LISTS_MEET = re.compile(r"</ul>\s{0,20}<ul class=\"word\">")
_SOURCE_LINE = re.compile(r"(?<![>\n])\n(?![<\n])")


def without_word(text: str) -> str:
    """A body without the comments, styles and elements of Word; its list paragraphs become lists."""
    if not any(sign in text for sign in _WORD):
        return text
    for begin, end in (_BULLETS, _CONDITIONALS, _ELEMENTS):
        text = between(text, begin, end, lambda _: "")
    for remains in (_REMAINS, _SETTINGS, _STYLES):
        text = remains.sub("", text)
    text = _LIST_ITEM.sub(
        lambda match: f'<ul class="word"><li>{_TYPED_BULLET.sub("", match[1])}</li></ul>', text
    )
    text = _LISTS_MEET.sub("", text)
    # Word breaks its source lines anywhere: where it wrote paragraphs of its own, line ends are spaces.
    if text.count("<p") >= 2:
        text = _SOURCE_LINE.sub(" ", text)
    return text


def between(text: str, begin: re.Pattern[str], end: re.Pattern[str], change: Callable[[str], str]) -> str:
    """`text` with each stretch from `begin` to the nearest `end` changed; one without an end is left."""
    pieces: list[str] = []
    at = 0
    while start := begin.search(text, at):
        stop = end.search(text, start.end())
        if stop is None:
            break
        pieces += (text[at : start.start()], change(text[start.start() : stop.end()]))
        at = stop.end()
    return "".join(pieces) + text[at:] if pieces else text
