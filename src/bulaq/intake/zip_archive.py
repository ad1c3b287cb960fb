"""ZIP archives of pages, read entry by entry, never unpacked to the names that they give, and bounded in all ways.

The limits hold against what is really unpacked, not against what the archive says of itself.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MAX_ENTRIES = 500_000
"""The directory of an archive is held in memory whole: more entries than these should be a folder."""

MAX_RATIO = 200
"""Pages shrink to a tenth, monotonous exports to a fortieth; zip bombs to a thousandth and less (deflate's own limit
is 1032)."""

RATIO_COUNTS_FROM = 1024 * 1024
"""Bytes: under it, a high ratio harms nobody."""

MAX_ENTRY_BYTES = 16 * 1024 * 1024
"""An entry up to this is read into memory; larger ones (exports) into an unnamed file."""

MAX_LARGE_BYTES = 16 * 1024**3

_CHUNK = 1024 * 1024


class ArchiveRefused(ValueError):
    """An archive or an entry that is not read; `code` is for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive, with the size that the archive claims for it."""

    name: str
    size: int


def is_zip(path: Path) -> bool:
    """By the first bytes: an archive, with or without entries."""
    try:
        with path.open("rb") as file:
            return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    except OSError:
        return False


def entries(path: Path) -> Iterator[Entry]:
    """The files of an archive in the order of their names. Raises `ArchiveRefused`."""
    with _opened(path) as archive:
        # Of two entries of one name the later one is the file: unpacking would write it over the other.
        found = {name_of(info): info.file_size for info in archive.infolist() if not info.is_dir()}
    yield from (Entry(name, found[name]) for name in sorted(found))


def content_of(found: list[Entry]) -> list[Entry]:
    """The entries that hold the archive's content: of a WACZ (Web Archive Collection Zipped, 1.1.1) its web archives,
    which lie in `archive/` beside indexes and lists of pages; of any other archive all."""
    archives = [entry for entry in found if _WEB_ARCHIVE.match(entry.name)]
    packaged = any(entry.name == "datapackage.json" for entry in found)
    return archives if packaged and archives else found


_WEB_ARCHIVE = re.compile(r"archive/[^/]{1,200}\.w?arc(?:\.(?:gz|zst))?$", re.I)


def name_of(info: zipfile.ZipInfo) -> str:
    """The name of an entry. Old archives hold names of UTF-8, or of an Arabic code page of Windows or DOS, without saying
    so; zipfile reads them all as cp437. Some programs of Windows part folders by `\\`.

    >>> name_of(zipfile.ZipInfo("خبر.html"))
    'خبر.html'
    >>> name_of(zipfile.ZipInfo("خبر 1.htm".encode("cp720").decode("cp437")))
    'خبر 1.htm'
    >>> name_of(zipfile.ZipInfo("2019\\\\a.htm"))
    '2019/a.htm'
    """
    name = info.filename if info.flag_bits & 0x800 or info.filename.isascii() else _decoded(info.filename)
    return name if "/" in name else name.replace("\\", "/")


def _decoded(name: str) -> str:
    try:
        data = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for charset in ("utf-8", "cp1256", "cp720"):
        with suppress(UnicodeDecodeError):
            told = data.decode(charset)
            foreign = [letter for letter in told if not letter.isascii()]
            # The letters of the one code page are signs and frames in the other.
            if charset == "utf-8" or sum("ء" <= letter <= "ي" for letter in foreign) >= 0.8 * len(foreign):
                return told
    return name


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            if len(archive.filelist) > MAX_ENTRIES:
                raise ArchiveRefused(
                    "too-many", f"{path}: holds more than {MAX_ENTRIES} files; unpack it first"
                )
            yield archive
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, UnicodeError) as error:
        raise ArchiveRefused("broken-archive", f"{path}: the archive is broken: {error}") from None


class OpenArchive:
    """An archive held open by one process that reads many of its entries."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._context = _opened(path)
        self._archive = self._context.__enter__()
        self._by_name = {name_of(info): info for info in self._archive.infolist()}

    def close(self) -> None:
        """Closes the file."""
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def names(self) -> Iterator[str]:
        """The names of all entries."""
        return iter(self._by_name)

    def read(self, name: str, limit: int = MAX_ENTRY_BYTES) -> bytes:
        """The bytes of an entry, at most `limit`. Raises `ArchiveRefused`."""
        pieces = list(self._pieces(name, limit))
        return b"".join(pieces)

    def packed_size(self, name: str) -> int:
        """The bytes that an entry takes in the archive; 0 for one that is not there."""
        info = self._by_name.get(name)
        return info.compress_size if info else 0

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of an entry, without unpacking more than that takes. Raises `ArchiveRefused`."""
        pieces = self._pieces(name, MAX_LARGE_BYTES)
        try:
            return next(pieces, b"")[:size]
        finally:
            pieces.close()

    def unpack(self, name: str, into: IO[bytes], limit: int = MAX_LARGE_BYTES) -> None:
        """Writes an entry of any size into an open file. Raises `ArchiveRefused`."""
        for piece in self._pieces(name, limit):
            into.write(piece)
        into.flush()

    def _pieces(self, name: str, limit: int) -> Generator[bytes]:
        info = self._by_name.get(name)
        if info is None:
            raise ArchiveRefused("missing", f"{self.path}!{name}: is no longer in the archive")
        if info.flag_bits & 0x1:
            raise ArchiveRefused("encrypted", f"{self.path}!{name}: is encrypted")
        unpacked = 0
        try:
            with self._archive.open(info) as file:
                while piece := file.read(_CHUNK):
                    unpacked += len(piece)
                    if unpacked > limit:
                        raise ArchiveRefused("too-large", f"{name}: larger than {limit // 1024**2} MB")
                    if unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * max(1, info.compress_size):
                        raise ArchiveRefused(
                            "bomb", f"{name}: unpacks to more than {MAX_RATIO} times its size"
                        )
                    yield piece
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise ArchiveRefused(
                "broken-archive", f"{self.path}!{name}: cannot be unpacked: {error}"
            ) from None
        except Exception as error:  # zlib.error, lzma.LZMAError: each decompressor has its own
            if isinstance(error, ArchiveRefused):
                raise
            raise ArchiveRefused(
                "broken-archive", f"{self.path}!{name}: cannot be unpacked: {error}"
            ) from None


def unpacked_file(archive: OpenArchive, name: str) -> IO[bytes]:
    """An entry as a file on disk that is gone when it is closed."""
    suffix = Path(name).suffix if len(Path(name).suffix) < 12 else ""
    file = tempfile.NamedTemporaryFile(prefix="bulaq-", suffix=suffix)  # noqa: SIM115 - the caller closes it
    try:
        archive.unpack(name, file)
    except ArchiveRefused:
        file.close()
        raise
    return file
