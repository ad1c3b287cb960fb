"""Generations of an index in a folder: `generation-7/` beside a file CURRENT that names the one in use."""

from __future__ import annotations

import os
from pathlib import Path


def current(folder: Path) -> str | None:
    """The name of the generation in use."""
    try:
        return (folder / "CURRENT").read_text().strip() or None
    except FileNotFoundError:
        return None


def next_name(folder: Path) -> str:
    """The name of the generation after all that are there."""
    numbers = [int(path.name.partition("-")[2]) for path in folder.glob("generation-*")]
    return f"generation-{max(numbers, default=0) + 1}"


def point(folder: Path, name: str) -> None:
    """Let CURRENT name this generation, atomically and durably."""
    new = folder / "CURRENT.new"
    with new.open("w") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, folder / "CURRENT")
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
