"""A story of ANS as an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulaq.intake.ans.elements import Writing
from bulaq.intake.ans.pictures import picture_of
from bulaq.intake.article import IncomingArticle, Picture, Refusal
from bulaq.intake.json_values import Object, as_markup, list_of, object_of, objects_of, text_of
from bulaq.intake.reader import Source
from bulaq.intake.told_article import ToldArticle, address, article_of

_KINDS = frozenset(("story", "gallery", "video", "audio", ""))
_WRITERS = frozenset(("", "author", "reference", "person"))
_CLOSED = frozenset(("premium", "subscriber", "subscribers", "subscription", "exclusive", "paid", "locked"))
"""Codes of content that was not for all readers; each newsroom makes up its own, and others («metered») are read by all."""


def article_of_story(story: Object, source: Source, number: int) -> IncomingArticle | Refusal:
    """The article; a refusal for what is no story."""
    named = f"ans item {number}"
    kind = text_of(story.get("type"))
    if kind not in _KINDS:
        return Refusal(source.name, "not-an-article", f"{source.name}: {named} is a {kind[:40]}")
    told = ToldArticle(headline=_basic(story, "headlines"), base=source.url)
    told.summary = _basic(story, "subheadlines") or _basic(story, "description")
    label = object_of(object_of(story.get("label")).get("basic"))
    told.kicker = text_of(label.get("text")) if label.get("display") is not False else ""
    _tell_addresses(told, story)
    _tell_who(told, story)
    _tell_filing(told, story)
    told.published = _texts(story, "display_date", "first_publish_date", "publish_date", "created_date")
    told.modified = _texts(story, "last_updated_date")
    told.language = text_of(story.get("language")) or None
    _tell_body(told, story, kind)
    _hold_back(told, story)
    return article_of(told, source.name, named)


def _basic(story: Object, name: str) -> str:
    """The text that is shown where none is meant for another place."""
    said = object_of(story.get(name))
    return text_of(said.get("basic")) or text_of(said.get("web"))


def _texts(story: Object, *names: str) -> list[str]:
    return [text for name in names if (text := text_of(story.get(name)))]


def _tell_addresses(told: ToldArticle, story: Object) -> None:
    """Addresses are paths of the site; it is named by a word of the newsroom's own, not by its host."""
    said = _texts(story, "canonical_url", "website_url")
    said += [text for text in map(text_of, list_of(story.get("content_aliases"))[:100]) if text]
    told.url = next((url for text in said[:2] if (url := address(text, told.base))), None)
    others = (address(text, told.base) or text for text in said)
    told.aliases = [
        each for each in others if each != told.url and each.startswith(("/", "http://", "https://"))
    ]
    short = address(text_of(story.get("short_url")), told.base)
    told.aliases += [short] if short else []


def _tell_who(told: ToldArticle, story: Object) -> None:
    credits = object_of(story.get("vanity_credits")) or object_of(story.get("credits"))
    people = (one for one in objects_of(credits.get("by"))[:50] if text_of(one.get("type")) in _WRITERS)
    told.bylines = [as_markup(name) for one in people if (name := _name(one))]
    told.place = as_markup(text_of(story.get("location")))
    distributor, origin = object_of(story.get("distributor")), object_of(story.get("source"))
    if text_of(distributor.get("category")) == "wires":
        told.agencies = [as_markup(text_of(distributor.get("name")))]
    elif text_of(origin.get("source_type")) == "wires":
        told.agencies = [as_markup(text_of(origin.get("name")))]
    told.agencies += [as_markup(_name(one)) for one in objects_of(credits.get("affiliation"))[:5]]


def _name(person: Object) -> str:
    parts = " ".join(_texts(person, "first_name", "last_name"))
    return text_of(person.get("name")) or text_of(person.get("byline")) or parts


def _tell_filing(told: ToldArticle, story: Object) -> None:
    taxonomy = object_of(story.get("taxonomy"))
    listed = [*objects_of(taxonomy.get("sections")), *objects_of(taxonomy.get("sites"))]
    primary = object_of(taxonomy.get("primary_section")) or object_of(taxonomy.get("primary_site"))
    section = next((one for one in (primary, *listed) if text_of(one.get("name"))), {})
    told.section = as_markup(text_of(section.get("name")))
    path = (text_of(section.get("_id")) or text_of(section.get("path"))).strip("/").split("/")
    names = {text_of(one.get("_id")).strip("/"): text_of(one.get("name")) for one in listed}
    above = [names.get("/".join(path[:depth]), "") for depth in range(1, min(len(path), 10))]
    told.breadcrumb = [as_markup(name) for name in above if name] + [told.section] if told.section else []
    told.tags = [as_markup(tag) for tag in _tags(taxonomy) if as_markup(tag) != told.section]


def _tags(taxonomy: Object) -> Iterator[str]:
    for name, inner in (("tags", "text"), ("topics", "name"), ("seo_keywords", "")):
        for one in list_of(taxonomy.get(name))[:200]:
            tag = (
                text_of(one.get(inner)) or text_of(one.get("slug")) if isinstance(one, dict) else text_of(one)
            )
            if tag:
                yield tag


def _tell_body(told: ToldArticle, story: Object, kind: str) -> None:
    base = told.url or told.base
    writing = Writing(base)
    promo = object_of(story.get("promo_items"))
    for lead in (object_of(promo.get(name)) for name in ("lead_art", "basic", "lead_image")):
        told.picture = told.picture or _lead(lead, base)
        if text_of(lead.get("type")) == "video" and not writing.parts:
            writing.write([lead])
    if kind in ("video", "audio"):
        writing.write([story])
        writing.parts.append(f"<p>{_basic(story, 'description')}</p>")
    else:
        writing.write(list_of(story.get("content_elements")))
    told.body = writing.markup()
    if writing.is_cut:
        told.warnings.append("the text was cut where it became larger than 16 MB")
    told.pictures, told.read_also = writing.pictures, writing.read_also
    if writing.left_out:
        told.warnings.append(f"left out: {', '.join(writing.left_out)}")


def _lead(item: Object, base: str | None) -> Picture | None:
    """The picture of what leads a story; of a film or a gallery the one that stands for it."""
    kind = text_of(item.get("type"))
    if kind == "image" or (not kind and item.get("url")):
        return picture_of(item, base)
    inner = object_of(object_of(item.get("promo_items")).get("basic")) or object_of(item.get("promo_image"))
    first = next(iter(objects_of(item.get("content_elements"))), {}) if kind == "gallery" else {}
    return next((found for one in (inner, first) if (found := picture_of(one, base))), None)


def _hold_back(told: ToldArticle, story: Object) -> None:
    revision, more = object_of(story.get("revision")), object_of(story.get("additional_properties"))
    seen = more.get("is_published", revision.get("published"))
    code = text_of(object_of(story.get("content_restrictions")).get("content_code"))
    closed = bool(set(re.split(r"\W+|_", code.lower())) & _CLOSED)
    if seen is False:
        told.warnings.append("was not published there")
    if closed:
        told.warnings.append(f"was not for all readers there: {code[:40]}")
    told.draft = seen is False or closed
