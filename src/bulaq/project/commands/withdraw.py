"""`bulaq withdraw ID`: takes articles off the site; nothing is deleted."""

from __future__ import annotations

import argparse
import sys

from bulaq.project.command_line import DONE, SOME_REFUSED, load_django
from bulaq.project.spoken_language import spoken_language

HELP = "withdraw articles by their ids; their addresses answer 410, nothing is deleted"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", type=int, metavar="ID")
    parser.add_argument("--edition", metavar="SLUG", help="default: all editions")
    parser.add_argument("--reason", default="", help="kept in the log of the article")


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from django.utils import translation

    from bulaq.newsroom.actions.publishing import withdraw
    from bulaq.newsroom.actions.refusal import ActRefused
    from bulaq.project.commands.named import edition_id

    edition = edition_id(arguments.edition)
    code = DONE
    for article_id in arguments.ids:
        try:
            with translation.override(spoken_language()):
                withdrawn = withdraw(article_id=article_id, edition_id=edition, reason=arguments.reason)
        except ActRefused as refusal:
            print(f"{article_id}: {refusal}", file=sys.stderr)
            code = SOME_REFUSED
        else:
            print(f"{article_id}: {', '.join(publication.edition.slug for publication in withdrawn)}")
    return code
