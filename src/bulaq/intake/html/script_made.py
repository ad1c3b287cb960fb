"""Pages that a script fills in the browser: the saved page shows nothing, but tells machines the whole article."""

from __future__ import annotations

import re

from bulaq.intake.article import IncomingArticle, Picture
from bulaq.intake.html.head.headline import Headline, without_site
from bulaq.intake.html.head.site_names import site_names
from bulaq.intake.html.layout.tree import Element
from bulaq.intake.html.machines.payload import take_payload
from bulaq.intake.html.machines.structured_data import StructuredData
from bulaq.intake.told_article import ToldArticle, article_of

MIN_TOLD_CHARS = 200
_TAG = re.compile(r"<(?:p|br|div)\b", re.I)


def article_of_told(
    root: Element,
    data: StructuredData,
    headline: Headline | None,
    name: str,
    url: str | None,
    base: str | None,
    warnings: list[str],
) -> IncomingArticle | None:
    """The article that the page's structured data hold, or None when they hold no whole text."""
    if len(data.told_text) < MIN_TOLD_CHARS and not take_payload(root, data):
        return None
    own = next((text for where, text in data.titles if where == "script"), "")
    claims = [without_site(text, site_names(data)) for _, text in data.titles]
    shown = headline.text if headline and (headline.segment is not None or not own) else ""
    title = shown or own or next(iter(claims), "")
    picture = next((address for _, address in data.images), None)
    caption = next((text for _, text in data.image_captions), None)
    sites = site_names(data)
    told = ToldArticle(
        headline=title,
        body=data.told_text,
        body_is_text=not _TAG.search(data.told_text),
        url=url or data.canonical or data.address,
        base=base,
        bylines=[text for where, text in data.authors if where.startswith(("json-ld", "script"))],
        section=next((text for _, text in data.sections), ""),
        tags=[text for where, text in data.tags if where in ("json-ld", "article:tag", "script")],
        published=[text for _, text in data.published],
        modified=[text for _, text in data.modified],
        language=data.lang,
        picture=Picture(picture, caption, None, None) if picture else None,
        outlet=sites[0] if sites else "",
        body_trust=0.7,
        provenance={"body": "told to scripts or machines"},
        warnings=[*warnings, "the page shows no text by itself; its text is the one told to machines"],
    )
    found = article_of(told, name, "html page")
    return found if isinstance(found, IncomingArticle) else None
