"""The reader of Ghost's export («Settings → Export your content»), versions 1 to 6, and of posts saved from its Content API.

The export is one JSON document of database tables (https://ghost.org/docs/migration/custom/ describes it). What posts refer to —
tags, writers, captions — may stand behind them: a first pass gathers it into a temporary database that spills to disk, the second
reads the posts. The export does not name its site: addresses in it begin with `__GHOST_URL__`, and are led to `Source.url`
(`--site`) where that is given; without it pictures and old addresses are paths.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import quote, urljoin

from bulaq.intake.article import IncomingArticle, Picture, Refusal
from bulaq.intake.article_markup import plain
from bulaq.intake.ghost.bodies import body_of
from bulaq.intake.html.layout.embeds import link_address
from bulaq.intake.html.layout.tree import lone_surrogates_gone
from bulaq.intake.json_records import Path, RecordsDamaged, elements
from bulaq.intake.moments import of_counter
from bulaq.intake.reader import ReadOptions, Source
from bulaq.intake.told_article import ToldArticle, address, article_of
from bulaq.intake.wide_text import encoding_of, head_text

_SIGNS = re.compile(r'"(?:exported_on|posts_authors|posts_meta)"\s{0,9}:|__GHOST_URL__')
_OF_POSTS = re.compile(r'"posts"\s{0,9}:.*"(?:mobiledoc|lexical|comment_id)"\s{0,9}:', re.S)
"""Other programs have columns of these names, too."""
_ROOT = "__GHOST_URL__"
_OPENED = frozenset({(), ("db", "*"), ("db", "*", "data"), ("data",), ("*",), ("*", "data")})

_LONGEST = 10_000
"""Characters of a name or caption that are kept: posts without number may refer to it."""

Row = dict[str, Any]


class GhostReader:
    """Every post and page, drafts among them, in the order of the file."""

    format = "ghost"

    def recognises(self, source: Source) -> bool:
        """JSON in which the names of Ghost's tables and columns stand."""
        head = head_text(source)
        return head.startswith(("{", "[")) and bool(_SIGNS.search(head) or _OF_POSTS.search(head))

    def read(self, source: Source, options: ReadOptions) -> Iterator[IncomingArticle | Refusal]:
        """The articles; nothing is raised for bad input, and what stands before damage is kept."""
        site = urljoin(source.url, ".") if source.url else ""
        found = 0
        damage: RecordsDamaged | None = None
        with closing(_Relations()) as relations:
            try:
                for path, row in _rows(source):
                    relations.take(path[-1] if path else "", row)
            except RecordsDamaged as error:
                damage = error
            try:
                for path, row in _rows(source):
                    if path[-1:] == ("posts",):
                        found += 1
                        yield _article(row, relations, source, site, found)
            except RecordsDamaged as error:
                damage = error
        if damage is not None:
            kept = f"; {found} posts were kept" if found else ""
            yield Refusal(source.name, damage.code, f"{source.name}: {damage}{kept}")
        elif not found:
            yield Refusal(source.name, "nothing-found", f"{source.name}: holds no posts")


READER = GhostReader()


def _rows(source: Source) -> Iterator[tuple[Path, Row]]:
    with source.open() as file:
        yield from elements(file, encoding_of(source), _OPENED.__contains__)


