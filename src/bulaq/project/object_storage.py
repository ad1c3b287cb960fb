"""Pictures and documents in S3-compatible storage, for newsrooms of several machines (`BULAQ_MEDIA_STORE`).

django-storages over boto3, with what a newsroom needs of them decided once. Readers never come here: they fetch from
`BULAQ_MEDIA_URL`. Installed with the extra `bulaq[s3]` only; `bulaq.project.bucket` reads the address without it.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import quote

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage

from bulaq.project.bucket import Bucket

# An editor waits for it: seconds for which a server may take no connection, and say nothing.
_CONNECT = 5.0
_SILENCE = 15.0
_IN_MEMORY = 1024 * 1024
_KEPT = "public, max-age=86400"
"""As long as pictures of this machine's own folder."""


class ObjectStorageError(OSError):
    """The storage did not do what it was asked for; the message names it and says why."""


class ObjectStorage(S3Storage):
    """A bucket as Django's storage. What is not there raises FileNotFoundError; whatever else fails, ObjectStorageError,
    so that whoever knows how files of a folder fail knows these."""

    def __init__(self, url: str, base_url: str) -> None:
        bucket = Bucket.read(url)
        self._where, self._base_url = bucket.address, base_url
        super().__init__(
            access_key=bucket.key,
            secret_key=bucket.secret,
            security_token=None,  # nothing of the surroundings: the address says all
            session_profile=None,
            bucket_name=bucket.name,
            location=bucket.folder,
            endpoint_url=bucket.server,
            region_name=bucket.region,
            file_overwrite=False,
            max_memory_size=_IN_MEMORY,
            transfer_config=TransferConfig(use_threads=False),
            client_config=Config(
                # The bucket in the path, and a body signed as it is: every server understands that.
                s3={"addressing_style": "path"},
                signature_version="s3v4",
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=_CONNECT,
                read_timeout=_SILENCE,
                retries={"mode": "standard", "total_max_attempts": 2},
            ),
        )

    @contextmanager
    def _told(self, act: str, name: str) -> Iterator[None]:
        try:
            yield
        except (BotoCoreError, Boto3Error, ClientError) as error:
            if isinstance(error, ClientError) and error.response["Error"]["Code"] == "404":
                raise FileNotFoundError(name) from None
            raise ObjectStorageError(f"{self._where}: {act} {name}: {error}") from error

    def try_bucket(self) -> None:
        """Raises ObjectStorageError when the bucket cannot be read, or is not there."""
        with self._told("read", self.bucket_name):
            try:
                self.bucket.Object(self._normalize_name("bulaq-check")).get()
            except ClientError as error:
                if error.response["Error"]["Code"] != "NoSuchKey":
                    raise

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        """The type by the name alone: what an upload says of itself could be a page."""
        kind = mimetypes.guess_type(name)[0] or self.default_content_type
        return {"CacheControl": _KEPT, "ContentType": kind}

    def _open(self, name: str, mode: str = "rb") -> File:
        with self._told("read", name):
            found = super()._open(name, mode)
            found.file  # noqa: B018 - fetched here, so that what fails is told here
            return found

    def _save(self, name: str, content: Any) -> str:
        with self._told("write", name):
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        """Whether it was there or not."""
        with self._told("delete", name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Whether something lies under this name."""
        with self._told("look for", name):
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        """In bytes."""
        with self._told("look at", name):
            return int(super().size(name))

    def get_modified_time(self, name: str) -> datetime:
        """When it was stored; aware of its time zone."""
        with self._told("look at", name):
            return super().get_modified_time(name)

    def url(self, name: str | None, *_: Any, **__: Any) -> str:
        """Where readers fetch it."""
        return self._base_url + quote(name or "", safe="/-_.~")
