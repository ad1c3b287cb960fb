"""The web server: Granian in front of the application, with static files and media answered without Python."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def serve_web() -> None:
    """Runs Granian until it is told to stop. Failed workers are respawned (its default is to give up)."""
    configuration = settings.BULAQ
    Granian(
        "bulaq.project.wsgi:application",
        address=configuration.bind,
        port=configuration.port,
        interface=Interfaces.WSGI,
        workers=configuration.web_workers,
        blocking_threads=configuration.web_threads,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=10,
        static_path_route=["/static", "/media"],
        static_path_mount=[Path(settings.STATIC_ROOT), Path(settings.MEDIA_ROOT)],
        static_path_expires=86_400,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()
