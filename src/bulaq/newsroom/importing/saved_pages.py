"""The saved page that an imported item was read from, opened again and shown without anything of it that could act."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from django.utils.translation import gettext as _

from bulaq.intake.article import Refusal
from bulaq.intake.html import READER as HTML
from bulaq.intake.html.page import HEADINGS, Page
from bulaq.intake.listing import Listed
from bulaq.intake.reader import SourceTooLarge
from bulaq.intake.sources import Opener
from bulaq.intake.zip_archive import is_zip
from bulaq.newsroom.models import ImportItem

_BLOCKS = frozenset(
    (
        *HEADINGS,
        "ul",
        "ol",
        "li",
        "nav",
        "aside",
        "header",
        "footer",
        "section",
        "article",
        "main",
        "blockquote",
    )
)
MAX_DEPTH = 200
"""Elements nested deeper are shown as if they stood at this depth: browsers keep no more than a few hundred."""


class PageGone(LookupError):
    """The page cannot be shown; the message says why, for the editor."""


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The bytes of a page and what its transport said of it."""

    name: str
    data: bytes
    url: str | None = None
    charset: str | None = None


class SavedPages:
    """Opens the pages of items; keeps the last archive open. Close it when done."""

    def __init__(self) -> None:
        self._opener = Opener()

    def close(self) -> None:
        """Closes what is open."""
        self._opener.close()

    def open(self, item: ImportItem) -> SavedPage:
        """The page of an item. Raises `PageGone`."""
        if "://" in item.key.partition("!")[0]:
            raise PageGone(_("The page was fetched from an address and was not kept."))
        path, bang, member = item.key.partition("!")
        if bang and Path(path).is_file() and is_zip(Path(path)):
            wanted = Listed(key=item.key, path=path, member=member)
        else:
            wanted = Listed(key=item.key, path=item.key)
        try:
            source = self._opener.open(wanted)
            if isinstance(source, Refusal):
                raise PageGone(_("The file is no longer where it was: %(name)s") % {"name": source.reason})
            if item.ordinal or not HTML.recognises(source):
                raise PageGone(_("Only saved pages can be corrected here; this came in another format."))
            return SavedPage(source.name, source.read(), source.url, source.charset)
        except FileNotFoundError:
            name = Path(path).name
            raise PageGone(_("The file is no longer where it was: %(name)s") % {"name": name}) from None
        except (OSError, ValueError, SourceTooLarge) as error:
            raise PageGone(_("The file cannot be read: %(reason)s") % {"reason": error}) from None


def shown_page(page: Page, *, style: str) -> str:
    """The page as its reader sees it, for the frame of the review: text and structure alone.

    Built from nothing but the text and a fixed set of elements, so no script, handler, address or style of the page can
    be in it. `data-s` numbers the lines (segments), `data-n` the elements (nodes) of the page.
    """
    out = [
        "<!doctype html><html dir='auto'><head><meta charset='utf-8'><meta name='referrer' content='no-referrer'>",
        f"<style>{style}</style></head><body data-n='0'>",
    ]
    open_nodes: list[int] = []
    for segment in page.segments:
        path = [index for index in reversed(page.ancestors(segment.node)) if index][:MAX_DEPTH]
        common = 0
        while common < min(len(path), len(open_nodes)) and path[common] == open_nodes[common]:
            common += 1
        while len(open_nodes) > common:
            out.append(f"</{_tag(page, open_nodes.pop())}>")
        for index in path[common:]:
            node = page.nodes[index]
            kind = " class='p'" if node.tag == "p" else ""
            hidden = " data-hidden" if node.effective == "hidden" else ""
            out.append(f"<{_tag(page, index)} dir='auto' data-n='{index}'{kind}{hidden}>")
            open_nodes.append(index)
        if segment.kind == "text":
            out.append(f"<span data-s='{segment.index}'>{escape(segment.text)}</span> ")
        else:
            shown = (segment.element.get("alt") or segment.element.get("title") or "").strip()[:300]
            out.append(f"<span class='{segment.kind}' data-s='{segment.index}'>▦ {escape(shown)}</span> ")
    while open_nodes:
        out.append(f"</{_tag(page, open_nodes.pop())}>")
    out.append("</body></html>")
    return "".join(out)


def _tag(page: Page, index: int) -> str:
    tag = page.nodes[index].tag
    return tag if tag in _BLOCKS else "div"
