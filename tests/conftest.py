"""What all tests share: the shared data beside the checkout, where it is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from hypothesis import settings

from tests import prepared_home
from tests.postgres_server import binaries, postgres_server

ROOT = Path(__file__).resolve().parents[1]

STRONG = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]

settings.register_profile("any machine", settings.default, deadline=None)  # no example fails by the clock
settings.load_profile("any machine")


def shared_folder() -> Path | None:
    """The folder of measuring data beside the checkout, or None in a clone that has none."""
    folder = Path(os.environ.get("BULAQ_SHARED", ROOT.parent / "shared"))
    return folder if (folder / "data" / "README.md").exists() else None


@pytest.fixture(autouse=True)
def own_cache() -> None:
    """Nothing that an earlier test left in the cache (renditions of its pictures, say) is seen by the next."""
    cache.clear()


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


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite as newsrooms have it, in a file with its write-ahead log: in memory, a page that is drawn while another
    thread of a served test writes is refused at once («database table is locked»), whatever its patience."""
    from django.db import connection

    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        prepared_home.copy_database_to(file)
        connection.settings_dict["TEST"]["NAME"] = str(file)
    elif template := os.environ.get("BULAQ_TEST_TEMPLATE"):
        connection.settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """The tables that were copied are kept; the file goes with its folder."""
    from django.db import connection

    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """A password is to cost a quarter of a second, and most tests make somebody who has one; only strangers guess."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher", *STRONG]):
        yield


def pytest_xdist_auto_num_workers() -> int:
    """Two processes more than processors: groups that start servers and browsers wait for them half of their time."""
    return 2 + (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist names the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that start servers or browsers of their own stay in one process each kind, so that two cores and a few
    gigabytes suffice (those that serve a whole newsroom name their group themselves); so do the tests of a module that
    share what it made, which is then made once."""
    for item in items:
        if item.get_closest_marker("xdist_group"):
            continue
        kinds = [kind for kind in ("browser", "server") if item.get_closest_marker(kind)]
        if kinds or _shares_with_its_module(item):
            item.add_marker(pytest.mark.xdist_group(kinds[0] if kinds else Path(item.path).stem))


def _shares_with_its_module(item: pytest.Item) -> bool:
    made = item._fixtureinfo.name2fixturedefs.values() if isinstance(item, pytest.Function) else ()
    return any(each.scope == "module" for definitions in made for each in definitions)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Groups are kept together by names that pytest-xdist appends to tests: a pytest that ignores them would start
    each server once in every process, and say nothing."""
    if not session.config.getoption("loadgroup", False):
        return
    for item in session.items:
        mark = item.get_closest_marker("xdist_group")
        if mark is not None and not item.nodeid.endswith(f"@{mark.args[0]}"):
            raise pytest.UsageError(f"{item.nodeid}: this pytest does not keep groups of tests together")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names every skipped test's reason once more at the end, loudly."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = sorted(
        {str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else "" for report in skipped}
    )
    for reason in reasons:
        count = sum(isinstance(r.longrepr, tuple) and str(r.longrepr[2]) == reason for r in skipped)
        terminalreporter.write_line(f"SKIPPED {count}: {reason}", yellow=True, bold=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI everything is there: a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
