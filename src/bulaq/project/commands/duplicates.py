"""`bulaq duplicates ARTICLE`: the articles that repeat its text, and how much of it."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from bulaq.project.command_line import DONE, SOME_REFUSED, load_django

HELP = "show the articles that repeat an article's text"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("article", type=int, metavar="ARTICLE", help="its id")
    parser.add_argument(
        "--json", action="store_true", help="one JSON object a line, closest first (docs/commands.md)"
    )
    parser.add_argument(
        "--differences",
        action="store_true",
        help="also the passages that differ: - the other's, + this one's",
    )


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from bulaq.discovery.duplicates import differences
    from bulaq.newsroom.finding.documents import documents
    from bulaq.newsroom.finding.duplicates import repeats_of, text_of
    from bulaq.project.found_lines import print_lines

    found = list(documents([arguments.article]))
    if not found:
        print(f"bulaq duplicates: there is no article {arguments.article}", file=sys.stderr)
        return SOME_REFUSED
    this = found[0]
    for repeat in repeats_of(this):
        shares: dict[str, Any] = {
            "jaccard": round(repeat.jaccard, 4),
            "containment": round(repeat.containment, 4),
        }
        parted = []
        if arguments.differences:
            that = next(iter(documents([repeat.article.pk])))
            parted = [[one.before.text, one.after.text] for one in differences(text_of(that), text_of(this))]
            shares["differences"] = parted
        print_lines([(repeat.article.pk, repeat.jaccard, shares)], edition=None, as_json=arguments.json)
        if not arguments.json:
            for before, after in parted:
                print(f"  - {before}\n  + {after}")
    return DONE
