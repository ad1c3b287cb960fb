"""The second level of the store: files that all workers of a machine share and that outlast a restart.

What is read back is believed only as far as the purge log reaches: each file names the log and the generation at which its
rendering began. Files are complete when they have their name, and carry a checksum, so neither a killed writer nor a full
disk can give a reader half a page.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import logging
import os
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

import zstandard

from bulaq.delivery.cache_directives import Headers, Lifetime
from bulaq.delivery.lasting_error import LastingError
from bulaq.delivery.page_key import PageKey
from bulaq.delivery.stored_response import StoredResponse

_log = logging.getLogger(__name__)

_MAGIC: Final = b"BULAQ-PAGE-1\n"
_STRIPES: Final = 256
_SWEEP_EVERY: Final = 500
# A sweep makes room beyond the bound, so that the next comes later.
_SWEEP_TO: Final = 0.9
_TURN_POLL: Final = 0.005
_MOST_BODY: Final = 64 * 1024 * 1024


class DiskStore:
    """At most about ``capacity`` bytes of files under ``folder``; the longest unwritten go first.

    ``identity``: that of the purge log. A failing disk is named in the log every five minutes and otherwise as if empty.
    """

    def __init__(self, folder: Path, capacity: int, identity: int) -> None:
        self.folder = folder
        self._capacity = capacity
        self._identity = identity
        self._writes = 0
        self._failing = LastingError(_log, "the edge's disk level does not work")
        self._sweeping = threading.Lock()
        (folder / "turns").mkdir(parents=True, exist_ok=True)

    def get(self, key: PageKey) -> StoredResponse | None:
        """The response that was stored under this key, whatever its age; None when there is none to be believed."""
        path = self._path(key)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._failing.tell(error)
            return None
        try:
            return self._decode(key, content)
        except (ValueError, KeyError, TypeError, zstandard.ZstdError):
            path.unlink(missing_ok=True)
            return None

    def put(
        self,
        key: PageKey,
        status: str,
        headers: Headers,
        body: bytes,
        life: Lifetime,
        generation: int,
        now: float,
    ) -> None:
        """Writes what `StoredResponse` was made from."""
        head = {"key": list(key), "log": self._identity, "generation": generation, "now": now, "status": status,
                "headers": headers, "life": asdict(life)}  # fmt: skip
        packed = zstandard.ZstdCompressor(level=3).compress(body)
        line = json.dumps(head, ensure_ascii=True).encode("ascii") + b"\n"
        checksum = zlib.crc32(packed, zlib.crc32(line))
        path = self._path(key)
        draft = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
        try:
            path.parent.mkdir(exist_ok=True)
            draft.write_bytes(b"%s%08x\n%s%s" % (_MAGIC, checksum, line, packed))
            os.replace(draft, path)
        except OSError as error:
            self._failing.tell(error)
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            return
        self._writes += 1
        if self._writes % _SWEEP_EVERY == 0:
            self.sweep()

    def remove(self, key: PageKey) -> None:
        """Forgets the key."""
        with contextlib.suppress(OSError):
            self._path(key).unlink(missing_ok=True)

    @contextlib.contextmanager
    def turn(self, key: PageKey, wait: float) -> Iterator[None]:
        """One process at a time renders a page; who has waited ``wait`` seconds goes ahead without the turn."""
        stripe = int.from_bytes(hashlib.blake2b(repr(key).encode(), digest_size=2).digest(), "big") % _STRIPES
        try:
            lock = os.open(
                self.folder / "turns" / f"{stripe:02x}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644
            )
        except OSError as error:
            self._failing.tell(error)
            yield
            return
        try:
            end = time.monotonic() + wait
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except OSError:
                    if time.monotonic() >= end:
                        break
                    time.sleep(_TURN_POLL)
            yield
        finally:
            os.close(lock)

    def sweep(self) -> int:
        """Deletes the oldest files beyond the capacity, and drafts of dead writers; returns the bytes that are left."""
        if not self._sweeping.acquire(blocking=False):
            return -1
        try:
            files = []
            for shelf in self.folder.glob("[0-9a-f][0-9a-f]"):
                for entry in os.scandir(shelf):
                    with contextlib.suppress(OSError):
                        stat = entry.stat()
                        files.append((stat.st_mtime, stat.st_size, entry.path))
            total = sum(size for _, size, _ in files)
            if total <= self._capacity:
                return total
            for _, size, path in sorted(files):
                with contextlib.suppress(OSError):
                    os.unlink(path)
                total -= size
                if total <= self._capacity * _SWEEP_TO:
                    break
            return total
        finally:
            self._sweeping.release()

    def _decode(self, key: PageKey, content: bytes) -> StoredResponse:
        if not content.startswith(_MAGIC):
            raise ValueError("not a page")
        start = len(_MAGIC) + 9
        checksum, rest = int(content[len(_MAGIC) : start - 1], 16), content[start:]
        if zlib.crc32(rest) != checksum:
            raise ValueError("torn")
        line, _, packed = rest.partition(b"\n")
        head = json.loads(line)
        host, path, query, varied = head["key"]
        if PageKey(host, path, query, tuple(varied)) != key or head["log"] != self._identity:
            raise ValueError("of another page or log")
        body = zstandard.ZstdDecompressor().decompress(packed, max_output_size=_MOST_BODY)
        headers = [(str(name), str(value)) for name, value in head["headers"]]
        life = Lifetime(**head["life"])
        return StoredResponse(
            key, head["status"], headers, body, life, int(head["generation"]), float(head["now"])
        )

    def _path(self, key: PageKey) -> Path:
        name = hashlib.blake2b(
            "\n".join((*key[:3], *key.varied)).encode("utf-8", "surrogatepass"), digest_size=16
        ).hexdigest()
        return self.folder / name[:2] / name[2:]
