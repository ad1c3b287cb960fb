"""`bulaq search QUERY`: asks the site's own search."""

from __future__ import annotations

import argparse
import sys

from bulaq.project.command_line import DONE, WRONG_USAGE, load_django
from bulaq.project.commands.line_limit import line_limit

HELP = "search as a reader does (or, with --drafts, as an editor)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument(
        "--json", action="store_true", help="one JSON object a line, best first (docs/contracts.md)"
    )
    parser.add_argument("--edition", metavar="SLUG", help="default: all editions, each article once")
    parser.add_argument("--section", metavar="SLUG")
    parser.add_argument("--drafts", action="store_true", help="also what readers do not see")
    parser.add_argument("--sort", choices=("default", "relevance", "time"), default="default")
    parser.add_argument("--limit", type=line_limit, default=20, metavar="N")


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from bulaq.discovery.index import IndexUnavailable, Search, Sort
    from bulaq.newsroom.finding.indexes import search_index
    from bulaq.project.commands.named import edition_id, section_id
    from bulaq.project.found_lines import print_lines

    try:
        results = search_index().search(
            Search(
                text=" ".join(arguments.query),
                edition=edition_id(arguments.edition),
                section=section_id(arguments.section),
                drafts=arguments.drafts,
                sort=Sort(arguments.sort),
                limit=min(arguments.limit, 1000),
            )
        )
    except IndexUnavailable as error:
        print(f"bulaq search: {error}; run: bulaq reindex", file=sys.stderr)
        return WRONG_USAGE
    print_lines(
        [(hit.id, hit.score, {"snippet": hit.snippet}) for hit in results.hits],
        edition=edition_id(arguments.edition), as_json=arguments.json,
    )  # fmt: skip
    if not arguments.json:
        print(_told(results.total, results.approximate), file=sys.stderr)
    if not arguments.json and results.did_you_mean:
        print(f"هل تقصد: {results.did_you_mean}؟", file=sys.stderr)
    return DONE


def _told(total: int, approximate: bool) -> str:
    """How many articles hold the words: «نحو 12,000 نتيجة / about 12,000 results» where that is an estimate."""
    from bulaq.arabic.plurals import count
    from bulaq.discovery.index import two_figures
    from bulaq.newsroom.profiles import english, mashriq

    number = two_figures(total) if approximate else total
    said = []
    for profile in (mashriq.PROFILE, english.PROFILE):
        strings = profile.strings
        counted = count(number, strings.search_results, language=profile.content_language)
        said.append(strings.about.format(counted=counted) if approximate else counted)
    return " / ".join(said)
