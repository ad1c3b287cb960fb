"""The roles that a byline states («كتب: …», «تصوير …», «by …»), and the line cut where it states them."""

from __future__ import annotations

import re
from typing import Literal

from bulaq.intake.byline_text import strip_edges

Role = Literal["author", "interviewer", "photographer", "translator", "editor", "preparer"]

_ROLE_WORDS: tuple[tuple[str, Role], ...] = (
    (r"كتب(?:ت|ه|ها|وا)?|كتابة", "author"),
    (r"بقلم(?:ي)?|الكاتب(?:ة)?", "author"),
    (
        r"تحقيق(?: و(?:تصوير|حوار))?|تقرير(?: و(?:تصوير|مونتاج))?|رسالة|مراسل(?:ة|نا|تنا)?|موفد(?:نا|تنا)?|مندوب(?:نا)?|متابعة|متابعات|تغطية|استطلاع|رصد|خاص|خبر|ر[وي]?بورتاج|عرض|قراءة|شهادة|أعدت? الملف",
        "author",
    ),
    (
        r"[إا]عداد(?: و(?:تقديم|تحرير|تصوير))?|اختيار(?: و(?:تصوير|ترجمة|إعداد))?|أعد(?:ه|ها|ته|تها|ت)? ?(?:التقرير|الملف|التحقيق|للنشر)?",
        "preparer",
    ),
    (
        r"حوار|حاور(?:ه|ها|هم|ته|تها|تهم)|(?:أجرى|أجرت|أجراه) (?:الحوار|اللقاء|المقابلة)|التقاه|التقته|مقابلة|لقاء",
        "interviewer",
    ),
    (r"(?:و)?تصوير|عدسة|بعدسة|المصور|صور[ةه]?(?=\s*[:：/])|photos?(?: by)?|crédit photo", "photographer"),
    (r"(?:و)?ترجم(?:ة|ها|ه|ته|تها)|نقل(?:ه|ها|ته) (?:إلى|الى) العربية", "translator"),
    (r"(?:و)?تحرير|مراجعة|تدقيق|edited by", "editor"),
    (r"(?:نشر )?بواسطة", "author"),
    (r"by|par|written by|propos recueillis par|نویسنده|نوشته|خبرنگار|گزارش", "author"),
)
_ROLE_SEPARATED = re.compile(
    "|".join(rf"(?P<r{index}>{words})" for index, (words, _) in enumerate(_ROLE_WORDS)), re.IGNORECASE
)
_SECOND_ROLE = r"(?:\s+و(?:تصوير|[إا]عداد|ترجمة|تحرير|حوار|تقديم|تقرير|مونتاج|[إا]خراج))?"
"""«حوار وتصوير: …»: one person did both, and signs for the first."""
_ROLE_AT = re.compile(
    rf"(?:^|(?<=[\s|/\\،,؛;()\-–—ـ]))(?:{_ROLE_SEPARATED.pattern}){_SECOND_ROLE}\s*(?:[:：/\-–—ـ]+|(?=[«\"(])|\s(?=\S))\s*",
    re.IGNORECASE,
)
_BARE_ROLE_WORDS = re.compile(
    r"كتب(?:ت|ها)?|بقلم|[إا]عداد|و?تصوير|عدسة|بعدسة|ترجمة|حاوره|حاورها|حاورته|حاورتها|(?:نشر )?بواسطة|by|par|written by",
    re.IGNORECASE,
)


def role_parts(line: str) -> list[tuple[Role | None, str]]:
    """Cut `line` where it states a role; the part before the first stated role has none."""
    marks: list[tuple[int, int, Role]] = []
    for match in _ROLE_AT.finditer(line):
        role = next(role for index, (_, role) in enumerate(_ROLE_WORDS) if match[f"r{index}"])
        word = match[0].rstrip()
        separated = bool(word) and word[-1] in ":：/-–—ـ"
        if not separated and not _BARE_ROLE_WORDS.fullmatch(word):
            continue  # «خاص» or «رسالة» open a byline only before a mark
        if not separated and match.start() > 0 and role == "author":
            continue
        if not _names_follow(line[match.end() :]):
            continue
        marks.append((match.start(), match.end(), role))
    parts: list[tuple[Role | None, str]] = []
    head = line[: marks[0][0]] if marks else line
    if strip_edges(head):
        parts.append((None, strip_edges(head)))
    for index, (_, end, role) in enumerate(marks):
        stop = marks[index + 1][0] if index + 1 < len(marks) else len(line)
        parts.append((role, strip_edges(line[end:stop])))
    return parts


def _names_follow(rest: str) -> bool:
    return bool(re.match(r"\W*\w", rest)) and len(rest.split()) <= 20
