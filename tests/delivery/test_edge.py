"""What readers get of a site with the edge in front of it."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from edge_site import Site

from bulaq.delivery import keys, policies

ARTICLE = policies.ARTICLE.headers()
BODY = "<p>" + "جرى اللقاء على ملعب المدينة. " * 20 + "</p>"


def kept(policy: policies.CachePolicy, *names: str, **more: str) -> dict[str, str]:
    return {**policy.headers(), **({"Surrogate_Key": keys.header(names)} if names else {}), **more}


def box(name: str, *articles: int, limit: int = 3) -> str:
    items = "".join(f'<li data-article="{article}">مادة {article}</li>' for article in articles)
    return f'<section data-box="{name}" data-limit="{limit}"><h2>{name}</h2><ol>{items}</ol></section>'


@pytest.fixture
def newspaper(site: Site) -> Site:
    """An article that shows itself and one related headline, with two shared boxes."""
    site.page(
        "/sport/7-match/",
        f'<h1>المباراة</h1>{BODY}<ul><li data-article="4">ذات صلة</li></ul>'
        '<esi:include src="/_/box/latest/"/><esi:include src="/_/box/read/"/><footer></footer>',
        **kept(policies.ARTICLE, keys.article(7), Bulaq_Shown="7 4"),
    )
    site.page("/_/box/latest/", box("latest", 7, 1, 4, 2, 3, 5), **kept(policies.BOX, keys.box("latest", 1)))
    site.page("/_/box/read/", box("most-read", 1, 2, 7, 5, 6), **kept(policies.BOX, keys.box("most-read", 1)))
    return site


# ---- composition ---------------------------------------------------------------------------------------------------


def test_a_page_is_composed_and_no_headline_stands_twice(newspaper: Site) -> None:
    answer = newspaper.edge().get("/sport/7-match/", accept_encoding="gzip")
    assert answer.text == (
        f'<h1>المباراة</h1>{BODY}<ul><li data-article="4">ذات صلة</li></ul>'
        + box("latest", 1, 2, 3).replace(' data-limit="3"', "")
        + box("most-read", 5, 6).replace(' data-limit="3"', "")
        + "<footer></footer>"
    )
    assert "Bulaq-Shown" not in answer.headers


def test_a_box_with_nothing_left_to_show_is_not_there(newspaper: Site) -> None:
    newspaper.page("/_/box/read/", box("most-read", 7, 4), **kept(policies.BOX))
    text = newspaper.edge().get("/sport/7-match/").text
    assert "most-read" not in text
    assert text.endswith("</section><footer></footer>")


@pytest.mark.parametrize("coding", ["gzip", "zstd", "identity", None, "br"])
def test_every_coding_carries_the_same_page(newspaper: Site, coding: str | None) -> None:
    edge = newspaper.edge()
    plain = edge.get("/sport/7-match/").text
    answer = edge.get("/sport/7-match/", **({"accept_encoding": coding} if coding else {}))
    assert answer.text == plain
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_a_page_in_steady_demand_gets_brotli(newspaper: Site) -> None:
    edge = newspaper.edge(refresh_threads=1)
    texts = set()
    for _ in range(6):
        newspaper.clock.now += 1
        texts.add(edge.get("/sport/7-match/", accept_encoding="gzip, br").text)
        done = threading.Event()
        edge.edge.renewal.background.submit(done.set)
        assert done.wait(60)
    answer = edge.get("/sport/7-match/", accept_encoding="gzip, br")
    assert answer.headers["Content-Encoding"] == "br"
    assert {answer.text} == texts


@pytest.mark.parametrize("failure", ["500 Internal Server Error", "404 Not Found", "raises"])
def test_a_box_that_fails_leaves_the_page_whole_without_it(newspaper: Site, failure: str) -> None:
    def fail(environ: dict[str, Any]) -> Any:
        if failure == "raises":
            raise RuntimeError("the box is broken")
        return failure, {"Content-Type": "text/html"}, b"oops"

    newspaper.pages["/_/box/latest/"] = fail
    answer = newspaper.edge().get("/sport/7-match/")
    assert answer.status == "200 OK"
    assert "oops" not in answer.text
    assert "most-read" in answer.text
    assert answer.text.endswith("<footer></footer>")


def test_a_failed_box_comes_back_by_itself(newspaper: Site) -> None:
    whole = newspaper.pages["/_/box/latest/"]
    newspaper.pages["/_/box/latest/"] = lambda environ: ("500 No", {}, b"")
    edge = newspaper.edge()
    edge.get("/sport/7-match/")
    newspaper.pages["/_/box/latest/"] = whole
    newspaper.clock.now += 1.1
    assert "latest" in edge.get("/sport/7-match/").text


def test_the_alternative_stands_in_for_a_box_that_fails(site: Site) -> None:
    site.page("/", '<esi:include src="/none/" alt="/other/"/>', **kept(policies.FRONT))
    site.page("/other/", "instead", **kept(policies.BOX))
    assert site.edge().get("/").text == "instead"


def test_recursion_number_and_size_are_bounded(site: Site) -> None:
    headers = kept(policies.FRONT)
    site.page("/self/", 'a<esi:include src="/self/"/>b', **headers)
    site.page("/ping/", 'i<esi:include src="/pong/"/>', **headers)
    site.page("/pong/", 'o<esi:include src="/ping/"/>', **headers)
    site.page("/wide/", 'w<esi:include src="/big/"/>' * 100, **headers)
    site.page("/big/", "B" * 1000, **headers)
    for depth in range(10):
        site.page(f"/deep/{depth}/", f'{depth}<esi:include src="/deep/{depth + 1}/"/>', **headers)
    edge = site.edge(most_includes=20, largest_page=10_000)
    assert edge.get("/self/").text == "ab"
    assert edge.get("/ping/").text == "io"
    assert edge.get("/deep/0/").text == "0123"
    wide = edge.get("/wide/").text
    assert wide.count("w") == 100
    assert 5 <= wide.count("B") // 1000 <= 10


def test_marks_count_only_where_the_application_says_so(site: Site) -> None:
    site.page("/comment/", '<p><esi:include src="/secret/"/></p>', Cache_Control="max-age=60")
    assert site.edge().get("/comment/").text == '<p><esi:include src="/secret/"/></p>'
    assert site.rendered["/secret/"] == 0


def test_a_mark_cannot_reach_what_is_bypassed(site: Site) -> None:
    site.page("/", '<esi:include src="/%64esk/"/>.', **kept(policies.FRONT))
    site.page("/desk/", "secret", Cache_Control="max-age=60")
    assert site.edge().get("/").text == "."


# ---- purge ---------------------------------------------------------------------------------------------------------


def test_a_publish_renders_its_box_anew_and_no_body(newspaper: Site) -> None:
    edge = newspaper.edge()
    before = edge.get("/sport/7-match/")
    newspaper.page("/_/box/latest/", box("latest", 9, 7, 1), **kept(policies.BOX, keys.box("latest", 1)))
    edge.edge.purge([keys.box("latest", 1)])
    after = edge.get("/sport/7-match/")
    assert 'data-article="9"' in after.text
    assert after.headers["ETag"] != before.headers["ETag"]
    assert newspaper.rendered == {"/sport/7-match/": 1, "/_/box/latest/": 2, "/_/box/read/": 1}


def test_what_readers_ask_for_just_now_is_renewed_before_they_ask_again(newspaper: Site) -> None:
    browser = newspaper.edge()
    edge, rendered = browser.edge, newspaper.rendered
    page, shared = "/sport/7-match/", "/_/box/latest/"

    def settle() -> None:
        deadline = time.monotonic() + 30
        while edge.renewal.flights and time.monotonic() < deadline:
            time.sleep(0.001)

    def publish() -> None:
        edge.purge([keys.box("latest", 1)])
        edge.notice_purges()
        settle()

    browser.get(page)
    publish()
    assert rendered[shared] == 1, "read once, as by a crawler, is not in demand"
    browser.get(page)
    rendered.clear()
    for times in (1, 2, 3):
        publish()
        assert rendered[shared] == edge.renewal.ahead == times
        assert browser.get(page).headers["Cache-Status"].startswith("Bulaq; hit")
        newspaper.clock.now += 3
    newspaper.clock.now += policies.BOX.fresh - 2  # it is out of date, and somebody still reads
    assert browser.get(page).headers["Cache-Status"].startswith("Bulaq; hit")
    settle()
    assert rendered[shared] == 4
    newspaper.clock.now += policies.BOX.fresh + 1
    edge.keep_fresh()
    settle()
    publish()
    assert rendered[shared] == 4, "nobody has read for a minute: what nobody reads is not renewed"
    browser.get(page)
    assert (rendered[shared], rendered[page]) == (5, 0)


def test_a_purge_that_changes_nothing_keeps_the_tag(newspaper: Site) -> None:
    edge = newspaper.edge()
    tag = edge.get("/sport/7-match/").headers["ETag"]
    edge.edge.purge([keys.box("latest", 1)])
    assert edge.get("/sport/7-match/", if_none_match=tag).status == "304 Not Modified"
    assert newspaper.rendered["/_/box/latest/"] == 2


def test_a_softly_purged_page_stands_in_while_the_application_fails_and_a_withdrawn_one_does_not(
    site: Site,
) -> None:
    site.page("/a/", "نص", **kept(policies.ARTICLE, keys.article(1)))
    edge = site.edge()
    edge.get("/a/")
    site.pages["/a/"] = lambda environ: ("500 No", {}, b"broken")
    edge.edge.purge([keys.article(1)])
    assert edge.get("/a/").text == "نص"
    edge.edge.purge([keys.article(1)], hard=True)
    site.clock.now += 2
    assert edge.get("/a/").status.startswith("500")


def test_a_page_purged_while_it_was_rendered_is_rendered_again(site: Site) -> None:
    edge = site.edge()
    texts = iter([b"old", b"new"])

    def render(environ: dict[str, Any]) -> Any:
        text = next(texts)
        if text == b"old":
            edge.edge.purge([keys.article(1)])
        return "200 OK", {**ARTICLE, "Surrogate-Key": keys.article(1), "Content-Type": "text/html"}, text

    site.pages["/a/"] = render
    edge.get("/a/")
    assert edge.get("/a/").text == "new"


def test_everything_can_be_purged_at_once(newspaper: Site) -> None:
    edge = newspaper.edge()
    edge.get("/sport/7-match/")
    edge.edge.purge([keys.everything()])
    edge.get("/sport/7-match/")
    assert set(newspaper.rendered.values()) == {2}


# ---- stampedes and failures ----------------------------------------------------------------------------------------


def crowd(ask: Any, readers: int) -> list[Any]:
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda: answers.append(ask())) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def slow(site: Site, path: str, text: bytes, policy: policies.CachePolicy) -> threading.Event:
    """The page at ``path`` is not answered before the event is set."""
    go = threading.Event()

    def render(environ: dict[str, Any]) -> Any:
        assert go.wait(60)
        return "200 OK", {**policy.headers(), "Content-Type": "text/html"}, text

    site.pages[path] = render
    return go


def test_a_thousand_readers_of_a_cold_page_cause_one_rendering(site: Site) -> None:
    go = slow(site, "/", b"front", policies.FRONT)
    edge = site.edge()
    threading.Timer(0.2, go.set).start()
    answers = crowd(lambda: edge.get("/").text, 1000)
    assert answers == ["front"] * 1000
    assert site.rendered["/"] == 1


def test_a_thousand_readers_of_an_expired_page_get_the_old_one_and_cause_one_rendering(site: Site) -> None:
    site.page("/", "old", **kept(policies.FRONT))
    edge = site.edge()
    edge.get("/")
    site.clock.now += 61
    go = slow(site, "/", b"new", policies.FRONT)
    assert crowd(lambda: edge.get("/").text, 1000) == ["old"] * 1000
    assert site.rendered["/"] == 2
    go.set()
    while edge.edge.renewal.flights:
        pass
    site.clock.now += 1
    assert edge.get("/").text == "new"


def test_an_error_of_the_application_is_covered_by_the_old_page(site: Site) -> None:
    site.page("/", "front", **kept(policies.FRONT))
    edge = site.edge()
    edge.get("/")
    site.pages["/"] = lambda environ: ("503 Busy", {}, b"")
    site.clock.now += policies.OUTAGE - 1
    for _ in range(50):
        answer = edge.get("/")
        assert answer.text == "front"
    assert "stale-if-error" in answer.headers["Cache-Status"]
    assert site.rendered["/"] == 2, "an application in trouble is left alone for a moment"
    site.clock.now += policies.OUTAGE
    assert edge.get("/").status == "503 Busy"


def test_errors_do_not_become_a_stampede(site: Site) -> None:
    site.pages["/"] = lambda environ: ("500 No", {}, b"sorry")
    edge = site.edge()
    assert {edge.get("/").text for _ in range(20)} == {"sorry"}
    assert site.rendered["/"] == 1
    site.clock.now += 1.1
    edge.get("/")
    assert site.rendered["/"] == 2


def test_an_application_that_raises_gives_a_page_in_arabic(site: Site) -> None:
    site.pages["/"] = lambda environ: 1 / 0  # type: ignore[return-value]
    answer = site.edge().get("/")
    assert answer.status == "503 Service Unavailable"
    assert 'dir="rtl"' in answer.text
    assert answer.headers["Retry-After"]


# ---- HTTP ----------------------------------------------------------------------------------------------------------


def test_conditional_requests(newspaper: Site) -> None:
    edge = newspaper.edge()
    first = edge.get("/sport/7-match/", accept_encoding="gzip")
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    for condition in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        for _ in range(2):
            answer = edge.get("/sport/7-match/", accept_encoding="gzip", if_none_match=condition)
            assert (answer.status, answer.body) == ("304 Not Modified", b""), condition
            assert "Content-Length" not in answer.headers
            assert answer.headers["Cache-Control"] == first.headers["Cache-Control"]
            assert answer.headers["Vary"] == "Accept-Encoding"
    assert edge.get("/sport/7-match/", accept_encoding="gzip", if_none_match='"other"').status == "200 OK"
    assert edge.get("/sport/7-match/").headers["ETag"] != tag, "other bytes, another strong tag"
    assert edge.get("/sport/7-match/", if_none_match=tag).status == "200 OK", (
        "the reader takes no gzip any more"
    )


def test_dates_serve_as_conditions_where_a_page_has_no_boxes(site: Site) -> None:
    date = "Mon, 03 Mar 2025 10:00:00 GMT"
    site.page("/feed/", "<rss/>", **kept(policies.FEED), Last_Modified=date)
    edge = site.edge()
    assert edge.get("/feed/").headers["Last-Modified"] == date
    assert edge.get("/feed/", if_modified_since=date).status == "304 Not Modified"
    assert edge.get("/feed/", if_modified_since="Mon, 03 Mar 2025 09:59:59 GMT").status == "200 OK"
    assert edge.get("/feed/", if_modified_since=date, if_none_match='"x"').status == "200 OK", (
        "RFC 9110 §13.1.3"
    )


def test_head_is_get_without_a_body(newspaper: Site) -> None:
    edge = newspaper.edge()
    get = edge.get("/sport/7-match/", accept_encoding="gzip")
    head = edge.get("/sport/7-match/", accept_encoding="gzip", method="HEAD")
    assert head.body == b""
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
    assert head.headers["ETag"] == get.headers["ETag"]
    assert newspaper.rendered["/sport/7-match/"] == 1


def test_age_and_status_say_how_a_page_was_served(site: Site) -> None:
    site.page("/", "front", **kept(policies.FRONT))
    edge = site.edge()
    assert edge.get("/").headers["Cache-Status"] == "Bulaq; fwd=uri-miss; stored"
    site.clock.now += 25
    answer = edge.get("/")
    assert (answer.headers["Age"], answer.headers["Cache-Status"]) == ("25", "Bulaq; hit; ttl=35")
    site.clock.now += 40
    answer = edge.get("/")
    assert (answer.headers["Age"], answer.headers["Cache-Status"]) == (
        "65",
        "Bulaq; hit; detail=stale-while-revalidate; ttl=-5",
    )


def test_what_a_reader_may_not_share_is_not_stored(site: Site) -> None:
    site.page("/private/", "p", Cache_Control="private, max-age=60")
    site.page("/cookie/", "c", Cache_Control="max-age=60", Set_Cookie="a=b")
    site.page("/nothing/", "n")
    site.page("/star/", "s", Cache_Control="max-age=60", Vary="*")
    edge = site.edge()
    for path in ("/private/", "/cookie/", "/nothing/", "/star/"):
        for _ in range(2):
            assert edge.get(path).status == "200 OK"
        assert site.rendered[path] == 2, path
    assert edge.get("/cookie/").headers["Set-Cookie"] == "a=b"


def test_the_desk_and_unsafe_methods_go_through_untouched(site: Site) -> None:
    site.page("/desk/", "desk", Cache_Control="max-age=60")
    site.page("/", "front", **kept(policies.FRONT))
    edge = site.edge()
    for _ in range(2):
        assert edge.get("/desk/", cookie="sessionid=1").headers["Cache-Status"] == "Bulaq; fwd=bypass"
    assert site.rendered["/desk/"] == 2
    assert site.seen[-1]["HTTP_COOKIE"] == "sessionid=1"
    edge.get("/")
    edge.get("/", method="POST")
    edge.get("/")
    assert site.rendered["/"] == 3, "a POST that succeeds makes the page out of date"
    edge.get("/", authorization="Basic x")
    assert site.rendered["/"] == 4


def test_only_if_cached(site: Site) -> None:
    site.page("/", "front", **kept(policies.FRONT))
    edge = site.edge()
    assert edge.get("/", cache_control="only-if-cached").status == "504 Gateway Timeout"
    edge.get("/")
    assert edge.get("/", cache_control="only-if-cached").status == "200 OK"


# ---- keys and poisoning --------------------------------------------------------------------------------------------


def echo(environ: dict[str, Any]) -> Any:
    lines = [f"{name}={value}" for name, value in sorted(environ.items()) if isinstance(value, str)]
    return "200 OK", {"Content-Type": "text/plain", "Cache-Control": "max-age=60"}, "\n".join(lines).encode()


def test_nothing_unkeyed_reaches_a_stored_page(site: Site) -> None:
    site.pages["/"] = echo
    poison = dict.fromkeys(("x_forwarded_host", "x_forwarded_for", "x_forwarded_proto", "forwarded", "x_original_url", "referer", "x_rewrite_url", "x_http_method_override", "user_agent", "cookie", "accept_language", "origin", "range"), "evil.example")  # fmt: skip
    first = site.edge().get("/", host="evil.example", query="utm_source=evil.example", **poison)
    assert "evil" not in first.text
    assert first.text == site.edge().get("/").text


def test_hosts_are_keyed_by_edition(site: Site) -> None:
    site.pages["/"] = echo
    hosts = {"misr.example": "misr.example", "misr.example:80": "misr.example"}
    edge = site.edge(host_key=lambda host: hosts.get(host, "bulaq.example"))
    assert "HTTP_HOST=misr.example" in edge.get("/", host="MISR.example").text
    assert "HTTP_HOST=misr.example" in edge.get("/", host="misr.example:80").text
    for strange in ("evil.example", "", "a b", "misr.example@evil", "x" * 300, "قاهرة"):
        assert "HTTP_HOST=bulaq.example" in edge.get("/", host=strange).text
    assert site.rendered["/"] == 2


def test_queries_are_kept_by_the_rule_of_their_path(site: Site) -> None:
    site.pages["/search/"] = site.pages["/"] = echo
    edge = site.edge(queries=((r"/search/", ("q", "page")),))
    arabic = "%D8%A7%D9%84%D9%86%D9%8A%D9%84"
    for query in (
        f"q={arabic}",
        f"utm_x=1&q={arabic}",
        f"q={arabic}&q=two",
        f"page=&q={arabic.lower()}&x[]=1",
    ):
        assert f"QUERY_STRING=q={arabic}" in edge.get("/search/", query).text
    assert site.rendered["/search/"] == 1
    edge.get("/search/", f"page=2&q={arabic}")
    edge.get("/search/", f"q={arabic}&page=2")
    assert site.rendered["/search/"] == 2
    assert "QUERY_STRING=q=%C7%E1&page=2" in edge.get("/search/", "page=2&q=%c7%e1").text, "windows-1256"
    for number in range(20):
        edge.get("/", f"cachebuster={number}")
    assert site.rendered["/"] == 1


def test_paths_that_are_no_paths_are_never_stored(site: Site) -> None:
    for path in ("/a\x00b", "/\xff\xfe", "/" + "x" * 3000, "/a\r\nX: y", "*"):
        site.pages[path] = echo
        edge = site.edge()
        for _ in range(2):
            edge.get(path)
        assert site.rendered[path] == 2, path


def test_asking_for_what_is_not_there_pushes_no_page_out(site: Site) -> None:
    for number in range(30):
        site.page(f"/{number}/", "x" * 10_000, **kept(policies.ARTICLE))
    edge = site.edge(memory_bytes=4_000_000)
    for _ in range(2):
        for number in range(30):
            edge.get(f"/{number}/")
    for number in range(5000):
        assert edge.get(f"/none-{number}").status == "404 Not Found"
    for number in range(30):
        edge.get(f"/{number}/")
        assert site.rendered[f"/{number}/"] == 1
    assert edge.edge.renewal.negative.bytes <= 0.05 * 4_000_000


def test_not_found_is_believed_for_a_short_time_only(site: Site) -> None:
    site.pages["/x/"] = lambda environ: ("404 Not Found", {"Cache-Control": "max-age=999999"}, b"")
    edge = site.edge()
    edge.get("/x/")
    edge.get("/x/")
    assert site.rendered["/x/"] == 1
    site.clock.now += 61
    edge.get("/x/")
    assert site.rendered["/x/"] == 2


def test_a_header_to_vary_on_is_part_of_the_key(site: Site) -> None:
    site.pages["/"] = echo
    edge = site.edge(vary_headers=("Accept-Language",))
    assert "HTTP_ACCEPT_LANGUAGE=ar" in edge.get("/", accept_language="ar").text
    answer = edge.get("/", accept_language="fr")
    assert "HTTP_ACCEPT_LANGUAGE=fr" in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


# ---- a surrogate in front ------------------------------------------------------------------------------------------


def test_the_edge_steps_aside_for_a_trusted_surrogate_only(newspaper: Site) -> None:
    edge = newspaper.edge(trusted_proxies=("10.0.0.0/8",))
    asked = {"surrogate_capability": 'varnish="ESI/1.0"'}
    for _ in range(2):
        raw = edge.get("/sport/7-match/", remote="10.1.2.3", **asked)
        assert '<esi:include src="/_/box/latest/"/>' in raw.text
        assert 'content="ESI/1.0"' in raw.headers["Surrogate-Control"]
        assert raw.headers["Surrogate-Key"] == "article:7"
        assert "<esi:" not in edge.get("/sport/7-match/", remote="203.0.113.9", **asked).text
        assert "<esi:" not in edge.get("/sport/7-match/", remote="10.1.2.3").text
    direct = edge.get("/_/box/latest/", remote="10.1.2.3", **asked).text
    assert direct == box("latest", 7, 1, 4).replace(' data-limit="3"', "")


def test_composed_pages_for_a_surrogate_carry_all_keys_and_the_shortest_time(newspaper: Site) -> None:
    answer = newspaper.edge(surrogate_in_front=True).get("/sport/7-match/")
    assert answer.headers["Surrogate-Key"] == "article:7 box:latest:1 box:most-read:1"
    assert answer.headers["Surrogate-Control"].startswith("max-age=60,")
    assert "content=" not in answer.headers["Surrogate-Control"]


def test_large_responses_flow_through(site: Site) -> None:
    site.page("/film", b"x" * 50_000, Cache_Control="max-age=60", Content_Length="50000")
    edge = site.edge(largest_body=10_000)
    for _ in range(2):
        assert edge.get("/film").body == b"x" * 50_000
    assert site.rendered["/film"] == 2
