"""Posts and charts of platforms whose script drew what readers saw, players of Flash, and frames: each as its address."""

from __future__ import annotations

import re
from html import unescape

from bulaq.intake.html.layout.embeds import embed_of_address
from bulaq.intake.wordpress.figures import film

_QUOTED = re.compile(
    r"<blockquote\b[^<>]{0,500}\b(?:class=[\"'][^\"'<>]{0,100}\btiktok-embed\b[^<>]{0,300}?\bcite|data-instgrm-permalink|data-text-post-permalink|"
    r"data-embed-url|data-bluesky-uri)=[\"']((?:https?|at)://[^\"'<>\s]{1,500})[\"'][^<>]{0,2000}>",
    re.I,
)
"""TikTok, Instagram, Threads, Mastodon, Bluesky: a quotation that tells where the post stands."""
_OF_BLUESKY = re.compile(r"at://([\w.:-]{1,200})/app\.bsky\.feed\.post/(\w{1,40})")
_DIV = re.compile(
    r"<div\b[^<>]{0,500}\bclass=[\"'][^\"'<>]{0,200}\b(?:fb-(?:post|video)|flourish-embed|infogram-embed)\b[^<>]{0,1000}>(?:\s{0,9}</div>)?",
    re.I,
)
_TOLD = (
    (re.compile(r"\bdata-href=[\"'](https?://[^\"'<>\s]{1,1000})[\"']", re.I), "{}"),
    (
        re.compile(r"\bdata-src=[\"']((?:visualisation|story)/\d{1,12})\b", re.I),
        "https://flo.uri.sh/{}/embed",
    ),
    (re.compile(r"\bdata-id=[\"']([\w-]{4,80})[\"']", re.I), "https://e.infogram.com/{}"),
)
_SCRIPT = re.compile(
    r"<script\b[^<>]{0,1000}\b(?:data-telegram-post=[\"'](?P<telegram>[\w+-]{2,64}/\d{1,12})[\"']|"
    r"src=[\"']https?://datawrapper\.dwcdn\.net/(?P<datawrapper>\w{3,10})/embed\.js)[^<>]{0,1000}>\s{0,9}</script>",
    re.I,
)
_OBJECT = re.compile(r"<object\b[^<>]{0,1000}>(?:(?!</?object\b).){0,5000}</object\s{0,9}>", re.I | re.S)
_PLAYED = re.compile(r"\b(?:value|src|data)=[\"']((?:https?:)?//[^\"'<>\s]{1,1000})[\"']", re.I)
_FRAME = re.compile(r"<iframe\b[^<>]{0,2000}>(?:[^<>]{0,200}</iframe\s{0,9}>)?", re.I)
_FRAMED = re.compile(r"\b(?:data-(?:lazy-)?)?src=[\"']((?:https?:)?//[^\"'<>\s]{1,1000})[\"']", re.I)
_UNSEEN = re.compile(
    r"\b(?:width|height)=[\"']?[01](?:px)?\b|display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|"
    r"adsystem|adservice|doubleclick|googlesyndication|googletagmanager|facebook\.com/plugins/(?:like|page|share|comments)",
    re.I,
)


def with_platform_posts(text: str) -> str:
    """The markup with films (whatever is shown from an address) for what a script, a plugin or a frame showed."""
    # A pattern that minds no case is tried at every letter; to ask first for a word of it costs a hundredth of that.
    lowered = text.lower()
    if any(sign in lowered for sign in ("fb-", "flourish-embed", "infogram-embed")):
        text = _DIV.sub(_told_by_its_element, text)
    if "<blockquote" in lowered and (
        "-embed" in lowered or "-permalink" in lowered or "data-bluesky" in lowered
    ):
        text = _quoted(text)
    if "<object" in lowered:
        text = _OBJECT.sub(_played, text)
    if "data-telegram-post" in lowered or "datawrapper" in lowered:
        text = _SCRIPT.sub(_drawn, text)
    if "<iframe" in lowered:
        text = _FRAME.sub(_framed, text)
    return text


def _told_by_its_element(match: re.Match[str]) -> str:
    for pattern, form in _TOLD:
        if told := pattern.search(match[0]):
            return film(form.format(unescape(told[1])))
    return match[0]


def _quoted(text: str) -> str:
    pieces: list[str] = []
    at = 0
    for match in _QUOTED.finditer(text):
        if match.start() < at:
            continue
        end = text.find("</blockquote", match.end())
        if end < 0:
            break
        pieces += (text[at : match.start()], film(_OF_BLUESKY.sub(_on_bluesky, unescape(match[1]))))
        at = text.find(">", end) + 1 or len(text)
    return "".join([*pieces, text[at:]])


def _on_bluesky(match: re.Match[str]) -> str:
    return f"https://bsky.app/profile/{match[1]}/post/{match[2]}"


def _drawn(match: re.Match[str]) -> str:
    if match["telegram"]:
        return film(f"https://t.me/{match['telegram']}")
    return film(f"https://datawrapper.dwcdn.net/{match['datawrapper']}/")


def _played(match: re.Match[str]) -> str:
    """The film of a player as pages had it before HTML 5; what else is inside stays as it is."""
    addresses = (unescape(found[1]) for found in _PLAYED.finditer(match[0]))
    known = next((url for url in addresses if embed_of_address(url) is not None), None)
    return film(known) if known else match[0]


def _framed(match: re.Match[str]) -> str:
    """What an editor put into a frame, of whatever house; nothing that no reader sees."""
    address = _FRAMED.search(match[0])
    if address is None or _UNSEEN.search(match[0]):
        return match[0]
    url = unescape(address[1])
    return film(url if url.startswith("http") else f"https:{url}")
