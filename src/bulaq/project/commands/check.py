"""`bulaq check`: says what is wrong, in words."""

from __future__ import annotations

import argparse
import json
import sys

from bulaq.project.command_line import DONE, SOME_REFUSED, WRONG_USAGE

HELP = "check the configuration and the state of this installation"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a finding")


def run(arguments: argparse.Namespace) -> int:
    from bulaq.project import configuration

    try:
        configuration.read()
    except configuration.ConfigurationError as error:
        for line in str(error).splitlines():
            _say(arguments.json, "error", "configuration", line)
        return WRONG_USAGE
    from bulaq.project.command_line import load_django

    load_django()
    from bulaq.project.checks import findings

    worst = DONE
    for finding in findings():
        _say(arguments.json, finding.level, finding.subject, finding.text)
        if finding.level == "error":
            worst = SOME_REFUSED
    return worst


def _say(as_json: bool, level: str, subject: str, text: str) -> None:
    if as_json:
        print(json.dumps({"level": level, "subject": subject, "text": text}, ensure_ascii=False))
    else:
        marks = {"ok": "✓", "warning": "!", "error": "✗"}
        print(f"{marks[level]} {subject}: {text}", file=sys.stderr if level == "error" else sys.stdout)
