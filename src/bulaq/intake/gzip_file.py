"""Files that were compressed one by one (`export.xml.gz`, `articles.csv.gz`), as servers and databases leave them.

Web archives are compressed record by record, and are read as they are.
"""

from __future__ import annotations

import gzip
import tempfile
import zlib
from pathlib import Path
from typing import IO

from bulaq.intake.zip_archive import MAX_LARGE_BYTES, MAX_RATIO, RATIO_COUNTS_FROM, ArchiveRefused

_STEP = 1 << 20
_WEB_ARCHIVES = (b"WARC/", b"filedesc:")


def is_gzip_file(head: bytes) -> bool:
    """Whether a file that begins so is to be unpacked before it is read."""
    if head[:3] != b"\x1f\x8b\x08":
        return False
    try:
        begun = zlib.decompressobj(31).decompress(head, 64)
    except zlib.error:
        return False
    return not begun.startswith(_WEB_ARCHIVES)


def unpacked(path: Path) -> IO[bytes]:
    """What is in it, as a file on disk that is gone when it is closed. Raises `ArchiveRefused` and OSError."""
    most = max(RATIO_COUNTS_FROM, MAX_RATIO * path.stat().st_size)
    file = tempfile.NamedTemporaryFile(prefix="bulaq-", suffix=Path(path.stem).suffix[:12])  # noqa: SIM115 - the caller closes it
    try:
        with gzip.open(path) as packed:
            while piece := packed.read(_STEP):
                file.write(piece)
                if file.tell() > most:
                    raise ArchiveRefused("bomb", f"{path}: unpacks to more than {MAX_RATIO} times its size")
                if file.tell() > MAX_LARGE_BYTES:
                    raise ArchiveRefused("too-large", f"{path}: larger than {MAX_LARGE_BYTES >> 20} MB")
        file.flush()
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        file.close()
        raise ArchiveRefused("broken-archive", f"{path}: cannot be unpacked: {error}") from None
    except BaseException:
        file.close()
        raise
    return file
