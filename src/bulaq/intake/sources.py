"""From listed inputs to sources, and from sources to articles: every input gives at least one article or refusal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.bundled_page import unbundled
from bulaq.intake.gzip_file import is_gzip_file, unpacked
from bulaq.intake.installed_readers import reader_for, readers
from bulaq.intake.listing import Listed, listed
from bulaq.intake.reader import Reader, ReadOptions, Source, SourceTooLarge
from bulaq.intake.zip_archive import MAX_ENTRY_BYTES, ArchiveRefused, OpenArchive, unpacked_file

if TYPE_CHECKING:
    from bulaq.intake.fetching.answers import Validators
    from bulaq.intake.fetching.fetcher import Fetcher

Fetch = Callable[[str], "Source | Refusal"]
"""Gets the source at an address (`WebFetch`); without one, addresses are refused."""


def sources(
    paths: Iterable[str], fetch: Fetch | None = None, site: str | None = None
) -> Iterator[Source | Refusal]:
    """The sources of `paths`, opened one after the other; `site` as for `bulaq.intake.listing.listed`."""
    opener = Opener(fetch)
    try:
        for item in listed(paths, site):
            yield opener.open(item)
    finally:
        opener.close()


PAGE_TIMEOUT = 40.0
"""Seconds for one page or feed: less than a pool of readers waits for one of its processes."""


class WebFetch:
    """Gets pages and feeds from the web; one for all inputs of a process, so that pauses and robots hold among them.

    `inner`: as for `bulaq.intake.fetching.fetcher.Fetcher`, which is made when the first address is asked for.
    `known`: by address, the validators of what was read there before; `resting`: why an address is not asked now.
    """

    def __init__(
        self,
        inner: Iterable[str] = (),
        known: Mapping[str, Validators] | None = None,
        resting: Mapping[str, Refusal] | None = None,
    ) -> None:
        self.inner = tuple(inner)
        self.known, self.resting = dict(known or {}), dict(resting or {})
        self._fetcher: Fetcher | None = None

    def __call__(self, url: str) -> Source | Refusal:
        from bulaq.intake.fetching.fetcher import Fetcher
        from bulaq.intake.fetching.request_addresses import FetchRefused

        if url in self.resting:
            return self.resting[url]
        self._fetcher = self._fetcher or Fetcher(inner=self.inner, whole_timeout=PAGE_TIMEOUT)
        try:
            fetched = self._fetcher.fetch(url, known=self.known.get(url))
        except FetchRefused as error:
            return Refusal(url, f"fetch-{error.code}", f"{url}: {error}", error.retry_after)
        return Source(
            name=url,
            data=fetched.data,
            url=fetched.url,
            charset=fetched.charset,
            validators=fetched.validators,
        )


class Opener:
    """Opens listed inputs; keeps the last archive open, because its entries come one after the other."""

    def __init__(self, fetch: Fetch | None = None) -> None:
        self.fetch = fetch
        self._archive: OpenArchive | None = None
        self._unpacked: list[object] = []

    def open(self, item: Listed) -> Source | Refusal:
        """The source of an input, or why there is none. A source is valid until the next one is opened."""
        self._unpacked.clear()
        if item.refusal is not None:
            return item.refusal
        if item.address is not None:
            if self.fetch is None:
                return Refusal(item.key, "address", "addresses are read only when that is allowed (--fetch)")
            return self.fetch(item.address)
        assert item.path is not None
        path = Path(item.path)
        try:
            if item.member is None:
                return unbundled(self._file(item, path))
            return unbundled(self._member(item, item.member, self._opened(path)))
        except ArchiveRefused as error:
            return Refusal(item.key, error.code, str(error))
        except OSError as error:
            return Refusal(item.key, "unreadable", f"cannot be read: {error.strerror or error}")

    def close(self) -> None:
        """Closes what is open."""
        self._unpacked.clear()
        if self._archive is not None:
            self._archive.close()
            self._archive = None

    def _file(self, item: Listed, path: Path) -> Source:
        source = Source(name=item.key, path=path, url=item.url)
        try:
            if not is_gzip_file(source.head()):
                return source
        except OSError:
            return source  # its reader says what is wrong
        return self._kept(unpacked(path, item.key, path.stat().st_size), item)

    def _member(self, item: Listed, member: str, archive: OpenArchive) -> Source:
        if item.size <= MAX_ENTRY_BYTES:
            source = Source(name=item.key, data=archive.read(member), url=item.url)
        else:
            source = self._kept(unpacked_file(archive, member), item)
        if not is_gzip_file(source.head()):
            return source
        with source.open() as packed:
            return self._kept(unpacked(packed, item.key, archive.packed_size(member)), item)

    def _kept(self, file: IO[bytes], item: Listed) -> Source:
        """The source in a file on disk, which is there until the next input is opened."""
        self._unpacked.append(file)
        return Source(name=item.key, path=Path(file.name), url=item.url)

    def _opened(self, path: Path) -> OpenArchive:
        if self._archive is None or self._archive.path != path:
            self.close()
            self._archive = OpenArchive(path)
        return self._archive


def read_all(
    paths: Iterable[str], options: ReadOptions, fetch: Fetch | None = None, site: str | None = None
) -> Iterator[IncomingArticle | Refusal]:
    """Every article and every refusal of `paths`, in order, in this process. One bad input never stops the others."""
    installed = readers()
    for source in sources(paths, fetch, site):
        if isinstance(source, Refusal):
            yield source
        else:
            yield from read_source(source, options, installed)


def read_source(
    source: Source, options: ReadOptions, installed: list[Reader] | None = None
) -> Iterator[IncomingArticle | Refusal]:
    """Every article and refusal of one source: at least one of either."""
    found = False
    try:
        reader = reader_for(source, installed)
        if reader is None:
            yield Refusal(source.name, "unknown-format", "no reader knows this format")
            return
        for item in reader.read(source, options):
            if not isinstance(item, IncomingArticle | Refusal):
                raise TypeError(
                    f"the reader {reader.format} gave a {type(item).__name__}, which is no article"
                )
            found = True
            yield _not_as_named(item, source) if reader.format == "html" else item
    except SourceTooLarge as error:
        yield Refusal(source.name, "too-large", str(error))
        return
    except OSError as error:
        yield Refusal(source.name, "unreadable", f"cannot be read: {error.strerror or error}")
        return
    except (Exception, RecursionError, MemoryError) as error:
        # A fault of the reader. It is told, with the input that shows it, and the other inputs go on.
        yield Refusal(
            source.name, "reader-failed", f"the reader failed: {type(error).__name__}: {error}"[:500]
        )
        return
    if not found and options.lane == (0, 1):
        yield Refusal(source.name, "nothing-found", "no article was found in it")


_NAMED_ELSE = re.compile(r"\.(?:xml|rss|atom|rdf|json|wxr|warc|wacz)$|/(?:feed|rss|atom)/?$", re.I)
"""Names and addresses under which a feed, an export or a web archive is expected."""

_FEED = re.compile(
    rb"<link\b(?=[^<>]{0,500}\btype=[\"']application/(?:rss\+xml|atom\+xml|feed\+json))[^<>]{0,500}?\bhref=[\"']([^\"'<>]{1,500})[\"']",
    re.I,
)


def _not_as_named(item: IncomingArticle | Refusal, source: Source) -> IncomingArticle | Refusal:
    """A page without an article where its name promised a feed or an export says just that: servers answer with a
    page of sign-in or error, and the address of a site is given for that of its feed."""
    name = urlsplit(source.name).path if "://" in source.name else source.name
    if not isinstance(item, Refusal) or not _NAMED_ELSE.search(name):
        return item
    feed = _FEED.search(source.head())
    told = f"; the page names its feed: {feed[1].decode('utf-8', 'replace')}" if feed else ""
    found = item.reason.removeprefix(f"{source.name}: ")
    reason = f"{source.name}: an HTML page, not the feed or export that its name says ({found}){told}"
    return Refusal(item.source, "not-as-named", reason)
