"""What becomes of one post: an `IncomingArticle`, or the reason why none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote, urljoin, urlsplit

from bulaq.intake.article import Block, IncomingArticle, Paragraph, Picture, Refusal
from bulaq.intake.article_markup import ArticleMarkup, lead_of, plain, read_markup, text_of
from bulaq.intake.bylines import parse_byline
from bulaq.intake.html.dateline import dateline_of
from bulaq.intake.html.embeds import clean_address
from bulaq.intake.html.language import language_of
from bulaq.intake.html.text import key
from bulaq.intake.wordpress import block_editor, custom_fields, elementor, flexible_content, shortcodes
from bulaq.intake.wordpress.as_shown import as_shown
from bulaq.intake.wordpress.classic import paragraphs, without_word
from bulaq.intake.wordpress.custom_fields import (
    CANONICALS,
    FILMS,
    KICKERS,
    LEAD_CREDITS,
    PLACES,
    SOURCES,
    SUBTITLES,
    WRITERS,
)
from bulaq.intake.wordpress.export_file import Head
from bulaq.intake.wordpress.library import Library
from bulaq.intake.wordpress.post import Post, moment

ARTICLES = ("post", "page")

FURNITURE = re.compile(
    r"^(?:attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+|acf-\w+|elementor_\w+|"
    r"shop_order\w*|shop_coupon|scheduled-action|amp_\w+|wpcf7_\w+|mc4wp-form|popup\w*|jp_\w+|feedback|ninja-\w+|frm_\w+|vc\w*template\w*|"
    r"td_nb_\w+|tdb_templates|product(?:_variation)?|guest-author|ml-slide\w*|rev_slider\w*|tablepress_table|advanced_ads|adrotate|mec[-_]\w+|tribe_\w+|fl-builder-template|et_\w+|oxy_\w+|ct_template|redirect_rule|polylang_\w+|custom-css-js|insertpostads|wpforms\w*|schema\w*)$"
)
"""Types of items that are no articles in any newsroom: parts of the machine."""

_LIVE = ("publish",)
_GONE = ("trash", "auto-draft", "inherit")
_SECTIONLESS = re.compile(
    r"^(?:uncategori[sz]ed|غير[\s-]*مصنفة?|بدون[\s-]*تصنيف|non[\s-]*class[eé]|sin[\s-]*categor[ií]a|allgemein)$",
    re.I,
)
_PLACEMENT = re.compile(
    r"^(?:featured|slider|slideshow|headlines?|breaking(?:[\s-]*news)?|top[\s-]*(?:news|stories)|home(?:page)?|main|sticky|editors?[\s-]*picks?|"
    r"مميزة?|مختارات|سلايدر|السلايدر|شريط\s+الأخبار|عاجل|أهم\s+الأخبار|الرئيسية|أخبار\s+رئيسية|خبر\s+رئيسي|المانشيت|مانشيت)$",
    re.I,
)
"""Categories that say where an article stood on the front, not what it is about."""


def article_of_post(
    post: Post, head: Head, library: Library, source: str
) -> IncomingArticle | Refusal | None:
    """The article of `post`; None for what is a part of the machine."""
    if FURNITURE.match(post.kind):
        return None
    named = f"{source}: {post.kind} {post.id}" + (f" «{plain(post.title)[:80]}»" if post.title else "")
    if post.status in _GONE:
        return Refusal(source, post.status, f"{named}: {_words_of(post.status)}")
    if post.too_long:
        return Refusal(source, "too-large", f"{named}: the body is longer than any article")
    article = _PostReading(post, head, library).article(source)
    return article or Refusal(source, "empty", f"{named}: has neither title nor text")


class _PostReading:
    """One post while its fields are read; what is wrong with it is gathered in `warnings`."""

    def __init__(self, post: Post, head: Head, library: Library) -> None:
        self.post = post
        self.head = head
        self.library = library
        self.link = _link(post.link, head.base)
        self.warnings = _warnings(post)
        self.body = _body(post, library, self.link or head.base, self.warnings)

    def article(self, source: str) -> IncomingArticle | None:
        """The article; None when the post has neither title nor text."""
        post, head = self.post, self.head
        headline = plain(post.title) or None
        if not self.body.blocks and not headline:
            return None
        lead, blocks, lead_from = self._lead()
        text = text_of(blocks)
        section, breadcrumb, section_from = _section(post, head, self.link)
        signature = self._signature(blocks)
        lang, direction = self._language(f"{headline or ''} {text}")
        published = self._published()
        article = IncomingArticle(
            source=source,
            format="wxr",
            url=self.link,
            canonical_url=_link(custom_fields.value_of(post, CANONICALS), head.base) or self.link,
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
            tags=tuple(dict.fromkeys(plain(term.name) for term in post.terms if _is_tag(term.domain))),
            body=tuple(blocks),
            read_also=tuple(self.body.read_also),
            warnings=tuple(self.warnings),
            aliases=_aliases(post, self.link, head.base),
            draft=post.status not in _LIVE or bool(post.password),
        )
        return _noted(article, section_from, lead_from, signature)

    def _lead(self) -> tuple[Picture | None, list[Block], str]:
        """The lead picture, the blocks without it, and where it was found."""
        featured, featured_from = _featured(self.post, self.library)
        lead, blocks = lead_of(self.body.blocks, featured, opens_with_it=_opens_with(self.post))
        if lead and not lead.credit:
            credit = plain(custom_fields.value_of(self.post, LEAD_CREDITS))
            lead = Picture(lead.url, lead.caption, credit, lead.alt) if credit else lead
        return lead, blocks, featured_from if featured else "first of the body"

    def _signature(self, blocks: list[Block]) -> _Signature:
        """Who wrote it and where: of the byline, then of the fields, then of the words that the text opens with."""
        people, agencies, place, people_from = _authors(self.post, self.head, self.body, self.library)
        stated = custom_fields.text_of(self.post, SOURCES, 80)
        if stated and "://" not in stated:
            agencies = _with_agency(agencies, stated)
        opening = next((block.text for block in blocks if isinstance(block, Paragraph)), "")
        told_place, told_agency = dateline_of(opening) if opening else (None, None)
        agencies = _with_agency(agencies, told_agency)
        field = custom_fields.text_of(self.post, PLACES)
        if field is not None:
            return _Signature(people, agencies, people_from, field, "custom field")
        if place:
            return _Signature(people, agencies, people_from, place, "byline")
        return _Signature(people, agencies, people_from, told_place, "opening words")

    def _language(self, text: str) -> tuple[str | None, str | None]:
        """Language and direction: what a plugin of languages or the export says, weighed against the text."""
        terms = (term.slug for term in self.post.terms if term.domain == "language")
        lang, direction, _ = language_of(text, next(terms, self.head.language))
        return lang, direction

    def _published(self) -> str | None:
        post = self.post
        published = moment(post.published, post.published_gmt, post.pub_date)
        if published and "+" not in published[10:] and "-" not in published[10:]:
            self.warnings.append("the export does not tell the time zone of its date")
        return published


@dataclass(frozen=True, slots=True)
class _Signature:
    """Who wrote a post, the place that its text is from, and where either was read."""

    people: tuple[str, ...]
    agencies: tuple[str, ...]
    people_from: str
    place: str | None
    place_from: str


def _with_agency(agencies: tuple[str, ...], name: str | None) -> tuple[str, ...]:
    if not name or key(name) in {key(agency) for agency in agencies}:
        return agencies
    return (*agencies, name)


def _noted(
    article: IncomingArticle, section_from: str, lead_from: str, signature: _Signature
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


def _warnings(post: Post) -> list[str]:
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
    return warnings


def _body(post: Post, library: Library, base: str | None, warnings: list[str]) -> ArticleMarkup:
    content = post.content
    if not content.strip() and post.meta.get(elementor.FIELD):
        content = elementor.markup(post.meta[elementor.FIELD])
    if not content.strip():
        content = flexible_content.markup(post, library.picture)
    text, unknown = shortcodes.expand(
        content.replace("\r\n", "\n").replace("\r", "\n"),
        lambda idents: library.pictures(idents, post.id),
        library.films,
    )
    if unknown:
        warnings.append("left out: " + ", ".join(f"[{name}]" for name in unknown[:10]))
    text = without_word(text)
    text = as_shown(
        text, post.meta.get("footnotes", ""), lambda ident: library.picture(ident, elsewhere=False)
    )
    text = (
        block_editor.markup(
            text,
            library.pattern,
            lambda name, fields: flexible_content.of_block(name, fields, library.picture),
        )
        if block_editor.is_block_content(text)
        else paragraphs(text)
    )
    told = custom_fields.value_of(post, FILMS)
    address = _ADDRESS.search(told[:5000])
    if address and clean_address(address[0]) and address[0] not in text:
        text = shortcodes.film(address[0]) + text
    body = read_markup(text, base)
    warnings += body.warnings
    return body


def _featured(post: Post, library: Library) -> tuple[Picture | None, str]:
    ident = post.meta.get("_thumbnail_id", "")
    if ident.isdigit() and len(ident) < 18 and (picture := library.picture(int(ident))):
        return picture, "featured image"
    for name in (
        "_yoast_wpseo_opengraph-image",
        "fifu_image_url",
        "_knawatfibu_url",
        "rank_math_facebook_image",
    ):
        if url := clean_address(post.meta.get(name, "")):
            return Picture(url, alt=plain(post.meta.get("fifu_image_alt", "")) or None), name.strip("_")
    return None, ""


_ADDRESS = re.compile(r"https?://[^\s\"'<>\[\]]{4,2000}")
_FIRST_PICTURE = re.compile(r"<img\b[^<>]{0,2000}?\bwp-image-(\d{1,17})")


def _opens_with(post: Post) -> bool:
    """Whether the first picture of the body is the featured one, by the number that the editor gave it."""
    match = _FIRST_PICTURE.search(post.content, 0, 5000)
    return match is not None and match[1] == post.meta.get("_thumbnail_id")


def _section(post: Post, head: Head, link: str | None) -> tuple[str | None, tuple[str, ...], str]:
    """The section and the way to it: the primary category, else the one in the address, else the first real one."""
    own = {term.slug: plain(term.name) for term in post.terms if term.domain == "category"}
    if not own:  # a custom type has categories of its own («news_category»)
        own = {term.slug: plain(term.name) for term in post.terms if _OWN_CATEGORY.search(term.domain)}
    if not own:
        return None, (), ""
    chosen, origin = "", ""
    for name in (
        "_yoast_wpseo_primary_category",
        "rank_math_primary_category",
        "_primary_term_category",
        "epc_primary_category",
        "tie_primary_category",
    ):
        slug = head.categories_by_id.get(post.meta.get(name, ""), "")
        if slug in own:
            chosen, origin = slug, "primary category"
            break
    if not chosen and link:
        segments = [unquote(part).lower() for part in urlsplit(link).path.split("/") if part][:-1]
        matching = [slug for slug in own if unquote(slug).lower() in segments]
        if matching:
            chosen, origin = (
                max(matching, key=lambda slug: segments.index(unquote(slug).lower())),
                "category in the address",
            )
    if not chosen:
        real = [
            slug for slug, name in own.items() if not _SECTIONLESS.match(name) and not _PLACEMENT.match(name)
        ]
        deepest = sorted(real, key=lambda slug: -len(_way(slug, head)))
        chosen, origin = (deepest[0] if deepest else ""), "category"
    if not chosen or _SECTIONLESS.match(own[chosen]):
        return None, (), ""
    way = _way(chosen, head)
    return own[chosen], tuple([*way[:-1], own[chosen]] if way else [own[chosen]]), origin


_OWN_CATEGORY = re.compile(
    r"[-_](?:category|categories|cat|section)$|^(?:section|sections|rubric|rubrique|department)$", re.I
)
_OWN_TAG = re.compile(r"^post_tag$|[-_](?:tag|tags|topic|topics)$|^(?:topics?|keywords?)$", re.I)
"""Taxonomies of custom types that mean what WordPress's own two mean."""


