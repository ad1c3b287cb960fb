"""`bulaq redirects verify FILE`: replays a list of old addresses and says where each leads."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TextIO

from bulaq.project.command_line import DONE, SOME_REFUSED, WRONG_USAGE, load_django

HELP = "check that the addresses of the old site lead to their articles"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    verify = acts.add_parser("verify", help="replay a list of old addresses", allow_abbrev=False)
    verify.add_argument(
        "file",
        metavar="FILE",
        help="one address a line, or a sitemap or access log that holds them; - for stdin",
    )
    verify.add_argument("--edition", metavar="SLUG", help="default: the first")
    verify.add_argument("--json", action="store_true", help="one JSON object a line, for every address")


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from bulaq.newsroom.models import Edition
    from bulaq.project.commands.named import edition_id

    chosen = edition_id(arguments.edition)
    edition = Edition.objects.get(pk=chosen) if chosen else Edition.objects.order_by("position", "id").first()
    if edition is None:
        print("bulaq redirects: there is no edition yet", file=sys.stderr)
        return WRONG_USAGE
    if arguments.file == "-":
        return _verify(edition, sys.stdin, arguments.json)
    try:
        with Path(arguments.file).open(encoding="utf-8", errors="surrogateescape") as file:
            return _verify(edition, file, arguments.json)
    except OSError as error:
        print(f"bulaq redirects: {arguments.file}: {error.strerror or error}", file=sys.stderr)
        return WRONG_USAGE


def _verify(edition, lines: TextIO, as_json: bool) -> int:
    from bulaq.newsroom.legacy_paths import target

    counts: Counter[str] = Counter()
    for line in lines:
        for address in addresses_in(line):
            outcome, path = target(edition, address)
            counts[outcome] += 1
            shown = address.encode("utf-8", "replace").decode()
            if as_json:
                print(json.dumps({"url": shown, "result": outcome, "target": path}, ensure_ascii=False))
            elif outcome != "redirect":
                words = "its article is not published" if outcome == "draft" else "leads nowhere"
                print(f"{shown}: {words}", file=sys.stderr)
    print(
        f"{sum(counts.values())} addresses: {counts['redirect']} lead to their articles,"
        f" {counts['draft']} to articles that are not published, {counts['unknown']} nowhere",
        file=sys.stderr if as_json else sys.stdout,
    )
    return SOME_REFUSED if counts["draft"] or counts["unknown"] else DONE


def addresses_in(line: str) -> list[str]:
    """The addresses of a line: `<loc>`s of a sitemap, the request of an access log, or the line itself.

    >>> addresses_in('1.2.3.4 - - [x] "GET /a/?p=1 HTTP/1.1" 200 5')
    ['/a/?p=1']
    """
    import re
    from html import unescape

    located = re.findall(r"<loc>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</loc>", line)
    if located:
        return [unescape(address) for address in located]
    logged = re.search(r'"(?:GET|HEAD) (\S+) HTTP/[\d.]+"', line)
    if logged:
        return [logged.group(1)]
    plain = line.strip()
    return (
        [plain] if plain and (plain.startswith("/") or "://" in plain) and not plain.startswith("#") else []
    )
