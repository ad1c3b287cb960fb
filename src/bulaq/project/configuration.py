"""Every `BULAQ_*` variable: its meaning, its default, and the check that runs at start.

`docs/configuration.md` is held to this list by a test. Nothing else in the project reads the environment.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulaq.project import setting_values as values


class ConfigurationError(ValueError):
    """A variable has a value that cannot be used; the message names the variable and says why."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One `BULAQ_*` variable. `read` turns its text into a value or raises `ValueError` with the reason."""

    name: str
    default: str
    meaning: str
    read: Callable[[str], Any]


VARIABLES: tuple[Variable, ...] = (
    Variable("BULAQ_HOME", "var", "The folder that holds database, media, index and secret key.", values.text),
    Variable(
        "BULAQ_DATABASE_URL", "", "The database: empty for SQLite in the home folder, or postgresql://…",
        values.address("postgresql", "postgres", "sqlite"),
    ),
    Variable(
        "BULAQ_CACHE_URL", "",
        "Valkey or Redis by which several machines tell each other of purges: redis://… Empty: none.",
        values.address("redis", "rediss", "valkey", "valkeys"),
    ),
    Variable(
        "BULAQ_SEARCH_URL", "", "The search engine: empty for the embedded index, postgresql://…, or an installed engine's.",
        values.search_engine,
    ),
    Variable(
        "BULAQ_MEDIA_URL", "",
        "Where readers fetch pictures: empty for this server, or https://…; s3://… is read as BULAQ_MEDIA_STORE.",
        values.address_of_media,
    ),
    Variable(
        "BULAQ_MEDIA_STORE", "",
        "Where pictures and documents are kept: empty for the home folder, or a bucket, s3://KEY:SECRET@host/bucket?region=…",
        values.bucket,
    ),
    Variable("BULAQ_SECRET_KEY", "", "Signs sessions. Empty: one is generated and kept in the home folder.", values.text),
    Variable("BULAQ_DEBUG", "0", "1 shows errors with their inner state. Never on a public machine.", values.boolean),
    Variable("BULAQ_BIND", "127.0.0.1", "The address that the web server listens on.", values.text),
    Variable("BULAQ_PORT", "8000", "The port that the web server listens on.", values.whole_number(0, 65535)),
    Variable("BULAQ_WEB_WORKERS", "2", "Web worker processes.", values.whole_number(1, 64)),
    Variable("BULAQ_WEB_THREADS", "2", "Threads that run the application in each web worker.", values.whole_number(1, 64)),
    Variable("BULAQ_DESK_HOSTS", "", "Further host names on which the desk answers, separated by commas.", values.names),
    Variable(
        "BULAQ_TRUSTED_PROXIES", "", "Addresses or networks of proxies whose X-Forwarded-* is believed, separated by commas.",
        values.networks,
    ),
    Variable(
        "BULAQ_FETCH_NETWORKS", "",
        "Networks of the house (10.0.5.0/24) from which an old site's pages and pictures may be fetched, separated by commas."
        " Empty: public addresses alone.",
        values.networks,
    ),
    Variable(
        "BULAQ_ARCHIVES", "",
        "The folder whose archives can be brought in at the desk. Empty: archives/ in the home folder.", values.text,
    ),
    Variable("BULAQ_PUBLIC_SCHEME", "http", "https when readers reach the site through TLS.", values.text),
    Variable("BULAQ_PUBLIC_PORT", "", "The port in public addresses when it is not the scheme's own.", values.text),
    Variable("BULAQ_EDGE", "1", "0 switches the edge off (every page is rendered).", values.boolean),
    Variable("BULAQ_EDGE_WORKERS", "2", "Processes of the edge, each with pages of its own in memory.", values.whole_number(1, 64)),
    Variable("BULAQ_EDGE_DISK", "1024", "Megabytes of composed pages kept on disk, so that a restart is warm. 0: none.", values.whole_number(0, 1048576)),
    Variable("BULAQ_WORKER", "1", "0 runs no worker here: of several machines, one runs it.", values.boolean),
    Variable("BULAQ_EDGE_MEMORY", "128", "Megabytes of composed pages kept by each edge process.", values.whole_number(1, 65536)),
    Variable("BULAQ_FRONT_URL", "", "A Varnish in front that takes purges: http://host:port. Empty: none.", values.address("http", "https")),
    Variable(
        "BULAQ_WEBSUB_HUBS", "", "WebSub hubs that are told of new articles, separated by commas. Empty: none.",
        values.addresses("http", "https"),
    ),
    Variable(
        "BULAQ_INDEXNOW_KEY", "", "The key under which search engines are told of new articles (IndexNow). Empty: they are not.",
        values.indexnow_key,
    ),
    Variable(
        "BULAQ_INDEXNOW_URL", "https://api.indexnow.org/indexnow", "The IndexNow service that is told.",
        values.address("http", "https"),
    ),
    Variable(
        "BULAQ_SECURITY_CONTACT", "",
        "Whom to tell of a weakness (security.txt): mailto:… or https://…, separated by commas. Empty: no such file.",
        values.addresses("mailto", "https", "tel"),
    ),
    Variable(
        "BULAQ_PUBLISHING_PRINCIPLES", "", "The address of the newsroom's principles, for search engines. Empty: not told.",
        values.address("http", "https"),
    ),
    Variable("BULAQ_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR.", values.text),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Configuration:
    """The checked values of all variables, by name without the prefix, in lower case (`home`, `database_url` …)."""

    values: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def folder(self) -> Path:
        """The home folder, absolute."""
        return Path(self.values["home"]).expanduser().resolve()

    @property
    def archives_folder(self) -> Path:
        """The folder of archives that the desk offers, absolute; it need not be there."""
        given = str(self.values["archives"])
        return Path(given).expanduser().resolve() if given else (self.folder / "archives").resolve()


FILE = "bulaq.env"
"""In the home folder: `NAME=value` lines, read before the environment, which wins."""


def from_file(home: str) -> dict[str, str]:
    """The settings written in the home folder; none when there is no such file."""
    try:
        lines = (Path(home).expanduser() / FILE).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    pairs = (line.partition("=") for line in map(str.strip, lines) if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def remember(home: str, name: str, value: str) -> None:
    """Writes one setting into the home folder's file, in place of what stood there for it."""
    path = Path(home).expanduser() / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    settings = from_file(home) | {name: value}
    path.write_text("".join(f"{key}={text}\n" for key, text in settings.items()), encoding="utf-8")


def read(environment: Mapping[str, str] | None = None) -> Configuration:
    """Reads and checks every variable, from the environment and the file of the home folder.

    Raises `ConfigurationError` that lists all faults at once: unknown `BULAQ_*` names and unusable values.
    """
    environment = os.environ if environment is None else environment
    environment = from_file(environment.get("BULAQ_HOME", "var")) | dict(environment)
    known = {variable.name for variable in VARIABLES}
    foreign = {"BULAQ_SHARED", "BULAQ_TEST_POSTGRES_URL"}
    faults = [
        f"{name}: there is no such setting (see docs/configuration.md)"
        for name in sorted(environment)
        if name.startswith("BULAQ_") and name not in known | foreign and not name.startswith("BULAQ_TEST_")
    ]
    values: dict[str, Any] = {}
    for variable in VARIABLES:
        text = environment.get(variable.name, variable.default)
        try:
            values[variable.name.removeprefix("BULAQ_").lower()] = variable.read(text)
        except ValueError as error:
            faults.append(f"{variable.name}={_without_secret(text)!r}: {error}")
    if str(values.get("media_url", "")).startswith("s3://"):
        if values["media_store"]:
            faults.append("BULAQ_MEDIA_URL: with BULAQ_MEDIA_STORE it must start with http:// or https://")
        values["media_store"], values["media_url"] = values["media_url"], ""
    if not faults and (fault := _fault_of_archives(Configuration(values))):
        faults.append(f"BULAQ_ARCHIVES={values['archives']!r}: {fault}")
    if faults:
        raise ConfigurationError("\n".join(faults))
    return Configuration(values)


def _without_secret(value: str) -> str:
    """An address without the password in it: what is wrong is told to a log."""
    return re.sub(r"(?<=://)([^@:]*):.*@", r"\1:…@", value)


def _fault_of_archives(configuration: Configuration) -> str:
    """What lies in the folder of archives can be read by every editor, and may be read long after it was chosen."""
    home, archives = configuration.folder, configuration.archives_folder
    if home.is_relative_to(archives):
        return "it holds the home folder, whose key and database are no archive"
    if archives.is_relative_to(home / "imports"):
        return "imports/ in the home folder is where uploads are kept, and deleted"
    return ""


def media(configuration: Configuration) -> tuple[str, dict[str, Any]]:
    """Where readers fetch pictures, with a slash at the end, and Django's setting of where they are kept."""
    where = str(configuration.media_url)
    if not configuration.media_store:
        return f"{where.rstrip('/')}/" if where else "/media/", {
            "BACKEND": "django.core.files.storage.FileSystemStorage"
        }
    from bulaq.project.bucket import Bucket

    where = f"{(where or Bucket.read(configuration.media_store).address).rstrip('/')}/"
    options = {"url": configuration.media_store, "base_url": where}
    return where, {"BACKEND": "bulaq.project.object_storage.ObjectStorage", "OPTIONS": options}


def secret_key(configuration: Configuration) -> str:
    """The configured key, or one generated once and kept readable by the owner alone; not kept where there is no home,
    so that a command with a mistyped `--home` leaves no folder behind."""
    if configuration.secret_key:
        return str(configuration.secret_key)
    path = configuration.folder / "secret-key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    key = secrets.token_urlsafe(50)
    if not configuration.folder.exists():
        return key
    # O_EXCL: of several processes that start together one writes, the others read what it wrote.
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key
