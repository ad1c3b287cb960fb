"""The secret under which readers are hashed: another one every day, and yesterday's thrown away.

Without a secret of the site the key is random and lies in a file that the processes of one machine share; with one (several
machines, which are to count a reader once) it follows from secret and date.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import threading
import time
from pathlib import Path


class DayKey:
    """The key of the day in UTC, 32 bytes."""

    def __init__(self, folder: Path, secret: bytes | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._secret = secret
        self._lock = threading.Lock()
        self._known: tuple[int, bytes] = (-1, b"")

    def at(self, now: float) -> bytes:
        """The key at this moment (seconds since 1970)."""
        number = int(now // 86_400)
        known = self._known
        if known[0] != number:
            day = time.strftime("%Y-%m-%d", time.gmtime(now))
            with self._lock:
                key = self._derived(day) if self._secret is not None else self._shared(day)
                known = self._known = (number, key)
        return known[1]

    def _derived(self, day: str) -> bytes:
        assert self._secret is not None
        return hashlib.blake2b(day.encode("ascii"), digest_size=32, key=self._secret[:64]).digest()

    def _shared(self, day: str) -> bytes:
        path = self._folder / f"reading-key-{day}"
        with open(self._folder / "reading-key.lock", "ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for old in self._folder.glob("reading-key-????-??-??"):
                if old.name < path.name:
                    old.unlink(missing_ok=True)
            if path.exists() and len(key := path.read_bytes()) == 32:
                return key
            key = secrets.token_bytes(32)
            draft = path.with_suffix(".new")
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(key)
            os.replace(draft, path)
            return key
