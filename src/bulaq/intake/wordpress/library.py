"""What posts of an export refer to by number: attachments (pictures, films), synced patterns and tables.

They may stand after the posts that use them, so that they are gathered in a pass of their own, into a temporary
database that spills to disk: memory does not grow with the archive.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urljoin

from lxml import etree  # type: ignore[attr-defined]

from bulaq.intake.article import Picture
from bulaq.intake.article_markup import plain
from bulaq.intake.html.layout.embeds import clean_address
from bulaq.intake.html.layout.images import split_credit
from bulaq.intake.wordpress import tablepress
from bulaq.intake.wordpress.export_file import Damage, ExportFile, Item
from bulaq.intake.wordpress.post import Post, read_post

MAX_GALLERY = 300

GUESTS = ("guest-author", "guest_author")
"""Types in which Co-Authors Plus and Molongui keep who writes without an account."""
_WANTED = re.compile(
    rb"<wp:post_type>\s*(?:<!\[CDATA\[)?(?:attachment|wp_block|tablepress_table|guest[-_]author)\b"
)
_NUMBER = re.compile(rb"<wp:post_id>\s*(\d{1,17})\s*<")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|svg|heic)$", re.I)
_CREDIT_KEYS = (
    "_media_credit", "media_credit", "_wp_attachment_credit", "credit", "_credit", "photo_credit", "_photo_credit",
    "image_credit", "_image_credit", "photographer", "_photographer_name", "be_photographer_name", "source_credit",
)  # fmt: skip


class Library:
    """The numbered things of one export. `others` gives further parts of it, asked only when a picture is missing."""

    def __init__(self, others: Callable[[], Iterator[ExportFile]] | None = None) -> None:
        self._others = others
        # An empty name is SQLite's private temporary database: in memory while small, on disk when it grows.
        self._database = sqlite3.connect("")
        self._database.execute(
            "CREATE TABLE media (id INTEGER PRIMARY KEY, parent INTEGER, place INTEGER, url TEXT, caption TEXT, credit TEXT, alt TEXT, film INTEGER)"
        )
        self._database.execute("CREATE TABLE person (login TEXT PRIMARY KEY, name TEXT)")
        self._database.execute("CREATE TABLE pattern (id INTEGER PRIMARY KEY, content TEXT)")
        self._database.execute("CREATE TABLE tabulated (id TEXT PRIMARY KEY, markup TEXT)")
        self._indexed = False

    def close(self) -> None:
        """Forgets all."""
        self._database.close()

    def gather(self, export: ExportFile, alive: Callable[[], None] = lambda: None) -> None:
        """Takes in the attachments and patterns of an export, in one pass over it; `alive` is called at each item."""
        for item in export.items():
            alive()
            if isinstance(item, Damage) or not _WANTED.search(_behind_content(item)):
                continue
            try:
                post = read_post(export.parse(item))
            except etree.XMLSyntaxError:
                continue
            if post.kind == "wp_block":
                self._database.execute(
                    "INSERT OR REPLACE INTO pattern VALUES (?, ?)", (post.id, post.content)
                )
            elif post.kind == tablepress.KIND:
                called = post.meta.get(tablepress.NUMBER) or str(post.id)
                markup = tablepress.table_markup(post.content)
                self._database.execute(
                    "INSERT OR REPLACE INTO tabulated VALUES (?, ?)", (called[:40], markup)
                )
            elif post.kind in GUESTS:
                name = plain(post.meta.get("cap-display_name", "")) or plain(post.title)
                logins = {post.meta.get("cap-user_login", ""), post.name.removeprefix("cap-")} - {""}
                for login in logins | {f"guest-{post.id}"}:
                    self._database.execute("INSERT OR REPLACE INTO person VALUES (?, ?)", (login, name))
            else:
                self._add(post, export.head.base)
        self._database.execute("CREATE INDEX IF NOT EXISTS by_parent ON media (parent, place)")

    def has(self, item: Item) -> bool:
        """Whether the item is one of the attachments that were gathered: it need not be parsed again."""
        ending = _behind_content(item)
        if not _WANTED.search(ending):
            return False
        number = _NUMBER.search(ending)
        found = number and self._database.execute("SELECT 1 FROM media WHERE id = ?", (int(number[1]),))
        return bool(found and found.fetchone())

    def _add(self, post: Post, base: str | None) -> None:
        url = post.attachment_url or (
            urljoin(f"{base.rstrip('/')}/wp-content/uploads/", post.meta["_wp_attached_file"])
            if base and post.meta.get("_wp_attached_file")
            else ""
        )
        try:
            if url and not url.startswith(("http://", "https://")):
                url = urljoin(f"{(base or '').rstrip('/')}/", url)
            url = clean_address(url) or ""
        except ValueError:
            url = ""
        if not url:
            return
        caption, credit = split_credit(plain(post.excerpt) or None)
        credit = credit or next((plain(post.meta[key]) for key in _CREDIT_KEYS if post.meta.get(key)), None)
        film = not _PICTURE_FILE.search(url.split("?")[0])
        self._database.execute(
            "INSERT OR IGNORE INTO media VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                post.id, post.parent, post.menu_order, url, caption, credit,
                plain(post.meta.get("_wp_attachment_image_alt", "")) or None, int(film),
            ),
        )  # fmt: skip

    def person(self, login: str) -> str | None:
        """The name of a guest author, who has no account, by the login or as «guest-NUMBER»."""
        row = self._database.execute("SELECT name FROM person WHERE login = ?", (login,)).fetchone()
        return row[0] or None if row else None

    def picture(self, ident: int, *, elsewhere: bool = True) -> Picture | None:
        """The picture of an attachment; `elsewhere`: looked for in the export's other parts too."""
        row = self._database.execute(
            "SELECT url, caption, credit, alt, film FROM media WHERE id = ?", (ident,)
        ).fetchone()
        if row is None and elsewhere and self._gathered_elsewhere():
            return self.picture(ident)
        return Picture(*row[:4]) if row and not row[4] else None

    def _gathered_elsewhere(self) -> bool:
        """Takes in the export's other parts, once; whether that was now."""
        others, self._others = self._others, None
        for export in others() if others is not None else ():
            self.gather(export)
        return others is not None

    def pictures(self, idents: Iterable[str], post: int) -> list[Picture]:
        """The pictures of a gallery: those named, in the order named, else those that belong to the post."""
        named = [int(ident) for ident in idents if len(ident) < 18][:MAX_GALLERY]
        if named:
            return [picture for ident in named if (picture := self.picture(ident))]
        rows = self._database.execute(
            "SELECT url, caption, credit, alt FROM media WHERE parent = ? AND NOT film ORDER BY place, id LIMIT ?",
            (post, MAX_GALLERY),
        )
        return [Picture(*row) for row in rows]

    def films(self, idents: Iterable[str]) -> list[str]:
        """The addresses of attachments that are no pictures."""
        found = []
        for ident in [ident for ident in idents if len(ident) < 18][:MAX_GALLERY]:
            row = self._database.execute("SELECT url FROM media WHERE id = ?", (int(ident),)).fetchone()
            if row:
                found.append(row[0])
        return found

    def table(self, called: str) -> str | None:
        """The markup of a table, by the number by which articles call it."""
        row = self._database.execute("SELECT markup FROM tabulated WHERE id = ?", (called,)).fetchone()
        if row is None and self._gathered_elsewhere():
            return self.table(called)
        return row[0] or None if row else None

    def pattern(self, ident: str) -> str | None:
        """The content of a synced pattern."""
        if not ident.isdigit() or len(ident) > 17:
            return None
        row = self._database.execute("SELECT content FROM pattern WHERE id = ?", (int(ident),)).fetchone()
        if row is None and self._gathered_elsewhere():
            return self.pattern(ident)
        return row[0] if row else None


def _behind_content(item: Item) -> bytes:
    """What stands behind the text of an item: its number and its type do, wherever WordPress writes them."""
    return item.data[max(0, item.data.rfind(b"</content:encoded>")) :]
