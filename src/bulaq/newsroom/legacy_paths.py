"""Old addresses: their normal form, and the article that answers for one.

An address that once worked must work for ever, however it is written: with or without `www`, a closing slash, percent
encoding (of UTF-8 or of windows-1256, upper or lower case, once or twice), `index.php`, tracking parameters, the full
stop of the sentence that it closed, and in its AMP, feed, paged and print forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, unquote_to_bytes, urlencode, urlsplit

from bulaq.newsroom import addresses
from bulaq.newsroom.models import Edition, LegacyPath, Publication

MAX_LENGTH = 4000
"""Characters of an address that are looked at: browsers and servers take no longer ones."""

_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|igshid|amp|amp;\w+|ref|ref_src|share|_ga|_gl|outputtype|cmpid|ocid)$",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(index|default)\.(php|html?|aspx?|jsp)$", re.IGNORECASE)
_INDEX_PREFIX = re.compile(r"^/index\.php(?=/.)", re.IGNORECASE)
_VARIANT_ENDINGS = re.compile(
    r"(?:/amp|/amp\.html|\.amp|\.amp\.html|/print|/feed(?:/(?:rss2?|rdf|atom))?|/embed|/trackback|/comment-page-\d+"
    r"|/page/\d+)+$",
    re.IGNORECASE,
)
_VARIANT_BEGINNINGS = re.compile(r"^/(?:amp|mobile|m|print)(?=/.)", re.IGNORECASE)
_PAGED = re.compile(r"/[^/]+/[^/]+/\d{1,2}$")
_CLOSING = re.compile(r"[/\s.,;:!?،؛؟…)\]»”\"'\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+$")
"""What a sentence or a messenger leaves behind an address."""
_PAGE_ENDING = re.compile(r"\.html?$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
ONE_PAGE = "_escaped_fragment_"
"""`/#!/news/7` and `/?_escaped_fragment_=/news/7` are one address (Google's scheme of 2009 for crawling such sites)."""
_MOST_PARAMETERS = 12
_ENCODED = re.compile(r"%[0-9a-fA-F]{2}")


@lru_cache(maxsize=1024)
def normal_form(address: str) -> str:
    """The one form of all ways to write an old address: decoded path and the parameters that count, in order.

    >>> normal_form("https://www.Example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/?utm_source=x&p=12")
    '/أخبار?p=12'
    >>> normal_form("/%c3%ce%c8%c7%d1/") == normal_form("/أخبار")
    True
    >>> normal_form("http://example.org/index.php?p=12")
    '/?p=12'
    """
    address = address.strip()[:MAX_LENGTH]
    try:
        # Two slashes at the beginning of a path are no host of somebody else's.
        parts = urlsplit(address if "://" in address[:12] else "//-/" + address.lstrip("/"))
    except ValueError:
        return "/" + address.lstrip("/")
    path = _decoded(parts.path or "/")
    path = _INDEX.sub("/", _INDEX_PREFIX.sub("", path))
    path = re.sub(r"/{2,}", "/", "/" + path.strip("/ "))
    pairs = parse_qsl(parts.query, keep_blank_values=True, encoding="utf-8", errors="surrogateescape")
    # How sites of one page told crawlers of their pages, and crawlers asked for them.
    if parts.fragment.startswith("!"):
        pairs.append((ONE_PAGE, unquote(parts.fragment[1:])))
    kept = sorted((_parameter(k).lower(), _parameter(v)) for k, v in pairs if not _TRACKING.match(k))
    return path + (f"?{urlencode(kept)}" if kept else "")


def candidates(address: str) -> list[str]:
    """The normal forms under which the article of an address may be known, likeliest first.

    After the address itself: without what its AMP, feed, print or paged form adds, and without parameters that the
    archive did not know.
    """
    exact = normal_form(address)
    path, _, query = exact.partition("?")
    paths = list(dict.fromkeys(_ways_of(path)))
    forms = [f"{way}?{query}" for way in paths] if query else paths
    if query:
        pairs = parse_qsl(query)[:_MOST_PARAMETERS]
        for name, value in sorted(pairs, key=lambda pair: pair[0] not in IDENTIFYING):
            # Stood it alone in the archive, or does it name articles there, then it means this one whatever is beside it.
            forms.append(f"{path}?{urlencode([(name, value)])}")
            if path == "/" and name.lower() in _WORDPRESS and (number := _NUMBER.match(value)):
                forms.append(f"/?p={number[0]}")
        # `/?p=12` without its parameter is the front page, which is no article's.
        forms += paths
    return [form for form in dict.fromkeys(forms) if form != "/"]


def _ways_of(path: str) -> Iterator[str]:
    yield path
    whole = _CLOSING.sub("", path) or "/"
    bare = _VARIANT_ENDINGS.sub("", whole) or "/"
    for way in (whole, bare, _VARIANT_BEGINNINGS.sub("", bare)):
        yield way
        # Of one page with and without its ending, archives knew one and readers kept the other.
        if way != "/" and (page := _PAGE_ENDING.sub("", way)):
            yield from (page,) if page != way else (f"{way}.html", f"{way}.htm")
    # The second page of a long article. A number behind one part alone would be an address of ours.
    if _PAGED.search(bare):
        yield bare.rpartition("/")[0]
    if bare.lower() != bare:
        yield bare.lower()


_WORDPRESS = frozenset({"p", "page_id"})
"""Parameters by which WordPress finds a post, whichever of them it is given."""

_KINDS = ("article", "art", "content", "doc", "news", "node", "page", "post", "record", "story", "topic")
IDENTIFYING = frozenset(
    {"p", "id", "article", "nid", "post", "story", "aid", "sid"}
    | {way for kind in _KINDS for way in (f"{kind}id", f"{kind}_id", f"id{kind}", f"id_{kind}")}
)
"""Parameters that name an article by themselves, whatever stands beside them (`?p=123&preview=true`)."""


def _parameter(text: str) -> str:
    data = text.encode("utf-8", "surrogateescape")
    return _text(data) if any(byte > 127 for byte in data) else text


def _decoded(path: str) -> str:
    for _ in range(2):  # some servers and messengers encode what was encoded already
        if not _ENCODED.search(path) and path.isascii():
            break
        path = _text(unquote_to_bytes(path))
    return unicodedata.normalize("NFC", path)


def _text(data: bytes) -> str:
    for charset in ("utf-8", "windows-1256"):
        try:
            return unicodedata.normalize("NFC", data.decode(charset))
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def find(edition: Edition, address: str) -> int | None:
    """The id of the article that answers for an old address in this edition, in one query."""
    forms = candidates(address)
    if not forms:
        return None
    digests = [LegacyPath.digest_of(form) for form in forms]
    found = dict(
        LegacyPath.objects.filter(edition=edition, digest__in=digests).values_list("digest", "article_id")
    )
    return next((found[digest] for digest in digests if digest in found), None)


def remember(edition: Edition, article_id: int, address: str) -> bool:
    """Lets `address` lead to the article for ever; False when it already leads to another one."""
    path = normal_form(address)
    if path == "/":
        return False
    row, _ = LegacyPath.objects.get_or_create(
        edition=edition, digest=LegacyPath.digest_of(path), defaults={"article_id": article_id, "path": path}
    )
    return row.article_id == article_id


class Leads(StrEnum):
    """What has become of the article of an old address."""

    UNKNOWN = "unknown"
    REDIRECT = "redirect"
    GONE = "gone"
    """Readers had it here, and it was withdrawn."""
    DRAFT = "draft"
    """Readers have never seen it here."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an old address leads: `path` (a full address when the article stands in a sister edition alone) of
    `publication`; both None unless it is a redirect."""

    leads: Leads
    article_id: int | None = None
    publication: Publication | None = None
    path: str | None = None


def target(edition: Edition, address: str) -> Target:
    """What an old address gives today in this edition."""
    article_id = find(edition, address)
    if article_id is None:
        return Target(Leads.UNKNOWN)
    placed = list(
        Publication.objects.filter(article_id=article_id)
        .select_related("section", "edition")
        .order_by("-is_canonical", "pk")
    )
    here = next((one for one in placed if one.edition_id == edition.pk), None)
    if here is not None and here.state == Publication.State.WITHDRAWN:
        return Target(Leads.GONE, article_id)
    standing = [one for one in placed if one.state == Publication.State.PUBLISHED]
    if here is not None and here in standing:
        return Target(Leads.REDIRECT, article_id, here, addresses.of_publication(here))
    if not standing:
        return Target(Leads.DRAFT, article_id)
    there = standing[0]
    path = addresses.absolute(there.edition, addresses.of_publication(there))
    return Target(Leads.REDIRECT, article_id, there, path)
