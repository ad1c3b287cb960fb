"""Pictures in a bucket: signatures as Amazon publishes them, and the newsroom's pictures through a real socket."""

from __future__ import annotations

import hashlib
import io
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.test import override_settings
from PIL import Image

from bulaq.newsroom import renditions
from bulaq.newsroom.models import NewsImage
from bulaq.project.object_storage import Bucket, ObjectStorage, ObjectStorageError, signed

EMPTY = hashlib.sha256(b"").hexdigest()
EXAMPLE = Bucket(
    "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "examplebucket.s3.amazonaws.com", "",
    "us-east-1", True,
)  # fmt: skip
AT = datetime(2013, 5, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("method", "path", "headers", "digest", "signature"),
    [
        ("GET", "/test.txt", {"Range": "bytes=0-9"}, EMPTY,
         "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        ("PUT", "/test%24file.text",
         {"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"},
         hashlib.sha256(b"Welcome to Amazon S3.").hexdigest(),
         "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
    ],
)  # fmt: skip
def test_signatures_are_those_of_the_examples_in_the_api_reference(method, path, headers, digest, signature):
    found = signed(EXAMPLE, method, path, headers, digest, AT)
    assert found["authorization"].endswith(f"Signature={signature}")


class Objects(BaseHTTPRequestHandler):
    """Keeps objects, and refuses what was signed otherwise than it came."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        objects: dict[str, tuple[bytes, str]] = self.server.objects  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        digest = hashlib.sha256(body).hexdigest()
        names = re.search(r"SignedHeaders=([^,]+)", self.headers["Authorization"])[1].split(";")
        at = datetime.strptime(self.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        bucket = Bucket("clerk", "s/e+c", self.headers["Host"], "/nahr", "eu-1", tls=False)
        given = {name: self.headers[name] for name in names}
        right = signed(bucket, self.command, self.path, given, digest, at)["authorization"]
        if right != self.headers["Authorization"]:
            status, body, kind = 403, b"<Code>SignatureDoesNotMatch</Code>", "application/xml"
        elif self.command == "PUT":
            objects[self.path] = body, self.headers["Content-Type"]
            status, body, kind = 200, b"", "text/plain"
        elif self.command == "DELETE":
            objects.pop(self.path, None)
            status, body, kind = 204, b"", "text/plain"
        else:
            body, kind = objects.get(self.path, (b"", "text/plain"))
            status = 200 if self.path in objects else 404
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_PUT = do_DELETE = answer

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Objects)
    server.objects = {}  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def url(server: ThreadingHTTPServer, secret: str = "s%2Fe%2Bc") -> str:
    return f"s3://clerk:{secret}@127.0.0.1:{server.server_port}/nahr/media?region=eu-1&tls=0"


@pytest.mark.django_db
def test_pictures_and_their_sizes_lie_in_the_bucket_and_readers_fetch_them_elsewhere(server):
    storage = {"BACKEND": "bulaq.project.object_storage.ObjectStorage",
               "OPTIONS": {"url": url(server), "base_url": "https://media.nahr.example/"}}  # fmt: skip
    with override_settings(
        STORAGES={
            "default": storage,
            "staticfiles": {"BACKEND": "bulaq.project.static_files.HashedStaticFiles"},
        }
    ):
        drawn = io.BytesIO()
        Image.new("RGB", (700, 500), "#0b5f4c").save(drawn, "PNG")
        image = NewsImage.objects.create(title="السوق", file=ImageFile(drawn, "سوق المدينة (1).png"))
        shown = renditions.sources(image)
        assert shown.src.startswith("https://media.nahr.example/images/")
        assert shown.src.endswith(".webp")
        kinds = {kind for _, kind in server.objects.values()}
        assert kinds == {"image/png", "image/webp"}
        assert all(path.startswith("/nahr/media/") and path.isascii() for path in server.objects)
        name = image.file.name
        with default_storage.open(name) as kept:
            assert len(kept.read()) == default_storage.size(name)
        second = default_storage.save(name, ContentFile(b"another"))
        assert second != name
        for each in (second, second):
            default_storage.delete(each)
        assert not default_storage.exists(second)
        with pytest.raises(FileNotFoundError):
            default_storage.open(second)


def test_a_wrong_secret_and_a_server_that_is_away_are_named(server):
    with pytest.raises(ObjectStorageError, match=r"127\.0\.0\.1:\d+/nahr/media/.*403.*SignatureDoesNotMatch"):
        ObjectStorage(url(server, "wrong"), "/").open("a.png")
    away = url(server).replace(str(server.server_port), "9")
    with pytest.raises(ObjectStorageError, match="refused"):
        ObjectStorage(away, "/").exists("a.png")


@pytest.mark.parametrize("wrong", ["s3://host/bucket", "s3://a:b@host", "s3://a:b@host/bucket?acl=1"])
def test_an_address_that_lacks_something_is_refused(wrong):
    with pytest.raises(ValueError, match=r"it must be|none of its options"):
        Bucket.read(wrong)
