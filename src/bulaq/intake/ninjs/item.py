"""An item of ninjs, or of Superdesk, as an article; its properties under folded names."""

from __future__ import annotations

import re

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.json_values import Object, as_markup, list_of, object_of, objects_of, text_of
from bulaq.intake.ninjs.pictures import picture_of
from bulaq.intake.ninjs.properties import date_of, first_text, folded, headline_of, name_of
from bulaq.intake.reader import Source
from bulaq.intake.told_article import ToldArticle, address, article_of

_PUBLISHED = ("firstcreated", "firstpublished", "contentcreated", "versioncreated", "versionpublished")
_MODIFIED = ("contentmodified", "versioncreated")
_WITHDRAWN = frozenset(("canceled", "cancelled", "killed", "recalled", "unpublished"))
_SEEN = frozenset(("", "published", "corrected"))
"""States of Superdesk's items that readers saw, and of items of ninjs, which have none."""


def article_of_item(item: Object, source: Source, number: int) -> IncomingArticle | Refusal:
    """The article of an item of text; a refusal for other kinds, and for what its sender took back."""
    named = f"ninjs item {number}"
    uri = text_of(item.get("uri"))
    kind = text_of(item.get("type")) or "text"
    status, state = text_of(item.get("pubstatus")).lower(), text_of(item.get("state")).lower()
    if kind not in ("text", "composite", "article", "preformatted"):
        return Refusal(source.name, "not-an-article", f"{source.name}: {named} is a {kind[:40]}")
    if status in _WITHDRAWN or state in _WITHDRAWN:
        return Refusal(
            source.name, "canceled", f"{source.name}: {named} ({uri[:200]}) was cancelled by its sender"
        )
    if state == "spiked":
        return Refusal(source.name, "trash", f"{source.name}: {named} was thrown away there")
    told = ToldArticle(headline=headline_of(item), base=source.url)
    told.url = address(text_of(item.get("url")) or text_of(item.get("canonicalurl")), source.url) or address(
        uri, None
    )
    told.body, told.body_is_text = _body(item)
    told.summary = _markup(
        first_text(item, "descriptiontext", "description", "descriptions", "abstract", "summary")
    )
    _tell_who(told, item)
    told.published = [date for name in _PUBLISHED if (date := date_of(item.get(name)))]
    told.modified = [date for name in _MODIFIED if (date := date_of(item.get(name)))]
    told.language = text_of(item.get("language")) or None
    told.section, told.tags = _subjects(item)
    told.picture = picture_of(item, told.url or source.url)
    told.kicker = as_markup(
        text_of(item.get("kicker")) or text_of(folded(object_of(item.get("extra"))).get("kicker"))
    )
    _hold_back(told, status, state, date_of(item.get("embargoed")) or date_of(item.get("embargo")))
    return article_of(told, source.name, named)


def _hold_back(told: ToldArticle, status: str, state: str, embargo: str) -> None:
    told.draft = status == "withheld" or state not in _SEEN or bool(embargo)
    if status == "withheld":
        told.warnings.append("was withheld by its sender")
    if state not in _SEEN:
        told.warnings.append(f"was not published there: {state[:40]}")
    if embargo:
        told.warnings.append(f"under embargo: {embargo[:80]}")


def _markup(text: str) -> str:
    """A text that is plain by ninjs and markup by Superdesk."""
    return text if re.search(r"</[a-z]|<br\b", text) else as_markup(text)


def _body(item: Object) -> tuple[str, bool]:
    """The text, and whether it is plain."""
    for name in ("bodyhtml", "bodyxhtml"):
        if value := text_of(item.get(name)):
            return value, False
    bodies = [folded(entry) for entry in objects_of(item.get("bodies"))]
    for entry in sorted(bodies, key=lambda entry: "html" not in text_of(entry.get("contenttype"))):
        if value := text_of(entry.get("value")):
            is_markup = "html" in text_of(entry.get("contenttype")) or value.lstrip().startswith("<")
            return value, not is_markup
    return text_of(item.get("bodytext")), True


def _tell_who(told: ToldArticle, item: Object) -> None:
    told.bylines = _bylines(item)
    told.place = name_of(item.get("located")) or name_of(item.get("dateline"))
    sources = (item.get("source"), item.get("provider"), *list_of(item.get("infosources")))
    told.agencies = [name for name in map(name_of, sources) if name][:1]


def _bylines(item: Object) -> list[str]:
    direct = text_of(item.get("byline")) or text_of(item.get("by"))
    if direct:
        return [as_markup(direct)]
    people: list[str] = []
    for name in ("bylines", "authors", "contributors", "creators"):
        for entry in list_of(item.get(name))[:50]:
            told = object_of(entry)
            if text_of(told.get("role")).lower() in ("", "author", "writer", "byline", "reporter"):
                people.append(as_markup(name_of(entry) or text_of(told.get("value"))))
        if people:
            break
    return [name for name in people if name]


def _subjects(item: Object) -> tuple[str, list[str]]:
    """The section (a service, else the desk's category, else the first subject) and the topics."""
    services = [name_of(entry) for kind in ("service", "anpacategory") for entry in list_of(item.get(kind))]
    subjects = [name_of(entry) for name in ("subject", "subjects") for entry in list_of(item.get(name))]
    keywords = [text_of(word) for word in list_of(item.get("keywords"))]
    others = [name_of(entry) for name in ("person", "people", "organisation", "organisations", "place", "places", "event", "events") for entry in list_of(item.get(name))]  # fmt: skip
    section = next((name for name in services if name), "") or next((name for name in subjects if name), "")
    tags = [name for name in (*subjects, *keywords, *others) if name and name != section]
    return as_markup(section), [as_markup(tag) for tag in tags]
