"""A site for measuring the edge alone: one article of about 60 kB with ten shared boxes, as a WSGI application.

Its text is made of words of the trade, in an order drawn from a fixed seed, so that it compresses about as prose does.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bulaq.delivery import keys, policies

_WORDS = [
    "الأخبار",
    "المدينة",
    "الصحافة",
    "المكتبة",
    "التاريخ",
    "النهر",
    "الجسر",
    "السوق",
    "القطار",
    "الميناء",
    "البحر",
    "المدرسة",
    "الجامعة",
    "الكتاب",
    "المطبعة",
    "الحروف",
    "العنوان",
    "المراسل",
    "المحرر",
    "التحرير",
    "الصورة",
    "التقرير",
    "المقال",
    "الزاوية",
    "العدد",
    "القارئ",
    "الشارع",
    "الحديقة",
    "المسرح",
    "الموسيقى",
    "الملعب",
    "الفريق",
    "المباراة",
    "اللاعب",
    "المدرب",
    "النتيجة",
    "الهدف",
    "الموسم",
    "البطولة",
    "الطقس",
    "الحرارة",
    "المطر",
    "الريح",
    "الزراعة",
    "القمح",
    "النخيل",
    "السفينة",
    "الرحلة",
    "المسافر",
    "الطريق",
    "المرور",
    "الكهرباء",
    "المياه",
    "البناء",
    "العمارة",
    "الحي",
    "الساحة",
    "المتحف",
    "اللوحة",
    "الشاعر",
    "القصيدة",
    "الرواية",
    "الطبيب",
    "المستشفى",
    "الدواء",
    "الغذاء",
    "الصحة",
    "العلم",
    "المختبر",
    "التجربة",
    "الاكتشاف",
    "الفضاء",
    "القمر",
    "النجوم",
    "الشمس",
    "قال",
    "أعلن",
    "أكد",
    "أشار",
    "افتتح",
    "وصل",
    "عاد",
    "بدأ",
    "انتهى",
    "شهد",
    "زار",
    "كتب",
    "قرأ",
    "نشر",
    "في",
    "من",
    "على",
    "إلى",
    "عن",
    "مع",
    "بعد",
    "قبل",
    "خلال",
    "حيث",
    "التي",
    "الذي",
    "هذا",
    "هذه",
    "ذلك",
    "كان",
    "كانت",
    "أن",
]
_BOXES = (
    "header",
    "breaking",
    "related",
    "latest",
    "section-sport",
    "section-art",
    "stars",
    "health",
    "most-read",
    "footer",
)
_HEADERS = [("Content-Type", "text/html; charset=utf-8")]


def _prose(seed: str, words: int) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(_WORDS) for _ in range(words))


def _box(name: str, turn: int) -> str:
    items = "".join(
        f'<li data-article="{100 * place + turn % 90 + number}"><a href="/news/{number}-{place}/"><img src="/media/{number}.webp" '
        f'width="160" height="90" alt="" loading="lazy"><h3>{_prose(f"{name}{number}", 9)}</h3>'
        f'<time datetime="2025-01-01T10:00:00+02:00">قبل {number + 3} دقائق</time></a></li>'
        for place, number in ((_BOXES.index(name), number) for number in range(10))
    )
    return f'<section class="box" data-box="{name}" data-turn="{turn}" data-limit="8"><h2>{_prose(name, 2)}</h2><ol>{items}</ol></section>'


_PAGE = (
    '<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>'
    + _prose("title", 9)
    + "</title><style>"
    + "".join(f".c{number}{{margin-block:{number}px;padding-inline:{number % 7}rem}}" for number in range(90))
    + '</style></head><body><esi:include src="/_/box/header/"/><esi:include src="/_/box/breaking/"/><main><h1>'
    + _prose("headline", 10)
    + "</h1>"
    + "".join(f"<p>{_prose(str(number), 60)}</p>" for number in range(30))
    + "</main>"
    + "".join(f'<esi:include src="/_/box/{name}/"/>' for name in _BOXES[2:])
    + "</body></html>"
).encode()


_recording = os.environ.get("BULAQ_BENCH_PAGE")
_RECORDED: dict[str, Any] = json.loads(Path(_recording).read_text("utf-8")) if _recording else {}
"""A page of the real site and its boxes, served in place of the made one when BULAQ_BENCH_PAGE names a file of them."""
if _RECORDED:
    _PAGE = _RECORDED["page"].encode()


def _turn() -> int:
    """How often something was published: a number in the file that BULAQ_BENCH_TURN names."""
    name = os.environ.get("BULAQ_BENCH_TURN")
    return int(Path(name).read_text() or 0) if name else 0


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """``/``: the article, with marks; ``/_/box/<name>/``: its boxes; ``/whole/``: both in one, as without an edge."""
    path = environ["PATH_INFO"]
    if path == "/":
        named = [("Surrogate-Key", keys.article(1)), ("Bulaq-Shown", "1")]
        start_response("200 OK", [*_HEADERS, *policies.ARTICLE.headers().items(), *named])
        return [_PAGE]
    if path.startswith("/_/box/") and path[7:-1] in _BOXES:
        name = path[7:-1]
        named = [("Surrogate-Key", keys.box(name, 1))]
        start_response("200 OK", [*_HEADERS, *policies.BOX.headers().items(), *named])
        return [_box(name, _turn()).encode()]
    if path in _RECORDED.get("boxes", ()):
        box = _RECORDED["boxes"][path].encode()
        policy = policies.BOX_OF_MARKS if b"<esi:" in box else policies.BOX
        start_response("200 OK", [*_HEADERS, *policy.headers().items()])
        return [box]
    if path == "/whole/":
        page = _PAGE
        for source, box in _RECORDED.get("boxes", {}).items():
            page = page.replace(f'<esi:include src="{source}"/>'.encode(), box.encode())
        for name in _BOXES:
            page = page.replace(f'<esi:include src="/_/box/{name}/"/>'.encode(), _box(name, _turn()).encode())
        start_response("200 OK", [*_HEADERS, ("Content-Length", str(len(page)))])
        return [page]
    start_response("404 Not Found", [*_HEADERS, ("Cache-Control", "max-age=10")])
    return [b"404"]
