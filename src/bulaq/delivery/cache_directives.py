"""What a response's headers allow a shared cache to do with it.

RFC 9111 (HTTP caching), RFC 5861 (stale-while-revalidate, stale-if-error), RFC 9213 (targeted fields), and the
``Surrogate-Control`` of the W3C note "Edge Architecture". The edge stores nothing on a guess: a response without an
explicit lifetime is passed on and forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final

Headers = list[tuple[str, str]]

# RFC 9111 §1.2.2: a larger delta-seconds counts as this.
_MOST_SECONDS: Final = 2**31
# Statuses whose meaning the edge knows well enough to repeat them (RFC 9110 §15.1, less 206 and 304, which it does not keep).
STORABLE: Final = frozenset({200, 203, 204, 300, 301, 302, 303, 307, 308, 404, 405, 410, 414, 501})
_TARGETS: Final = ("surrogate-control", "cdn-cache-control")
_QUOTED_OR_TOKEN = re.compile(
    r"""\s*(?P<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<token>[^\s,;"]*)))?\s*(?:,|$)"""
)
_MEMBER = re.compile(
    r"""(?P<name>[a-z*][a-z0-9_.*-]*)
        (?:=(?:(?P<number>-?\d{1,15})|\?(?P<flag>[01])|"(?P<text>(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"
            |(?P<word>[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*)))?
        (?P<parameters>(?:;[ ]*[a-z*][a-z0-9_.*-]*(?:=(?:-?\d{1,15}|\?[01]|"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"|[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*))?)*)
        [ \t]*(?:,[ \t]*(?=[a-z*])|$)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Seconds from the response's birth: fresh, then two further spans counted from the end of ``fresh``."""

    fresh: float
    stale_while_revalidate: float = 0.0
    stale_if_error: float = 0.0
    initial_age: float = 0.0
    composed: bool = False


def fold(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Header fields by lower-case name; repeated fields joined with a comma (RFC 9110 §5.3)."""
    folded: dict[str, str] = {}
    for name, value in headers:
        name = name.lower()
        folded[name] = f"{folded[name]}, {value}" if name in folded else value
    return folded


def parse_cache_control(value: str) -> dict[str, str | None]:
    """The directives of a Cache-Control field, names in lower case; of a repeated one the first counts.

    What cannot be read is skipped up to the next comma, as RFC 9111 §5.2 asks of unknown directives.
    """
    directives: dict[str, str | None] = {}
    position = 0
    while position < len(value):
        match = _QUOTED_OR_TOKEN.match(value, position)
        if match is None:
            comma = value.find(",", position)
            position = len(value) if comma < 0 else comma + 1
            continue
        argument = match["quoted"] if match["quoted"] is not None else match["token"]
        directives.setdefault(match["name"].lower(), argument)
        position = match.end()
    return directives


def parse_targeted(value: str) -> dict[str, int | str | bool] | None:
    """A targeted field (RFC 9213) as a structured dictionary (RFC 9651), or None when it is not one: then it is ignored.

    Parameters of members are read and dropped; of a repeated member the last counts.
    """
    members: dict[str, int | str | bool] = {}
    value = value.strip(" \t")
    position = 0
    while position < len(value):
        match = _MEMBER.match(value, position)
        if match is None:
            return None
        if match["number"] is not None:
            members[match["name"]] = int(match["number"])
        elif match["flag"] is not None:
            members[match["name"]] = match["flag"] == "1"
        elif match["text"] is not None:
            members[match["name"]] = re.sub(r"\\(.)", r"\1", match["text"])
        elif match["word"] is not None:
            members[match["name"]] = match["word"]
        else:
            members[match["name"]] = True
        position = match.end()
    return members


def lifetime(status: int, fields: Mapping[str, str], now: float) -> Lifetime | None:
    """How long a shared cache may keep a response received at ``now`` (seconds since 1970), None: not at all.

    ``fields`` as from `fold`. The first targeted field that can be read takes the place of Cache-Control and Expires.
    """
    if status not in STORABLE or "set-cookie" in fields or fields.get("vary", "").strip() == "*":
        return None
    if any(name.strip() == "*" for name in fields.get("vary", "").split(",")):
        return None
    for target in _TARGETS:
        if target in fields:
            members = parse_targeted(
                _spell_surrogate(fields[target]) if target == "surrogate-control" else fields[target]
            )
            if members:
                return _targeted_lifetime(members, fields, now)
    return _plain_lifetime(parse_cache_control(fields.get("cache-control", "")), fields, now)


def _spell_surrogate(value: str) -> str:
    """``max-age=30+60`` of the Edge Architecture note (fresh+stale) in the words of RFC 5861."""
    return re.sub(r"\bmax-age=(\d+)\+(\d+)", r"max-age=\1, stale-while-revalidate=\2", value)


def _targeted_lifetime(
    members: Mapping[str, int | str | bool], fields: Mapping[str, str], now: float
) -> Lifetime | None:
    def on(name: str) -> bool:
        return members.get(name) not in (None, False)

    composed = "ESI/1.0" in str(members.get("content", ""))
    if on("no-store") or on("private") or on("no-cache"):
        return None
    fresh = members.get("s-maxage", members.get("max-age"))
    if isinstance(fresh, bool) or not isinstance(fresh, int):
        return None
    stale_while_revalidate, stale_if_error = (
        value if isinstance(value := members.get(name), int) and not isinstance(value, bool) else 0
        for name in ("stale-while-revalidate", "stale-if-error")
    )
    if on("must-revalidate") or on("proxy-revalidate"):
        stale_while_revalidate = stale_if_error = 0
    return Lifetime(
        _bounded(fresh),
        _bounded(stale_while_revalidate),
        _bounded(stale_if_error),
        _initial_age(fields, now),
        composed,
    )


def _plain_lifetime(
    directives: Mapping[str, str | None], fields: Mapping[str, str], now: float
) -> Lifetime | None:
    if "no-store" in directives or "private" in directives or "no-cache" in directives:
        return None
    if "s-maxage" in directives:
        fresh: float = _seconds(directives["s-maxage"])
    elif "max-age" in directives:
        fresh = _seconds(directives["max-age"])
    elif "expires" in fields:
        expires, date = _date(fields["expires"]), _date(fields.get("date", ""))
        # An Expires that cannot be read is in the past (RFC 9111 §5.3).
        fresh = 0.0 if expires is None else max(0.0, expires - (now if date is None else date))
    else:
        return None
    stale_while_revalidate = _seconds(directives.get("stale-while-revalidate"))
    stale_if_error = _seconds(directives.get("stale-if-error"))
    # RFC 9111 §4.2.4 with §5.2.2.10: s-maxage forbids a shared cache to serve stale, as the other two do.
    if not {"must-revalidate", "proxy-revalidate", "s-maxage"}.isdisjoint(directives):
        stale_while_revalidate = stale_if_error = 0.0
    return Lifetime(fresh, stale_while_revalidate, stale_if_error, _initial_age(fields, now))


def _seconds(argument: str | None) -> float:
    """Delta-seconds; what is not a number counts as 0, that is stale (RFC 9111 §4.2.1)."""
    if argument is None or not (argument.isascii() and argument.isdigit()):
        return 0.0
    return float(min(int(argument[:12]), _MOST_SECONDS))


def _bounded(seconds: int) -> float:
    return float(max(0, min(seconds, _MOST_SECONDS)))


def _initial_age(fields: Mapping[str, str], now: float) -> float:
    """RFC 9111 §4.2.3 with a response delay of nothing: the application is on the same machine."""
    date = _date(fields.get("date", ""))
    apparent = 0.0 if date is None else max(0.0, now - date)
    return max(apparent, _seconds(fields.get("age", "").split(",")[0].strip() or None))


def _date(value: str) -> float | None:
    if not value:
        return None
    try:
        return parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
