"""The edge against a small reference model of RFC 9111, RFC 5861 and RFC 9213.

The model reads no header: it is given what the headers were made from, and says by the words of the standards which
versions of a page a shared cache may show at a moment, and when it may not ask the application at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from edge_site import Site
from hypothesis import given, settings
from hypothesis import strategies as st

from bulaq.delivery.cache_directives import lifetime, parse_cache_control, parse_targeted


@dataclass(frozen=True)
class Rule:
    """What the application says of its responses."""

    max_age: int | None
    s_maxage: int | None
    swr: int | None
    sie: int | None
    forbidden: str | None  # no-store, private, no-cache, set-cookie, vary
    strict: str | None  # must-revalidate, proxy-revalidate
    age: int
    targeted: tuple[int, int] | None  # max-age and stale-while-revalidate of Surrogate-Control

    def headers(self) -> dict[str, str]:
        directives = ["public"]
        if self.max_age is not None:
            directives.append(f"max-age={self.max_age}")
        if self.s_maxage is not None:
            directives.append(f"S-MaxAge={self.s_maxage}")
        if self.swr is not None:
            directives.append(f'stale-while-revalidate="{self.swr}"')
        if self.sie is not None:
            directives.append(f"stale-if-error={self.sie}")
        if self.strict:
            directives.append(self.strict)
        headers = {"Content-Type": "text/plain"}
        if self.forbidden in ("no-store", "private", "no-cache"):
            directives.append(self.forbidden)
        elif self.forbidden == "set-cookie":
            headers["Set-Cookie"] = "a=b"
        elif self.forbidden == "vary":
            headers["Vary"] = "Accept-Encoding, *"
        headers["Cache-Control"] = " ,".join(directives)
        if self.age:
            headers["Age"] = str(self.age)
        if self.targeted is not None:
            headers["Surrogate-Control"] = (
                f"max-age={self.targeted[0]}, stale-while-revalidate={self.targeted[1]}"
            )
        return headers

    # -- the model -------------------------------------------------------------------------------------------------

    @property
    def storable(self) -> bool:
        if self.forbidden in ("set-cookie", "vary"):
            return False
        if self.targeted is not None:
            return True  # RFC 9213 §2.2: Cache-Control is then ignored
        return self.forbidden is None and (self.max_age is not None or self.s_maxage is not None)

    @property
    def fresh_for(self) -> int:
        """Seconds from receipt: the lifetime less the age it came with (RFC 9111 §4.2)."""
        if self.targeted is not None:
            return self.targeted[0] - self.age
        given = self.s_maxage if self.s_maxage is not None else self.max_age
        return (given or 0) - self.age

    @property
    def while_revalidate(self) -> int:
        if self.targeted is not None:
            return self.targeted[1]
        return 0 if self.strict or self.s_maxage is not None else (self.swr or 0)

    @property
    def if_error(self) -> int:
        if self.targeted is not None:
            return 0
        return 0 if self.strict or self.s_maxage is not None else (self.sie or 0)


seconds = st.integers(0, 50)
rules = st.builds(
    Rule,
    max_age=st.none() | seconds,
    s_maxage=st.none() | st.none() | seconds,
    swr=st.none() | seconds,
    sie=st.none() | seconds,
    forbidden=st.none()
    | st.none()
    | st.sampled_from(["no-store", "private", "no-cache", "set-cookie", "vary"]),
    strict=st.none() | st.none() | st.sampled_from(["must-revalidate", "proxy-revalidate"]),
    age=st.just(0) | st.integers(0, 30),
    targeted=st.none() | st.none() | st.tuples(seconds, seconds),
)
steps = st.lists(
    st.tuples(
        st.sampled_from(["get", "get", "get", "head", "conditional"]), st.integers(0, 40), st.booleans()
    ),
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(rules, steps)
def test_the_edge_shows_only_what_the_standards_allow(rule: Rule, steps: list[tuple[str, int, bool]]) -> None:
    site = Site()
    up = True
    born: dict[int, float] = {}

    def render(environ: dict[str, Any]) -> Any:
        if not up:
            return "503 Down", {}, b"down"
        version = len(born)
        born[version] = site.clock.now
        return "200 OK", rule.headers(), b"version %d" % version

    site.pages["/"] = render
    edge = site.edge()
    tag = ""
    for method, wait, is_up in steps:
        # Two seconds more than any answer to an error is remembered.
        site.clock.now += wait + 2
        up = is_up
        asked = site.rendered["/"]
        newest = len(born) - 1
        now = site.clock.now
        age = now - born[newest] if born else 0.0
        known = bool(born) and rule.storable
        headers = {"if_none_match": tag} if method == "conditional" and tag else {}
        answer = edge.get("/", method="HEAD" if method == "head" else "GET", **headers)
        while edge.edge.renewal.flights:
            pass  # a renewal in the background ends before the next step
        calls = site.rendered["/"] - asked
        assert calls <= 1
        if known and age < rule.fresh_for:
            assert calls == 0, "a fresh response is served without asking"
            shown = {newest}
        elif known and age < rule.fresh_for + rule.while_revalidate:
            assert calls == 1, "a stale one is renewed"
            shown = {newest}
        elif up:
            assert calls == 1
            shown = {newest + 1}
        elif known and age < rule.fresh_for + rule.if_error:
            shown = {newest}
        else:
            assert answer.status.startswith("503")
            continue
        if answer.status == "304 Not Modified":
            assert answer.headers["ETag"] == tag
        elif method != "head":
            assert answer.body in {b"version %d" % version for version in shown}
        if rule.storable:
            tag = answer.headers["ETag"]
            (version,) = shown
            assert int(answer.headers["Age"]) == rule.age + int(now - born[version])


def test_directives_are_read_as_the_standards_write_them() -> None:
    assert parse_cache_control('max-age=1, MAX-AGE=2, private="set-cookie, x", ext="a\\"b,c" ,, public') == {
        "max-age": "1",
        "private": "set-cookie, x",
        "ext": 'a\\"b,c',
        "public": None,
    }
    assert parse_targeted("max-age=60, no-store=?0, x;a=1;b, y=tok") == {
        "max-age": 60,
        "no-store": False,
        "x": True,
        "y": "tok",
    }
    for broken in ("max-age=60,", "Max-Age=1", "max-age=60 x", "a=\x00", ","):
        assert parse_targeted(broken) is None


def test_a_targeted_field_that_cannot_be_read_is_as_if_absent() -> None:
    fields = {
        "surrogate-control": "max-age=60,",
        "cdn-cache-control": "max-age=5",
        "cache-control": "max-age=9",
    }
    life = lifetime(200, fields, 0.0)
    assert life is not None
    assert life.fresh == 5
    assert lifetime(200, {"cdn-cache-control": "no-store", "cache-control": "max-age=9"}, 0.0) is None


def test_expires_and_absurd_numbers() -> None:
    now = 784111777.0  # the date in RFC 9110 §5.6.7
    expires = {"expires": "Sun, 06 Nov 1994 08:50:37 GMT"}
    assert (life := lifetime(200, expires, now)) is not None
    assert life.fresh == 60
    assert (life := lifetime(200, {"expires": "0"}, now)) is not None
    assert life.fresh == 0
    for value in ("-1", "1.5", "x", "", "٦٠"):
        assert (life := lifetime(200, {"cache-control": f"max-age={value}"}, now)) is not None
        assert life.fresh == 0
    assert (life := lifetime(200, {"cache-control": "max-age=99999999999999999999"}, now)) is not None
    assert life.fresh == 2**31
    assert lifetime(206, {"cache-control": "max-age=5"}, now) is None
    assert lifetime(200, {}, now) is None, "nothing is stored on a guess"


@given(st.text(max_size=60))
def test_no_field_value_breaks_the_readers(value: str) -> None:
    parse_cache_control(value)
    parse_targeted(value)
    lifetime(
        200,
        {"cache-control": value, "expires": value, "date": value, "age": value, "surrogate-control": value},
        0.0,
    )
