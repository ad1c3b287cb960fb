"""`bulaq imports …`: what was brought in, and what is to become of it."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TypeAlias

from bulaq.intake.source_names import json_line, shown
from bulaq.project.command_line import DONE, SOME_REFUSED, WRONG_USAGE, load_django

_Acts: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

HELP = "list, show, pause, resume and take back imports; map sections, merge people"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    _act(acts, "list", "the newest imports and how far they are")
    show = _act(
        acts,
        "show",
        "an import and its items, with the reasons of those that are doubtful or refused",
        run=True,
    )
    show.add_argument(
        "--verdict", choices=["ready", "doubtful", "refused"], help="only items of this verdict"
    )
    show.add_argument(
        "--pictures", action="store_true", help="the pictures that are missing or broken, instead"
    )
    _act(acts, "pause", "ask the process that works on an import to stop after the batch at hand", run=True)
    resume = _act(acts, "resume", "go on with an import in this process", run=True)
    resume.add_argument(
        "--keep-waiting",
        action="store_true",
        help="when stopped by a signal, leave it for the worker to take up again",
    )
    _act(
        acts,
        "pictures",
        "look again for the pictures that are missing or broken, and fetch them from the old site",
        run=True,
    )
    _act(acts, "undo", "take back all that an import brought and nobody worked on since", run=True)
    _matching(acts)


def _matching(acts: _Acts) -> None:
    """Of people and sections."""
    people = _act(acts, "people", "people who are probably one; --merge joins them")
    people.add_argument(
        "--merge", nargs=2, type=int, metavar=("KEEP", "MERGED"), help="ids: the second becomes the first"
    )
    sections = _act(
        acts, "sections", "their sections and ours; --map moves a section of theirs to one of ours"
    )
    sections.add_argument(
        "--map",
        action="append",
        metavar="THEIRS=SLUG",
        help="remembered for later imports too; may be given many times",
    )
    sections.add_argument("--map-file", metavar="FILE", help="the same, one THEIRS=SLUG a line")
    sections.add_argument("--host", default="", help="only for articles of this site (default: all)")


def _act(acts: _Acts, name: str, text: str, *, run: bool = False) -> argparse.ArgumentParser:
    parser = acts.add_parser(name, help=text, description=text, allow_abbrev=False)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    if run:
        parser.add_argument("run", type=int, metavar="RUN")
    return parser


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from bulaq.newsroom.models import ImportRun

    if hasattr(arguments, "run") and not ImportRun.objects.filter(pk=arguments.run).exists():
        print(f"bulaq imports: there is no import {arguments.run}", file=sys.stderr)
        return WRONG_USAGE
    return {
        "list": _list, "show": _show, "pause": _pause, "resume": _resume, "pictures": _pictures, "undo": _undo, "people": _people,
        "sections": _sections,
    }[arguments.act](arguments)  # fmt: skip


def _list(arguments: argparse.Namespace) -> int:
    from bulaq.newsroom.importing.runs.progress import progress_of, state_of
    from bulaq.newsroom.models import ImportRun
    from bulaq.project.import_progress import told

    for item in ImportRun.objects.order_by("-id")[:30]:
        if arguments.json:
            print(json_line({**progress_of(item).as_json(), "inputs": item.inputs}))
        else:
            print(f"{item.pk}\t{state_of(item)}\t{told(item)}\t{shown(' '.join(item.inputs))[:200]}")
    return DONE


def _show(arguments: argparse.Namespace) -> int:
    from django.utils import translation

    from bulaq.newsroom.models import ImportRun
    from bulaq.project import import_lines
    from bulaq.project.spoken_language import spoken_language

    found = ImportRun.objects.get(pk=arguments.run)
    lines = import_lines.as_json if arguments.json else import_lines.in_words
    with translation.override(spoken_language()):
        for line in lines(found, verdict=arguments.verdict, pictures=arguments.pictures):
            print(line)
    return DONE


def _pause(arguments: argparse.Namespace) -> int:
    from bulaq.newsroom.importing.runs.requests import request_pause

    if not request_pause(arguments.run):
        print(f"bulaq imports: import {arguments.run} is not being worked on", file=sys.stderr)
        return WRONG_USAGE
    return DONE


def _resume(arguments: argparse.Namespace) -> int:
    from bulaq.newsroom.models import ImportRun
    from bulaq.project.import_run import work

    stopped = ImportRun.State.WAITING if arguments.keep_waiting else ImportRun.State.PAUSED
    return work(arguments.run, as_json=arguments.json, stopped_state=stopped)


def _pictures(arguments: argparse.Namespace) -> int:
    from bulaq.newsroom.importing.pictures.fetching import LACKING
    from bulaq.newsroom.importing.runs.requests import request_pictures
    from bulaq.newsroom.models import ImportRun
    from bulaq.project.import_run import work

    run = ImportRun.objects.get(pk=arguments.run)
    asked = request_pictures(run.pk, by_worker=False)
    if not asked:
        done = run.state == ImportRun.State.DONE
        print(f"import {run.pk} {'lacks no picture' if done else 'is not done yet'}", file=sys.stderr)
        return DONE if done else WRONG_USAGE
    ended = work(run.pk, as_json=True)
    if ended not in (DONE, SOME_REFUSED):
        return ended
    lacking = run.pictures.filter(state__in=LACKING).count()
    print(
        json.dumps({"asked": asked, "lacking": lacking})
        if arguments.json
        else f"{asked} looked for, {lacking} lacking"
    )
    return SOME_REFUSED if lacking else DONE


def _undo(arguments: argparse.Namespace) -> int:
    from bulaq.newsroom.importing.undo.report import LEFT
    from bulaq.newsroom.importing.undo.undoing import UndoRefused, undo

    try:
        report = undo(arguments.run)
    except UndoRefused as error:
        print(f"bulaq imports: {error}", file=sys.stderr)
        return WRONG_USAGE
    if arguments.json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        print(
            "taken back: "
            + (", ".join(f"{number} {kind}" for kind, number in report.taken.items()) or "nothing")
        )
        for kind, pk, name, code in report.left:
            print(f"left: {kind} {pk} «{name}»: {LEFT[code]}", file=sys.stderr)
    return SOME_REFUSED if report.left else DONE


def _people(arguments: argparse.Namespace) -> int:
    from bulaq.newsroom.actions.merging import merge_people
    from bulaq.newsroom.actions.refusal import ActRefused
    from bulaq.newsroom.importing.matching.people_suggestions import suggestions

    if arguments.merge:
        keep, merged = arguments.merge
        try:
            merge_people(keep=keep, merged=merged)
        except ActRefused as refusal:
            print(f"bulaq imports: {refusal}", file=sys.stderr)
            return SOME_REFUSED
        return DONE
    for pair in suggestions():
        line = {
            "keep": pair.keep.pk, "name": pair.keep.name, "merged": pair.merged.pk, "merged_name": pair.merged.name,
            "score": pair.score, "bylines": [pair.keep_bylines, pair.merged_bylines],
        }  # fmt: skip
        text = f"{pair.score:.2f}\t{pair.keep.pk} {pair.keep.name} ({pair.keep_bylines})\t← {pair.merged.pk} {pair.merged.name} ({pair.merged_bylines})"
        print(json.dumps(line, ensure_ascii=False) if arguments.json else text)
    return DONE


def _sections(arguments: argparse.Namespace) -> int:
    from bulaq.newsroom.importing.matching.section_mapping import foreign_sections, map_section
    from bulaq.project.commands.named import section_id
    from bulaq.project.commands.section_pairs import section_pairs

    if arguments.map or arguments.map_file:
        for theirs, slug in section_pairs(arguments.map or (), arguments.map_file).items():
            moved = map_section(theirs=theirs, host=arguments.host, section_id=section_id(slug))
            print(f"{theirs} → {slug}: {moved} articles moved")
        return DONE
    for line in foreign_sections():
        data = {
            "host": line.host, "theirs": line.theirs, "articles": line.articles, "ours": line.ours_name,
            "suggested": line.suggested_name,
        }  # fmt: skip
        text = f"{line.host or '—'}\t{line.theirs}\t{line.articles}\t→ {line.ours_name or '—'}\t{line.suggested_name or ''}"
        print(json.dumps(data, ensure_ascii=False) if arguments.json else text)
    return DONE
