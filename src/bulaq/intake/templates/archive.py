"""What an import calls: learn from a sample that is bounded, then read the archive as a stream."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.flat import READER as FLAT
from bulaq.intake.flat.lines.repeats import Repeats
from bulaq.intake.flat.reader import read_text
from bulaq.intake.html import READER as HTML
from bulaq.intake.html import read_page
from bulaq.intake.html.layout.encoding import EncodingBroken, decode
from bulaq.intake.installed_readers import reader_for, readers
from bulaq.intake.listing import Listed
from bulaq.intake.reader import Reader, ReadOptions, Source, SourceTooLarge
from bulaq.intake.sources import Opener, read_source
from bulaq.intake.templates.guide import ArchiveGuide
from bulaq.intake.templates.learner import TemplateLearner
from bulaq.intake.templates.template import Templates
from bulaq.intake.zip_archive import MAX_ENTRY_BYTES

SAMPLE = 400
"""Pages that teach. More add little (docs/intake.md has the curve), and all are read twice."""

SAMPLE_BYTES = 64 * 1024 * 1024
"""Of the bytes that sampled sources hold in memory (pages out of a ZIP)."""

T = TypeVar("T")


def spread(items: Iterable[T], count: int = SAMPLE, seed: int = 1) -> list[T]:
    """`count` items out of a stream of any length, each as likely (reservoir sampling, Vitter 1985), in its order: a
    sample of the whole archive, whose templates changed over the years."""
    chosen: list[tuple[int, T]] = []
    dice = random.Random(seed)  # noqa: S311 - a sample, not a secret
    for number, item in enumerate(items):
        if number < count:
            chosen.append((number, item))
        elif (place := dice.randrange(number + 1)) < count:
            chosen[place] = (number, item)
    return [item for _, item in sorted(chosen, key=lambda pair: pair[0])]


Watch = Callable[[float], object]
"""Is told how much of the learning (0–1) is done; what it raises ends the learning."""


def learn_from_sample(
    sample: Iterable[Source], *, watch: Watch = lambda share: None
) -> tuple[Templates, Repeats]:
    """The templates of the HTML pages among `sample`, and the repeated lines of its flattened pages."""
    pages: list[Source] = []
    repeats = Repeats()
    held = 0
    for source in sample:
        try:
            if HTML.recognises(source):
                held += len(source.data or b"")
                if held > SAMPLE_BYTES:
                    break
                pages.append(source)
            elif FLAT.recognises(source):
                repeats.add(decode(source.read(), source.charset).text.splitlines())
        except (OSError, EncodingBroken, SourceTooLarge):
            continue
    return TemplateLearner().learn(pages, watch=watch), repeats


FEWEST_PAGES = 9
"""Pages from which an import learns first: below, a template would rest on one or two pages."""

CONTAINER_PAGES = 20_000
"""Pages of one web archive that may come into the sample: its records can only be gone through one after the other."""

CONTAINER_BYTES = 512 * 1024 * 1024
"""Unpacked bytes of all web archives that are gone through."""

CONTAINER_SECONDS = 60.0
"""Processor time for going through all web archives; then what was met is the sample."""


class Containers:
    """The pages inside web archives among an import's inputs, within bounds that hold for all of them together."""

    def __init__(self, seconds: float = CONTAINER_SECONDS, size: int = CONTAINER_BYTES) -> None:
        self._until = time.process_time() + seconds
        self._left = size
        self._last = Opener()
        # That reader reads with this package's templates: imported at the top, each would wait for the other.
        from bulaq.intake.web_archives.warc import READER

        self._reader = READER

    def pages(self, item: Listed) -> Iterator[Source] | None:
        """The pages of an input that is a web archive, None for any other."""
        if item.path is None:
            return None
        if (
            item.member is not None
            and ".warc" not in item.member.lower()
            and ".arc" not in item.member.lower()
        ):
            return None  # opening each entry of an archive only to look at it would read all of it
        source = self._last.open(item)
        try:
            if isinstance(source, Refusal) or not self._reader.recognises(source):
                return None
        except OSError:
            return None
        return self._within_bounds(source)

    def _within_bounds(self, source: Source) -> Iterator[Source]:
        for number, page in enumerate(self._reader.pages(source)):
            if number >= CONTAINER_PAGES or self._left <= 0 or time.process_time() > self._until:
                return
            if not isinstance(page, Refusal):
                self._left -= len(page.data)
                if len(page.data) <= MAX_SAMPLED_PAGE:
                    yield Source(page.name, data=page.data, url=page.url, charset=page.charset)

    def close(self) -> None:
        """Closes what is open."""
        self._last.close()


