"""The saved page that an imported item was read from, opened again and shown without anything of it that could act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from django.utils.translation import gettext as _

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.html import READER as HTML
from bulaq.intake.html.layout.element_kinds import HEADINGS
from bulaq.intake.html.layout.page import Page
from bulaq.intake.listing import Listed
from bulaq.intake.reader import Source, SourceTooLarge
from bulaq.intake.source_names import on_disk
from bulaq.intake.sources import Opener
from bulaq.intake.templates.pointing import Pick
from bulaq.intake.web_archives.warc import READER as WARC
from bulaq.intake.web_archives.warc import WarcPage
from bulaq.intake.zip_archive import is_zip
from bulaq.newsroom.importing.correcting.kept_corrections import ToldCorrections
from bulaq.newsroom.importing.storing.records import article_of
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
    """The bytes of a page and what its transport said of it; of what came without a page, the article itself (`told`)."""

    name: str
    data: bytes = b""
    url: str | None = None
    charset: str | None = None
    told: IncomingArticle | None = None
    kept: tuple[Pick, ...] = ()
    """Of `told`: what was corrected before on what came so from there."""


class SavedPages:
    """Opens the pages of items, fastest in the order in which they were read: an archive stays open. Close it when done."""

    def __init__(self) -> None:
        self._opener = Opener()
        self._web_archive: Iterator[WarcPage | Refusal] | None = None
        self._web_archive_at = ("", 0)
        self._corrections: ToldCorrections | None = None

    def close(self) -> None:
        """Closes what is open."""
        self._web_archive = None
        self._opener.close()

    def open(self, item: ImportItem) -> SavedPage:
        """The page of an item. Raises `PageGone`."""
        key = on_disk(item.key)
        if "://" in key.partition("!")[0]:
            return self._told(item, _("The page was fetched from an address and was not kept."))
        path, bang, member = key.partition("!")
        stood = (item.incoming or {}).get("url")
        if bang and Path(path).is_file() and is_zip(Path(path)):
            wanted = Listed(key=item.key, path=path, member=member, url=stood)
        else:
            wanted = Listed(key=item.key, path=key, url=stood)
        try:
            source = self._opener.open(wanted)
            if isinstance(source, Refusal):
                raise PageGone(_("The file is no longer where it was: %(name)s") % {"name": source.reason})
            if WARC.recognises(source):
                return self._of_web_archive(item, source)
            if item.ordinal == 0 and HTML.recognises(source):
                return SavedPage(source.name, source.read(), source.url, source.charset)
        except FileNotFoundError:
            name = Path(path).name
            if not _came_as_page(item):
                return self._told(item, name)
            raise PageGone(_("The file is no longer where it was: %(name)s") % {"name": name}) from None
        except (OSError, ValueError, SourceTooLarge) as error:
            raise PageGone(_("The file cannot be read: %(reason)s") % {"reason": error}) from None
        return self._told(item, _("No article was found in it, and it is no page."))

    def _of_web_archive(self, item: ImportItem, source: Source) -> SavedPage:
        """The page of this number in a web archive, which is read on from where it stands."""
        key, at = self._web_archive_at
        if self._web_archive is None or key != item.key or at > item.ordinal:
            self._web_archive, at = WARC.pages(source), 0
        for number, page in enumerate(self._web_archive, at):
            self._web_archive_at = (item.key, number + 1)
            if number == item.ordinal:
                if isinstance(page, Refusal):
                    raise PageGone(page.reason)
                return SavedPage(page.name, page.data, page.url, page.charset)
        self._web_archive = None
        raise PageGone(_("The web archive no longer holds this page."))

    def _told(self, item: ImportItem, otherwise: str) -> SavedPage:
        """The article as it was read, for a page to be made of it. Raises `PageGone` with the reason when there is none."""
        record = item.incoming
        if record is None:
            raise PageGone(otherwise)
        article = article_of(record)
        if self._corrections is None:
            self._corrections = ToldCorrections()
        return SavedPage(item.key, told=article, kept=self._corrections.picks_for(article))


def _came_as_page(item: ImportItem) -> bool:
    return (item.incoming or {"format": "html"})["format"] == "html"


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
        out.append("<br>" * min(segment.after_break, 2))
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