class _Relations:
    """The rows that posts refer to, by the posts' ids."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")  # private and temporary: on disk when it grows
        self._database.executescript(
            "CREATE TABLE thing (kind TEXT, id TEXT, told TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;"
            "CREATE TABLE tie (kind TEXT, post TEXT, place INTEGER, thing TEXT);"
        )

    def close(self) -> None:
        """Forgets all."""
        self._database.close()

    def take(self, table: str, row: Row) -> None:
        """Keeps a row of a table that posts refer to."""
        if table in ("tags", "users"):
            told = {name: _string(row.get(name))[:_LONGEST] for name in ("name", "visibility")}
            self._keep(table, row.get("id"), told)
        elif table == "posts_meta":
            names = ("feature_image_alt", "feature_image_caption")
            self._keep(table, row.get("post_id"), {name: _string(row.get(name))[:_LONGEST] for name in names})
        elif table in ("posts_tags", "posts_authors"):
            place = row.get("sort_order")
            other = row.get("tag_id" if table == "posts_tags" else "author_id")
            number = place if type(place) is int and abs(place) < 1 << 31 else 0
            self._database.execute(
                "INSERT INTO tie VALUES (?, ?, ?, ?)", (table, _id(row.get("post_id")), number, _id(other))
            )

    def _keep(self, kind: str, key: Any, told: dict[str, str]) -> None:
        text = json.dumps(told, ensure_ascii=False)
        self._database.execute("INSERT OR REPLACE INTO thing VALUES (?, ?, ?)", (kind, _id(key), text))

    def one(self, kind: str, key: Any) -> Row:
        """A row by its id; empty when there is none."""
        found = self._database.execute(
            "SELECT told FROM thing WHERE kind = ? AND id = ?", (kind, _id(key))
        ).fetchone()
        return _dict(json.loads(found[0])) if found else {}

    def tied(self, tie: str, kind: str, post: Any) -> list[Row]:
        """What a post is tied to, in the order that it was given there."""
        self._database.execute("CREATE INDEX IF NOT EXISTS by_post ON tie (post, kind, place)")
        rows = self._database.execute(
            "SELECT thing FROM tie WHERE post = ? AND kind = ? ORDER BY place LIMIT 200", (_id(post), tie)
        )
        return [row for (key,) in rows.fetchall() if (row := self.one(kind, key))]


def _article(
    post: Row, relations: _Relations, source: Source, site: str, number: int
) -> IncomingArticle | Refusal:
    post = _at_site(post, site)
    own, slug = address(_string(post.get("url")), site or None), _string(post.get("slug"))
    path = f"/{quote(slug, safe='%')}/" if slug else ""
    told = ToldArticle(headline=_escaped(_string(post.get("title"))), base=own or site or None)
    told.url = own or (address(path.lstrip("/"), site) if path and site else None)
    told.aliases = [alias for alias in (path if not told.url else "",) if alias]
    body = body_of(post)
    told.body, told.body_is_text = body.text, body.is_text
    if body.is_cut:
        told.warnings.append("the text was cut where it became larger than 16 MB")
    told.summary = _escaped(_string(post.get("custom_excerpt")))
    tags = _listed(post.get("tags")) or relations.tied("posts_tags", "tags", post.get("id"))
    public = [
        name
        for row in tags
        if (name := _string(row.get("name"))) and row.get("visibility") != "internal" and name[0] != "#"
    ]
    told.section, told.tags = _escaped(public[0]) if public else "", list(map(_escaped, public[1:]))
    told.section_trust = 0.8  # Ghost has no sections: the first tag is what its themes show as one
    writers = _listed(post.get("authors")) or relations.tied("posts_authors", "users", post.get("id"))
    writers = writers or [relations.one("users", post.get("author_id"))]
    told.bylines = [_escaped(name) for row in writers if (name := _string(row.get("name")))]
    told.published, told.modified = _moments(post, "published_at"), _moments(post, "updated_at")
    told.language = _string(post.get("locale"))[:35] or None
    told.picture = _picture(post, relations)
    _held_back(post, told)
    return article_of(told, source.name, f"ghost post {number}")


def _held_back(post: Row, told: ToldArticle) -> None:
    """What readers could not simply open there comes as a draft, and says why."""
    status, seen_by = _string(post.get("status")) or "published", _string(post.get("visibility")) or "public"
    if status != "published":
        told.draft = True
        told.warnings.append(f"was not published there: {status[:40]}")
    elif seen_by != "public":
        told.draft = True
        told.warnings.append(f"was not for all readers there: {seen_by[:40]}")


def _at_site(post: Row, site: str) -> Row:
    """The post with the addresses of its own site written out; as paths where the site is not known."""
    root = site.rstrip("/")
    return {
        name: value.replace(_ROOT, root) if isinstance(value, str) and _ROOT in value else value
        for name, value in post.items()
    }


def _picture(post: Row, relations: _Relations) -> Picture | None:
    url = link_address(_string(post.get("feature_image")) or _string(post.get("image")), None)
    if not url:
        return None
    meta = {**relations.one("posts_meta", post.get("id")), **{k: v for k, v in post.items() if v}}
    caption = plain(_string(meta.get("feature_image_caption")))
    return Picture(url, caption or None, alt=plain(_escaped(_string(meta.get("feature_image_alt")))) or None)


def _moments(post: Row, name: str) -> list[str]:
    """As told; Ghost before version 1 counted milliseconds."""
    value = post.get(name)
    told = _string(str(value)) if isinstance(value, str | int) else ""
    return [of_counter(told) or told] if told else []


def _id(value: Any) -> str:
    return str(value)[:64].encode("utf-8", "replace").decode() if isinstance(value, str | int) else ""


def _string(value: Any) -> str:
    return lone_surrogates_gone(value) if isinstance(value, str) else ""


def _dict(value: Any) -> Row:
    return value if isinstance(value, dict) else {}


def _listed(value: Any) -> list[Row]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
