"""From what a person names (a file, a folder, an archive) to sources, and from sources to articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.reader import Reader, ReadOptions, Source, SourceTooLarge, readers

SKIPPED_SUFFIXES = frozenset(
    {
        ".css",
        ".js",
        ".mjs",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".webp",
        ".avif",
        ".svg",
        ".ico",
        ".woff",
        ".woff2",
        ".ttf",
    }
    | {".otf", ".eot", ".mp4", ".mp3", ".webm", ".map", ".DS_Store"}
)
"""Files that browsers save beside a page; in a folder they are its furniture, not inputs."""


def sources(paths: Iterable[str]) -> Iterator[Source | Refusal]:
    """The sources of `paths`, folders walked in a stable order; a path that cannot be read is a refusal."""
    for name in paths:
        path = Path(name)
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield Source(name=name, path=path)
        else:
            yield Refusal(name, "missing", "there is no such file or folder")


def _folder(folder: Path) -> Iterator[Source]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SKIPPED_SUFFIXES or path.name.startswith("."):
            continue
        if path.is_file() and not path.is_symlink():
            yield Source(name=str(path), path=path)


def reader_for(source: Source, installed: list[Reader] | None = None) -> Reader | None:
    """The first reader that recognises the source."""
    return next((reader for reader in installed or readers() if reader.recognises(source)), None)


def read_all(paths: Iterable[str], options: ReadOptions) -> Iterator[IncomingArticle | Refusal]:
    """Every article and every refusal of `paths`, in order. One bad input never stops the others."""
    installed = readers()
    for source in sources(paths):
        if isinstance(source, Refusal):
            yield source
        else:
            yield from read_source(source, options, installed)


def read_source(
    source: Source, options: ReadOptions, installed: list[Reader] | None = None
) -> Iterator[IncomingArticle | Refusal]:
    """Every article and refusal of one source."""
    try:
        reader = reader_for(source, installed)
        if reader is None:
            yield Refusal(source.name, "unknown-format", "no reader knows this format")
            return
        yield from reader.read(source, options)
    except SourceTooLarge as error:
        yield Refusal(source.name, "too-large", str(error))
    except OSError as error:
        yield Refusal(source.name, "unreadable", f"cannot be read: {error.strerror or error}")
