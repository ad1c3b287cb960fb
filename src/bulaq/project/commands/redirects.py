"""`bulaq redirects verify FILE`: replays a list of old addresses and says where each leads."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bulaq.project.address_journal import AddressJournal
from bulaq.project.command_line import DONE, SOME_REFUSED, WRONG_USAGE, load_django

if TYPE_CHECKING:
    from bulaq.newsroom.models import Edition
    from bulaq.project.address_replay import Replay, Replayed

HELP = "check that the addresses of the old site lead to their articles"

PIECE = 1000
"""Old addresses read from the tables at once."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    verify = acts.add_parser("verify", help="replay a list of old addresses", allow_abbrev=False)
    verify.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="one address a line, or a sitemap or access log that holds them; - for stdin; without it, all that"
        " imports brought",
    )
    verify.add_argument(
        "--address",
        metavar="URL",
        help="ask a served newsroom there (http://127.0.0.1:8000), not this process",
    )
    verify.add_argument(
        "--as-given", action="store_true", help="leave out the other spellings of each address"
    )
    verify.add_argument(
        "--journal",
        metavar="FILE",
        help="write down there what came of each address, as --json tells it; begun again with the same file, the command"
        " goes on where it was broken off",
    )
    verify.add_argument(
        "--sample", type=int, metavar="N", help="without FILE: so many of the addresses, drawn at random"
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
    from bulaq.project.address_replay import Replay, asking_at, asking_in_process
    from bulaq.reader.editions import sites_remembered

    with ExitStack() as opened:
        try:
            ask = asking_at(arguments.address) if arguments.address else asking_in_process()
            addresses = _wanted(arguments, edition, opened)
            journal = AddressJournal(Path(arguments.journal)) if arguments.journal else None
        except ValueError as error:
            print(f"bulaq redirects: {error}", file=sys.stderr)
            return WRONG_USAGE
        except OSError as error:
            print(f"bulaq redirects: {error.filename}: {error.strerror or error}", file=sys.stderr)
            return WRONG_USAGE
        if journal is not None:
            opened.enter_context(journal)
        opened.enter_context(sites_remembered())
        return _verify(
            Replay(edition, ask, variants=not arguments.as_given), addresses, arguments.json, journal
        )


def _wanted(arguments: argparse.Namespace, edition: Edition, opened: ExitStack) -> Iterator[str]:
    """The addresses that are to be asked for. Raises OSError for a file that cannot be read."""
    if arguments.file is None:
        return _sample(edition, arguments.sample) if arguments.sample else _brought(edition)
    if arguments.file == "-":
        return _in_lines(sys.stdin)
    listed = Path(arguments.file).open(encoding="utf-8", errors="surrogateescape")  # noqa: SIM115 - closed by `opened`
    return _in_lines(opened.enter_context(listed))


def _sample(edition: Edition, number: int) -> Iterator[str]:
    """Addresses drawn from all that were brought, in their order."""
    from bulaq.newsroom.models import LegacyPath

    brought = LegacyPath.objects.filter(edition=edition)
    ids = list(brought.order_by("pk").values_list("pk", flat=True))
    chosen = sorted(random.sample(ids, min(number, len(ids))))
    for start in range(0, len(chosen), PIECE):
        piece = brought.filter(pk__in=chosen[start : start + PIECE]).order_by("pk")
        yield from list(piece.values_list("path", flat=True))


def _brought(edition: Edition) -> Iterator[str]:
    from bulaq.newsroom.models import LegacyPath

    # Pieces by number, not one open cursor: each address asked in this process ends a request, and with it the connection.
    last = 0
    while piece := list(
        LegacyPath.objects.filter(edition=edition, pk__gt=last)
        .order_by("pk")
        .values_list("pk", "path")[:PIECE]
    ):
        yield from (path for _, path in piece)
        last = piece[-1][0]


def _in_lines(lines: TextIO) -> Iterator[str]:
    for line in lines:
        yield from addresses_in(line)


def _verify(replay: Replay, addresses: Iterable[str], as_json: bool, journal: AddressJournal | None) -> int:
    from bulaq.project.address_replay import WELL
    from bulaq.project.import_progress import ProgressLine

    counts = Counter[str](journal.counts if journal else {})
    asked = len(journal.done) if journal else 0
    line = ProgressLine(sys.stderr)
    try:
        for address in addresses:
            if journal is not None and _shown(address) in journal.done:
                continue
            asked += 1
            found = list(replay.replay(address))
            if journal is not None:
                journal.write(_shown(address), [_told(address, each) for each in found])
            counts.update(each.kind for each in found)
            for each in found if as_json else ():
                print(json.dumps(_told(address, each), ensure_ascii=False))
            for told in () if as_json else _named(found):
                line.end()
                print(_shown(told), file=sys.stderr)
            line.tell(partial(_summary, asked, counts, replay))
    finally:  # of what was asked until Ctrl-C too
        line.end()
        print(_summary(asked, counts, replay), file=sys.stderr if as_json else sys.stdout)
    return DONE if set(counts) <= WELL else SOME_REFUSED


def _named(found: Sequence[Replayed]) -> Iterator[str]:
    """What is not well of an address: spellings that end as the address itself does are counted behind it."""
    from bulaq.project.address_replay import WELL

    given, *others = found
    alike = sum(each.kind == given.kind for each in others)
    if given.kind not in WELL:
        yield given.told + (f"; so do {alike} other spellings" if alike else "")
    yield from (each.told for each in others if each.kind not in WELL and each.kind != given.kind)


def _told(address: str, each: Replayed) -> dict[str, object]:
    return {
        "url": _shown(address), "variant": each.variant, "asked": each.asked, "result": each.kind,
        "status": each.status, "steps": each.steps, "expected": each.expected,
    }  # fmt: skip


def _summary(asked: int, counts: Counter[str], replay: Replay) -> str:
    from bulaq.project.address_replay import WORDS

    parts = [f"{counts[kind]} {words}" for kind, words in WORDS.items() if counts[kind]]
    spelled = f" in {counts.total()} spellings" if replay.variants else ""
    return f"{asked} addresses{spelled}: {', '.join(parts) or 'none asked'}"


def _shown(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


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
