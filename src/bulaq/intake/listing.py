"""From what a person names (files, folders, archives, addresses) to a list of inputs, lazily and in a stable order.

A listed input is small and says where to find its bytes; it is opened where it is read, which may be another process.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

from bulaq.intake.article import Refusal
from bulaq.intake.mirrors import below, page_address
from bulaq.intake.zip_archive import ArchiveRefused, content_of, entries, is_zip

FURNITURE = frozenset(
    (
        ".css", ".js", ".mjs", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".bmp", ".woff",
        ".woff2", ".ttf", ".otf", ".eot", ".mp4", ".mp3", ".webm", ".m4a", ".ogg", ".mov", ".avi", ".map", ".pdf",
        ".doc", ".docx", ".xls", ".xlsx", ".ds_store", ".download", ".swf", ".exe", ".db", ".cdx", ".cdxj",
    )
)  # fmt: skip
"""Suffixes of files that lie beside pages in a folder or archive; named by themselves they are inputs like any other."""

COPIERS = frozenset(("hts-cache", "hts-log.txt", "hts-err.txt", "cookies.txt", "robots.txt"))
"""What programs that copy sites leave beside the pages."""

PAGE_FOLDERS = ("_files", ".files", "_data", "_soubory", "_archivos", "_fichiers", "_ملفات", "-Dateien")
"""How browsers call the folder in which they save what a page shows (its frames among it)."""


EXPORTS = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".tab")
"""Suffixes of exports that may hold addresses without their site."""

ARCHIVES = (".zip", ".wacz")
"""Suffixes of what is walked like a folder."""


_OFFICE = {
    "word/document.xml": "a document of Word: save it as a web page (filtered) or as text",
    "xl/workbook.xml": "a table of Excel: save it as CSV in UTF-8",
    "META-INF/manifest.xml": "a document of an office program: save it as a web page, text or CSV",
}
"""What gives away that an archive is a document, and what to do with it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One input. `key` is its stable name: the path or address as given, an archive's entry after `!`.

    `start` is the number of articles at its beginning that are not wanted (they were taken in already).
    """

    key: str
    path: str | None = None
    member: str | None = None
    address: str | None = None
    size: int = 0
    start: int = 0
    url: str | None = None
    """Where it stood in the site that the folder is a mirror of, as its path tells (`bulaq.intake.mirrors`)."""
    refusal: Refusal | None = None
    """Why it cannot be opened at all, when the listing itself shows it."""
    lane: tuple[int, int] = (0, 1)
    """Which part of it one process of several reads (`bulaq.intake.reader.ReadOptions.lane`)."""
    taken: int = 0
    """What came of its lane already, from `start` on."""

    def starting_at(self, start: int) -> Listed:
        """The same input from its article number `start` on."""
        return replace(self, start=start)


def listed(paths: Iterable[str], site: str | None = None) -> Iterator[Listed]:
    """The inputs of `paths`, in order; what cannot be read is among them, with its refusal. `site`: the address, ending in a
    slash, that each folder, archive and export among `paths` stands for."""
    for name in paths:
        if name.lower().startswith(("http://", "https://")):
            yield Listed(key=name, address=name)
            continue
        if name in ("", "-"):
            reason = "standard input is not read: name a file" if name else "no name of a file or folder"
            yield _refused(name, "missing", reason)
            continue
        found = False
        try:
            for item in _of_path(name, site):
                found = True
                yield item
            if not found:
                yield _refused(name, "nothing-found", "holds nothing that could be an article")
        except OSError as error:
            yield _refused(name, "unreadable", f"cannot be read: {error.strerror or error}")
        except ValueError as error:  # a NUL in the name
            yield _refused(name, "unreadable", f"cannot be read: {error}")


def _refused(key: str, code: str, reason: str) -> Listed:
    return Listed(key=key, refusal=Refusal(key, code, reason))


def _of_path(name: str, site: str | None) -> Iterator[Listed]:
    path = Path(name)
    if path.is_dir():
        yield from _folder(path, site or below(None, path.resolve().name))
    elif path.is_file():
        if is_zip(path):
            yield from _archive(path, site)
        else:
            url = site if name.lower().removesuffix(".gz").endswith(EXPORTS) else None
            yield Listed(key=name, path=name, size=path.stat().st_size, url=url)
    elif path.exists():
        yield _refused(name, "unreadable", "is neither a file nor a folder")
    else:
        yield _refused(name, "missing", "there is no such file or folder")


def _folder(folder: Path, base: str | None) -> Iterator[Listed]:
    """Depth first, sorted by name; one folder's names are in memory at a time. Links are named, and not followed: they
    may lead round in a circle or out of the archive."""
    try:
        with os.scandir(folder) as scan:
            found = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield _refused(str(folder), "unreadable", f"cannot be read: {error.strerror or error}")
        return
    names = {entry.name for entry in found}
    for entry in found:
        if entry.name.startswith(".") or entry.name in COPIERS:
            continue
        if entry.is_dir(follow_symlinks=False):
            if not _is_page_folder(entry.name, names):
                yield from _folder(Path(entry.path), below(base, entry.name))
        elif os.path.splitext(entry.name)[1].lower() in FURNITURE:
            continue
        elif entry.is_symlink():
            yield _refused(entry.path, "link", "is a link, and links in a folder are not followed")
        elif not entry.is_file(follow_symlinks=False):
            yield _refused(entry.path, "unreadable", "is neither a file nor a folder")
        elif entry.name.lower().endswith(ARCHIVES):
            yield from _archive(Path(entry.path), None)
        else:
            url = page_address(base, entry.name)
            yield Listed(key=entry.path, path=entry.path, size=entry.stat().st_size, url=url)


def _archive(path: Path, base: str | None) -> Iterator[Listed]:
    try:
        held = list(entries(path))
        office = next((told for entry in held if (told := _OFFICE.get(entry.name))), None)
        if office is not None:
            yield _refused(str(path), "unknown-format", f"is {office}")
            return
        for entry in content_of(held):
            plain = entry.name.rsplit("/", 1)[-1]
            folders = entry.name.split("/")[:-1]
            if plain.startswith(".") or plain in COPIERS or {"__MACOSX", "hts-cache"} & set(folders):
                continue
            if os.path.splitext(plain)[1].lower() in FURNITURE or any(
                f.endswith(PAGE_FOLDERS) for f in folders
            ):
                continue
            if plain.lower().endswith(ARCHIVES):
                reason = "is an archive within an archive; unpack it first"
                yield _refused(f"{path}!{entry.name}", "nested-archive", reason)
                continue
            url = page_address(reduce(below, folders, base), plain)
            yield Listed(f"{path}!{entry.name}", str(path), entry.name, size=entry.size, url=url)
    except ArchiveRefused as error:
        yield _refused(str(path), error.code, str(error))


def _is_page_folder(name: str, beside: set[str]) -> bool:
    for ending in PAGE_FOLDERS:
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            return any(f"{stem}{suffix}" in beside for suffix in (".html", ".htm", ".xhtml", ".mhtml"))
    return False
