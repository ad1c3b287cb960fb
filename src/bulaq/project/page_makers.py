"""What makes pages, as one digest: pages that other code, other templates or other settings made are out of date.

The edge's stored pages outlast a restart, and so an upgrade: an article would keep the old template, and the address of a
stylesheet that is no longer there, for as long as it is fresh. So every start compares the digest of what makes pages now
with the one of the start before, and purges everything when they differ. The purge is soft: while the application is still
starting, or does not come up at all, the old pages stand in.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import platform
from collections.abc import Callable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings

import bulaq
from bulaq.delivery import keys

_log = logging.getLogger(__name__)

LIBRARIES = ("Django", "wagtail", "pillow", "nh3", "zstandard")
"""Whose code draws parts of pages; one that is not installed draws none."""

VARIABLES = (
    "public_scheme", "public_port", "edge", "front_url", "websub_hubs", "publishing_principles", "security_contact",
    "indexnow_key",
)  # fmt: skip
"""Of the configuration, what stands in pages."""

STAMP = "made-by"


def digest() -> str:
    """Of the code with its templates, styles and profiles, the libraries, the collected static files, and the settings that
    pages show. Contents count and not times, so that the same release installed again is the same."""
    found = hashlib.blake2b(digest_size=16)

    def add(name: str, value: bytes) -> None:
        found.update(b"%s\0%d\0" % (name.encode(), len(value)) + value)

    add("code", _code().encode())
    add("python", ".".join(platform.python_version_tuple()[:2]).encode())
    for library in LIBRARIES:
        try:
            add(library, version(library).encode())
        except PackageNotFoundError:
            continue
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists():
        add("static files", manifest.read_bytes())
    for name in VARIABLES:
        add(name, repr(getattr(settings.BULAQ, name)).encode())
    for name in ("STATIC_URL", "MEDIA_URL"):
        add(name, str(getattr(settings, name)).encode())
    return found.hexdigest()


@cache
def _code() -> str:
    """Of every file of the package: a process runs the code it was started with."""
    found = hashlib.blake2b(digest_size=16)
    root = Path(bulaq.__file__).parent
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in (".pyc", ".pyo"):
            found.update(f"{path.relative_to(root).as_posix()}\0".encode())
            found.update(hashlib.blake2b(path.read_bytes(), digest_size=16).digest())
    return found.hexdigest()


def purge_when_others_made_them(folder: Path, purge: Callable[[list[str], bool], None]) -> bool:
    """Purges every page softly when what makes pages is not what it was at the last start; True when it did.

    ``folder`` keeps the digest, and is shared by the processes of one machine: one of them purges, the others find it
    done. When ``purge`` fails the digest is not kept, and the next start purges again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made_by = digest()
    with open(folder / STAMP, "a+", encoding="ascii") as stamp:
        fcntl.flock(stamp, fcntl.LOCK_EX)
        stamp.seek(0)
        if stamp.read() == made_by:
            return False
        try:
            purge([keys.everything()], False)
        except Exception as error:
            _log.error(
                "pages of the code before may still be shown for a while: they could not be purged (%s)",
                error,
            )
            return False
        stamp.seek(0)
        stamp.truncate()
        stamp.write(made_by)
    return True
