"""A file of named arrays that is read where it lies: opened without being read, checked for its length.

Eight bytes say what it is, four how long the header is, four its CRC-32; the header, in JSON, tells of each array its type, its
place and its length. Arrays begin at multiples of 64 bytes. All numbers are little endian.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

_MAGIC: Final = b"bulaq-a1"
_HEAD: Final = struct.Struct("<8sII")
_ALIGNED: Final = 64


class ArrayFileError(ValueError):
    """The file is none of ours, or damaged; the message names it."""


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write a file that must not exist, and wait until it is on the disk. Raises OSError."""
    places: dict[str, tuple[str, int, int]] = {}
    at = 0
    for name, values in arrays.items():
        places[name] = (values.dtype.newbyteorder("<").str, at, len(values))
        at += -(-values.nbytes // _ALIGNED) * _ALIGNED
    header = json.dumps({"arrays": places, "bytes": at}).encode()
    header += b" " * (-(_HEAD.size + len(header)) % _ALIGNED)
    with path.open("xb") as file:
        file.write(_HEAD.pack(_MAGIC, len(header), crc32(header)) + header)
        for values in arrays.values():
            data = np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<"))
            file.write(data.data.cast("B") if data.nbytes else b"")
            file.write(b"\0" * (-data.nbytes % _ALIGNED))
        file.flush()
        os.fsync(file.fileno())


def read_arrays(path: Path) -> dict[str, Array]:
    """The arrays of a file; they are read when they are looked at. Raises OSError and `ArrayFileError`."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        head = file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            raise ArrayFileError(f"{path}: cut short")
        magic, length, check = _HEAD.unpack(head)
        header = file.read(min(length, size))
        if magic != _MAGIC or crc32(header) != check:
            raise ArrayFileError(f"{path}: damaged")
        told = json.loads(header)
        first = _HEAD.size + length
        if size != first + told["bytes"]:
            raise ArrayFileError(f"{path}: {size} bytes instead of {first + told['bytes']}")
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return {
        name: np.frombuffer(data, dtype=np.dtype(kind), count=count, offset=first + at)
        for name, (kind, at, count) in told["arrays"].items()
    }
