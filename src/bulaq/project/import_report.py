"""`bulaq import --dry-run`: what intake finds in the inputs, without a home and without a database."""

from __future__ import annotations

import argparse
import json
import sys

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.reader import ReadOptions
from bulaq.intake.sources import read_all
from bulaq.project.command_line import DONE, SOME_REFUSED


def show(arguments: argparse.Namespace) -> int:
    """Prints one JSON object a line, or a line for a person; refused inputs go to standard error."""
    found = refused = 0
    options = ReadOptions(keep_lines=arguments.lines)
    for item in read_all(arguments.paths, options):
        if isinstance(item, Refusal):
            refused += 1
            print(f"{item.source}: {item.reason}", file=sys.stderr)
            continue
        found += 1
        if arguments.headline is not None and item.headline is None:
            item = item.with_headline(arguments.headline)
        if arguments.json:
            print(json.dumps(item.as_json(lines=arguments.lines), ensure_ascii=False))
        else:
            print(_line(item))
    if not arguments.json:
        print(f"{found} articles, {refused} refused", file=sys.stderr)
    return SOME_REFUSED if refused else DONE


def _line(article: IncomingArticle) -> str:
    doubt = min(article.confidence.values(), default=1.0)
    headline = article.headline or f"— ({'; '.join(article.warnings) or 'no headline'})"
    return f"{article.source}\t{article.published_at or '—'}\t{doubt:.2f}\t{headline}"
