"""The servers of one machine: the edge's listener on the public port, and Granian with the application behind it.

Where the listener cannot run (it needs epoll) or the edge is switched off, Granian takes the public port itself.
"""

from __future__ import annotations

import os
import select
import sys
from pathlib import Path

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from bulaq.delivery.edge import Edge
from bulaq.delivery.file_answers import FileAnswers
from bulaq.delivery.listener import Listener
from bulaq.delivery.listener_workers import listening_socket, run_workers
from bulaq.delivery.readings import PATH as BEACON
from bulaq.delivery.upstream_application import UpstreamApplication
from bulaq.project.command_line import WRONG_USAGE
from bulaq.project.edge import edge_settings, reading_counter, renew_pages_of_other_code, report_folder


def has_listener() -> bool:
    """Whether the edge has processes of its own here."""
    return bool(settings.BULAQ.edge) and hasattr(select, "epoll")


def require_free_port() -> None:
    """Leaves the command, with the reason, when another program listens where the site is to stand."""
    where = settings.BULAQ
    try:
        listening_socket(where.bind, where.port).close()
    except OSError as error:
        print(
            f"bulaq: cannot listen on {where.bind}:{where.port}: {error.strerror or error}. Another port: --port N (BULAQ_PORT)",
            file=sys.stderr,
        )
        raise SystemExit(WRONG_USAGE) from None


def serve_application(socket_path: str | None) -> None:
    """Runs Granian until it is told to stop: at a private socket behind the edge, or (None) on the public port.

    Failed workers are respawned (Granian's default is to give up). Static files and the sizes of pictures are answered
    without Python; originals, which tell what their camera knew, and documents are not answered from the folder at all.
    """
    configuration = settings.BULAQ
    pictures = Path(settings.MEDIA_ROOT) / "images"
    pictures.mkdir(parents=True, exist_ok=True)
    where = (
        {"uds": Path(socket_path)}
        if socket_path
        else {"address": configuration.bind, "port": configuration.port}
    )
    Granian(
        "bulaq.project.site_application:behind_listener" if socket_path else "bulaq.project.wsgi:application",
        **where,
        interface=Interfaces.WSGI,
        workers=configuration.web_workers,
        blocking_threads=configuration.web_threads,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=10,
        static_path_route=["/static", "/media/images"],
        static_path_mount=[Path(settings.STATIC_ROOT), pictures],
        static_path_expires=86_400,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()


def serve_edge(socket_path: str) -> int:
    """Runs the edge's processes on the public port until told to stop; returns the exit code."""
    configuration = settings.BULAQ
    renew_pages_of_other_code()
    # Made before the fork, so that all processes share it; nothing with threads may start before.
    public = listening_socket(configuration.bind, configuration.port)

    def make_listener() -> Listener:
        counter = reading_counter()
        upstream = FileAnswers(UpstreamApplication(socket_path), settings.STATIC_URL, ("/media/images/",))
        edge = Edge(upstream, edge_settings(), counter)
        return Listener(
            edge, [public], socket_path, {BEACON: counter.endpoint}, report_folder=report_folder()
        )

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bulaq.project.settings")
    return run_workers(make_listener, configuration.edge_workers)
