"""What sites ask of robots (`robots.txt`, RFC 9309): which addresses are left alone, and how long a pause they want."""

from __future__ import annotations

import urllib.robotparser
from collections.abc import Callable
from urllib.parse import urlsplit

from bulaq.intake.fetching.request_addresses import FetchRefused, led_to, origin_of

ROBOT_NAME = "Bulaq"
MAX_REDIRECTS = 5
MAX_BYTES = 500_000
"""RFC 9309, 2.5: at least 500 kibibytes are read."""

LONGEST_PAUSE = 10.0
"""A longer crawl delay is not waited for at each request: what it would hold up is an import that somebody watches."""


class Robots:
    """The rules of each origin, asked for once. `ask`: the bytes at an address, or where it redirects to."""

    def __init__(self, ask: Callable[[str], bytes | str]) -> None:
        self._ask = ask
        self._rules: dict[str, urllib.robotparser.RobotFileParser] = {}
        self._delays: dict[str, float] = {}

    def allow(self, origin: str, url: str) -> bool:
        """Whether the address may be fetched (absent rules allow; a server that fails means wait, so: no)."""
        rules = self._rules.get(origin)
        if rules is None:
            rules = urllib.robotparser.RobotFileParser()
            rules.parse(self._lines(origin))
            self._rules[origin] = rules
            host = urlsplit(origin).hostname or ""
            delay = min(LONGEST_PAUSE, float(rules.crawl_delay(ROBOT_NAME) or 0))
            self._delays[host] = max(delay, self.pause(host))
        return rules.can_fetch(ROBOT_NAME, url)

    def pause(self, host: str) -> float:
        """Seconds between two requests that the host asks for."""
        return self._delays.get(host, 0.0)

    def _lines(self, origin: str) -> list[str]:
        current = f"{origin}/robots.txt"
        try:
            for _ in range(MAX_REDIRECTS):
                answer = self._ask(current)
                if isinstance(answer, bytes):
                    return answer[:MAX_BYTES].decode("utf-8", "replace").splitlines()
                current = led_to(current, answer)
                origin_of(current)
        except FetchRefused as error:
            if error.code == "private":
                raise
            if error.code == "answer" and str(error).endswith(("429", "500", "502", "503", "504")):
                return ["User-agent: *", "Disallow: /"]
        return []