def _is_tag(domain: str) -> bool:
    return bool(_OWN_TAG.search(domain)) and not domain.startswith(("product_", "post_translations"))


def _way(slug: str, head: Head) -> list[str]:
    names: list[str] = []
    seen: set[str] = set()
    while slug and slug not in seen and len(names) < 20:
        seen.add(slug)
        term = head.categories.get(slug)
        if term is None:
            break
        names.append(plain(term.name))
        slug = term.parent
    return names[::-1]


def _authors(
    post: Post, head: Head, body: ArticleMarkup, library: Library
) -> tuple[tuple[str, ...], tuple[str, ...], str | None, str]:
    """People, agencies and place of the byline: co-authors, a byline in the body or in a field, else the account."""
    guests = [
        plain(head.authors.get(term.name) or head.authors.get(term.slug.removeprefix("cap-")) or term.name)
        for term in post.terms
        if term.domain == "author"
    ]
    guests = [library.person(guest) or guest for guest in guests]
    given = custom_fields.text_of(post, WRITERS, 150)
    account = plain(head.authors.get(post.creator, post.creator))
    outlets = (head.site,) if head.site else ()
    place: str | None = None
    people: list[str] = []
    agencies: list[str] = []
    for lines, origin in (
        ([body.byline] if body.byline else [], "byline in the body"),
        ([given] if given else [], "custom field"),
        (guests, "co-authors"),
        ([account] if account and not _ACCOUNT.match(account) else [], "account"),
    ):
        for line in lines:
            reading = parse_byline(line, outlets)
            place = place or (reading.place if reading.people or reading.agencies else None)
            people += [name for name in reading.people if name not in people]
            agencies += [name for name in reading.agencies if name not in agencies]
            if not reading.people and not reading.agencies and origin in ("co-authors", "account"):
                people.append(line)
        if people or agencies:
            return tuple(people), tuple(agencies), place, origin
    return (), (), None, ""


