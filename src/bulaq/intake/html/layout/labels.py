"""What the names that a template gives its elements (class, id, role) say of their content.

The words are those that themes and systems share (WordPress, Drupal, Joomla, Blogger, Bootstrap, hand-made ASP.NET):
«share», «related», «comments», «breadcrumb», «entry-content» … A label is a hint: `page.py` takes it back from an
element that holds most of the page's prose or its headline.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Label = Literal[
    "",
    "share",
    "comments",
    "related",
    "tags",
    "ad",
    "nav",
    "breadcrumb",
    "newsletter",
    "person",
    "caption",
    "hidden",
    "header",
    "footer",
    "aside",
    "form",
    "meta",
    "source",
]

APART: frozenset[str] = frozenset(
    {
        "share",
        "comments",
        "related",
        "tags",
        "ad",
        "nav",
        "breadcrumb",
        "newsletter",
        "person",
        "hidden",
        "aside",
        "form",
    }
)
"""Labels whose elements are no part of an article's text."""

_B, _E = r"(?:^|[\s_:./-])", r"(?:$|[\s_:./-])"


def _whole(pattern: str) -> str:
    """For words that are common inside longer names: only as a class or id of their own."""
    return rf"(?:^|\s)(?:{pattern})(?:$|\s)"


def _names(pattern: str) -> str:
    return rf"{_B}(?:{pattern}){_E}"


