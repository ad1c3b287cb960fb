"""What a page tells machines: the elements of its head, JSON-LD (`json_ld.py`), and which elements microdata and RDFa mark."""

from __future__ import annotations

from html import unescape

from bulaq.intake.html.layout.text import fold
from bulaq.intake.html.layout.tree import Element
from bulaq.intake.html.machines.json_ld import read_json_ld
from bulaq.intake.html.machines.structured_data import StructuredData

_META: dict[str, tuple[str, str]] = {
    "og:title": ("titles", "og:title"),
    "twitter:title": ("titles", "twitter:title"),
    "dc.title": ("titles", "dc"),
    "dcterms.title": ("titles", "dc"),
    "title": ("titles", "meta"),
    "headline": ("titles", "meta"),
    "sailthru.title": ("titles", "meta"),
    "parsely-title": ("titles", "meta"),
    "article:published_time": ("published", "article:published_time"),
    "og:published_time": ("published", "article:published_time"),
    "og:article:published_time": ("published", "article:published_time"),
    "datepublished": ("published", "microdata"),
    "datecreated": ("published", "microdata"),
    "pubdate": ("published", "meta"),
    "publishdate": ("published", "meta"),
    "publish_date": ("published", "meta"),
    "publish-date": ("published", "meta"),
    "published_at": ("published", "meta"),
    "publication_date": ("published", "meta"),
    "date": ("published", "meta"),
    "dc.date": ("published", "dc"),
    "dc.date.issued": ("published", "dc"),
    "dc.date.created": ("published", "dc"),
    "dcterms.created": ("published", "dc"),
    "dcterms.issued": ("published", "dc"),
    "dcterms.date": ("published", "dc"),
    "parsely-pub-date": ("published", "meta"),
    "sailthru.date": ("published", "meta"),
    "cxenseparse:recs:publishtime": ("published", "meta"),
    "article.published": ("published", "meta"),
    "article:modified_time": ("modified", "article:modified_time"),
    "article:modified": ("modified", "article:modified_time"),
    "og:updated_time": ("modified", "og:updated_time"),
    "datemodified": ("modified", "microdata"),
    "lastmod": ("modified", "meta"),
    "last-modified": ("modified", "meta"),
    "dcterms.modified": ("modified", "dc"),
    "dc.date.modified": ("modified", "dc"),
    "author": ("authors", "meta"),
    "article:author": ("authors", "article:author"),
    "og:article:author": ("authors", "article:author"),
    "dc.creator": ("authors", "dc"),
    "dcterms.creator": ("authors", "dc"),
    "parsely-author": ("authors", "meta"),
    "sailthru.author": ("authors", "meta"),
    "byl": ("authors", "meta"),
    "twitter:data1": ("authors", "twitter"),
    "article:section": ("sections", "article:section"),
    "og:article:section": ("sections", "article:section"),
    "og:section": ("sections", "article:section"),
    "articlesection": ("sections", "microdata"),
    "section": ("sections", "meta"),
    "category": ("sections", "meta"),
    "parsely-section": ("sections", "meta"),
    "dc.subject": ("tags", "dc"),
    "article:tag": ("tags", "article:tag"),
    "og:article:tag": ("tags", "article:tag"),
    "news_keywords": ("tags", "news_keywords"),
    "keywords": ("tags", "keywords"),
    "og:image": ("images", "og:image"),
    "og:image:url": ("images", "og:image"),
    "og:image:secure_url": ("images", "og:image"),
    "twitter:image": ("images", "twitter:image"),
    "twitter:image:src": ("images", "twitter:image"),
    "thumbnailurl": ("images", "microdata"),
    "og:description": ("descriptions", "og:description"),
    "description": ("descriptions", "description"),
    "twitter:description": ("descriptions", "twitter:description"),
    "dc.description": ("descriptions", "dc"),
}
_SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "copyright")


def read_structured_data(root: Element) -> StructuredData:
    """All claims found in `root`. Never raises; what could not be read is named in `warnings`."""
    found = StructuredData()
    html_lang = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    if html_lang and html_lang.strip():
        found.lang = html_lang.strip()
    scripts: list[str] = []
    for element in root.iter("meta", "link", "script", "title"):
        if element.tag == "meta":
            _meta(element, found)
        elif element.tag == "link":
            _link(element, found)
        elif element.tag == "title":
            _title(element, found)
        elif "ld+json" in (element.get("type") or "").lower() and element.text:
            scripts.append(element.text)
    read_json_ld(scripts, found)
    for element in root.xpath("//body//*[@itemprop or @property]"):
        names = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower().split()
        for name in names:
            found.marked.setdefault(name.rpartition(":")[2], []).append(element)
    return found


def _link(element: Element, found: StructuredData) -> None:
    rel = (element.get("rel") or "").lower()
    if rel == "canonical" and not found.canonical:
        found.canonical = (element.get("href") or "").strip() or None
    elif rel == "image_src" and element.get("href"):
        found.images.append(("image_src", element.get("href").strip()))


def _title(element: Element, found: StructuredData) -> None:
    """The page's `<title>`, the first that is not a drawing's."""
    above = element.getparent()
    if not element.text or (above is not None and above.tag == "svg"):
        return
    title = fold(element.text)
    if title and not any(where == "title" for where, _ in found.titles):
        found.titles.append(("title", title))


def _meta(element: Element, found: StructuredData) -> None:
    content = element.get("content")
    if not content:
        return
    value = fold(unescape(content)) if "&" in content else fold(content)
    if not value or len(value) > 5000:
        return
    for attribute in ("property", "name", "itemprop"):
        names = element.get(attribute)
        if not names:
            continue
        for raw in names.lower().split():
            place = _META.get(raw)
            if place:
                entry = (place[1], value)
                target = getattr(found, place[0])
                if entry not in target:
                    target.append(entry)
            elif raw in _SITES:
                if len(value) < 80 and value not in found.sites:
                    found.sites.insert(0 if raw == "og:site_name" else len(found.sites), value)
            elif raw == "og:type":
                found.kind = value.lower()
            elif raw == "og:url":
                found.address = value
