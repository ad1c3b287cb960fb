"""The standing pages of the demo («عن النخلة», «الخصوصية»), from `content/standing.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from bulaq.demo import bodies
from bulaq.demo.article_body import read_body
from bulaq.newsroom.models import Edition, StandingPage


def load(path: Path, editions: Mapping[str, Edition]) -> None:
    """Makes what is not there yet, in the order of the file. ArticleFileError for a text outside the format; its line is
    counted from the first of that text."""
    for position, entry in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["pages"]):
        body = bodies.stream(read_body(path, entry["text"].split("\n"), 0))
        for slug in entry["editions"]:
            StandingPage.objects.get_or_create(
                edition=editions[slug],
                slug=entry["slug"],
                defaults={
                    "title": entry["title"],
                    "description": entry["description"],
                    "body": body,
                    "live": True,
                    "position": position,
                },
            )
