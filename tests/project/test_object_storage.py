"""Pictures in a bucket: the newsroom's own, in a server that checks signatures."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from moto.core.authorization import enable_iam_authentication
from moto.server import ThreadedMotoServer
from PIL import Image

from bulaq.newsroom import renditions
from bulaq.newsroom.models import NewsImage
from bulaq.project import checks, configuration
from bulaq.project.bucket import Bucket
from bulaq.project.object_storage import ObjectStorage, ObjectStorageError

ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}


@dataclass
class Server:
    address: str
    key: str
    secret: str
    client: Any

    def url(self, secret: str = "", bucket: str = "nahr") -> str:
        host = self.address.removeprefix("http://")
        return (
            f"s3://{self.key}:{quote(secret or self.secret, safe='')}@{host}/{bucket}/media?region=eu-1&tls=0"
        )

    def objects(self) -> dict[str, tuple[str, str]]:
        """The type and the cache time of what lies there, by its key."""
        found = {}
        for entry in self.client.list_objects_v2(Bucket="nahr").get("Contents", []):
            head = self.client.head_object(Bucket="nahr", Key=entry["Key"])
            found[entry["Key"]] = head["ContentType"], head["CacheControl"]
        return found


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    address = "http://{}:{}".format(*running.get_host_and_port())

    def client(service: str, key: str = "a", secret: str = "b") -> Any:
        return boto3.client(
            service, endpoint_url=address, aws_access_key_id=key, aws_secret_access_key=secret,
            region_name="us-east-1",
        )  # fmt: skip

    # What it holds belongs to the process: a second server of a run would find what the first one left.
    urlopen(f"{address}/moto-api/reset", b"", timeout=60).close()
    people = client("iam")
    people.create_user(UserName="clerk")
    people.put_user_policy(UserName="clerk", PolicyName="all", PolicyDocument=json.dumps(ALL))
    given = people.create_access_key(UserName="clerk")["AccessKey"]
    clerk = client("s3", given["AccessKeyId"], given["SecretAccessKey"])
    with enable_iam_authentication():
        clerk.create_bucket(Bucket="nahr")
        yield Server(address, given["AccessKeyId"], given["SecretAccessKey"], clerk)
    running.stop()


@pytest.fixture
def in_bucket(server: Server) -> Iterator[Server]:
    storage = {"BACKEND": "bulaq.project.object_storage.ObjectStorage",
               "OPTIONS": {"url": server.url(), "base_url": "https://media.nahr.example/"}}  # fmt: skip
    static = {"BACKEND": "bulaq.project.static_files.HashedStaticFiles"}
    with override_settings(STORAGES={"default": storage, "staticfiles": static}):
        yield server


@pytest.mark.django_db
def test_pictures_and_their_sizes_lie_in_the_bucket_and_readers_fetch_them_elsewhere(in_bucket):
    drawn = io.BytesIO()
    Image.new("RGB", (700, 500), "#0b5f4c").save(drawn, "PNG")
    image = NewsImage.objects.create(title="السوق", file=ImageFile(drawn, "سوق المدينة (1).png"))
    shown = renditions.sources(image)
    assert shown.src.startswith("https://media.nahr.example/images/")
    assert shown.src.endswith(".webp")
    kept = in_bucket.objects()
    assert {kind for kind, _ in kept.values()} == {"image/png", "image/webp"}
    assert {seconds for _, seconds in kept.values()} == {"public, max-age=86400"}
    assert all(key.startswith("media/") for key in kept)
    name = image.file.name
    with default_storage.open(name) as file:
        assert len(file.read()) == default_storage.size(name) == len(drawn.getvalue())
    second = default_storage.save(name, ContentFile(b"another"))
    assert second != name
    for each in (second, second):
        default_storage.delete(each)
    assert not default_storage.exists(second)
    for ask in (default_storage.open, default_storage.size, default_storage.get_modified_time):
        with pytest.raises(FileNotFoundError):
            ask(second)


def test_a_page_that_calls_itself_a_picture_stays_what_its_name_says(in_bucket):
    name = default_storage.save("a.png", SimpleUploadedFile("a.png", b"<script>", "text/html"))
    assert in_bucket.objects()[f"media/{name}"][0] == "image/png"


def test_a_wrong_secret_a_missing_bucket_and_a_server_that_is_away_are_named(server):
    wrong = ObjectStorage(server.url("wrong"), "/")
    with pytest.raises(ObjectStorageError, match=r"127\.0\.0\.1:\d+/nahr/media/: look for a\.png.*403"):
        wrong.save("a.png", ContentFile(b"a"))
    with pytest.raises(ObjectStorageError, match="SignatureDoesNotMatch"):
        wrong.try_bucket()
    with pytest.raises(ObjectStorageError, match="bucket does not exist"):
        ObjectStorage(server.url(bucket="bahr"), "/").try_bucket()
    away = server.url().replace(server.address.rpartition(":")[2], "9")
    with pytest.raises(ObjectStorageError, match="Could not connect"):
        ObjectStorage(away, "/").exists("a.png")


@pytest.mark.django_db
def test_the_check_tells_what_is_wrong_with_the_bucket(in_bucket, settings):
    settings.BULAQ = configuration.read({"BULAQ_MEDIA_STORE": in_bucket.url()})
    assert [(found.level, found.subject) for found in checks._neighbours()] == [("ok", "media")]


@pytest.mark.parametrize("wrong", ["s3://host/bucket", "s3://a:b@host", "s3://a:b@host/bucket?acl=1"])
def test_an_address_that_lacks_something_is_refused(wrong):
    with pytest.raises(ValueError, match=r"it must be|none of its options"):
        Bucket.read(wrong)


def test_a_secret_is_not_told_and_what_must_be_installed_is(monkeypatch):
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(configuration.ConfigurationError) as refused:
        configuration.read({"BULAQ_MEDIA_STORE": "s3://clerk:se/c:ret@store.example/nahr"})
    assert "c:ret" not in str(refused.value)
    with pytest.raises(configuration.ConfigurationError) as refused:
        configuration.read({"BULAQ_DATABASE_URL": "mysql://cl/erk:se@c:r@et@db.example/nahr"})
    assert "'mysql://cl/erk:…@db.example/nahr'" in str(refused.value)
    with pytest.raises(
        configuration.ConfigurationError, match=r"make setup-s3, or pip install 'bulaq\[s3\]'$"
    ):
        configuration.read({"BULAQ_MEDIA_STORE": "s3://clerk:secret@store.example/nahr"})
