from datetime import UTC, datetime, timedelta

import pytest

from bulaq.delivery import keys, policies
from bulaq.delivery.cache_directives import lifetime
from bulaq.delivery.file_answers import FileAnswers


@pytest.mark.parametrize("policy", policies.ALL, ids=lambda policy: policy.name)
def test_what_a_policy_says_is_what_the_edge_reads(policy: policies.CachePolicy) -> None:
    fields = {name.lower(): value for name, value in policy.headers().items()}
    life = lifetime(200, fields, now=0.0)
    if not policy.stored:
        assert life is None
        return
    assert life is not None
    assert (life.fresh, life.stale_while_revalidate, life.stale_if_error, life.composed) == (
        policy.fresh,
        policy.stale_while_revalidate,
        policy.stale_if_error,
        policy.composed,
    )
    assert len(policy.reason) > 30


def test_boxes_with_relative_times_live_a_minute_at_most() -> None:
    assert policies.BOX.fresh <= 60
    assert policies.LIVE.fresh <= 5
    assert policies.NOT_FOUND.fresh == 10


def test_an_article_is_young_for_six_hours() -> None:
    now = datetime(2025, 3, 1, 12, tzinfo=UTC)
    assert policies.for_article(now - timedelta(hours=5, minutes=59), now) is policies.ARTICLE_YOUNG
    assert policies.for_article(now - timedelta(hours=6), now) is policies.ARTICLE


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/static/reader/fonts/naskh-400.e10af9c5be.woff2", "public, max-age=31536000, immutable"),
        ("/static/reader/reading.js", "max-age=60"),
        ("/media/images/door.e10af9c5be.webp", "max-age=60"),
    ],
)
def test_a_file_whose_name_holds_its_hash_is_kept_for_good_and_none_is_read_as_another_type(path, kept):
    def server(environ, start_response):
        start_response("200 OK", [("Cache-Control", "max-age=60")])
        return [b""]

    told = {}
    files = FileAnswers(server, "/static/", ("/media/images/",))
    files({"PATH_INFO": path}, lambda status, headers: told.update(headers))
    assert (told["Cache-Control"], told["X-Content-Type-Options"]) == (kept, "nosniff")


def test_keys_are_spelled_in_one_place() -> None:
    named = [keys.article(12), keys.section(3), keys.edition(1), keys.box("most-read", 1), keys.article(12)]
    assert keys.header(named) == "article:12 section:3 edition:1 box:most-read:1"
    assert keys.shown([5, 5, 7]) == "5 7"


@pytest.mark.parametrize("bad", ["", "two words", "قسم", "line\nbreak"])
def test_a_key_that_would_break_the_header_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="not a surrogate key"):
        keys.header([bad])