_RULES: tuple[tuple[Label, str], ...] = (
    (
        "hidden",
        _whole(
            r"(?:is-)?hidden|hide|visually-?hidden|sr-only|screen-?reader(?:-text|-only)?|d-none(?!\S| d-)|visible-(?:xs|print)(?:-\w+)?"
            r"|print-only|print-footer|only-print|invisible|wm-ipp\S*|display-none|element-invisible|rdf-meta"
        ),
    ),
    (
        "comments",
        _names(
            r"(?:\w+-)?comments?(?:-?(?:list|area|form|section|body|wrapper|box|block|respond|container|content|template|s|thread))?|respond"
            r"|disqus(?:-?thread)?|commentlist|fb-comments|livefyre|replies|discussion|user-?comments|fbcomments"
        ),
    ),
    (
        "share",
        _names(
            r"(?:\w+-)?(?:share|sharing|sharer)(?:-\w+)*|social(?:-?(?:share|media|links|icons?|buttons?|bar|likes|network|networks|sharing|box|list|items?|container|area|top|bottom|wrapper|block))?(?:-\w+)*"
            r"|addtoany\w*|a2a\w*|addthis\w*|sharethis|sharedaddy|share-?(?:buttons?|icons?|bar|box|links|tools|article|post)\w*|st-btn"
            r"|likes?|like-?box|fb-like|twitter-share-button|follow(?:-?(?:us|box|google|news))?|google-?news|whatsapp(?:-\w+)?|telegram(?:-\w+)?|print-?link|"
            r"article-?tools|post-?tools|story-?tools|toolbox|tools|tool-?bar|ratings?-\w+|readspeaker\S*|rsbtn\S*|short-?link\S*|audio-?player"
        ),
    ),
    (
        "newsletter",
        _names(
            r"newsletter(?:-\w+)*|subscri(?:be|ption|bers?)(?:-\w+)*|sign-?up(?:-\w+)*|mailchimp\S*|mc4wp\S*|paywall(?:-\w+)*|cookie(?:-\w+)*|consent"
            r"|gdpr\S*|popup(?:-\w+)*|modal(?:-\w+)*|overlay|push-?notification\S*|app-?(?:promo|banner|download)|donat\w+|login(?:-\w+)*|register"
        ),
    ),
    (
        "ad",
        _names(
            r"ads?|adv|adverts?|advertis\w+|ads?-?(?:slot|unit|box|block|container|wrapper|wrap|area|space|banner|holder|label|zone|inner|content|title|code|sense|place\w*|center|article|inside)\w*"
            r"|adsbygoogle|adsense\S*|ad\d+|banners?(?:-\w+)*|sponsor\w*(?:-\w+)*|(?<!node-)(?<!not-)promoted|dfp\S*|gpt\S*|div-gpt\S*|google_ads\S*|google-auto-placed|commercial|outbrain\S*|taboola\S*|mgid\S*|teads\S*|revcontent\S*|engageya\S*|postquare\S*|speakol\S*"
        ),
    ),
    (
        "related",
        _names(
            r"(?:\w+-)?related(?:-?\w+)*|read-?(?:also|more|next|too)(?:-\w+)*|see-?also|also-?read\S*|(?:you-?)?may-?(?:also-?)?like\S*|recommend\w*(?:-\w+)*"
            r"|more-?(?:news|stories|posts|articles|from|in|on|links|topics)(?:-\w+)*|most-?(?:read|viewed|views?|popular|shared|commented|visited)\S*|mostread\S*|mostviewed\S*|popular(?:-\w+)*|trending(?:-\w+)*"
            r"|latest(?:-\w+)*|recent(?:-?(?:posts|news|articles|entries))(?:-\w+)*|last-?news|lastnews|yarpp\S*|jp-relatedposts|crp_related|similar(?:-\w+)*|suggest\w*(?:-\w+)*|onward(?:-\w+)*"
            r"|next-?(?:prev|post|article|news)\S*|prev-?(?:next|post|article)\S*|post-?navigation|nav-?(?:links|previous|next)|post-?nav\S*|prevnext|carousel-related|inject\S*|teaser-?list|also|also-?in|others?-?(?:news|articles|posts)|same-?(?:section|category)\S*|rp4wp\S*|wp-block-latest-posts|inline-?related\S*|ticker\S*|breaking(?:-?news)?\S*|infinite-?(?:scroll\S*)|next-article\S*"
        ),
    ),
    (
        "breadcrumb",
        _names(r"bread-?c\S*|crumbs?|you-?are-?here|(?:fil-?(?:d-?)?)?ariane")
        + "|"
        + _whole(r"\S*-(?:bread)?crumbs?|(?:nav|page|site|article|top)[-_]?path|path|pathway|trail"),
    ),
    (
        "tags",
        _names(
            r"(?:post|article|entry|story|news|single|item|the|content|page)?-?tags?(?:-?(?:links|list|cloud|box|items?|area|wrapper|container|block|content))?|tagcloud|key-?words?|field-name-field-tags|tagged|tags-\w+"
        ),
    ),
    (
        "nav",
        _names(
            r"nav|navbar\S*|navigation|main-?nav|menu|menus|(?:main|top|mega|site|mobile|footer|primary|secondary|side|off-?canvas|sub|drop)-?menu\S*|pagination|pager|page-?links|top-?bar|topbar|site-?header|masthead|skip-?link\S*"
            r"|search-?(?:form|box|bar|input)?|dropdown(?:-menu)?|language-?switcher|lang-?switch\S*|back-?to-?top|scroll-?top|copyrights?-?(?:bar|area|footer)"
        ),
    ),
    (
        "person",
        _names(
            r"author-?(?:box|bio|info-box|profile|card|description|desc|about|block)\S*|about-?(?:the-?)?author\S*|abh_\S*|writer-?(?:bio|box|about)|bio|molongui\S*|saboxplugin\S*|vcard-box|author-articles\S*"
        ),
    ),
    (
        "aside",
        _names(
            r"side-?bar\S*|sidebars?|widget-?area|aside|secondary-sidebar|right-?rail|left-?rail|rail|side-?(?:col|column|block|box|content|news)"
        ),
    ),
    (
        "footer",
        _names(
            r"(?:site|page|main|global|bottom)-?footer\S*|footer|colophon|foot|copyrights?|copy-?right|site-?info"
        ),
    ),
    (
        "caption",
        _names(
            r"(?:wp-)?caption(?:-?(?:text|body|title|inner|wrapper|holder))?|(?:img|image|photo|pic|picture|media|figure|thumb|thumbnail|featured-image|slide)-?(?:caption|cap|desc|description|credit|credits|copyright|title|alt|info|source|text|legend)|figcaption|gallery-caption"
            r"|photo-?credits?|image-?credits?|credit|credits|cutline|legend|caption\S*|\S*-caption"
        ),
    ),
    ("form", _names(r"polls?|poll-\w+|\w+-poll|survey|quiz|votes?|voting")),
    ("source", _names(r"(?:article|news|post|story|item)?-?(?:source|sources)")),
    (
        "meta",
        _names(
            r"(?:entry|post|article|story|news|item|single|content|page)-?(?:meta|info|date|time|author|byline|details-?info|header-meta|by|publish\w*|views?|submitted|stats?|code|id|num\w*)s?(?:-\w+)*|meta|byline|by-?line|author|authors?|writer|written-?by|write-?by|writeby|editor|reporter|date|time|times?tamp|datetime|published?(?:-\w+)*|pub-?date|posted-?(?:on|by)|submitted|updated|views?(?!-mode)|view-?count\S*|counter\S*|post-views|read(?:ing)?-?time|dateline|news-?(?:date|code|writer|author|time)|createdby|created|modified|kicker|overline|hits|numbers"
        ),
    ),
)

