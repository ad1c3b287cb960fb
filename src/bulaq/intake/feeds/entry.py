"""One entry of an RSS or Atom feed: its addresses, texts, dates, names and picture, whichever elements hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[attr-defined]

from bulaq.intake.article import Picture
from bulaq.intake.article_markup import plain
from bulaq.intake.told_article import ToldArticle, address

_ATOM = "http://www.w3.org/2005/Atom"
XML = "{http://www.w3.org/XML/1998/namespace}"
XML_BASE = f"{XML}base"

MIN_TEXT = 500
"""Characters of a description that may be a whole text without being parted into paragraphs."""

_PARAGRAPH_END = re.compile(r"</p\s*>|<br\b[^>]*>\s*<br\b|\n\s*\n", re.I)
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[&#8230;\])\W{0,3}$")


_KIND = "http://schemas.google.com/g/2005#kind"
_ARTICLES = ("post", "page", "")


def is_article(entry: Any) -> bool:
    """Whether an entry is a text of the site: exports of Blogger hold its settings and readers' comments as entries too."""
    kinds = [child.get("term", "").rpartition("#")[2] for child in entry if child.get("scheme") == _KIND]
    return all(kind in _ARTICLES for kind in (*kinds, _of_blogger(entry, "type")))


def _of_blogger(entry: Any, name: str) -> str:
    """What Blogger's newer exports say of an entry («POST», «COMMENT»; «LIVE», «DRAFT»), in small letters."""
    said = (child.text for child in entry if name_of(child) == name and "blogger" in _space(child))
    return (next(said, "") or "").lower()


def told_entry(entry: Any, base: str | None) -> ToldArticle:
    """The values of an `<item>` or `<entry>`; addresses in it are relative to `base`, or to itself."""
    told = ToldArticle(headline=text_of(entry, "title"))
    _tell_addresses(told, entry, base)
    _tell_texts(told, entry)
    told.published = _texts(entry, "pubDate", "published", "issued", "date", "created", "updated")
    told.modified = _texts(entry, "updated", "modified")
    told.bylines = [byline for child in entry if (byline := _byline(child)) is not None]
    _tell_topics(told, entry)
    told.picture = _picture(entry, told.base)
    drafted = (child.text == "yes" for child in entry.iter() if name_of(child) == "draft")
    told.draft = any(drafted) or _of_blogger(entry, "status") == "draft"
    told.language = entry.get(f"{XML}lang") or text_of(entry, "language") or None
    return told


def _tell_addresses(told: ToldArticle, entry: Any, base: str | None) -> None:
    guid = next((child for child in entry if name_of(child) == "guid"), None)
    guid_link = None
    if guid is not None and guid.get("isPermaLink", "true") != "false":
        guid_link = address(guid.text, None)
    link = link_of(entry, base)
    told.url = address(text_of(entry, "origLink"), None) or link or guid_link
    file = text_of(entry, "filename") if told.url is None else ""  # a post of Blogger's newer exports
    told.aliases = [alias for alias in (guid_link, link, file if file.startswith("/") else None) if alias]
    stated = any(element.get(XML_BASE) for element in (entry, *entry.iterancestors()))
    told.base = base if stated else told.url or base


_FROM_THE_SITE = re.compile(
    r"<p\b[^<>]{0,200}>\s{0,20}(?:The post\s|ظهرت المقالة|ظهر المقال|المقالة\s)(?:(?!</?p\b).){0,3000}?(?:appeared first on|first appeared on|أول[اًى]{0,2} على)"
    r"(?:(?!</?p\b).){0,1500}?</p>\s{0,20}\Z",
    re.S,
)
"""What WordPress closes the entries of its feeds with."""


def _tell_texts(told: ToldArticle, entry: Any) -> None:
    """Text and summary. Of two texts the longer is the article: some feeds put all of it in the description."""
    full = text_of(entry, "encoded", "content", "body", "full-text")
    summary = text_of(entry, "description", "summary", "abstract")
    if full and len(plain(full)) * 2 >= len(plain(summary)):
        told.body, told.summary = _FROM_THE_SITE.sub("", full), summary
        told.provenance["body"] = "content"
        return
    told.body, told.body_trust = summary, 0.6
    told.provenance["body"] = "description"
    if _is_summary(summary):
        told.warnings.append("the feed holds only a summary of the text")
        told.body_trust = 0.3


def _is_summary(markup: str) -> bool:
    text = plain(markup)
    one_paragraph = len(_PARAGRAPH_END.findall(markup)) < 2
    return (len(text) < MIN_TEXT and one_paragraph) or bool(_CUT_OFF.search(text))


def _texts(entry: Any, *names: str) -> list[str]:
    return [text for name in names if (text := text_of(entry, name))]


def _byline(child: Any) -> str | None:
    """Whom the child of an entry names as a writer; None for other children."""
    name = name_of(child)
    if name == "creator" or (name == "author" and not _is_podcast(child)):
        return text_of(child, "name") if len(child) else child.text or ""
    return text_of(child, "name") if name == "contributor" and len(child) else None


