"""What may be asked of the web at all: the host of an address, where a redirect leads, and why something is not fetched."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit


class FetchRefused(ValueError):
    """Why an address was not, or could not be, fetched. `code` is for programs; `of_the_host`: others there would fail as
    well; `retry_after`: the seconds for which it asked to be left alone, where it named them."""

    def __init__(
        self, code: str, message: str, *, of_the_host: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.of_the_host, self.retry_after = code, of_the_host, retry_after


def led_to(current: str, location: str) -> str:
    """The address of a redirect. Its bytes are what they are (Arabic as UTF-8 or in an Arabic code page), and `http`
    reads every byte as one letter: they are escaped one by one."""
    escaped = quote(location.encode("latin-1", "replace"), safe="%/:?#[]@!$&'()*+,;=~-._")
    try:
        return urljoin(current, escaped)
    except ValueError:
        raise FetchRefused("redirects", "a redirect to what is no address") from None


def origin_of(url: str) -> tuple[str, str]:
    """Scheme and host of an address that may be fetched at all, and the host alone. Raises `FetchRefused`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FetchRefused("address", "is not an address") from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise FetchRefused("address", "is not an http address")
    if parts.username or parts.password:
        raise FetchRefused("address", "holds a password")
    host = parts.hostname
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme.lower()}://{shown}" + (f":{port}" if port else ""), host


def idna(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        raise FetchRefused("address", "is not a host name") from None
