"""Where pictures lie in S3-compatible storage, read from one address (`BULAQ_MEDIA_STORE`)."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from urllib.parse import parse_qs, quote, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Bucket:
    """`s3://KEY:SECRET@host[:port]/bucket[/folder][?region=…&tls=0]`; key and secret percent-encoded where they need it."""

    key: str
    secret: str
    host: str
    name: str
    folder: str
    region: str
    tls: bool

    @classmethod
    def read(cls, url: str) -> Bucket:
        """Raises ValueError that says what is missing."""
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        name, _, folder = unquote(parts.path).strip("/").partition("/")
        if not (parts.username and parts.password and parts.hostname and name):
            raise ValueError("it must be s3://KEY:SECRET@host/bucket")
        if foreign := options.keys() - {"region", "tls"}:
            raise ValueError(f"«{sorted(foreign)[0]}» is none of its options (region, tls)")
        return cls(
            unquote(parts.username), unquote(parts.password), parts.netloc.rpartition("@")[2], name, folder,
            options.get("region", "us-east-1"), options.get("tls", "1") != "0",
        )  # fmt: skip

    @property
    def server(self) -> str:
        """The address of the server, without a slash at the end."""
        return f"{'https' if self.tls else 'http'}://{self.host}"

    @property
    def address(self) -> str:
        """Where everybody may fetch what lies in it, if it is open."""
        return "/".join([self.server, *(quote(part) for part in (self.name, self.folder) if part), ""])


def lacking() -> str:
    """What must be installed before a bucket can be used, as one line for people; empty when nothing is lacking."""
    if all(find_spec(name) for name in ("storages", "boto3")):
        return ""
    return (
        "pictures in a bucket need django-storages and boto3: run make setup-s3, or pip install 'bulaq[s3]'"
    )