_ACCOUNT = re.compile(
    r"^(?:admin\w*|administrator|root|user\d*|editor\d*|web\s?master|test|wp[_-]?\w*|desk\d*|مدير(?:\s+الموقع)?|أدمن|ادمن|الإدارة|المشرف|مشرف(?:\s+الموقع)?|[^\s@]+@[^\s@]+)$",
    re.I,
)
"""Accounts that name nobody."""


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


def _aliases(post: Post, link: str | None, base: str | None) -> tuple[str, ...]:
    """The other addresses that the post answered to: its number, its `guid`, its old slugs."""
    found: list[str] = []
    root = base if base and base.startswith(("http://", "https://")) else None
    if root is None and link:
        root = "{0.scheme}://{0.netloc}".format(urlsplit(link))
    if root and post.id:
        query = "page_id" if post.kind == "page" else "p"
        found.append(f"{root.rstrip('/')}/?{query}={post.id}")
        if post.kind == "page":
            found.append(f"{root.rstrip('/')}/?p={post.id}")
    own_host = {urlsplit(address).netloc for address in (link, root) if address}
    guid = clean_address(post.guid)
    if guid and urlsplit(guid).netloc in own_host:
        found.append(guid)
    if link and post.name and not urlsplit(link).query:
        slash = "/" if link.endswith("/") else ""
        above, _, last = link.rstrip("/").rpartition("/")
        found += [
            f"{above}/{slug}{slash}" for slug in post.old_slugs if slug and "/" not in slug and slug != last
        ]
    return tuple(alias for alias in dict.fromkeys(found) if alias != link)


def _link(address: str, base: str | None) -> str | None:
    if not address:
        return None
    try:
        return clean_address(urljoin(base, address) if base else address)
    except ValueError:
        return None
