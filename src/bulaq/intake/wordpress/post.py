"""One item of an export as typed values, before anything is made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any

from bulaq.intake.wordpress.export_head import local

MAX_CONTENT = 4_000_000
"""Characters of one body; the longest real one met (a book in one post) had 900,000."""


_UNTOLD = "post"
"""The type of an item that tells none."""


@dataclass(slots=True)
class PostTerm:
    """A term of a post: `domain` is its taxonomy (category, post_tag, author, …), `slug` its key."""

    domain: str
    slug: str
    name: str


@dataclass(slots=True)
class Post:
    """An item: a post, a page, an attachment, or something of a plugin's."""

    id: int = 0
    kind: str = _UNTOLD
    status: str = "publish"
    title: str = ""
    link: str = ""
    guid: str = ""
    creator: str = ""
    content: str = ""
    excerpt: str = ""
    published: str = ""
    published_gmt: str = ""
    modified: str = ""
    modified_gmt: str = ""
    pub_date: str = ""
    name: str = ""
    parent: int = 0
    menu_order: int = 0
    password: str = ""
    sticky: bool = False
    attachment_url: str = ""
    terms: list[PostTerm] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    meta_keys: set[str] = field(default_factory=set)
    """Names of the fields, of those too whose values are left out."""
    repeated: dict[str, list[str]] = field(default_factory=dict)
    """All values of the fields that a post has several times."""
    live_entries: list[tuple[str, str]] = field(default_factory=list)
    """When each entry of a live coverage was written (local time), and its markup."""
    too_long: bool = False


_TEXTS = {
    "title": "title",
    "link": "link",
    "creator": "creator",
    "post_date": "published",
    "post_date_gmt": "published_gmt",
    "post_modified": "modified",
    "post_modified_gmt": "modified_gmt",
    "pubDate": "pub_date",
    "post_name": "name",
    "post_type": "kind",
    "status": "status",
    "post_password": "password",
    "attachment_url": "attachment_url",
}
_NUMBERS = {"post_id": "id", "post_parent": "parent", "menu_order": "menu_order"}


def read_post(element: Any) -> Post:
    """The values of an `<item>`."""
    post = Post()
    for child in element:
        name = local(child)
        text = child.text or ""
        if name in _TEXTS:
            setattr(post, _TEXTS[name], text.strip())
        elif name in _NUMBERS:
            setattr(post, _NUMBERS[name], int(text) if re.fullmatch(r"\s*\d{1,17}\s*", text) else 0)
        elif name == "encoded":
            if "excerpt" in child.tag:
                post.excerpt = text[:20_000]
            else:
                post.too_long = len(text) > MAX_CONTENT
                post.content = text[:MAX_CONTENT]
        elif name == "guid":
            post.guid = text.strip()
        elif name == "is_sticky":
            post.sticky = text.strip() == "1"
        elif name == "category":
            if text.strip() and len(post.terms) < 500:
                _term(post, child.get("domain") or "", child.get("nicename") or "", text.strip())
        elif name == "postmeta":
            _meta(child, post)
        elif name == "comment":
            _comment(child, post)
    return post


def kind_of(element: Any) -> str:
    """The type of an `<item>`, as `read_post` gives it, without reading the rest."""
    for child in element.iterchildren(reversed=True):
        if local(child) == "post_type":
            return (child.text or "").strip()
    return _UNTOLD


MAX_LIVE_ENTRIES = 2_000


def _comment(element: Any, post: Post) -> None:
    """Live coverage is kept as comments of its own type (Liveblog, by Automattic); one that corrects another stands in it too."""
    told = {local(child): (child.text or "").strip() for child in element}
    corrects = any(
        local(child) == "commentmeta" and any(inner.text == "liveblog_replaces" for inner in child)
        for child in element
    )
    if told.get("comment_type") != "liveblog" or corrects or len(post.live_entries) >= MAX_LIVE_ENTRIES:
        return
    content = told.get("comment_content", "")[:100_000]
    if content:
        post.live_entries.append((told.get("comment_date", ""), content))


def _term(post: Post, domain: str, slug: str, name: str) -> None:
    if not domain and not slug:
        return  # WXR 1.0 names each term twice, first without its kind
    post.terms.append(PostTerm("post_tag" if domain == "tag" else domain or "category", slug, name))


def _meta(element: Any, post: Post) -> None:
    told = {local(child): child.text or "" for child in element}
    key = told.get("meta_key", "").strip()
    if key in _REPEATED:
        values = post.repeated.setdefault(key, [])
        if len(values) < 50:
            values.append(told.get("meta_value", "").strip())
    elif key and len(post.meta) < 500 and len(told.get("meta_value", "")) < _longest(key, post):
        value = told.get("meta_value", "").strip()
        post.meta_keys.add(key)
        if not _FIELD_KEY.fullmatch(value):
            post.meta.setdefault(key, value)


_REPEATED = ("_wp_old_slug", "_molongui_author")
_FIELD_KEY = re.compile(r"field_[0-9a-f]{6,20}")
"""Advanced Custom Fields keeps the number of its field under «_name», beside the value under «name»."""
_LONGEST = {"_elementor_data": MAX_CONTENT, "footnotes": 1_000_000}
"""Characters of the fields that hold a text."""


def _longest(key: str, post: Post) -> int:
    """Characters of a field that is read. Of a longer one a reader sees nothing, unless the post has no text but that."""
    return _LONGEST.get(key, 20_000 if post.content else 1_000_000)


def moment(local_time: str, gmt: str, rfc822: str = "") -> str | None:
    """ISO 8601 with the site's own offset, which is the difference of WordPress's two dates; without one when unknown.

    >>> moment("2020-08-24 09:23:00", "2020-08-24 07:23:00")
    '2020-08-24T09:23:00+02:00'
    >>> moment("2020-08-24 09:23:00", "0000-00-00 00:00:00")
    '2020-08-24T09:23:00'
    """
    here, there = _parsed(local_time), _parsed(gmt)
    if there is None and rfc822:
        try:
            told = parsedate_to_datetime(rfc822)
            offset = told.utcoffset() or timedelta(0)
            there = told.replace(tzinfo=None) - offset if told.year > 1900 else None
        except (ValueError, TypeError, IndexError, OverflowError):
            there = None
    if here is None:
        return there.replace(tzinfo=UTC).isoformat() if there else None
    if there is None:
        return here.isoformat()
    difference = here - there
    if abs(difference) > timedelta(hours=14) or difference.total_seconds() % 900:
        return here.isoformat()
    return here.replace(tzinfo=timezone(difference)).isoformat()


def _parsed(text: str) -> datetime | None:
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)", text)
    if match is None:
        return None
    try:
        found = datetime(*map(int, match.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None
    return found if found.year >= 1900 else None
