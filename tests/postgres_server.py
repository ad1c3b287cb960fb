"""PostgreSQL servers of our own for the tests, thrown away afterwards.

The tables of a newsroom are made once for a test run, in a cluster that is copied for whoever asks for them (compare
`prepared_home`).
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests import prepared_home

TABLES = "bulaq_tables"
"""The database that has all tables, as they are after the last migration, and no rows but theirs."""


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl, the newest where there are several; None without a server."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return folders[-1].parent if folders else None


@contextmanager
def postgres_server(folder_of_binaries: Path) -> Iterator[str]:
    """The address of a fresh server on loopback."""
    with _Cluster(folder_of_binaries) as cluster:
        cluster.make()
        yield cluster.start()


@contextmanager
def postgres_server_with_tables(folder_of_binaries: Path) -> Iterator[str]:
    """The address of a fresh server on loopback that has the database `TABLES`."""
    with _Cluster(folder_of_binaries) as cluster:
        cluster.copy(_prepared(folder_of_binaries))
        yield cluster.start()


def make_tables(url: str) -> None:
    """Makes the database `TABLES` anew in the server at `url`, the long way."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {TABLES}")
        connection.execute(f"CREATE DATABASE {TABLES}")
    with tempfile.TemporaryDirectory() as home:
        prepared_home.migrate(BULAQ_HOME=home, BULAQ_DATABASE_URL=database(url, TABLES))


def database(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _prepared(folder_of_binaries: Path) -> Path:
    with prepared_home.made_once() as shared:
        data = shared / "postgres"
        if not data.exists():
            with _Cluster(folder_of_binaries) as cluster:
                cluster.make()
                make_tables(cluster.start())
                cluster.stop("fast")
                _copy(cluster.data, data)
    return data


def _copy(data: Path, to: Path) -> None:
    subprocess.run(["cp", "-a", str(data), str(to)], check=True)  # with its owner, who may be another


class _Cluster:
    """A folder with a server's data. initdb refuses to run as root: then the user «postgres» runs it."""

    def __init__(self, folder_of_binaries: Path) -> None:
        self._programs = folder_of_binaries
        self._account = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="bulaq-postgres-"))
        if self._account is not None:
            os.chown(self._folder, self._account.pw_uid, self._account.pw_gid)
        self.data = self._folder / "data"

    def __enter__(self) -> _Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        if (self.data / "postmaster.pid").exists():  # a test may have stopped it
            self.stop("immediate")
        shutil.rmtree(self._folder, ignore_errors=True)

    def make(self) -> None:
        """Empty, in the encoding and order that our tables are written for."""
        self._run("initdb", "-U", "bulaq", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")

    def copy(self, data: Path) -> None:
        """As another is that does not run."""
        _copy(data, self.data)

    def start(self) -> str:
        """Returns its address as soon as it answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off"
        self._run("pg_ctl", "-w", "-o", options, "-l", str(self._folder / "log"), "start")
        return f"postgresql://bulaq@127.0.0.1:{port}/postgres"

    def stop(self, how: str) -> None:
        """`fast`: in order; `immediate`: as if the power failed."""
        self._run("pg_ctl", "-w", "-m", how, "stop")

    def _run(self, program: str, *arguments: str) -> None:
        account = self._account
        subprocess.run(
            [str(self._programs / program), "-D", str(self.data), *arguments],
            check=True,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )
