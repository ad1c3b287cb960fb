"""An English edition: left to right, London's spelling, Beirut time."""

from bulaq.arabic.plurals import Plural
from bulaq.newsroom.profiles.mashriq import PROFILE as MASHRIQ
from bulaq.newsroom.profiles.profile import Profile, Strings


def _plurals(one: str, other: str) -> Plural:
    return Plural(zero=other, one=one, two=other, few=other, many=other, other=other)


STRINGS = Strings(
    home="Home",
    skip_to_content="Skip to content",
    sections="Sections",
    search="Search",
    search_placeholder="Search the news",
    search_button="Search",
    search_empty="Type a word, a name, or a sentence in quotation marks.",
    search_nothing="Nothing found for “{query}”.",
    search_results=_plurals("{n} result", "{n} results"),
    search_relaxed="No story has all of these words; these are the closest.",
    did_you_mean="Did you mean:",
    narrow_by_section="Section",
    narrow_by_year="Year",
    sort_by="Order",
    sort_default="Best",
    sort_relevance="Closest",
    sort_time="Newest",
    latest="Latest",
    related="Related stories",
    most_read="Most read",
    read_also="Read also",
    read_in_edition="Read this in {edition}",
    carried_by="Carried by {outlet}",
    topics="Topics",
    corrections="Corrections",
    corrected_on="Corrected on {date}",
    updated="Updated {date}",
    roles={
        "interviewer": "Interview",
        "photographer": "Photographs",
        "editor": "Edited by",
        "translator": "Translated by",
    },
    breadcrumb="Breadcrumb",
    boxes="Other stories",
    table="Table",
    fact_box="Facts",
    older="Older stories",
    newest="Back to the newest",
    pages="Pages of the list",
    more_from="More from {section}",
    archive="Archive",
    archive_of="News of {date}",
    previous_day="Previous day",
    next_day="Next day",
    no_articles="Nothing here yet.",
    not_found_title="Page not found",
    not_found_text="The address may have changed or been cut short. Try the search, or start from the latest.",
    gone_title="This story has been withdrawn",
    gone_text="A story stood here and was taken down. Try the search, or start from the latest.",
    error_title="This page cannot be shown",
    error_text="Something went wrong on our side. Please try again in a moment.",
    author_articles="Stories by {name}",
    topic_articles="All stories on {name}",
    all_editions="Our editions",
    other_language="In another language",
    feeds="News feeds",
    services="Services",
    top="Back to top",
    play_embed="Open on {provider}",
    breaking="Breaking",
)

PROFILE = Profile(
    key="english",
    label="English",
    language="en",
    content_language="en",
    direction="ltr",
    time_zone="Asia/Beirut",
    digits="latn",
    month_names="egyptian",
    twelve_hours=False,
    og_locale="en_GB",
    counts=MASHRIQ.counts,
    strings=STRINGS,
)
