"""Pings: what is sent, to whom, and what happens when a server does not take them."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.utils import timezone

from bulaq.newsroom.actions.publishing import publish, withdraw
from bulaq.newsroom.models import OutboxEntry, Publication
from bulaq.newsroom.outbox_consumer import consume
from bulaq.project import configuration
from bulaq.reader.machine import pings
from bulaq.reader.machine.pings import Pinger
from tests.newsroom.making import make_article, make_edition

pytestmark = pytest.mark.django_db
PING = OutboxEntry.Consumer.PING


class Hub(ThreadingHTTPServer):
    """A server on loopback that keeps what it was sent and answers as told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 204
        self.received: list[tuple[str, bytes]] = []
        self.address = f"http://127.0.0.1:{self.server_port}/hub"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.headers["Content-Type"], body))
        self.send_response(self.server.status)
        if self.server.status in {301, 302}:
            self.send_header("Location", self.server.address + "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub():
    with Hub() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def configured(settings, hub):
    def configure(**values: str):
        names = {f"BULAQ_{name.upper()}": value for name, value in values.items()}
        settings.BULAQ = configuration.read(names)

    configure(websub_hubs=hub.address)
    return configure


def published():
    edition = make_edition()
    article = make_article()
    publish(article_id=article.pk)
    return edition, article


def test_a_hub_is_told_of_every_feed_that_changed_once(hub, configured):
    published()
    second = make_article("خبر ثان في القسم نفسه")
    publish(article_id=second.pk)
    assert consume(PING, Pinger()) == 2
    ((kind, body),) = hub.received
    assert kind == "application/x-www-form-urlencoded"
    sent = parse_qs(body.decode())
    assert sent["hub.mode"] == ["publish"]
    base = "http://mashriq.localhost"
    assert sent["hub.url"] == [
        f"{base}{path}" for path in ("/feed/", "/feed/atom/", "/feed/json/", "/culture/feed/", "/culture/feed/atom/", "/culture/feed/json/")
    ]  # fmt: skip
    assert not OutboxEntry.objects.filter(consumer=PING).exists()


def test_feeds_name_the_hub_that_is_told(configured, hub):
    published()
    response = Client().get("/feed/")
    assert f'<{hub.address}>; rel="hub"' in response["Link"]
    assert f'<atom:link rel="hub" href="{hub.address}"/>' in response.content.decode()
    assert Client().get("/feed/json/").json()["hubs"] == [{"type": "WebSub", "url": hub.address}]


def test_search_engines_are_told_of_addresses_new_and_withdrawn_and_can_check_the_key(hub, configured):
    configured(indexnow_key="abc-12345678", indexnow_url=hub.address)
    _, article = published()
    withdraw(article_id=article.pk)
    consume(PING, Pinger())
    ((kind, body),) = hub.received
    sent = json.loads(body)
    assert kind.startswith("application/json")
    assert sent["host"] == "mashriq.localhost"
    assert sent["keyLocation"] == "http://mashriq.localhost/abc-12345678.txt"
    assert len(sent["urlList"]) == 1
    assert f"/culture/{article.pk}-" in sent["urlList"][0]
    assert Client().get("/abc-12345678.txt").content == b"abc-12345678"
    assert Client().get("/abc-12345679.txt", follow=True).status_code == 404


def test_without_a_hub_or_key_nothing_is_sent_and_nothing_waits(hub, configured):
    configured()
    published()
    assert consume(PING, Pinger()) == 1
    assert hub.received == []


def test_a_hub_that_is_down_is_asked_once_and_the_pings_wait(hub, configured, settings):
    published()
    publish(article_id=make_article("خبر آخر").pk)
    hub.status = 503
    pinger = Pinger()
    assert consume(PING, pinger) == 0
    assert len(hub.received) == 1
    waiting = OutboxEntry.objects.filter(consumer=PING)
    assert [entry.attempts for entry in waiting] == [1, 1]
    assert all("503" in entry.last_error or "waits" in entry.last_error for entry in waiting)
    hub.status = 204
    pinger._resting.clear()
    waiting.update(available_at=timezone.now())
    assert consume(PING, pinger) == 2


@pytest.mark.parametrize("status", [301, 400, 404])
def test_a_hub_that_refuses_or_sends_elsewhere_is_not_asked_again(hub, configured, status):
    published()
    hub.status = status
    assert consume(PING, Pinger()) == 1
    assert len(hub.received) == 1


def test_a_server_that_is_not_there_leaves_the_ping_waiting(configured):
    configured(websub_hubs="http://127.0.0.1:9/hub")
    published()
    assert consume(PING, Pinger()) == 0


def test_an_old_archive_and_late_pings_wake_nobody(hub, configured):
    _, article = published()
    old = timezone.now() - timedelta(days=400)
    Publication.objects.update(published_at=old, updated_at=None)
    assert consume(PING, Pinger()) == 1
    publish(article_id=article.pk)
    OutboxEntry.objects.filter(consumer=PING).update(
        created_at=timezone.now() - pings.LATE - timedelta(minutes=1)
    )
    assert consume(PING, Pinger()) == 1
    assert hub.received == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BULAQ_WEBSUB_HUBS", "file:///etc/passwd"),
        ("BULAQ_INDEXNOW_KEY", "../../etc"),
        ("BULAQ_INDEXNOW_KEY", "short"),
        ("BULAQ_SECURITY_CONTACT", "security@example.org"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(name, value):
    with pytest.raises(configuration.ConfigurationError, match=name):
        configuration.read({name: value})
