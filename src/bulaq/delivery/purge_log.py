"""Purges told to every worker of a machine through a folder they share: a log, and a counter in mapped memory.

A worker compares the counter at each request (one read of memory, no system call) and reads the log only when it has
moved. Writers take a file lock, append one line, then raise the counter, so whoever sees the counter finds the line.
A writer that dies in between leaves a line without a count, or half a line; the next writer repairs both. After a crash of
the machine the counter may be older than pages on disk: the log is then begun anew under another identity, and whatever
was stored under the old one counts as out of date.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import mmap
import os
import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bulaq.delivery.purge_table import Purge, PurgeTable

_MAGIC: Final = 0x42554C41515F5031  # "BULAQ_P1"
# The words of the counter file, 8 bytes each.
_WORD_MAGIC, _WORD_IDENTITY, _WORD_GENERATION = range(3)
_COUNTER_BYTES: Final = 4096
_ROTATE_BYTES: Final = 8 * 1024 * 1024
_LONGEST_LINE: Final = 16 * 1024
_KEPT_BYTES: Final = 2 * 1024 * 1024


class PurgeLog:
    """The purges of one machine. Open one for each process; it may be used from many threads, and after a fork.

    ``folder`` should lie on a local file system (mapped memory is not shared over a network).
    """

    def __init__(
        self, folder: Path, rotate_bytes: int = _ROTATE_BYTES, kept_bytes: int = _KEPT_BYTES
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._rotate_bytes = rotate_bytes
        self._kept_bytes = kept_bytes
        self._log_path = folder / "purge.log"
        self._thread_lock = threading.Lock()
        counter = os.open(folder / "purge.counter", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            with self._locked():
                if (short := _COUNTER_BYTES - os.fstat(counter).st_size) > 0:
                    # Written, and not only made longer: where a full disk has no room for it, a mapped page would kill us.
                    os.pwrite(counter, bytes(short), _COUNTER_BYTES - short)
                self._map = mmap.mmap(counter, _COUNTER_BYTES)
                self._words = memoryview(self._map).cast("Q")
                self._start()
        finally:
            os.close(counter)

    @property
    def words(self) -> memoryview[int]:
        """The counter: ``words[GENERATION]`` moves with every purge. For the hot path, which compares it and no more."""
        return self._words

    GENERATION: Final = _WORD_GENERATION

    @property
    def identity(self) -> int:
        """Changes when the log was begun anew: generations of different identities cannot be compared."""
        return self._words[_WORD_IDENTITY]

    @property
    def generation(self) -> int:
        """The number of the last purge."""
        return self._words[_WORD_GENERATION]

    def purge(self, keys: Iterable[str], hard: bool = False) -> int:
        """Appends one purge and returns its generation; every worker of the machine knows of it when this returns.

        Soft (an update): the old response may stand in while a new one is made. Hard (a withdrawal): never again.
        Raises OSError when the disk has no room for it: then nobody knows of it.
        """
        names = tuple(dict.fromkeys(keys))
        for name in names:
            if (
                not name.isascii()
                or not name.isprintable()
                or " " in name
                or not 0 < len(name) < _LONGEST_LINE
            ):
                raise ValueError(f"not a surrogate key: {name!r}")
        if not names:
            return self.generation
        with self._locked():
            first = generation = self._words[_WORD_GENERATION] + 1
            lines = []
            for run in _runs(names):
                lines.append(f"{generation} {'hard' if hard else 'soft'} {' '.join(run)}\n")
                generation += 1
            generation -= 1
            log = os.open(self._log_path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                self._repair(log, first)
                _append(log, "".join(lines).encode("ascii"))
                size = os.fstat(log).st_size
            finally:
                os.close(log)
            self._words[_WORD_GENERATION] = generation
            if size > self._rotate_bytes:
                with contextlib.suppress(OSError):  # a full disk: the next purge tries again
                    self._rotate()
        return generation

    def close(self) -> None:
        """Frees the mapping."""
        self._words.release()
        self._map.close()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        # Opened each time: a lock belongs to the opening, and a fork would share it with its parent.
        with self._thread_lock, open(self.folder / "purge.lock", "ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _start(self) -> None:
        """Under the lock: begins a log when there is none that this boot of the machine has written."""
        boot = _boot()
        boot_path = self.folder / "purge.boot"
        known = boot_path.read_text("ascii") if boot_path.exists() else ""
        if self._words[_WORD_MAGIC] == _MAGIC and known == boot:
            return
        self._log_path.write_bytes(b"")
        self._words[_WORD_IDENTITY] = secrets.randbits(63) | 1
        self._words[_WORD_GENERATION] = 0
        self._words[_WORD_MAGIC] = _MAGIC
        boot_path.write_text(boot, "ascii")

    def _repair(self, log: int, generation: int) -> None:
        """Cuts off what a dead writer left: half a line, or a whole one that was never counted."""
        size = os.fstat(log).st_size
        tail = _tail(self._log_path, size)
        kept = tail[: tail.rfind(b"\n") + 1]
        while kept:
            start = kept.rfind(b"\n", 0, len(kept) - 1) + 1
            number = kept[start:].split(b" ", 1)[0]
            if number.isdigit() and int(number) < generation:
                break
            kept = kept[:start]
        if len(kept) != len(tail):
            os.ftruncate(log, size - len(tail) + len(kept))

    def _rotate(self) -> None:
        """Keeps the youngest lines in a new file; readers see that theirs is not the one of that name any more."""
        content = self._log_path.read_bytes()
        start = content.find(b"\n", max(0, len(content) - self._kept_bytes)) + 1
        draft = self.folder / "purge.log.new"
        draft.write_bytes(content[start:])
        os.replace(draft, self._log_path)


class PurgeReader:
    """Follows a log and keeps a `PurgeTable` up to date; for one process, any number of threads."""

    def __init__(self, log: PurgeLog, table: PurgeTable) -> None:
        self.log = log
        self.table = table
        # Kept open: what is read belongs to one file for certain, and the system cannot give its number to another.
        self._file = -1
        self._offset = 0
        self._lock = threading.Lock()
        self._begin()

    def catch_up(self) -> None:
        """Reads what was appended since; cheap when nothing was."""
        words = self.log.words
        if words[_WORD_GENERATION] == self.table.generation:
            return
        with self._lock:
            while (target := words[_WORD_GENERATION]) > self.table.generation:
                self._open()
                purges = self._read(target)
                if purges and purges[0].generation > self.table.generation + 1:
                    self.table.forget_before(purges[0].generation - 1)
                self.table.apply(purges)
                if self.table.generation < target and not self._replaced():
                    self.table.forget_before(target)

    def _begin(self) -> None:
        """Reads what the log still holds; what it no longer holds counts as missed by whatever is older."""
        with self._lock:
            self._open()
            target = self.log.words[_WORD_GENERATION]
            purges = self._read(target)
            self.table.forget_before(purges[0].generation - 1 if purges else target)
            self.table.apply(purges)

    def _replaced(self) -> bool:
        """True when rotation has put another file in the place of ours."""
        path = self.log.folder / "purge.log"
        return self._file < 0 or not os.path.samestat(os.stat(path), os.fstat(self._file))

    def _open(self) -> None:
        if self._replaced():
            file = os.open(self.log.folder / "purge.log", os.O_RDONLY | os.O_CLOEXEC)
            if self._file >= 0:
                os.close(self._file)
            self._file, self._offset = file, 0

    def _read(self, target: int) -> list[Purge]:
        """The counted entries from the offset on. A line that is not counted yet waits for the next time."""
        size = os.fstat(self._file).st_size
        content = os.pread(self._file, max(0, size - self._offset), self._offset)
        purges = []
        for line in content.splitlines(keepends=True):
            number, _, rest = line.decode("ascii", "replace").rstrip("\n").partition(" ")
            kind, *keys = rest.split(" ")
            if not line.endswith(b"\n") or not number.isdigit() or int(number) > target:
                break
            purges.append(Purge(int(number), tuple(keys), kind == "hard"))
            self._offset += len(line)
        return purges


def _append(log: int, content: bytes) -> None:
    """All of it or nothing: a disk that fills up takes a part and says so only when asked for the rest."""
    size = os.fstat(log).st_size
    written = os.write(log, content)
    if written < len(content):
        os.ftruncate(log, size)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "purge.log")


def _runs(names: tuple[str, ...]) -> Iterator[list[str]]:
    """The keys cut into lines well shorter than what is looked at for repair."""
    run: list[str] = []
    length = 0
    for name in names:
        if run and length + len(name) > _LONGEST_LINE:
            yield run
            run, length = [], 0
        run.append(name)
        length += len(name) + 1
    yield run


def _tail(path: Path, size: int, most: int = 4 * _LONGEST_LINE) -> bytes:
    with open(path, "rb") as file:
        file.seek(max(0, size - most))
        tail = file.read()
    if size > most:
        tail = tail[tail.find(b"\n") + 1 :]
    return tail


def _boot() -> str:
    """What tells one run of the machine from the next, where the system says it."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return "unknown"
