"""Pictures and documents in S3-compatible storage, for newsrooms of several machines (`BULAQ_MEDIA_STORE`).

Django's storage over the five requests it needs, signed with Signature Version 4 (Amazon S3 API Reference, «Authenticating
requests: using the Authorization header»); the bucket stands in the path, which every server understands. Readers never come
here: they fetch from `BULAQ_MEDIA_URL`.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import mimetypes
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import IO, Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from django.core.files import File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

TIMEOUT = 15.0
"""Seconds for which a server may say nothing: an editor waits for it."""

_IN_MEMORY = 1024 * 1024
_BLOCK = 256 * 1024
_KEPT = "public, max-age=86400"
"""As long as pictures of this machine's own folder."""


class ObjectStorageError(OSError):
    """The storage did not do what it was asked for; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """`s3://KEY:SECRET@host[:port]/bucket[/folder][?region=…&tls=0]`; key and secret percent-encoded where they need it."""

    key: str
    secret: str
    host: str
    path: str
    region: str
    tls: bool

    @classmethod
    def read(cls, url: str) -> Bucket:
        """Raises ValueError that says what is missing."""
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        path = parts.path.rstrip("/")
        if not (parts.username and parts.password and parts.hostname and path.strip("/")):
            raise ValueError("it must be s3://KEY:SECRET@host/bucket")
        if foreign := options.keys() - {"region", "tls"}:
            raise ValueError(f"«{sorted(foreign)[0]}» is none of its options (region, tls)")
        return cls(
            unquote(parts.username), unquote(parts.password), parts.netloc.rpartition("@")[2], path,
            options.get("region", "us-east-1"), options.get("tls", "1") != "0",
        )  # fmt: skip

    @property
    def address(self) -> str:
        """Where everybody may fetch what lies in it, if it is open."""
        return f"{'https' if self.tls else 'http'}://{self.host}{self.path}/"


def signed(
    bucket: Bucket, method: str, path: str, headers: Mapping[str, str], digest: str, at: datetime
) -> dict[str, str]:
    """The headers with their signature. ``path``: percent-encoded, without a query; ``digest``: SHA-256 of the body."""
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    every = {name.lower(): " ".join(value.split()) for name, value in headers.items()} | {
        "host": bucket.host, "x-amz-content-sha256": digest, "x-amz-date": stamp,
    }  # fmt: skip
    names = ";".join(sorted(every))
    fields = "".join(f"{name}:{every[name]}\n" for name in sorted(every))
    request = f"{method}\n{path}\n\n{fields}\n{names}\n{digest}"
    scope = f"{stamp[:8]}/{bucket.region}/s3/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    secret = f"AWS4{bucket.secret}".encode()
    for part in scope.split("/"):
        secret = hmac.digest(secret, part.encode(), "sha256")
    signature = hmac.digest(secret, text.encode(), "sha256").hex()
    return every | {
        "authorization": f"AWS4-HMAC-SHA256 Credential={bucket.key}/{scope}, SignedHeaders={names}, Signature={signature}"
    }


@deconstructible
class ObjectStorage(Storage):
    """A bucket as Django's storage. What is not there raises FileNotFoundError; whatever else fails, ObjectStorageError."""

    def __init__(self, url: str, base_url: str) -> None:
        self._bucket = Bucket.read(url)
        self._base_url = base_url

    def _ask(
        self,
        method: str,
        name: str,
        body: IO[bytes] | None = None,
        into: IO[bytes] | None = None,
        **headers: str,
    ) -> tuple[int, Mapping[str, str]]:
        """The status and headers; what comes is written to ``into``. Raises ObjectStorageError for any but 200, 204, 404."""
        bucket = self._bucket
        path = quote(f"{bucket.path}/{name}", safe="/-_.~")
        digest, length = _measured(body)
        fields = {field.replace("_", "-"): value for field, value in headers.items()}
        if body is not None:
            fields["content-length"] = str(length)
        kind = http.client.HTTPSConnection if bucket.tls else http.client.HTTPConnection
        connection = kind(bucket.host, timeout=TIMEOUT)
        try:
            connection.request(
                method, path, body, signed(bucket, method, path, fields, digest, datetime.now(UTC))
            )
            answer = connection.getresponse()
            if answer.status not in (200, 204, 404):
                said = answer.read(500).decode("utf-8", "replace")
                raise ObjectStorageError(f"answered {answer.status} {answer.reason} {said}".strip())
            while into is not None and answer.status == 200 and (block := answer.read(_BLOCK)):
                into.write(block)
            return answer.status, {field.lower(): value for field, value in answer.getheaders()}
        except (OSError, http.client.HTTPException) as error:
            raise ObjectStorageError(f"{bucket.address}: {method} {name}: {error}") from error
        finally:
            connection.close()

    def _head(self, name: str) -> Mapping[str, str]:
        status, headers = self._ask("HEAD", name)
        if status == 404:
            raise FileNotFoundError(name)
        return headers

    def _open(self, name: str, mode: str = "rb") -> File:
        if set(mode) - set("rb"):
            raise ValueError(f"what lies in a bucket is read or replaced, not opened with {mode!r}")
        found = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the caller closes the File
        if self._ask("GET", name, into=found)[0] == 404:
            raise FileNotFoundError(name)
        found.seek(0)
        return File(found, name)

    def _save(self, name: str, content: Any) -> str:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        content.seek(0)
        status, _ = self._ask("PUT", name, body=content, content_type=kind, cache_control=_KEPT)
        if status == 404:
            raise ObjectStorageError(f"{self._bucket.address}: there is no such bucket")
        return name

    def delete(self, name: str) -> None:
        """Whether it was there or not."""
        self._ask("DELETE", name)

    def exists(self, name: str) -> bool:
        """Whether something lies under this name."""
        return self._ask("HEAD", name)[0] == 200

    def size(self, name: str) -> int:
        """In bytes."""
        return int(self._head(name)["content-length"])

    def get_modified_time(self, name: str) -> datetime:
        """When it was stored; aware of its time zone."""
        return parsedate_to_datetime(self._head(name)["last-modified"])

    def url(self, name: str | None) -> str:
        """Where readers fetch it."""
        return self._base_url + quote(name or "", safe="/-_.~")


def _measured(body: IO[bytes] | None) -> tuple[str, int]:
    """The SHA-256 and the length of what is to be sent, which is rewound."""
    digest, length = hashlib.sha256(), 0
    while body is not None and (block := body.read(_BLOCK)):
        digest.update(block)
        length += len(block)
    if body is not None:
        body.seek(0)
    return digest.hexdigest(), length
