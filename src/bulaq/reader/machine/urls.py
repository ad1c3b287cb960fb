"""The addresses of what is for machines. They stand before the sections' in `bulaq.reader.urls`."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path, register_converter

from bulaq.reader import path_converters  # noqa: F401 - registers <id:…> and <part:…>
from bulaq.reader.machine import (
    feeds,
    icons,
    lead_pictures,
    manifest,
    offline,
    opensearch,
    pings,
    robots,
    security_txt,
    share_image,
    sitemaps,
)


class Version:
    """Eight hexadecimal digits."""

    regex = "[0-9a-f]{8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Version, "version")

_KINDS = (("", "rss"), ("atom/", "atom"), ("json/", "json"))


def _feeds() -> list[URLPattern]:
    found: list[URLPattern] = []
    for tail, kind in _KINDS:
        extra = {"kind": kind}
        found += [
            path(f"feed/{tail}", feeds.edition_feed, extra),
            path(f"author/<id:identity>/feed/{tail}", feeds.author_feed, {"slug": "", **extra}),
            path(f"author/<id:identity>-<part:slug>/feed/{tail}", feeds.author_feed, extra),
            path(f"topic/<id:identity>/feed/{tail}", feeds.topic_feed, {"slug": "", **extra}),
            path(f"topic/<id:identity>-<part:slug>/feed/{tail}", feeds.topic_feed, extra),
            path(f"story/<id:identity>/feed/{tail}", feeds.story_feed, {"slug": "", **extra}),
            path(f"story/<id:identity>-<part:slug>/feed/{tail}", feeds.story_feed, extra),
            path(f"<part:section>/feed/{tail}", feeds.section_feed, extra),
        ]
    return found


urlpatterns = [
    *_feeds(),
    path("sitemap.xml", sitemaps.index),
    re_path(r"^sitemap/(?P<name>[a-z0-9-]{4,40})\.xml$", sitemaps.file),
    path("news-sitemap.xml", sitemaps.news),
    path("robots.txt", robots.robots),
    path(".well-known/security.txt", security_txt.security_txt),
    path("manifest.webmanifest", manifest.manifest),
    path("offline.js", offline.worker),
    path("_/offline/", offline.away),
    path("opensearch.xml", opensearch.opensearch),
    path("favicon.ico", icons.favicon_ico),
    path("favicon.svg", icons.favicon_svg),
    path("apple-touch-icon.png", icons.icon, {"size": 180}),
    path("_/icon/<id:size>.png", icons.icon),
    path("_/picture/<id:identity>-<id:image>-<slug:shape>.jpg", lead_pictures.lead_picture),
    path("_/share/<id:identity>.jpg", share_image.share_image),
    path("_/share/<id:identity>-<version:version>.jpg", share_image.share_image),
    re_path(r"^(?P<key>[A-Za-z0-9-]{8,128})\.txt$", pings.key_file),
]
