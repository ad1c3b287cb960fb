"""The shortcodes that are known, by what they are: WordPress's own, those of page builders, platforms and common plugins."""

from __future__ import annotations

import re

ENCLOSING = frozenset(
    (
        "caption", "wp_caption", "gallery", "embed", "video", "audio", "quote", "pullquote", "blockquote",
        "column", "columns", "row", "section", "dropcap", "highlight",
    )
)  # fmt: skip
QUOTES = re.compile(r"^(?:[a-z]\w*[_-])?(?:block|pull)?quote$|^et_pb_testimonial$")
PLATFORMS = frozenset(
    (
        "youtube", "youtube_sc", "su_youtube", "su_youtube_advanced", "vimeo", "su_vimeo", "dailymotion",
        "soundcloud", "tweet", "twitter", "twitter-embed", "instagram", "facebook", "fb", "fbvideo",
        "tiktok", "telegram", "spotify", "googlemaps", "iframe", "embedyt", "arve", "fvplayer", "su_video",
        "su_audio", "vc_video", "et_pb_video", "fusion_youtube", "fusion_vimeo", "av_video", "presto_player", "video_lightbox_youtube",
    )
)  # fmt: skip
CAPTIONS = frozenset(("caption", "wp_caption"))
GALLERIES = frozenset(
    (
        "gallery", "tiled_gallery", "slideshow", "td_gallery", "et_pb_gallery", "av_gallery", "su_image_carousel",
        "su_custom_gallery", "su_slider", "su_carousel",
    )
)  # fmt: skip
FILMS = frozenset(("embed", "video", "audio"))
CODED = frozenset(("vc_raw_html", "vc_raw_js", "et_pb_code"))
BUTTONS = frozenset(("button", "su_button", "vc_btn", "et_pb_button", "fusion_button", "av_button"))
"""What is clicked: nothing of it is text."""
LAYOUT = re.compile(
    r"^(?:(?:vc|et_pb|fusion|av|cs|mk|td|tdb|tatsu|nectar|ux|themify|wpb|tdc|vc_tta|ct|oxy)_.+|(?:su_)?(?:columns?|row|section|spacer)|one_.+|two_.+|three_.+|col\d?)$"
)
DROPPED = re.compile(
    r"^(?:contact-form.*|gravityform.*|wpforms.*|ninja_form.*|mc4wp.*|newsletter.*|ads?\d{0,2}|adsense|ad_.*|advert.*|adrotate|the_ad.*|quads.*|poll.*|yop_poll|rev_slider.*|"
    r"layerslider|smartslider.*|related.*|jetpack.*|td_block_\d+|(?:su_|display-)(?:posts|feed|menu|subpages|siblings)|td_smart_list_\w+|td_block_(?:ad|social|trending|slide|big)\w*|social.*|share.*|sharethis|addtoany|ssba.*|wp_ad_camp.*|button|su_button|vc_btn|vc_separator|vc_empty_space|"
    r"divider|spacer|clear|gap|hr|toc|ez-toc|login.*|search.*|sitemap|archives|recent.*|latest.*|sidebar|widget.*|nextpage|wp-?polls?)$",
    re.I,
)

TITLED = re.compile(
    r"^(?:su_)?(?:box|service|tab|spoiler|toggle|accordion_item|collapse|expand|panel|accordion-item|vc_tta_section|vc_toggle|et_pb_tab|et_pb_toggle|et_pb_accordion_item|et_pb_blurb|et_pb_cta|et_pb_slide|fusion_tab|fusion_toggle|av_tab|av_toggle)$"
)
"""What opens and closes: its title is shown above its content."""

TITLES = frozenset(("tab_title", "tabtitle", "toggle_title", "accordion_title", "su_heading"))
"""What holds a title."""
