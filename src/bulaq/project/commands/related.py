"""`bulaq related ARTICLE`: the related articles of an article, and with --why the reasons."""

from __future__ import annotations

import argparse
import sys

from bulaq.project.command_line import DONE, SOME_REFUSED, load_django
from bulaq.project.commands.line_limit import line_limit

HELP = "show the related articles of an article"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("article", type=int, metavar="ARTICLE", help="its id")
    parser.add_argument(
        "--json", action="store_true", help="one JSON object a line, best first (docs/contracts.md)"
    )
    parser.add_argument("--edition", metavar="SLUG", help="default: its canonical edition")
    parser.add_argument("--why", action="store_true", help="also what both articles share")
    parser.add_argument("--limit", type=line_limit, default=8, metavar="N")


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from bulaq.newsroom.finding.documents import documents
    from bulaq.newsroom.finding.indexes import finder
    from bulaq.newsroom.models import Publication, RelatedChoice
    from bulaq.project.commands.named import edition_id
    from bulaq.project.found_lines import print_lines

    found = list(documents([arguments.article]))
    if not found:
        print(f"bulaq related: there is no article {arguments.article}", file=sys.stderr)
        return SOME_REFUSED
    edition = edition_id(arguments.edition)
    if edition is None:
        placed = (
            Publication.objects.filter(article_id=arguments.article).order_by("-is_canonical", "id").first()
        )
        if placed is None:
            print(
                f"bulaq related: article {arguments.article} stands in no edition; say --edition",
                file=sys.stderr,
            )
            return SOME_REFUSED
        edition = placed.edition_id
    choices = list(RelatedChoice.objects.filter(article_id=arguments.article).values_list("other_id", "kind"))
    lines = finder().related(
        found[0],
        edition=edition,
        limit=min(arguments.limit, 100),
        pinned=[other for other, kind in choices if kind == RelatedChoice.Kind.PIN],
        banned={other for other, kind in choices if kind == RelatedChoice.Kind.BAN},
    )
    rows = []
    for line in lines:
        extra = {"why": [reason.words for reason in line.reasons]} if arguments.why else {}
        rows.append((line.id, line.score, extra))
    print_lines(rows, edition=edition, as_json=arguments.json)
    return DONE