_COMPILED = tuple((label, re.compile(pattern)) for label, pattern in _RULES)

_CONTENT = re.compile(
    r"(?:article|entry|post|story|news|content|single|item|node|detail|details|text|page|blog|main)"
    r"-?_?(?:body|content|text|txt|details?|description|desc|main|inner|full|story|entry|article)"
    r"|articlebody|storybody|story-?text|field-name-body|field--name-body|body-?text|fulltext|full-text|"
    r"entry-content|post-content|the-?content|td-post-content|wysiwyg|editor-?content|rich-?text|newsbody|newstext|newscontent|contentbody|theme-post-content|articlecont"
)

_LEAD = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|intro|introtext|introduction|summary|standfirst|chapo|excerpt|teaser-text|article-?lead|news-?lead|"
    r"sapo|abstract|brief|article-?summary|short-?desc(?:ription)?|strapline|dek)(?:$|[\s_-])"
)

_SUBTITLE = re.compile(
    r"(?:^|[\s_-])\S*sub-?_?(?:title|head|heading|headline)\S*(?:$|[\s_-])|second-?title|deck"
)
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|overline|pre-?title|uptitle|up-?title|suptitle|hat|eyebrow|roo-?titr|rutitr|surtitre|topper)(?:$|[\s_-])"
)

_IGNORED = re.compile(
    r"\b(?:category|tag|post|postid|page|author|type|status|format|term|parent|elementor|single|logged|theme|has|no|is)-[^\s]*|\bhentry\b"
)


_INNER_CAPITAL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")
_STICKY = re.compile(r"theia-?sticky-?sidebar")


MAX_NAME = 100
"""Characters of one class that are looked at: the patterns here try each of its letters anew."""
MAX_NAMES = 2_000
"""Characters of all classes of an element."""


def lower_names(names: str) -> str:
    """Names as the rules here expect them: lower case, «newsImgDesc» and «lblWriter» taken apart at their capitals."""
    if len(names) > MAX_NAME:
        names = " ".join(name[:MAX_NAME] for name in names[:MAX_NAMES].split())
    return _lower_names(names)


@lru_cache(maxsize=20_000)
def _lower_names(names: str) -> str:
    lower = _INNER_CAPITAL.sub("-", names).lower()
    return _STICKY.sub("", lower) if "theia" in lower else lower  # a plug-in's name, on columns of all kinds


_UNDERSCORES = re.compile(r"_+")
"""Some write «img_desc» for «img-desc»."""


@lru_cache(maxsize=20_000)
def label_of(names: str) -> Label:
    """The label that the names (class and id, lower case) of one element give, or «»."""
    for label, pattern in _COMPILED:
        if pattern.search(names):
            return label
    return label_of(_UNDERSCORES.sub("-", names)) if "_" in names else ""


def container_names(names: str) -> str:
    """`names` of an article-like element without the classes that tell its categories and tags."""
    return _IGNORED.sub(" ", names)


@lru_cache(maxsize=20_000)
def names_content(names: str) -> bool:
    """Whether the names say «the text of the article is in here»."""
    return bool(_CONTENT.search(names))


@lru_cache(maxsize=20_000)
def names_lead(names: str) -> bool:
    """Whether the names say that this is the opening paragraph or summary."""
    return bool(_LEAD.search(names))


@lru_cache(maxsize=20_000)
def names_subtitle(names: str) -> bool:
    return bool(_SUBTITLE.search(names))


@lru_cache(maxsize=20_000)
def names_kicker(names: str) -> bool:
    return bool(_KICKER.search(names))
