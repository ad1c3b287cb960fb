"""The three formats of feeds: RSS 2.0 (rssboard.org), Atom (RFC 4287), JSON Feed 1.1 (jsonfeed.org).

Each is a function of the same `Feed`, and the same feed gives the same bytes: nothing in it tells the time of asking,
so that an ETag changes only when there is news.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from bulaq.reader.machine.feed_entries import Entry

RSS_TYPE = "application/rss+xml; charset=utf-8"
ATOM_TYPE = "application/atom+xml; charset=utf-8"
JSON_TYPE = "application/feed+json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed is, in whatever format. All addresses are full."""

    title: str
    description: str
    language: str
    home: str
    """The page that it is the feed of."""
    addresses: Mapping[str, str]
    """Its own, by kind: rss, atom, json."""
    icon: str
    small_icon: str
    """144 pixels square: the widest that RSS 2.0 allows."""
    publisher: str
    hubs: Sequence[str]
    entries: Sequence[Entry]

    @property
    def updated_at(self) -> datetime | None:
        """The last change of any entry."""
        return max((entry.updated_at for entry in self.entries), default=None)


def rss(feed: Feed) -> str:
    """RSS 2.0 with the whole text (content:encoded), authors (dc:creator) and pictures (enclosure, media:content)."""
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<title>{escape(feed.title)}</title><link>{escape(feed.home)}</link>"
        f"<description>{escape(feed.description)}</description><language>{escape(feed.language)}</language>"
        f'<atom:link rel="self" type="application/rss+xml" href={quoteattr(feed.addresses["rss"])}/>',
        *(f'<atom:link rel="hub" href={quoteattr(hub)}/>' for hub in feed.hubs),
        f"<image><url>{escape(feed.small_icon)}</url><title>{escape(feed.title)}</title><link>{escape(feed.home)}</link>"
        "<width>144</width><height>144</height></image>",
    ]
    if feed.updated_at:
        parts.append(f"<lastBuildDate>{format_datetime(feed.updated_at)}</lastBuildDate>")
    parts += [_rss_item(entry) for entry in feed.entries]
    parts.append("</channel></rss>\n")
    return "".join(parts)


def _rss_item(entry: Entry) -> str:
    picture = entry.picture
    return "".join(
        [
            f"<item><title>{escape(entry.title)}</title><link>{escape(entry.address)}</link>",
            f'<guid isPermaLink="true">{escape(entry.identity)}</guid>',
            f"<pubDate>{format_datetime(entry.published_at)}</pubDate>",
            f"<atom:updated>{entry.updated_at.isoformat(timespec='seconds')}</atom:updated>",
            *(f"<dc:creator>{escape(author)}</dc:creator>" for author in entry.authors),
            f"<dc:language>{escape(entry.language)}</dc:language>",
            *(f"<category>{escape(name)}</category>" for name in entry.categories),
            f"<description>{escape(entry.summary)}</description>" if entry.summary else "",
            f"<content:encoded>{escape(entry.html)}</content:encoded>" if entry.html else "",
            (
                f'<enclosure url={quoteattr(picture.url)} length="{picture.length}" type="{picture.media_type}"/>'
                f'<media:content url={quoteattr(picture.url)} type="{picture.media_type}" medium="image"'
                f' width="{picture.width}" height="{picture.height}"/>'
            )
            if picture
            else "",
            "</item>",
        ]
    )


def atom(feed: Feed) -> str:
    """Atom with the whole text."""
    updated = feed.updated_at
    parts = [
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(feed.language)}>'
        f"<id>{escape(feed.addresses['atom'])}</id><title>{escape(feed.title)}</title>"
        f"<subtitle>{escape(feed.description)}</subtitle>"
        f"<updated>{updated.isoformat(timespec='seconds') if updated else '1970-01-01T00:00:00Z'}</updated>"
        f"<author><name>{escape(feed.publisher)}</name></author><icon>{escape(feed.icon)}</icon>"
        f'<link rel="alternate" type="text/html" href={quoteattr(feed.home)}/>'
        f'<link rel="self" type="application/atom+xml" href={quoteattr(feed.addresses["atom"])}/>',
        *(f'<link rel="hub" href={quoteattr(hub)}/>' for hub in feed.hubs),
        *(_atom_entry(entry) for entry in feed.entries),
        "</feed>\n",
    ]
    return "".join(parts)


def _atom_entry(entry: Entry) -> str:
    picture = entry.picture
    return "".join(
        [
            f"<entry xml:lang={quoteattr(entry.language)}><id>{escape(entry.identity)}</id><title>{escape(entry.title)}</title>",
            f'<link rel="alternate" type="text/html" href={quoteattr(entry.address)}/>',
            (
                f'<link rel="enclosure" type="{picture.media_type}" href={quoteattr(picture.url)} length="{picture.length}"/>'
                if picture
                else ""
            ),
            f"<published>{entry.published_at.isoformat(timespec='seconds')}</published>",
            f"<updated>{entry.updated_at.isoformat(timespec='seconds')}</updated>",
            *(f"<author><name>{escape(author)}</name></author>" for author in entry.authors),
            *(f"<category term={quoteattr(name)}/>" for name in entry.categories),
            f"<summary>{escape(entry.summary)}</summary>" if entry.summary else "",
            f'<content type="html">{escape(entry.html)}</content>' if entry.html else "",
            "</entry>",
        ]
    )


def json_feed(feed: Feed) -> str:
    """JSON Feed 1.1 with the whole text."""
    data: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.addresses["json"],
        "description": feed.description,
        "language": feed.language,
        "icon": feed.icon,
        "authors": [{"name": feed.publisher}],
    }
    if feed.hubs:
        data["hubs"] = [{"type": "WebSub", "url": hub} for hub in feed.hubs]
    data["items"] = [_json_item(entry) for entry in feed.entries]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _json_item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.identity,
        "url": entry.address,
        "title": entry.title,
        # The format asks for one of the two texts: a feed reader shows the summary of what has no body.
        "content_html": entry.html,
        "date_published": entry.published_at.isoformat(timespec="seconds"),
        "date_modified": entry.updated_at.isoformat(timespec="seconds"),
        "language": entry.language,
        "tags": list(entry.categories),
    }
    if entry.summary:
        item["summary"] = entry.summary
    if entry.authors:
        item["authors"] = [{"name": author} for author in entry.authors]
    if entry.picture:
        item["image"] = entry.picture.url
    return item


FORMATS = {"rss": (rss, RSS_TYPE), "atom": (atom, ATOM_TYPE), "json": (json_feed, JSON_TYPE)}
"""By kind, as `newsroom.addresses` names them."""
