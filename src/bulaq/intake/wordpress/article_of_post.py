"""What becomes of one post: an `IncomingArticle`, or the reason why none."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

from bulaq.intake.article import IncomingArticle, Paragraph, Picture, Refusal
from bulaq.intake.article_markup import ArticleMarkup, lead_of, plain, read_markup, text_of
from bulaq.intake.bylines import parse_byline
from bulaq.intake.html.dateline import dateline_of
from bulaq.intake.html.embeds import clean_address
from bulaq.intake.html.language import language_of
from bulaq.intake.html.text import key
from bulaq.intake.wordpress import block_editor, elementor, shortcodes
from bulaq.intake.wordpress.as_shown import as_shown
from bulaq.intake.wordpress.classic import paragraphs, without_word
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

_KICKERS = (
    "kicker",
    "_kicker",
    "overline",
    "pretitle",
    "pre_title",
    "top_title",
    "uptitle",
    "up_title",
    "fawq_title",
)
_SUBTITLES = (
    "subtitle", "_subtitle", "sub_title", "wps_subtitle", "kia_subtitle", "secondary_title", "_secondary_title", "td_subtitle",
    "jnews_single_post_subtitle", "standfirst", "deck", "dek",
)  # fmt: skip
_PLACES = ("dateline", "_dateline", "location", "city", "place")
_WRITERS = (
    "byline",
    "_byline",
    "author_name",
    "writer",
    "guest-author",
    "custom_author",
    "post_author_name",
    "الكاتب",
)
_SOURCES = ("td_source", "source", "news_source", "source_name", "المصدر", "مصدر الخبر")
_CANONICALS = (
    "_yoast_wpseo_canonical",
    "rank_math_canonical_url",
    "_aioseo_canonical_url",
    "_aioseop_custom_link",
)
_FILMS = (
    "video_url",
    "_format_video_embed",
    "tie_video_url",
    "_video_url",
    "post_video",
    "penci_video",
    "featured_video",
    "_bunyad_featured_video",
    "bs_featured_embed",
    "jnews_video_url",
)
"""Fields of themes that show a film above the text."""
_LEAD_CREDITS = ("featured_image_credit", "_featured_image_credit", "thumbnail_credit", "image_source")


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
    link = _link(post.link, head.base)
    base = link or head.base
    warnings = _warnings(post)
    body = _body(post, library, base, warnings)
    headline = plain(post.title) or None
    if not body.blocks and not headline:
        return Refusal(source, "empty", f"{named}: has neither title nor text")
    featured, featured_from = _featured(post, library)
    lead, blocks = lead_of(body.blocks, featured, opens_with_it=_opens_with(post))
    if lead and not lead.credit:
        credit = next((plain(post.meta[name]) for name in _LEAD_CREDITS if post.meta.get(name)), None)
        lead = Picture(lead.url, lead.caption, credit, lead.alt) if credit else lead
    section, breadcrumb, section_from = _section(post, head, link)
    people, agencies, place, authors_from = _authors(post, head, body, library)
    source_told = next((plain(post.meta[name]) for name in _SOURCES if _short(post.meta.get(name), 80)), "")
    if source_told and "://" not in source_told and key(source_told) not in {key(name) for name in agencies}:
        agencies = (*agencies, source_told)
    opening = next((block.text for block in blocks if isinstance(block, Paragraph)), "")
    told_place, told_agency = dateline_of(opening) if opening else (None, None)
    dateline = next((plain(post.meta[name]) for name in _PLACES if _short(post.meta.get(name))), None)
    dateline_from = "custom field"
    if dateline is None:
        dateline, dateline_from = (place, "byline") if place else (told_place, "opening words")
    if told_agency and key(told_agency) not in {key(agency) for agency in agencies}:
        agencies = (*agencies, told_agency)
    text = text_of(blocks)
    told_language = next((term.slug for term in post.terms if term.domain == "language"), head.language)
    lang, direction, _right = language_of(f"{headline or ''} {text}", told_language)
    published = moment(post.published, post.published_gmt, post.pub_date)
    if published and "+" not in published[10:] and "-" not in published[10:]:
        warnings.append("the export does not tell the time zone of its date")
    provenance = {
        "headline": "title", "body": "content", "section": section_from, "authors": authors_from, "published_at": "post_date",
        "lead_image": featured_from if featured else "first of the body", "dateline": dateline_from,
        "tags": "post_tag", "standfirst": "excerpt",
    }  # fmt: skip
    standfirst = _standfirst(post, text)
    present = {
        "headline": headline, "body": blocks, "section": section, "authors": people or agencies, "published_at": published,
        "lead_image": lead, "dateline": dateline, "tags": any(_is_tag(t.domain) for t in post.terms), "standfirst": standfirst,
    }  # fmt: skip
    trust = {"dateline": 0.8 if dateline_from == "opening words" else 0.97, "section": 0.9}
    return IncomingArticle(
        source=source,
        format="wxr",
        url=link,
        canonical_url=_link(
            next((post.meta[name] for name in _CANONICALS if post.meta.get(name)), ""), head.base
        )
        or link,
        headline=headline,
        kicker=next((plain(post.meta[name]) for name in _KICKERS if _short(post.meta.get(name))), None),
        standfirst=standfirst,
        section=section,
        breadcrumb=breadcrumb,
        dateline=dateline,
        authors=people,
        agencies=agencies,
        published_at=published,
        modified_at=moment(post.modified, post.modified_gmt),
        lang=lang,
        dir=direction,
        lead_image=lead,
        tags=tuple(dict.fromkeys(plain(term.name) for term in post.terms if _is_tag(term.domain))),
        body=tuple(blocks),
        read_also=tuple(body.read_also),
        confidence={name: trust.get(name, 0.99) for name, value in present.items() if value},
        provenance={name: provenance[name] for name, value in present.items() if value},
        warnings=tuple(warnings),
        aliases=_aliases(post, link, head.base),
        draft=post.status not in _LIVE or bool(post.password),
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
        block_editor.markup(text, library.pattern)
        if block_editor.is_block_content(text)
        else paragraphs(text)
    )
    told = next((post.meta[name] for name in _FILMS if post.meta.get(name)), "")
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
    given = next((plain(post.meta[name]) for name in _WRITERS if _short(post.meta.get(name), 150)), None)
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
    given = next((plain(post.meta[name]) for name in _SUBTITLES if _short(post.meta.get(name), 1000)), None)
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


def _short(text: str | None, limit: int = 200) -> bool:
    return (
        bool(text)
        and len(text or "") <= limit
        and not (text or "").lstrip().startswith(("{", "[", "a:", "s:", "<"))
    )
