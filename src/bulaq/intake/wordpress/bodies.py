"""The body of a post, whatever editor it was written in: its markup as readers saw it, then its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from bulaq.intake.article import Block, Embed, Link, List, Paragraph
from bulaq.intake.article_markup import ArticleMarkup, plain, read_markup
from bulaq.intake.html.layout.embeds import clean_address
from bulaq.intake.wordpress import block_editor, elementor, field_texts, flexible_content, shortcodes
from bulaq.intake.wordpress.as_shown import as_shown
from bulaq.intake.wordpress.classic import paragraphs, without_word
from bulaq.intake.wordpress.custom_fields import FILMS, HIGHLIGHTS, texts_of, value_of
from bulaq.intake.wordpress.figures import film
from bulaq.intake.wordpress.footnotes import with_footnotes
from bulaq.intake.wordpress.library import Library
from bulaq.intake.wordpress.post import Post
from bulaq.intake.wordpress.tablepress import with_tables

_ADDRESS = re.compile(r"https?://[^\s\"'<>\[\]]{4,2000}")
_CARD = re.compile(
    r"<blockquote\b[^<>]{0,300}\bwp-embedded-content\b[^<>]{0,300}>\s{0,9}(?:<p>)?\s{0,9}"
    r"<a\b[^<>]{0,300}\bhref=[\"'](https?://[^\"'<>\s]{1,1000})[\"'][^<>]{0,200}>([^<>]{1,500})</a>",
    re.I,
)
"""What a site of WordPress shows of an article of its own that is embedded elsewhere: its headline."""
_CARD_IN_TEXT = re.compile(
    _CARD.pattern
    + r"(?:(?!</?blockquote).){0,500}</blockquote>(?:\s{0,9}(?:</?p>)?\s{0,9}<iframe\b[^<>]{0,2000}\bwp-embedded-content\b[^<>]{0,2000}>\s{0,9}</iframe>)?",
    re.I | re.S,
)


def body_of(post: Post, library: Library, base: str | None) -> ArticleMarkup:
    """The body of `post`: its blocks, the links of its cards, the byline that stood in it, and what is to be remarked."""
    warnings: list[str] = []
    text = _with_what_stands_above(_markup(post, library, warnings), post) + _live(post)
    body = read_markup(text, base)
    body.warnings[:0] = warnings
    body.blocks = [*_highlights(post), *_without_cards(body, post)]
    return body


def _markup(post: Post, library: Library, warnings: list[str]) -> str:
    stored = _stored(post, library, warnings).replace("\r\n", "\n").replace("\r", "\n")
    text, unknown = shortcodes.expand(
        with_tables(with_footnotes(stored, post.meta.get("footnotes", "")), library.table),
        lambda idents: library.pictures(idents, post.id),
        library.films,
    )
    if unknown:
        warnings.append("left out: " + ", ".join(f"[{name}]" for name in unknown[:10]))
    text = as_shown(
        _CARD_IN_TEXT.sub(r"\n\n\1\n\n", without_word(text)),
        lambda ident: library.picture(ident, elsewhere=False),
    )
    if not block_editor.is_block_content(text):
        return paragraphs(text)

    def pattern_of(ident: str) -> str | None:
        content = library.pattern(ident)
        if content is None:
            warnings.append(f"holds a synced pattern that the export does not: {ident[:20]}")
        return content

    return block_editor.markup(
        text, pattern_of, lambda name, told: flexible_content.of_block(name, told, library.picture)
    )


def _stored(post: Post, library: Library, warnings: list[str]) -> str:
    """What WordPress keeps of the body: the content, or where it is empty, a page builder's field or rows of fields."""
    if post.content.strip():
        return post.content
    built = elementor.markup(post.meta.get(elementor.FIELD, ""))
    built = built if built.strip() else flexible_content.markup(post, library.picture)
    if built.strip():
        return built
    built, field = field_texts.markup(post)
    if built:
        warnings.append(f"the text stood in the field {field[:60]}")
    return built


def _with_what_stands_above(text: str, post: Post) -> str:
    """The markup under the film that a theme shows above it."""
    address = _ADDRESS.search(value_of(post, FILMS)[:5000])
    if address and clean_address(address[0]) and address[0] not in text:
        return film(address[0]) + text
    return text


def _live(post: Post) -> str:
    """The entries of a live coverage, the latest first, each under its hour (under its day too, where there are several)."""
    entries = sorted(post.live_entries, reverse=True)
    hour = slice(11, 16) if len({when[:10] for when, _ in entries}) == 1 else slice(0, 16)
    return "".join(f"\n\n<h3>{escape(when[hour])}</h3>\n\n{paragraphs(content)}" for when, content in entries)


def _highlights(post: Post) -> list[Block]:
    points = texts_of(post, HIGHLIGHTS, 500)
    return [List(tuple(points))] if points else []


def _without_cards(body: ArticleMarkup, post: Post) -> Iterator[Block]:
    """The blocks without the cards of other articles, which are links among the text."""
    cards = _cards(post)
    for block in body.blocks:
        address = (
            block.url if isinstance(block, Embed) else block.text if isinstance(block, Paragraph) else ""
        )
        title = cards.get(address)
        if title is None:
            yield block
        else:
            body.read_also.append(Link(title, address))


def _cards(post: Post) -> dict[str, str]:
    """Headlines by address, of the cards that WordPress keeps beside the post once it has drawn them, and of those in it."""
    kept = (value for name, value in post.meta.items() if name.startswith("_oembed_"))
    found = [*map(_CARD.match, kept), *_CARD_IN_TEXT.finditer(post.content)]
    return {match[1]: plain(match[2]) for match in found if match is not None}
