"""`bulaq`: one command, each sub-command a module of `bulaq.project.commands`.

Exit codes: 0 done; 2 wrong usage or configuration; 3 some inputs refused (each named, with the reason), nothing lost.
Django is loaded only by the commands that need it: reading a foreign page (`import --dry-run`) does not.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

COMMANDS = (
    "demo", "begin", "editions", "serve", "worker", "import", "imports", "redirects", "publish", "withdraw", "search", "related", "duplicates", "reindex", "check", "backup", "restore", "manage",
)  # fmt: skip
"""In the order of the help. Module: `bulaq.project.commands.<name>` (`import` → `importing`)."""

DONE, WRONG_USAGE, SOME_REFUSED = 0, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Runs `bulaq`; returns the exit code."""
    parser, modules = _parser()
    given = sys.argv[1:] if argv is None else list(argv)
    if not given:
        parser.print_help(sys.stderr)
        return WRONG_USAGE
    arguments = parser.parse_args(given)
    if getattr(arguments, "home", None):
        os.environ["BULAQ_HOME"] = arguments.home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bulaq.project.settings")
    try:
        if arguments.command in NEED_A_NEWSROOM and not getattr(arguments, "dry_run", False):
            require_newsroom()
        return modules[arguments.command].run(arguments)
    except (KeyboardInterrupt, EOFError):  # Ctrl-C, or Ctrl-D at a question
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:
        # `bulaq search … | head`: the reader has what it wanted.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def load_django() -> None:
    """Configures Django, turning a fault of configuration into words and exit code 2."""
    from bulaq.project.configuration import ConfigurationError

    try:
        import django

        django.setup()
    except ConfigurationError as error:
        print(f"bulaq: {error}", file=sys.stderr)
        raise SystemExit(WRONG_USAGE) from None


NEED_A_NEWSROOM = frozenset(COMMANDS) - {"demo", "begin", "serve", "check", "restore", "manage"}
"""Commands that ask or change what is there. In an empty folder they would find nothing, and say so as if it were true;
a backup of it would be kept as if it were one."""

NO_NEWSROOM = "there is no newsroom in {home} (found one with: bulaq begin, or look at: bulaq demo)"


def require_newsroom() -> None:
    """Leaves the command, with the reason, when the home holds no newsroom: a mistyped `--home` is the usual cause."""
    load_django()
    from django.conf import settings
    from django.db import DatabaseError

    from bulaq.project.preparation import holds_newsroom

    try:
        found = holds_newsroom()
    except DatabaseError as error:  # a full disk, a server that does not answer, a file that is not ours
        print(f"bulaq: the database of {settings.HOME} cannot be opened: {error}", file=sys.stderr)
        raise SystemExit(WRONG_USAGE) from None
    if not found:
        print(f"bulaq: {NO_NEWSROOM.format(home=settings.HOME)}", file=sys.stderr)
        raise SystemExit(WRONG_USAGE)


def _parser() -> tuple[argparse.ArgumentParser, dict[str, ModuleType]]:
    parser = argparse.ArgumentParser(
        prog="bulaq", description="بولاق — an Arabic-first newsroom platform.", allow_abbrev=False
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    modules: dict[str, ModuleType] = {}
    for name in COMMANDS:
        module = import_module(f"bulaq.project.commands.{'importing' if name == 'import' else name}")
        sub = subparsers.add_parser(name, help=module.HELP, description=module.HELP, allow_abbrev=False)
        module.add_arguments(sub)
        _take_home(sub)
        modules[name] = module
    _take_home(parser)
    return parser, modules


def _take_home(parser: argparse.ArgumentParser) -> None:
    """`--home` wherever somebody puts it: before a command, behind it, behind its act. The last one holds."""
    parser.add_argument(
        "--home", metavar="DIR", default=argparse.SUPPRESS,
        help="the folder of database, media and index (BULAQ_HOME; default: var)",
    )  # fmt: skip
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) and parser.prog != "bulaq":
            for act in action.choices.values():
                _take_home(act)


if __name__ == "__main__":
    sys.exit(main())
