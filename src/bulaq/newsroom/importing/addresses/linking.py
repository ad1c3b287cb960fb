"""After all is in: links and read-also lines that point at what was imported are led to its place here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.rich_text import features

from bulaq.intake.sites import host_of
from bulaq.newsroom import addresses
from bulaq.newsroom.importing.storing.bodies import stream_value
from bulaq.newsroom.legacy_paths import candidates
from bulaq.newsroom.models import (
    Article,
    ImportHost,
    ImportItem,
    ImportRun,
    LegacyPath,
    Publication,
    ReadAlso,
)

if TYPE_CHECKING:
    from bulaq.newsroom.importing.runs.options import RunOptions

BATCH = 200

_LINK = re.compile(r'<a href="([^"]*)">')

MIN_HEADLINE = 12
"""Characters: a shorter headline («صور», «بالفيديو») names nothing by itself."""


def link(run: ImportRun, options: RunOptions, go_on: Callable[[], bool]) -> bool:
    """Leads the links of all articles of the run; False when told to stop before the end."""
    while True:
        items = list(
            ImportItem.objects.filter(run=run, pk__gt=run.cursor, article__isnull=False)
            .filter(outcome__in=[ImportItem.Outcome.CREATED, ImportItem.Outcome.UPDATED])
            .order_by("pk")
            .values_list("pk", "article_id")[:BATCH]
        )
        if not items:
            return True
        with transaction.atomic():
            link_articles({article_id for _, article_id in items}, edition_id=run.edition_id)
            ImportRun.objects.filter(pk=run.pk).update(cursor=items[-1][0])
        run.cursor = items[-1][0]
        if not go_on():
            return False


def link_articles(article_ids: Iterable[int], *, edition_id: int) -> int:
    """Leads the links of these articles to their targets here; returns how many were led."""
    ids = list(article_ids)
    hosts = set(ImportHost.objects.filter(edition_id=edition_id).values_list("host", flat=True))
    lines = list(ReadAlso.objects.filter(article_id__in=ids, target__isnull=True))
    articles = [
        article for article in Article.objects.filter(pk__in=ids).only("id", "body") if _has_links(article)
    ]
    wanted = {line.url for line in lines if line.url}
    for article in articles:
        wanted |= {url for block in _paragraphs(article) for url in _urls(block)}
        wanted |= {
            block["value"].get("url") for block in article.body.raw_data if block["type"] == "read_also"
        } - {None, ""}
    targets = targets_of((url for url in wanted if host_of(url) in hosts), edition_id=edition_id)
    by_headline = _by_headline(line.headline for line in lines if line.url not in targets)
    led: list[ReadAlso] = []
    for line in lines:
        target = targets.get(line.url) or by_headline.get(line.headline)
        if target is not None and target != line.article_id:
            line.target_id = target
            led.append(line)
    ReadAlso.objects.bulk_update(led, ["target"], batch_size=100)
    return len(led) + sum(_lead_body(article, targets, edition_id) for article in articles)


def targets_of(urls: Iterable[str], *, edition_id: int) -> dict[str, int]:
    """The article that each old address leads to, for those that lead to one."""
    forms = {url: [LegacyPath.digest_of(form) for form in candidates(url)] for url in urls}
    digests = {digest for found in forms.values() for digest in found}
    known: dict[str, int] = {}
    listed = list(digests)
    for start in range(0, len(listed), 500):
        known |= dict(
            LegacyPath.objects.filter(
                edition_id=edition_id, digest__in=listed[start : start + 500]
            ).values_list("digest", "article_id")
        )
    return {
        url: next(known[digest] for digest in found if digest in known)
        for url, found in forms.items()
        if any(digest in known for digest in found)
    }


def _by_headline(headlines: Iterable[str]) -> dict[str, int]:
    """The article of each headline that exactly one article has."""
    wanted = {headline for headline in headlines if len(headline) >= MIN_HEADLINE}
    found: dict[str, int] = {}
    doubled: set[str] = set()
    for headline, pk in Article.objects.filter(headline__in=wanted).values_list("headline", "id"):
        if headline in found:
            doubled.add(headline)
        found[headline] = pk
    return {headline: pk for headline, pk in found.items() if headline not in doubled}


def _has_links(article: Article) -> bool:
    return any(
        (block["type"] == "paragraph" and "<a href=" in block["value"]) or block["type"] == "read_also"
        for block in article.body.raw_data
    )


def _paragraphs(article: Article) -> list[dict[str, Any]]:
    return [block for block in article.body.raw_data if block["type"] == "paragraph"]


def _urls(block: dict[str, Any]) -> list[str]:
    return [unescape(url) for url in _LINK.findall(block["value"])]


def _lead_body(article: Article, targets: dict[str, int], edition_id: int) -> int:
    """Rewrites the links of a body; returns how many. The digest of the text leaves addresses out, so this is no edit."""
    led = 0
    raw = article.body.get_prep_value()

    def replaced(match: re.Match[str]) -> str:
        nonlocal led
        target = targets.get(unescape(match.group(1)))
        if target is None or target == article.pk:
            return match.group(0)
        opening = _opening(target, edition_id)
        led += opening is not None
        return opening or match.group(0)

    for block in raw:
        if block["type"] == "paragraph":
            block["value"] = _LINK.sub(replaced, block["value"])
        elif block["type"] == "read_also" and not block["value"].get("article"):
            target = targets.get(block["value"].get("url") or "")
            if target is not None and target != article.pk:
                block["value"] = {**block["value"], "article": target}
                led += 1
    if led:
        article.body = stream_value(raw)
        Article.objects.filter(pk=article.pk).update(body=article.body)
    return led


def _opening(article_id: int, edition_id: int) -> str | None:
    """The link to an article as rich text has it: by id where the desk knows such links, else its path."""
    if "article" in features.get_link_types():
        return f'<a linktype="article" id="{article_id}">'
    publication = (
        Publication.objects.filter(article_id=article_id, edition_id=edition_id, state="published")
        .select_related("section")
        .first()
    )
    return f'<a href="{addresses.of_publication(publication)}">' if publication else None
