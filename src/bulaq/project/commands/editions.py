"""`bulaq editions …`: the sites of the network, from the command line; all else about them is set at the desk."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bulaq.project.command_line import DONE, SOME_REFUSED, WRONG_USAGE, load_django

if TYPE_CHECKING:
    from bulaq.newsroom.models import Edition

HELP = "list the editions of the newsroom, add one, give one another host name"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    listing = acts.add_parser("list", help="the editions and their addresses", allow_abbrev=False)
    listing.add_argument("--json", action="store_true", help="one JSON object a line")
    add = acts.add_parser("add", help="a further edition of the newsroom", allow_abbrev=False)
    add.add_argument("--host", required=True, help="the host name readers use")
    add.add_argument(
        "--profile", required=True, metavar="KEY", help="digits, months, clock: as with bulaq begin"
    )
    add.add_argument("--slug", help="its name on the command line (default: the first part of its host)")
    add.add_argument("--name", help="the name in its masthead (default: that of the first edition)")
    add.add_argument("--label", default="", help="tells it from its sisters")
    add.add_argument("--time-zone", default="", help="another clock than the profile's")
    add.add_argument(
        "--sections",
        help="their names or slugs in order, separated by commas (default: as in the first edition)",
    )
    host = acts.add_parser("host", help="give an edition another host name", allow_abbrev=False)
    host.add_argument("edition", metavar="SLUG")
    host.add_argument("host", metavar="HOST", help="the new one; the old one goes on leading to the edition")


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from django.utils import translation

    from bulaq.newsroom.actions.refusal import ActRefused
    from bulaq.project.spoken_language import spoken_language

    try:
        with translation.override(spoken_language()):
            return {"list": _list, "add": _add, "host": _host}[arguments.act](arguments)
    except ActRefused as refusal:
        print(f"bulaq editions: {refusal}", file=sys.stderr)
        return SOME_REFUSED


def _list(arguments: argparse.Namespace) -> int:
    from bulaq.newsroom.models import Edition

    for edition in Edition.objects.all():
        _tell(edition, as_json=arguments.json)
    return DONE


def _add(arguments: argparse.Namespace) -> int:
    from bulaq.newsroom.actions.founding import add_edition
    from bulaq.newsroom.models import Edition
    from bulaq.newsroom.profiles import all_profiles

    keys = [profile.key for profile in all_profiles()]
    if arguments.profile not in keys:
        print(
            f"bulaq editions: there is no profile {arguments.profile!r}; there are: {', '.join(keys)}",
            file=sys.stderr,
        )
        return WRONG_USAGE
    slug = arguments.slug or _first_part(arguments.host)
    if not slug.isascii():
        print(
            f"bulaq editions: «{slug}» is no name for the command line; give one with --slug", file=sys.stderr
        )
        return WRONG_USAGE
    first = Edition.objects.order_by("-is_default", "position", "id").first()
    names = arguments.sections
    _tell(
        add_edition(
            slug=slug,
            name=arguments.name or (first.name if first else ""),
            profile_key=arguments.profile,
            host=arguments.host,
            sections=None if names is None else names.replace("،", ",").split(","),
            label=arguments.label,
            time_zone=arguments.time_zone,
        )
    )
    return DONE


def _first_part(host: str) -> str:
    """«gulf» of `gulf.nahr.example`, pasted with its scheme or without."""
    try:
        name = urlsplit(host if "//" in host else f"//{host}").hostname or ""
    except ValueError:
        return ""
    return name.partition(".")[0]


def _host(arguments: argparse.Namespace) -> int:
    from bulaq.newsroom.actions.founding import change_host
    from bulaq.project.commands.named import edition_id

    _tell(change_host(edition_id=edition_id(arguments.edition), host=arguments.host))
    return DONE


def _tell(edition: Edition, *, as_json: bool = False) -> None:
    from bulaq.newsroom import addresses

    sections = [
        {"slug": place.section.slug, "name": str(place)}
        for place in edition.edition_sections.select_related("section")
    ]
    told = {
        "slug": edition.slug, "name": edition.name, "label": edition.label, "host": edition.host,
        "url": addresses.absolute(edition, "/"), "profile": edition.profile_key, "default": edition.is_default,
        "sections": sections,
    }  # fmt: skip
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(
            f"{edition.slug}\t{edition}\t{told['url']}\t{edition.profile_key}\t{'، '.join(map(_section, sections))}"
        )


def _section(told: dict[str, str]) -> str:
    return f"{told['name']} ({told['slug']})"
