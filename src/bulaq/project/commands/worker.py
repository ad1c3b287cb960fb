"""`bulaq worker`: everything that follows from acts, and everything that happens by the clock."""

from __future__ import annotations

import argparse

from bulaq.project.command_line import DONE, load_django
from bulaq.project.memory_arenas import use_few_arenas
from bulaq.project.parent_process import end_with_supervisor

HELP = "run the worker alone: outbox, schedule, most read, pictures (`serve` runs it already)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--until-idle", action="store_true", help="do all that is waiting, then stop")


def run(arguments: argparse.Namespace) -> int:
    end_with_supervisor()
    use_few_arenas()
    load_django()
    from bulaq.project.jobs import jobs
    from bulaq.project.worker import Worker

    worker = Worker(jobs())
    if arguments.until_idle:
        worker.run_until_idle()
    else:
        worker.run_for_ever()
    return DONE
