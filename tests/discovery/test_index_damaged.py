"""What a full disk, a careless hand or a broken file does to the embedded index: a clear message, and no other error."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import pytest

from bulaq.discovery.document import Document, Placement
from bulaq.discovery.embedded.engine import EmbeddedIndex
from bulaq.discovery.index import IndexOutdated, IndexUnavailable, Results, Search, Writer


def filled(folder: Path) -> EmbeddedIndex:
    index = EmbeddedIndex(folder)
    with index.rebuild() as writer:
        writer.put(
            Document(number, f"أسعار القمح {number}", "نص الخبر عن الحكومة " * 20, placements=(Placement(1),))
            for number in range(1, 61)
        )
        writer.commit("1")
    with index.writer() as writer:
        writer.delete([60])
        writer.commit("1")
    return index


def ask(index: EmbeddedIndex) -> Results:
    index.suggest("الق", edition=1)
    return index.search(Search("القمح", edition=1, facets=True))


def _halved(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _scrambled(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for place in range(
        len(data) // 4, len(data) // 2
    ):  # the ends, which opening looks at, are left as they were
        data[place] = random.Random(place).randrange(256)
    file.write_bytes(data)


@pytest.mark.parametrize("spoil", [_halved, _scrambled, Path.unlink, lambda file: file.write_bytes(b"")])
@pytest.mark.parametrize("kind", ["*.segment", "*.alive", "commit.json", "*.vocabulary"])
def test_a_spoilt_file_is_said_to_be_one(tmp_path: Path, kind: str, spoil: Callable[[Path], object]) -> None:
    filled(tmp_path)
    files = list(tmp_path.glob(f"generation-1/{kind}"))
    assert files
    for file in files:
        spoil(file)
    if kind == "*.vocabulary":  # what was learned is left out, and learned again
        assert ask(EmbeddedIndex(tmp_path)).total == 59
    elif spoil is _scrambled:  # not all of it is met by these questions
        with suppress(IndexUnavailable):
            ask(EmbeddedIndex(tmp_path))
    else:
        with pytest.raises(IndexOutdated, match="reindex"):
            ask(EmbeddedIndex(tmp_path))


def test_an_index_without_its_files_asks_to_be_made_anew(tmp_path: Path) -> None:
    index = filled(tmp_path)
    shutil.rmtree(tmp_path / "generation-1")
    with pytest.raises(IndexOutdated, match="reindex"):
        ask(index)
    with pytest.raises(IndexOutdated, match="reindex"), index.writer():
        pass
    filled(tmp_path)
    assert ask(index).total == 59
    shutil.rmtree(tmp_path)
    assert (ask(index).total, index.count(), index.cursor()) == (0, 0, None)


def _write(writing: Callable[[], AbstractContextManager[Writer]], texts: list[str]) -> None:
    with writing() as writer:
        writer.put(Document(100 + number, "خبر", text) for number, text in enumerate(texts))
        writer.commit("2")


def test_a_disk_without_room_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    """The file system is made to refuse by a limit on the size of files (RLIMIT_FSIZE), as a full disk would."""
    import resource
    import signal

    index = filled(tmp_path)
    chance = random.Random(1)
    texts = [" ".join("".join(chance.choices("ابتجحدرس", k=7)) for _ in range(300)) for _ in range(300)]
    before = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, before[0][1]))
        for writing in (index.writer, index.rebuild):
            with pytest.raises(IndexUnavailable, match="cannot be written"):
                _write(writing, texts)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before[0])
        signal.signal(signal.SIGXFSZ, before[1])
    assert (index.cursor(), index.count(), ask(index).total) == ("1", 59, 59)
    with index.writer() as writer:
        writer.put([Document(100, "القمح", placements=(Placement(1),))])
        writer.commit("2")
    assert (index.cursor(), ask(index).total) == ("2", 60)
