"""Varnish in front, for real: it composes, it purges by key, and the edge steps aside."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from edge_site import Site
from front_servers import has_xkey, running_varnish
from tests.running_newsroom import free_port, wait_for

from bulaq.delivery import keys, policies
from bulaq.delivery.edge import Edge
from bulaq.delivery.front import FrontError, VarnishFront, _match, _runs
from bulaq.delivery.listener import Listener
from bulaq.delivery.listener_workers import listening_socket
from bulaq.delivery.settings import EdgeSettings

pytestmark = pytest.mark.server


@contextmanager
def listening(edge: Edge) -> Iterator[int]:
    """The edge served by its own listener; its port."""
    sock = listening_socket("127.0.0.1", 0)
    listener = Listener(edge, [sock])
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    try:
        yield sock.getsockname()[1]
    finally:
        listener.stop()
        thread.join(60)
        sock.close()


@pytest.fixture(params=["bans", "xkey"])
def varnish(request: pytest.FixtureRequest, site: Site, tmp_path: Path) -> Iterator[tuple[Site, Edge, int]]:
    site.page(
        "/",
        '<h1>الأولى</h1><esi:include src="/_/box/latest/"/><esi:include src="/_/box/broken/"/><footer></footer>',
        **policies.FRONT.headers(),
        Surrogate_Key="edition:1",
    )
    site.page(
        "/_/box/latest/", '<p data-turn="1"></p>', **policies.BOX.headers(), Surrogate_Key="box:latest:1"
    )
    site.pages["/_/box/broken/"] = lambda environ: ("500 No", {}, b"oops")
    edge = Edge(site.application, EdgeSettings(trusted_proxies=("127.0.0.1",)))
    with (
        listening(edge) as own,
        running_varnish(tmp_path, own, xkey=request.param == "xkey") as port,
    ):
        yield site, edge, port


def get(port: int, path: str = "/") -> tuple[str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    assert answer.status == 200
    return text, answer.headers


def test_varnish_composes_and_forgets_by_key(varnish: tuple[Site, Edge, int]) -> None:
    site, edge, port = varnish
    for _ in range(3):
        text, headers = get(port)
        assert text == '<h1>الأولى</h1><p data-turn="1"></p><footer></footer>'
    assert "Surrogate-Key" not in headers
    assert site.rendered["/"] == site.rendered["/_/box/latest/"] == 1
    asked = len(site.seen)
    site.page(
        "/_/box/latest/", '<p data-turn="2"></p>', **policies.BOX.headers(), Surrogate_Key="box:latest:1"
    )
    edge.purge([keys.box("latest", 1)])
    VarnishFront([("127.0.0.1", port)]).purge([keys.box("latest", 1), keys.article(9)])
    # A server with xkey may show the old box once more while it fetches the new one.
    end = time.monotonic() + 60
    while 'data-turn="2"' not in get(port)[0]:
        assert time.monotonic() < end
    assert [
        environ["PATH_INFO"] for environ in site.seen[asked:] if "broken" not in environ["PATH_INFO"]
    ] == ["/_/box/latest/"]
    VarnishFront([("127.0.0.1", port)]).purge([keys.box("latest", 11)], hard=True)
    get(port)
    assert site.rendered["/_/box/latest/"] == 2


def test_what_is_purged_softly_stands_in_and_what_is_purged_hard_never(site: Site, tmp_path: Path) -> None:
    site.page("/", "<p>1</p>", **policies.FRONT.headers(), Surrogate_Key="article:1")
    edge = Edge(site.application, EdgeSettings(trusted_proxies=("127.0.0.1",), purged_wait=0.0))
    released = threading.Event()

    def slowly(environ: dict[str, object]) -> tuple[str, dict[str, str], bytes]:
        released.wait(30)
        return "200 OK", {**policies.FRONT.headers(), "Surrogate-Key": "article:1"}, b"<p>2</p>"

    with listening(edge) as own, running_varnish(tmp_path, own, xkey=True) as port:
        try:
            front = VarnishFront([("127.0.0.1", port)])
            get(port)
            site.pages["/"] = slowly
            edge.purge(["article:1"], hard=True)
            front.purge(["article:1"])
            assert get(port)[0] == "<p>1</p>"  # at once, though the application takes its time
            front.purge(["article:1"], hard=True)
            released.set()
            assert get(port)[0] == "<p>2</p>"
        finally:
            released.set()


def test_what_stands_in_at_the_edge_is_not_kept_as_new_in_front(site: Site, tmp_path: Path) -> None:
    """A rendering slower than readers wait for: Varnish is given the old page meanwhile, and must ask again."""
    site.page("/", "<p>1</p>", **policies.ARTICLE.headers(), Surrogate_Key="article:1")
    edge = Edge(site.application, EdgeSettings(trusted_proxies=("127.0.0.1",), purged_wait=0.0))
    released = threading.Event()

    def slowly(environ: dict[str, object]) -> tuple[str, dict[str, str], bytes]:
        released.wait(30)
        return "200 OK", {**policies.ARTICLE.headers(), "Surrogate-Key": "article:1"}, b"<p>2</p>"

    with listening(edge) as own, running_varnish(tmp_path, own, xkey=has_xkey()) as port:
        try:
            assert get(port)[0] == "<p>1</p>"
            site.pages["/"] = slowly
            edge.purge(["article:1"])
            VarnishFront([("127.0.0.1", port)]).purge(["article:1"], hard=True)
            assert get(port)[0] == "<p>1</p>"
            released.set()
            wait_for(lambda: get(port)[0] == "<p>2</p>", 30)
        finally:
            released.set()


def test_pages_stay_up_whole_where_no_edge_answers(site: Site, tmp_path: Path) -> None:
    lasts = "max-age=1, stale-if-error=600"
    site.page(
        "/", '<h1>1</h1><esi:include src="/_/box/latest/"/>', Surrogate_Control=f'{lasts}, content="ESI/1.0"'
    )
    site.page("/_/box/latest/", "<p>1</p>", Surrogate_Control=lasts)
    edge = Edge(site.application, EdgeSettings(trusted_proxies=("127.0.0.1",)))
    with ExitStack() as up:
        own = up.enter_context(listening(edge))
        with running_varnish(tmp_path, own, xkey=has_xkey()) as port:
            whole = get(port)[0]
            assert whole == "<h1>1</h1><p>1</p>"
            up.close()
            # First while Varnish still believes that the edge is there, then when its probes have told it.
            end = time.monotonic() + 6
            while time.monotonic() < end:
                assert get(port)[0] == whole
            assert int(get(port)[1]["Age"]) > 3


def test_a_front_that_does_not_answer_is_named() -> None:
    port = free_port()
    with pytest.raises(FrontError, match=str(port)):
        VarnishFront([("127.0.0.1", port)], timeout=0.5).purge(["article:1"])


def test_keys_become_expressions_that_match_no_other_key() -> None:
    assert [_match(run) for run in _runs(["article:1", "box:most-read:1", "a.b"])] == [
        r"(^|\s)(article:1|box:most-read:1|a\.b)(\s|$)"
    ]
    many = [_match(run) for run in _runs(f"article:{number}" for number in range(2000))]
    assert len(many) > 1
    assert max(map(len, many)) < 4100
    assert [_match(run) for run in _runs(["article:1", "all"])] == ["^|."]
