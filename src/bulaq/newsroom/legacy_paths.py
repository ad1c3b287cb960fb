"""Old addresses: their normal form, and the article that answers for one.

An address that once worked must work for ever, however it is written: with or without `www`, a closing slash, percent
encoding (of UTF-8 or of windows-1256), upper or lower case of the encoding's digits, and with tracking parameters.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, unquote_to_bytes, urlencode, urlsplit

from bulaq.newsroom.models import Edition, LegacyPath

_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|mc_[ce]id|igshid|amp|ref|share|_ga)$", re.IGNORECASE)
_INDEX = re.compile(r"/(index|default)\.(php|html?|aspx?)$", re.IGNORECASE)


def normal_form(address: str) -> str:
    """The one form of all ways to write an old address: decoded path and the parameters that count, in order.

    >>> normal_form("https://www.Example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/?utm_source=x&p=12")
    '/أخبار?p=12'
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "/" + address.strip().lstrip("/")
    path = _decoded(parts.path or "/")
    path = _INDEX.sub("/", path)
    path = re.sub(r"/{2,}", "/", "/" + path.strip("/"))
    kept = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k))
    return path + (f"?{urlencode(kept)}" if kept else "")


def _decoded(path: str) -> str:
    data = unquote_to_bytes(path)
    for charset in ("utf-8", "windows-1256"):
        try:
            return unicodedata.normalize("NFC", data.decode(charset))
        except UnicodeDecodeError:
            continue
    return path


def find(edition: Edition, address: str) -> int | None:
    """The id of the article that answers for an old address in this edition."""
    digest = LegacyPath.digest_of(normal_form(address))
    return (
        LegacyPath.objects.filter(edition=edition, digest=digest).values_list("article_id", flat=True).first()
    )


def remember(edition: Edition, article_id: int, address: str) -> bool:
    """Lets `address` lead to the article for ever; False when it already leads to another one."""
    path = normal_form(address)
    if path == "/":
        return False
    row, _ = LegacyPath.objects.get_or_create(
        edition=edition, digest=LegacyPath.digest_of(path), defaults={"article_id": article_id, "path": path}
    )
    return row.article_id == article_id