_NAMED_ARCHIVE = re.compile(r"\.w?arc(?:\.\w{1,4})?$", re.I)
_NO_CONTAINERS = (".html", ".htm", ".xhtml", ".shtml", ".php", ".aspx", ".txt", ".json", ".xml", ".rss")
"""Endings by which a file is not even opened to see whether it is a web archive: there may be millions of them."""

MAX_SAMPLED_PAGE = 1024 * 1024
"""Bytes; a larger page out of a web archive teaches nothing that others do not."""


def _pages(inputs: Iterable[Listed], containers: Containers) -> Iterator[Listed | Source]:
    """Inputs that may be pages, and the pages inside those that hold many."""
    for item in inputs:
        if item.refusal is not None or item.address is not None:
            continue
        inside = containers.pages(item)
        if inside is None:
            yield item
        else:
            yield from inside


def learn_for_import(inputs: Iterable[Listed], path: Path, *, watch: Watch = lambda share: None) -> bool:
    """Learns the templates of listed inputs into the file `path`, for `ReadOptions(extra={"templates": …})`.

    Looks at a bounded sample of what lies on this machine: pages in folders, in ZIP archives and in web archives alike.
    False (and no file) when nothing was learned.
    """
    containers, opener = Containers(), Opener()
    try:
        sample = spread(_pages(inputs, containers))
        if len(sample) < FEWEST_PAGES:
            return False
        opened = (
            item if isinstance(item, Source) else opener.open(item)
            for item in sample
            if isinstance(item, Source) or item.size <= MAX_ENTRY_BYTES
        )
        templates, _ = learn_from_sample(
            (source for source in opened if isinstance(source, Source)), watch=watch
        )
    finally:
        opener.close()
        containers.close()
    if not len(templates):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    templates.save(path)
    return True


def read_archive(
    sources: Iterable[Source],
    options: ReadOptions,
    *,
    sample: Iterable[Source] | None = None,
    templates: Templates | None = None,
) -> Iterator[IncomingArticle | Refusal]:
    """Every article and refusal of `sources`, in order, read with the archive's templates.

    `templates`: learned before; else they are learned from `sample` (best `spread` over the whole archive), else from
    the first `SAMPLE` sources. Memory does not grow with the archive. Sources that are no pages go to their readers.
    """
    repeats = Repeats()
    stream = iter(sources)
    if templates is None:
        if sample is None:
            opening = list(islice(stream, SAMPLE))
            stream = chain(opening, stream)
            sample = opening
        templates, repeats = learn_from_sample(sample)
    guide = ArchiveGuide(templates)
    installed = readers()
    for source in stream:
        yield from _read(source, options, guide, repeats, installed)


def _read(
    source: Source, options: ReadOptions, guide: ArchiveGuide, repeats: Repeats, installed: list[Reader]
) -> Iterator[IncomingArticle | Refusal]:
    try:
        reader = reader_for(source, installed)
        if reader is not None and reader.format == "html":
            data = source.read()
            yield read_page(data, source.name, url=source.url, charset=source.charset, guide=guide)
        elif reader is not None and reader.format == "flat":
            text = decode(source.read(), source.charset).text
            yield read_text(text, source.name, options, url=source.url, repeats=repeats)
        else:
            yield from read_source(source, options, installed)
    except SourceTooLarge as error:
        yield Refusal(source.name, "too-large", str(error))
    except EncodingBroken as error:
        yield Refusal(source.name, "broken-encoding", f"{source.name}: {error}")
    except OSError as error:
        yield Refusal(source.name, "unreadable", f"{source.name}: {error.strerror or error}")
