"""`bulaq publish ID`: approves an article's newest text and places it in an edition."""

from __future__ import annotations

import argparse
import sys

from bulaq.project.command_line import DONE, SOME_REFUSED, load_django
from bulaq.project.spoken_language import spoken_language

HELP = "publish articles by their ids"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", type=int, metavar="ID")
    parser.add_argument(
        "--edition", metavar="SLUG", help="default: the canonical one, or the first of its language"
    )
    parser.add_argument("--section", metavar="SLUG", help="default: the article's own")


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from django.utils import translation

    from bulaq.newsroom import addresses
    from bulaq.newsroom.actions.publishing import publish
    from bulaq.newsroom.actions.refusal import ActRefused
    from bulaq.project.commands.named import edition_id, section_id

    edition, section = edition_id(arguments.edition), section_id(arguments.section)
    code = DONE
    for article_id in arguments.ids:
        try:
            with translation.override(spoken_language()):
                publication = publish(article_id=article_id, edition_id=edition, section_id=section)
        except ActRefused as refusal:
            print(f"{article_id}: {refusal}", file=sys.stderr)
            code = SOME_REFUSED
        else:
            address = addresses.absolute(publication.edition, addresses.of_publication(publication))
            print(f"{article_id}: {address}")
    return code
