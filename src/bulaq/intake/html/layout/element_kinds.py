"""What the elements of HTML are to a reader: inline or block, shown or not, headings, pictures, parts of a page."""

from __future__ import annotations

from bulaq.intake.html.layout.labels import Label

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "ruby",
        "rb",
        "rt",
        "rp",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "blink",
        "output",
        "meter",
        "shape",
        "fb:like",
        "g:plusone",
        "o:p",
        "st1:place",
        "st1:city",
        "source",  # the parser takes what follows them in <picture> for their content
        "track",
    ]
)
SKIPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "canvas",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "param",
        "area",
        "map",
        "select",
        "option",
        "optgroup",
        "datalist",
        "textarea",
        "button",
        "input",
        "progress",
        "keygen",
        "frame",
        "frameset",
        "noframes",
        "applet",
        "dialog",
    ]
)
PICTURES = frozenset(("img", "amp-img"))
EMBEDS = frozenset(("iframe", "video", "audio", "embed", "amp-youtube", "amp-iframe", "amp-twitter"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SENTENCES = frozenset(("p", "li", "td", "dd", "blockquote", "figcaption", *HEADINGS))
"""Where links side by side are words of a line, not cards."""
SPEAKERS = ("cite", "footer", "figcaption")
"""What names in a quotation who said it."""
BREAK_IS_SPACE = frozenset(("figcaption", "caption", "li", "dt", *HEADINGS))

TAG_LABELS: dict[str, Label] = {
    "nav": "nav",
    "footer": "footer",
    "header": "header",
    "aside": "aside",
    "menu": "nav",
    "figcaption": "caption",
    "address": "meta",
}
ROLE_LABELS: dict[str, Label] = {
    "navigation": "nav",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "aside",
    "search": "nav",
    "dialog": "newsletter",
}
