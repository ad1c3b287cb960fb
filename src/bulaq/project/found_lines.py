"""Printing articles that a command found: the contract of `--json`, or lines for a person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bulaq.newsroom import addresses
from bulaq.newsroom.models import Article, Publication


def print_lines(
    rows: Sequence[tuple[int, float, dict[str, Any]]], *, edition: int | None, as_json: bool
) -> None:
    """Prints `(article id, score, extra keys)` in order: as each stands in `edition`, or else in its canonical one."""
    ids = [article_id for article_id, _, _ in rows]
    placed: dict[int, Publication] = {}
    publications = Publication.objects.filter(article_id__in=ids).select_related(
        "edition", "section", "article"
    )
    for publication in publications.order_by("is_canonical"):
        if edition is None or publication.edition_id == edition or publication.article_id not in placed:
            placed[publication.article_id] = publication
    headlines = dict(Article.objects.filter(pk__in=ids).values_list("pk", "headline"))
    for article_id, score, extra in rows:
        if article_id not in headlines:
            continue
        publication = placed.get(article_id)
        line = {
            "id": article_id,
            "headline": publication.headline if publication else headlines[article_id],
            "section": publication.section.slug if publication else None,
            "published_at": _time(publication),
            "score": round(score, 4),
            "url": addresses.absolute(publication.edition, addresses.of_publication(publication))
            if publication
            else None,
            **extra,
        }
        if as_json:
            print(json.dumps(line, ensure_ascii=False))
        else:
            why = f"\t{'، '.join(extra['why'])}" if extra.get("why") else ""
            print(f"{article_id}\t{score:.3f}\t{line['headline']}{why}")


def _time(publication: Publication | None) -> str | None:
    if publication is None or publication.published_at is None:
        return None
    return publication.published_at.astimezone(publication.edition.profile.zone).isoformat(timespec="seconds")
