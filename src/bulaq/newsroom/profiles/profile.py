"""What an edition's profile holds. Every field is required: a profile is complete or does not import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from bulaq.arabic.dates.months import MonthNaming
from bulaq.arabic.digits import DigitSystem
from bulaq.arabic.plurals import Plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many headlines each list shows."""

    latest: int
    related: int
    most_read: int
    section_box: int
    section_boxes: int
    """How many section boxes stand beside an article."""
    home_seconds: int
    home_latest: int
    home_band: int
    page: int
    """Items on one page of a list."""
    feed: int
    spare: int
    """Further items carried by a shared box, so that leaving out a repeated headline does not shorten it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strings:
    """Every word of the site's frame, in the edition's language."""

    home: str
    skip_to_content: str
    sections: str
    search: str
    search_placeholder: str
    search_button: str
    search_empty: str
    search_nothing: str
    """With `{query}`."""
    search_results: Plural
    about: str
    """Before a number that is an estimate, with `{counted}`: «نحو ١٢٬٠٠٠ نتيجة»."""
    search_relaxed: str
    """Nothing holds all words: these hold most of them."""
    did_you_mean: str
    """Before the query as it was probably meant."""
    narrow_by_section: str
    narrow_by_year: str
    sort_by: str
    sort_default: str
    sort_relevance: str
    sort_time: str
    latest: str
    related: str
    most_read: str
    read_also: str
    read_in_edition: str
    """«اقرأ المادة في {edition}»"""
    carried_by: str
    """«نُشرت المادة في {outlet}»"""
    topics: str
    corrections: str
    corrected_on: str
    """With `{date}`."""
    updated: str
    """With `{date}`."""
    roles: Mapping[str, str]
    """What stands before the names of a role («تصوير»); a role that needs no word is not there."""
    breadcrumb: str
    """The name of the row of links above an article, for screen readers."""
    boxes: str
    """The name of the column beside an article, for screen readers."""
    table: str
    """The name of a table without a caption, for screen readers."""
    fact_box: str
    older: str
    newest: str
    """Leads from a page further back to the first."""
    pages: str
    """The name of the links between pages, for screen readers."""
    more_from: str
    """«المزيد من قسم {section}»: a section's name may be of any form («رياضة», «فن وموسيقى», «أخبار النجوم»)."""
    archive: str
    archive_of: str
    """With `{date}`."""
    previous_day: str
    next_day: str
    no_articles: str
    not_found_title: str
    not_found_text: str
    gone_title: str
    gone_text: str
    error_title: str
    error_text: str
    offline_title: str
    offline_text: str
    """Above the headlines of what the reader's browser has kept."""
    author_articles: str
    """«مواد {name}»"""
    topic_articles: str
    running_story: str
    """«قصة متواصلة: {title}»"""
    story_articles: Plural
    story_first: str
    """Marks the article that a story begins with."""
    story_latest: str
    story_from_first: str
    """The link that tells a story from its beginning."""
    story_from_latest: str
    story_goes_on: str
    """The link to the next page of a story, in the order told."""
    all_editions: str
    other_language: str
    """Before the names of editions in other languages that have the article."""
    feeds: str
    services: str
    """Heads the footer's last list."""
    top: str
    play_embed: str
    """With `{provider}`."""
    breaking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything that makes an edition speak its readers' language."""

    key: str
    label: str
    language: str
    """BCP 47, for `lang`: «ar-LB»."""
    content_language: str
    """The language of the articles it carries: «ar»."""
    direction: Literal["rtl", "ltr"]
    time_zone: str
    digits: DigitSystem
    month_names: MonthNaming
    twelve_hours: bool
    first_weekday: int = 0
    """With which day a week begins in a calendar: 0 is Monday, 6 Sunday."""
    og_locale: str
    counts: Counts
    strings: Strings

    @property
    def zone(self) -> ZoneInfo:
        """The edition's time zone."""
        return ZoneInfo(self.time_zone)
