"""Where a file of a mirrored site stood: `www.site.org/news/show.asp@id=7.html` was `http://www.site.org/news/show.asp?id=7`.

Programs that copy sites (wget, HTTrack) write the host and the path of a page as folders. Of pages that do not say their
own address, nothing else is left of it.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes

_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|net|org|info|news|press|media|gov|edu|int|[a-z]{2})(?:[:+_]\d{2,5})?"
)
_QUERY = re.compile(r"([^?@]*)[?@]([^=?@]+=.*)", re.DOTALL)
"""A query behind «?» or, where a file's name may have none, behind «@»."""
_ADDED = re.compile(r"\.html?$", re.IGNORECASE)
_PROGRAM = re.compile(r"\.(?:php\d?|aspx?|jspx?|cfm|cgi|pl|do)$", re.IGNORECASE)
_INDEX = re.compile(r"(?:index|default)\.(?:html?|php|aspx?)", re.IGNORECASE)


def below(base: str | None, folder: str) -> str | None:
    """The address of a folder within one that stands for `base`; where nothing is known yet, that of a folder called after
    a host.

    >>> below(None, "www.site.org"), below("http://www.site.org/", "أخبار"), below(None, "2019")
    ('http://www.site.org/', 'http://www.site.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/', None)
    """
    if base is not None:
        return f"{base}{_quoted(folder)}/"
    return f"http://{re.sub('[+_]', ':', folder)}/" if _HOST.fullmatch(folder) else None


def page_address(base: str | None, name: str) -> str | None:
    """The address of a file in a folder that stands for `base`; none where that is not known.

    What the copying program added is taken away: `.html` behind a query or a program's name, the `index.html` of a folder.

    >>> page_address("http://site.org/", "show.asp@id=7&lang=ar.html")
    'http://site.org/show.asp?id=7&lang=ar'
    >>> page_address("http://site.org/a/", "index.html"), page_address("http://site.org/", "news.php.html")
    ('http://site.org/a/', 'http://site.org/news.php')
    """
    if base is None:
        return None
    found = _QUERY.fullmatch(name)
    page, query = (found[1], _ADDED.sub("", found[2])) if found else (name, "")
    bare = _ADDED.sub("", page)
    if _PROGRAM.search(bare):
        page = bare
    if _INDEX.fullmatch(page):
        page = ""
    return f"{base}{_quoted(page)}" + (f"?{_quoted(query, '=&;+/:,')}" if query else "")


_SAVED_FROM = re.compile(
    rb"<!--\s{0,9}(?:saved from url=\(\d{4}\)|[^<>]{0,40}?Page saved with SingleFile\s{1,9}url:\s{0,9})(https?://[^\s<>\"']{1,2000})"
    rb"|<!-- Mirrored from ([\w.-]{1,200}/[^\s<>\"']{0,2000}) by HTTrack"
)


def saved_from(head: bytes) -> str | None:
    """The address that the program which saved a page wrote into its beginning: browsers, SingleFile, HTTrack.

    >>> saved_from(b"<!-- saved from url=(0020)https://a.example/12 -->"), saved_from(b"<!-- Mirrored from a.example/?p=1 by HTTrack")
    ('https://a.example/12', 'http://a.example/?p=1')
    """
    found = _SAVED_FROM.search(head) if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else None
    if found is None:
        return None
    told = (found[1] or b"http://" + found[2]).decode("utf-8", "replace")
    return quote(told, safe="%/:?#[]@!$&'()*+,;=~")


def _quoted(text: str, safe: str = "+,;=~!$'()*") -> str:
    """Escapes of an address that the name has already stay the letters that they mean."""
    return quote(unquote_to_bytes(text.encode("utf-8", "surrogateescape")), safe=safe)
