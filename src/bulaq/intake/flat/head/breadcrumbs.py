"""Where the head of an article begins: under its breadcrumb, on one line or on several, or under the menu."""

from __future__ import annotations

import re

from bulaq.intake.box_headings import heading_kind
from bulaq.intake.flat.head.head_parts import Head
from bulaq.intake.flat.lines.page_line import PageLine

HEAD_LINES = 45
"""How far above the body its head may begin (share labels, players and pictures stand between)."""

HOME = frozenset(
    [
        "الرييسيه",
        "الصفحه الرييسيه",
        "رييسيه",
        "الرييسه",
        "البدايه",
        "الواجهه",
        "home",
        "homepage",
        "accueil",
        "خانه",
        "صفحه اصلي",
        "صفحه نخست",
    ]
)
_SEPARATORS = re.compile(r"\s*(?:[»›>→←‹«❯❮/\\|]+|\s[-–—]\s)\s*")


def top_of_head(lines: list[PageLine], first: int, head: Head) -> int:
    """Where the head begins: under the breadcrumb, or under the menu; fills the breadcrumb."""
    short = 0
    bottom = max(0, first - HEAD_LINES)
    for index in range(first - 1, bottom - 1, -1):
        line = lines[index]
        crumbs = _crumbs(line, first - index)
        if crumbs:
            head.breadcrumb = crumbs
            head.roles[index] = "breadcrumb"
            return index + 1
        if line.folded in HOME:
            return _crumb_lines(lines, index, first, head)
        label = 1 <= line.words <= 3 and not (
            line.date or line.byline or line.is_time or line.noise or line.credit
        )
        short = short + 1 if label else 0
        if short >= 5:
            return index + 5
    return bottom


def _crumbs(line: PageLine, distance: int) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in _SEPARATORS.split(line.text) if part.strip())
    if not parts or len(line.text) > 220:
        return ()
    if len(parts) == 2 and distance <= 20 and all(heading_kind(part) == "section" for part in parts):
        return parts
    folded_first = " ".join(parts[0].split())
    home = PageLine(folded_first, 0, False).folded in HOME
    if home and 2 <= len(parts) <= 6:
        return parts
    if len(parts) == 1 and line.words <= 6:
        for name in ("الصفحة الرئيسية", "الرئيسية"):
            if line.text.startswith(name + " ") and len(line.text) > len(name) + 1:
                return (name, line.text[len(name) + 1 :].strip())
    strong = re.search(r"[»›>❯→←]", line.text) and not re.search(r"«.*»", line.text)
    if (
        strong
        and distance <= 20
        and 2 <= len(parts) <= 5
        and all(len(part.split()) <= 4 for part in parts[:-1])
    ):
        return parts
    return ()


def _crumb_lines(lines: list[PageLine], home: int, first: int, head: Head) -> int:
    """A breadcrumb whose parts stand on lines of their own, or the end of a menu."""
    crumbs = [home]
    for index in range(home + 1, min(home + 9, first)):
        line = lines[index]
        if not line.has_ink:
            continue
        if line.words > 4 or line.date or line.byline or line.noise:
            break
        in_menu = any(other.folded == line.folded for other in lines[:home])
        if len(crumbs) > 1 and not (in_menu or (line.heading and stands_elsewhere(lines, index, first))):
            break  # a kicker may stand among the topics
        crumbs.append(index)
    if 2 <= len(crumbs) <= 4:
        head.breadcrumb = tuple(lines[index].text for index in crumbs)
        for index in range(home, crumbs[-1] + 1):
            head.roles[index] = "breadcrumb"
        return crumbs[-1] + 1
    return (crumbs[-1] if len(crumbs) > 4 else home) + 1


def stands_elsewhere(lines: list[PageLine], index: int, first: int) -> bool:
    folded = lines[index].folded
    return any(
        other.folded == folded
        for other in lines
        if other.index != index and not first <= other.index < first + 5
    )
