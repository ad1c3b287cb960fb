"""Files that were compressed one by one (`export.xml.gz`, `articles.csv.gz`), as servers and databases leave them, by
themselves or within a ZIP archive.

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


def unpacked(packed: Path | IO[bytes], name: str, size: int) -> IO[bytes]:
    """What is in it, as a file on disk that is gone when it is closed. `size`: the bytes that it really takes, which within
    an archive are fewer than its own. Raises `ArchiveRefused`, which names it by `name`, and OSError."""
    most = max(RATIO_COUNTS_FROM, MAX_RATIO * size)
    suffix = Path(Path(name).stem).suffix[:12]
    file = tempfile.NamedTemporaryFile(prefix="bulaq-", suffix=suffix)  # noqa: SIM115 - the caller closes it
    try:
        with gzip.open(packed) as inside:
            while piece := inside.read(_STEP):
                file.write(piece)
                if file.tell() > most:
                    raise ArchiveRefused("bomb", f"{name}: unpacks to more than {MAX_RATIO} times its size")
                if file.tell() > MAX_LARGE_BYTES:
                    raise ArchiveRefused("too-large", f"{name}: larger than {MAX_LARGE_BYTES >> 20} MB")
        file.flush()
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        file.close()
        raise ArchiveRefused("broken-archive", f"{name}: cannot be unpacked: {error}") from None
    except BaseException:
        file.close()
        raise
    return file