def _tell_topics(told: ToldArticle, entry: Any) -> None:
    """The first category is the section, the others and the keywords are tags."""
    named = [tag for child in entry for tag in map(plain, _categories(child)) if tag]
    keywords = [tag for child in entry for tag in map(plain, _keywords(child)) if tag]
    told.tags = [*named[1:], *keywords]
    if named:
        told.section, told.section_trust = named[0], 0.6
        told.provenance["section"] = "first category"


def _categories(child: Any) -> list[str]:
    name = name_of(child)
    if name == "category" and not _is_podcast(child) and child.get("scheme") != _KIND:
        return [child.get("label") or child.get("term") or child.text or ""]
    return re.split(r"[,،;؛]", child.text or "") if name == "subject" else []


def _keywords(child: Any) -> list[str]:
    """Words to find an entry by, which are no section; a podcast repeats those of the whole in each entry."""
    told = name_of(child) == "keywords" and not _is_podcast(child)
    return re.split(r"[,،]", child.text or "") if told else []


_FULL_SIZE, _CHANNEL_IMAGE, _THUMBNAIL = 1_000_000, 2000, 1000
"""What a picture is worth by the element that names it, before its width in pixels."""
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)", re.I)


def _picture(entry: Any, base: str | None) -> Picture | None:
    """The largest picture of the entry with what stands beside it."""
    best = max(_pictures(entry, base), key=lambda found: found[0], default=None)
    if best is None:
        return None
    _, element, url = best
    caption, credit = _caption_and_credit(element, entry)
    return Picture(url, caption, credit, plain(element.get("alt") or "") or None)


def _pictures(entry: Any, base: str | None) -> Iterator[tuple[int, Any, str]]:
    """Worth, element and address of each."""
    for element in entry.iter():
        url, worth = _image_address(element)
        found = address(url, base)
        if found:
            width = element.get("width") or ""
            yield worth + (int(width) if width.isdigit() and len(width) < 6 else 0), element, found


def _image_address(element: Any) -> tuple[str | None, int]:
    name, kind = name_of(element), element.get("type") or ""
    if (name == "content" and _is_media(element)) or name == "enclosure":
        url = element.get("url")
        shows = element.get("medium") == "image" or kind.startswith("image/") or _IMAGE_FILE.search(url or "")
        return url if shows else None, _FULL_SIZE
    if name == "link" and element.get("rel") == "enclosure" and kind.startswith("image/"):
        return element.get("href"), _FULL_SIZE
    if name == "image":
        return element.get("href") or text_of(element, "url") or element.text, _CHANNEL_IMAGE
    return (element.get("url"), _THUMBNAIL) if name == "thumbnail" else (None, 0)


def _caption_and_credit(picture: Any, entry: Any) -> tuple[str | None, str | None]:
    """What Media RSS says of the picture: inside it, else in its group, else in the entry."""
    caption = credit = None
    for place in (picture, picture.getparent(), entry):
        for child in filter(_is_media, place):
            name = name_of(child)
            if name == "description" or (name == "title" and not caption):
                caption = plain(child.text or "") or caption
            elif name == "credit" and not credit:
                credit = plain(child.text or "") or None
        if caption or credit:
            break
    return caption, credit


def _is_podcast(element: Any) -> bool:
    return "itunes" in _space(element)


def own_base(element: Any, base: str | None) -> str | None:
    """What addresses inside the element are relative to: its own `xml:base`, else `base`."""
    return address(element.get(XML_BASE), base) or base


def name_of(element: Any) -> str:
    """The element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _space(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[0].strip("{").lower() if isinstance(tag, str) else ""


def _is_media(element: Any) -> bool:
    space = _space(element)
    return "mrss" in space or "/media" in space


def text_of(parent: Any, *names: str) -> str:
    """What the first child of these names that holds anything says, markup and all; empty where none does."""
    for name in names:
        for child in parent:
            if name_of(child) == name and not _is_media(child) and not _is_podcast(child):
                value = _content(child)
                if value.strip():
                    return value.strip()
    return ""


def _content(element: Any) -> str:
    """An element's text; of XHTML content, its markup."""
    if element.get("type") == "xhtml" or (
        len(element) and name_of(element) in ("content", "summary", "title", "encoded", "description")
    ):
        inner = element.text or ""
        for child in element:
            inner += etree.tostring(child, encoding="unicode", method="html")
        return re.sub(r"<(/?)[\w-]+:", r"<\1", inner)
    value = "".join(element.itertext()) if len(element) else element.text or ""
    if element.get("type") == "text" or (_space(element) == _ATOM.lower() and element.get("type") is None):
        return value.replace("&", "&amp;").replace("<", "&lt;")
    return str(value)


def link_of(entry: Any, base: str | None) -> str | None:
    """Where a feed or an entry leads."""
    for child in entry:
        if name_of(child) == "link":
            if child.get("href") is None:
                if (child.text or "").strip():
                    return address(child.text, base)
            elif child.get("rel", "alternate") == "alternate":
                return address(child.get("href"), base)
    return None
