"""Files that came with an archive, found by the addresses that its pages use for them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from bulaq.intake.bundled_page import MAX_BUNDLE_BYTES, BundleDamaged, is_bundle, read_bundle
from bulaq.intake.listing import PAGE_FOLDERS
from bulaq.intake.reader import HEAD_BYTES
from bulaq.intake.source_names import on_disk
from bulaq.intake.zip_archive import ArchiveRefused, OpenArchive, is_zip

MAX_BYTES = 24 * 1024 * 1024
"""As for pictures that are fetched (`bulaq.intake.fetching.fetcher`)."""


class ArchiveFiles:
    """Looks in the page where it was saved with its files in one, beside it, in the folder saved with it, and under the
    archive's root by the old path.

    Nothing outside of the inputs (and of `media`) is ever opened, whatever a page names.
    """

    def __init__(self, inputs: Sequence[str], media: str | None = None) -> None:
        given = [Path(on_disk(name)) for name in inputs if "://" not in name]
        self.media = [Path(on_disk(media)).resolve()] if media else []
        self.roots = [*(path.resolve() for path in given if path.is_dir()), *self.media]
        self._inputs = inputs
        self._archive: OpenArchive | None = None
        self._bundle: tuple[str, dict[str, bytes]] = ("", {})

    def close(self) -> None:
        """Closes an archive that was opened."""
        if self._archive is not None:
            self._archive.close()
            self._archive = None

    def find(self, source_key: str, url: str) -> bytes | None:
        """The bytes of a picture that the source names by `url`; None when the archive does not hold it."""
        try:
            parts = urlsplit(url)
            names = [PurePosixPath(_plain(unquote(parts.path)))]
        except ValueError:
            return None
        if parts.query:
            names.append(PurePosixPath(f"{names[0]}?{parts.query}"))
        over: list[Path] = []
        source_key = on_disk(source_key)
        path, bang, member = source_key.partition("!")
        if self._bundle[0] != source_key:
            self._bundle = (source_key, self._bundled(source_key))
        if (inside := self._bundle[1].get(url)) is not None:
            return inside if len(inside) <= MAX_BYTES else None
        if bang and is_zip(Path(path)):
            found = self._in_archive(Path(path), PurePosixPath(member), names, parts.hostname)
            if found is not None:
                return found
        elif "://" not in source_key:
            page = Path(source_key)
            over, beside = self._folders_over(page), page.parent.resolve()
            for name in names:
                for candidate in _beside(PurePosixPath(page.name), name):
                    data = _read(beside, candidate)
                    if data is not None:
                        return data
        for root in (*over, *self.roots):
            for name in names:
                for candidate in _under_root(name, parts.hostname):
                    data = _read(root, candidate)
                    if data is not None:
                        return data
        return None

    def _bundled(self, source_key: str) -> dict[str, bytes]:
        """The files in a page that was saved with them in one, by their addresses."""
        path, bang, member = source_key.partition("!")
        try:
            if bang and is_zip(Path(path)):
                archive = self._opened(Path(path))
                if archive is None or not is_bundle(archive.head(member, HEAD_BYTES)):
                    return {}
                return read_bundle(archive.read(member, MAX_BUNDLE_BYTES)).files
            with Path(source_key).open("rb") as file:
                head = file.read(HEAD_BYTES)
                return read_bundle(head + file.read(MAX_BUNDLE_BYTES)).files if is_bundle(head) else {}
        except (ArchiveRefused, BundleDamaged, OSError, ValueError):
            return {}

    def _opened(self, path: Path) -> OpenArchive | None:
        if self._archive is None or self._archive.path != path:
            self.close()
            try:
                self._archive = OpenArchive(path)
            except (ArchiveRefused, OSError):
                return None
        return self._archive

    def _folders_over(self, page: Path) -> list[Path]:
        """Those that hold the page, nearest first, below the inputs': one of them is the root of its site where the
        archives of several sites lie side by side."""
        parents = page.resolve().parents
        return [parent for parent in parents if any(root in parent.parents for root in self.roots)]

    def _in_archive(
        self, path: Path, page: PurePosixPath, names: list[PurePosixPath], host: str | None
    ) -> bytes | None:
        archive = self._opened(path)
        if archive is None:
            return None
        for name in names:
            inside = [page.parent / candidate for candidate in _beside(PurePosixPath(page.name), name)]
            roots = (*page.parents[:-1], PurePosixPath())
            under = (root / candidate for root in roots for candidate in _under_root(name, host))
            for candidate in (*inside, *under):
                normal = os.path.normpath(str(candidate)).lstrip("/")
                if normal in archive:
                    try:
                        return archive.read(normal, MAX_BYTES)
                    except ArchiveRefused:
                        return None
        return None


def _plain(path: str) -> str:
    if "\x00" in path:
        raise ValueError("a NUL in a path")
    return path.lstrip("/") or "-"


def _beside(page: PurePosixPath, name: PurePosixPath) -> Iterator[PurePosixPath]:
    """Relative to the page's folder: as named, by the last two parts of the name, in the folder saved with the page."""
    yield name
    if len(name.parts) > 2:
        # A reader made the address absolute by the page's old one: `…/news/page_files/a.jpg`.
        yield PurePosixPath(*name.parts[-2:])
    for ending in PAGE_FOLDERS:
        yield PurePosixPath(f"{page.stem}{ending}") / name.name


def _under_root(name: PurePosixPath, host: str | None) -> Iterator[PurePosixPath]:
    """Relative to an archive's root: under the host's folder (mirrors), as named, and without its first folders
    (an export of `wp-content/uploads` holds `2020/01/a.jpg`)."""
    if host:
        yield PurePosixPath(host) / name
    for start in range(min(len(name.parts) - 1, 4) + 1):
        if start and len(name.parts) - start < 2:
            break
        yield PurePosixPath(*name.parts[start:])


def _read(root: Path, relative: PurePosixPath) -> bytes | None:
    """A file under `root`, or nothing: paths that climb, links that lead out, folders and devices are not there."""
    try:
        path = root / relative
        if (
            not path.is_file()
        ):  # most places tried hold nothing: one look is enough, without following every link there
            return None
        path = path.resolve()
        if not path.is_relative_to(root) or not path.is_file():
            return None
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        return None
    return data if len(data) <= MAX_BYTES else None
