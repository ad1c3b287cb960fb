"""Embeds of the big platforms as clean addresses, without their scripts."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from bulaq.intake.article import Embed
from bulaq.intake.html.layout.archived import as_published
from bulaq.intake.html.layout.tree import Element

_YOUTUBE = re.compile(
    r"(?:youtube(?:-nocookie)?\.com/(?:embed/|v/|shorts/|live/|watch\?(?:.*&)?v=)|youtu\.be/)([\w-]{11})"
)
_PLATFORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("X", re.compile(r"^https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(?:#!/)?\w+/status(?:es)?/\d+")),
    ("Instagram", re.compile(r"^https?://(?:www\.)?instagram\.com/(?:[\w.]+/)?(?:p|reel|tv)/[\w-]+")),
    (
        "Facebook",
        re.compile(
            r"^https?://(?:\w+\.)?facebook\.com/(?:[^/?]+/(?:posts|videos|photos)/|watch/?\?|reel/|permalink\.php|photo|story\.php|video\.php)"
        ),
    ),
    (
        "TikTok",
        re.compile(
            r"^https?://(?:(?:www\.)?tiktok\.com/(?:@[\w.]+/video|embed(?:/v2)?)/\d+|v[mt]\.tiktok\.com/\w+)"
        ),
    ),
    ("Threads", re.compile(r"^https?://(?:www\.)?threads\.(?:net|com)/@[\w.]+/post/[\w-]+")),
    ("Bluesky", re.compile(r"^https?://bsky\.app/profile/[\w.:-]+/post/\w+")),
    ("Vimeo", re.compile(r"^https?://(?:player\.)?vimeo\.com/(?:video/)?\d+")),
    ("Dailymotion", re.compile(r"^https?://(?:www\.|geo\.)?dailymotion\.com/(?:embed/)?(?:video/|player)")),
    ("SoundCloud", re.compile(r"^https?://(?:w\.)?soundcloud\.com/")),
    ("Spotify", re.compile(r"^https?://open\.spotify\.com/")),
    ("Telegram", re.compile(r"^https?://t\.me/\w+/\d+")),
    ("Google Maps", re.compile(r"^https?://(?:www\.)?google\.[\w.]+/maps/")),
    ("Scribd", re.compile(r"^https?://(?:www\.)?scribd\.com/(?:embeds|document|doc)/")),
    ("Flourish", re.compile(r"^https?://(?:flo\.uri\.sh|public\.flourish\.studio)/")),
    ("Datawrapper", re.compile(r"^https?://datawrapper\.dwcdn\.net/")),
)
_WIDGETS = re.compile(r"(?:twitter-tweet|twitter-video|instagram-media|fb-(?:post|video)|tiktok-embed)")


def is_widget(names: str) -> bool:
    """Whether an element's class says that a platform's script turns it into an embed."""
    return bool(_WIDGETS.search(names))


def embed_of(element: Element) -> Embed | None:
    """The embed that an iframe, a video or a platform's own element shows; None for ads, trackers and widgets."""
    for attribute in (
        "src",
        "data-src",
        "data-lazy-src",
        "data-href",
        "cite",
        "data-instgrm-permalink",
        "data-videoid",
        "href",
    ):
        value = (element.get(attribute) or "").strip()
        if not value:
            continue
        if attribute == "data-videoid" and re.fullmatch(r"[\w-]{11}", value):
            return Embed(f"https://www.youtube.com/watch?v={value}", "YouTube")
        found = embed_of_address(value)
        if found:
            return found
    if element.tag == "object":
        return _player_of(element)
    if element.tag in ("video", "audio"):
        for source in (element, *element.iter("source")):
            url = clean_address(source.get("src") or "")
            if url:
                return Embed(url, None)
    if element.tag not in ("iframe", "video", "audio", "embed"):
        for link in reversed(list(element.iter("a"))):
            found = embed_of_address(link.get("href") or "")
            if found:
                return found
    return None


def _player_of(element: Element) -> Embed | None:
    """The film of a platform that an `<object>` plays: its own address, its `movie`'s or that of the `<embed>` in it."""
    told = [element.get("data")]
    for inner in element.iter("param", "embed", "iframe"):
        is_film = inner.tag != "param" or (inner.get("name") or "").lower() in ("movie", "src")
        told.append((inner.get("src") or inner.get("value")) if is_film else None)
    return next((found for address in told if address and (found := embed_of_address(address))), None)


def embed_of_address(address: str) -> Embed | None:
    """The embed that `address` points to, when it is one of a known platform."""
    url = clean_address(address)
    if not url:
        return None
    video = _YOUTUBE.search(url)
    if video:
        return Embed(f"https://www.youtube.com/watch?v={video[1]}", "YouTube")
    parts = urlsplit(url)
    if "facebook.com/plugins/" in url:
        if (
            "/like" in parts.path
            or "/page.php" in parts.path
            or "/share" in parts.path
            or "/comments" in parts.path
        ):
            return None
        inner = parse_qs(parts.query).get("href")
        return embed_of_address(unquote(inner[0])) if inner else None
    for provider, pattern in _PLATFORMS:
        if pattern.match(url):
            keeps_query = provider in ("Facebook", "Google Maps", "SoundCloud", "Dailymotion")
            return Embed(url if keeps_query else url.split("?")[0].split("#")[0], provider)
    return None


_ABSOLUTE = ("http://", "https://")


def link_address(address: str | None, base: str | None) -> str | None:
    """Where a link of the page leads: absolute when `base` is known; None unless it is http(s) or relative."""
    value = as_published("".join((address or "").split()))
    if not value or len(value) > 4000:
        return None
    try:
        url = value if not base or value.startswith(_ABSOLUTE) else urljoin(base, value)
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        return None
    return url if scheme in ("", "http", "https") else None


def clean_address(address: str) -> str | None:
    """An absolute http(s) address without white space, or None."""
    address = as_published(address.strip())
    if address.startswith("//"):
        address = "https:" + address
    if not re.match(r"https?://[^\s<>\"']+$", address, re.I):
        return None
    try:
        return address if urlsplit(address).hostname else None
    except ValueError:
        return None
