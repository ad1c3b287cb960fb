"""The reader of WordPress exports: two passes over the file, the first for what posts refer to, the second for posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

from lxml import etree  # type: ignore[attr-defined]

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.reader import PASSED, TURN, ReadOptions, Source
from bulaq.intake.wordpress.article_of_post import article_of_post, is_furniture
from bulaq.intake.wordpress.export_file import Damage, ExportFile, ExportRefused, Item
from bulaq.intake.wordpress.library import Library
from bulaq.intake.wordpress.post import kind_of, read_post

STRETCH = 64
"""Items of an export that one process reads in its turn, where several read it."""

_SIGNS = re.compile(rb"wordpress\.org/export/|WordPress eXtended RSS|<wp:wxr_version", re.I)


class WordPressReader:
    """Reads WXR 1.0–1.2 of any size; articles come in the order of the file."""

    format = "wxr"
    in_lanes = True
    """Several processes may read one export: cutting it into items costs a twentieth of making articles of them."""

    def recognises(self, source: Source) -> bool:
        """By the export's namespace or the comment that WordPress writes at its head."""
        head = source.head()
        if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            head = head[2:].replace(b"\x00", b"")
        return b"<rss" in head and bool(_SIGNS.search(head))

    def read(self, source: Source, options: ReadOptions) -> Iterator[IncomingArticle | Refusal]:
        """Every post and page, drafts among them; what was thrown away or is damaged is refused with the reason."""
        try:
            with closing(Library(lambda: _other_parts(source, site))) as library:
                with source.open() as file:
                    export = ExportFile(file, source.charset)
                    site = export.head.base
                    library.gather(export, options.alive)
                with source.open() as file:
                    export = ExportFile(file, source.charset)
                    yield from self._posts(export, library, source.name, options)
        except ExportRefused as error:
            yield Refusal(source.name, error.code, f"{source.name}: {error}")
        except OSError as error:
            yield Refusal(source.name, "unreadable", f"{source.name}: {error.strerror or error}")

    def _posts(
        self, export: ExportFile, library: Library, name: str, options: ReadOptions
    ) -> Iterator[IncomingArticle | Refusal]:
        found = items = 0
        lane, lanes = options.lane
        for item in export.items():
            wanted = found >= options.start
            if wanted:
                turn, items = items // STRETCH, items + 1
                if turn % lanes != lane:
                    continue
            told = _told_of(item, export, library, name, wanted=wanted)
            if told is not None:
                found += 1
                yield told
            if wanted and lanes > 1 and items % STRETCH == 0:
                yield TURN
        if not found and lanes == 1:
            yield Refusal(name, "nothing-found", f"{name}: holds no posts and no pages")


def _told_of(
    item: Item | Damage, export: ExportFile, library: Library, name: str, *, wanted: bool
) -> IncomingArticle | Refusal | None:
    """The article of an item, or why it is none; `PASSED` for either where it is not `wanted`; None for what counts for nothing."""
    if isinstance(item, Damage):
        return Refusal(name, item.code, f"{name}: at byte {item.position:,}: {item.reason}")
    if library.has(item):
        return None
    try:
        element = export.parse(item)
    except etree.XMLSyntaxError as error:
        reason = f"{name}: at byte {item.position:,}, line {error.lineno} of the item{_number(item.data)}: {error.msg}"
        return Refusal(name, "damaged", reason)
    if not wanted:
        return None if is_furniture(kind_of(element)) else PASSED
    return article_of_post(read_post(element), export.head, library, name)


def _number(data: bytes) -> str:
    match = re.search(rb"<wp:post_id>(\d{1,12})</wp:post_id>", data)
    return f" (post {int(match[1])})" if match else ""


MAX_PARTS = 200
MAX_PARTS_BYTES = 1024**3
"""Files beside an export that are looked into for its pictures, and their size together."""


def _other_parts(source: Source, site: str | None) -> Iterator[ExportFile]:
    """The other files of an export that WordPress wrote in parts: beside it, of the same site."""
    if source.path is None or site is None:
        return
    try:
        beside = sorted(path for path in source.path.parent.glob("*.xml") if path.is_file())[:MAX_PARTS]
    except OSError:
        return
    size = 0
    for path in beside:
        try:
            size += path.stat().st_size
            if path.samefile(source.path) or not READER.recognises(Source(path.name, path)):
                continue
            if size > MAX_PARTS_BYTES:
                return
            with path.open("rb") as file:
                export = ExportFile(file)
                if export.head.base == site:
                    yield export
        except (OSError, ExportRefused):
            continue


READER = WordPressReader()
