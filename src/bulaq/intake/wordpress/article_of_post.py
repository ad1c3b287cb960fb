"""What becomes of one post: an `IncomingArticle`, or the reason why none."""

from __future__ import annotations

import re
from dataclasses import replace

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.article_markup import plain, text_of
from bulaq.intake.html.layout.language import language_of
from bulaq.intake.html.layout.text import key
from bulaq.intake.wordpress import custom_fields
from bulaq.intake.wordpress.addresses import absolute, aliases
from bulaq.intake.wordpress.bodies import body_of
from bulaq.intake.wordpress.custom_fields import CANONICALS, KICKERS, SUBTITLES
from bulaq.intake.wordpress.export_head import Head
from bulaq.intake.wordpress.lead_pictures import lead_picture_of
from bulaq.intake.wordpress.library import GUESTS, Library
from bulaq.intake.wordpress.post import Post, moment
from bulaq.intake.wordpress.sections import section_of, topics_of
from bulaq.intake.wordpress.signatures import Signature, signature_of

ARTICLES = ("post", "page")

FURNITURE = re.compile(
    r"^(?:attachment|revision|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+|acf-[\w-]+|elementor_\w+|shop_\w+|"
    r"scheduled-action|amp_\w+|wpcf7_\w+|jp_\w+|feedback|ninja-\w+|nf_sub|frm_\w+|tdc-review|product(?:_variation)?|ppma\w+|"
    r"td_nb_\w+|ml-slide\w*|rev_slider\w*|tablepress_table|advanced_ads|adrotate|mec[-_]\w+|tribe_\w+|et_\w+|oxy_\w+|"
    r"polylang_\w+|custom-css-js|insertpostads|cookielawinfo|astra-[\w-]+|gp_elements|kadence_\w+|newspack_\w+_cpt|"
    r"(?:[\w-]*[-_])?e?(?:templates?(?:_type)?|library|menu(?:_item)?|popups?\w*|schemas?|wpforms\w*|forms?|lockers?|emails?|redirects?|redirect_rule))$"
)
"""Types of items that are no articles in any newsroom: parts of the machine."""

_LIVE = ("publish",)
_GONE = ("trash", "auto-draft", "inherit")


def is_furniture(kind: str) -> bool:
    """Whether items of this type are no articles, whatever they hold: parts of the machine, and who writes without an account."""
    return bool(FURNITURE.match(kind)) or kind in GUESTS


def article_of_post(
    post: Post, head: Head, library: Library, source: str
) -> IncomingArticle | Refusal | None:
    """The article of `post`; None for what is a part of the machine."""
    if is_furniture(post.kind):
        return None
    named = f"{source}: {post.kind} {post.id}" + (f" «{plain(post.title)[:80]}»" if post.title else "")
    if post.status in _GONE:
        return Refusal(source, post.status, f"{named}: {_words_of(post.status)}")
    if post.too_long:
        return Refusal(source, "too-large", f"{named}: the body is longer than any article")
    article = _read(post, head, library, source)
    return article or Refusal(source, "empty", f"{named}: has neither title nor text")


def _read(post: Post, head: Head, library: Library, source: str) -> IncomingArticle | None:
    """The article; None when the post has neither title nor text."""
    link = absolute(post.link, head.base)
    body = body_of(post, library, link or head.base)
    headline = plain(post.title) or None
    if not body.blocks and not headline:
        return None
    lead, blocks, lead_from = lead_picture_of(post, library, body.blocks)
    text = text_of(blocks)
    section, breadcrumb, section_from = section_of(post, head, link)
    signature = signature_of(post, head, library, body, blocks)
    lang, direction = _language(post, head, f"{headline or ''} {text}")
    published = moment(post.published, post.published_gmt, post.pub_date)
    article = IncomingArticle(
        source=source,
        format="wxr",
        url=link,
        canonical_url=absolute(custom_fields.value_of(post, CANONICALS), head.base) or link,
        headline=headline,
        kicker=custom_fields.text_of(post, KICKERS),
        standfirst=_standfirst(post, text),
        section=section,
        breadcrumb=breadcrumb,
        dateline=signature.place,
        authors=signature.people,
        agencies=signature.agencies,
        published_at=published,
        modified_at=moment(post.modified, post.modified_gmt),
        lang=lang,
        dir=direction,
        lead_image=lead,
        tags=topics_of(post),
        body=tuple(blocks),
        read_also=tuple(body.read_also),
        warnings=tuple(_warnings(post, published) + body.warnings),
        aliases=aliases(post, link, head.base),
        draft=post.status not in _LIVE or bool(post.password),
    )
    return _noted(article, section_from, lead_from, signature)


def _language(post: Post, head: Head, text: str) -> tuple[str | None, str | None]:
    """Language and direction: what a plugin of languages or the export says, weighed against the text."""
    terms = (term.slug for term in post.terms if term.domain == "language")
    lang, direction, _ = language_of(text, next(terms, head.language))
    return lang, direction


def _noted(
    article: IncomingArticle, section_from: str, lead_from: str, signature: Signature
) -> IncomingArticle:
    """The article with where each field that it has was read, and how sure that is."""
    origins = {
        "headline": "title", "body": "content", "section": section_from, "authors": signature.people_from,
        "published_at": "post_date", "lead_image": lead_from, "dateline": signature.place_from,
        "tags": "post_tag", "standfirst": "excerpt",
    }  # fmt: skip
    trust = {"section": 0.9, "dateline": 0.8 if signature.place_from == "opening words" else 0.97}
    told = {name for name in origins if getattr(article, name)}
    if article.agencies:
        told.add("authors")
    return replace(
        article,
        confidence={name: trust.get(name, 0.99) for name in origins if name in told},
        provenance={name: how for name, how in origins.items() if name in told},
    )


def _words_of(status: str) -> str:
    return {"trash": "was thrown away there", "auto-draft": "was never saved there"}.get(
        status, "belongs to another post"
    )


def _warnings(post: Post, published: str | None) -> list[str]:
    warnings = []
    if post.password:
        warnings.append("was protected by a password")
    if post.status not in _LIVE:
        warnings.append(f"was not published there: {post.status}")
    if post.kind == "page":
        warnings.append("a page of the site, not a post")
    elif post.kind not in ARTICLES:
        warnings.append(f"of the custom type {post.kind}")
    if post.sticky:
        warnings.append("was pinned to the front there")
    if published and "+" not in published[10:] and "-" not in published[10:]:
        warnings.append("the export does not tell the time zone of its date")
    return warnings


def _standfirst(post: Post, text: str) -> str | None:
    """A subtitle, or the excerpt when somebody wrote it: one that is cut from the beginning of the text is not."""
    given = custom_fields.text_of(post, SUBTITLES, 1000)
    if given:
        return given
    excerpt = re.sub(r"\s*(?:\[(?:…|\.\.\.|&hellip;)\]|…|\.\.\.)\s*$", "", plain(post.excerpt))
    told = key(excerpt)
    if not told or key(text[: 3 * len(excerpt) + 200]).startswith(told):
        return None
    return plain(post.excerpt)
