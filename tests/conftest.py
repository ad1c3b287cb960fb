"""What all tests share: the shared data beside the checkout, where it is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres_server import binaries, postgres_server

ROOT = Path(__file__).resolve().parents[1]


def shared_folder() -> Path | None:
    """The folder of measuring data beside the checkout, or None in a clone that has none."""
    folder = Path(os.environ.get("BULAQ_SHARED", ROOT.parent / "shared"))
    return folder if (folder / "data" / "README.md").exists() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """`shared/data`; the test is skipped, by name, where it is not there."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("the shared measuring data is not beside this checkout (set BULAQ_SHARED)")
    return folder / "data"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL server for the tests: BULAQ_TEST_POSTGRES_URL, or one started for this session;
    the test is skipped, by name, where there is none to start."""
    given = os.environ.get("BULAQ_TEST_POSTGRES_URL")
    folder = binaries()
    if given:
        yield given
    elif folder is None:
        pytest.skip("no PostgreSQL server is installed here (or set BULAQ_TEST_POSTGRES_URL)")
    else:
        with postgres_server(folder) as url:
            yield url
