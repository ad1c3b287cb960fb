"""Template tags and filters of the public site: times, digits, foreign runs, pictures, names, boxes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bulaq.arabic.dates.writing import write_date, write_time
from bulaq.arabic.digits import to_digits
from bulaq.arabic.direction import isolate
from bulaq.arabic.lists import join
from bulaq.arabic.plurals import count
from bulaq.arabic.relative_time import relative
from bulaq.arabic.truncation import cut
from bulaq.discovery.index import two_figures
from bulaq.newsroom import addresses, renditions
from bulaq.newsroom.models import Article, ArticleTopic, Byline, Edition, NewsImage, Topic
from bulaq.newsroom.profiles import Profile
from bulaq.newsroom.queries.search import Found
from bulaq.reader.body import printed, printed_html
from bulaq.reader.editions import SectionPlace, Site
from bulaq.reader.head import head_parts
from bulaq.reader.month import month_title
from bulaq.reader.names import contributor_name, person_path, topic_path

register = template.Library()


@register.filter
def digits(value: Any, profile: Profile) -> str:
    """Numbers in the edition's digits."""
    return to_digits(str(value), profile.digits)


@register.filter
def foreign(text: str, profile: Profile) -> SafeString:
    """Text as the edition prints it: numbers in its digits, runs of the other direction set apart; escaped."""
    return mark_safe(isolate(printed(text, profile), profile.direction))  # noqa: S308 - `isolate` escapes its input


@register.simple_tag
def masthead(site: Site) -> SafeString:
    """The name of the newspaper: its logo where it has one, that of dark mode there, else in letters."""
    day, night = site.logos
    if day is None:
        return format_html("{}", site.edition.name)
    return format_html(
        '<picture>{}<img src="{}" width="{}" height="{}" alt="{}"></picture>',
        format_html('<source media="(prefers-color-scheme: dark)" srcset="{}">', night.src) if night else "",
        day.src, day.width, day.height, site.edition.name,
    )  # fmt: skip


@register.filter
def marked(html: str, profile: Profile) -> SafeString:
    """A headline or passage of the search with its `<mark>`s, as the edition prints."""
    return printed_html(html, profile)


@register.simple_tag
def full_date(moment: datetime | date, profile: Profile, weekday: bool = False, year: bool = True) -> str:
    """«24 آب/أغسطس 2020» on the edition's calendar and clock."""
    day = moment.astimezone(profile.zone).date() if isinstance(moment, datetime) else moment
    return write_date(
        day, months=profile.month_names, digits=profile.digits, weekday=weekday, year=year,
        language=profile.content_language,
    )  # fmt: skip


@register.simple_tag
def weekday_and_date(day: date, profile: Profile) -> SafeString:
    """«الأحد، ٢٢ تشرين الثاني ٢٠٢٦», its date kept on one line where there is room."""
    written = full_date(day, profile)
    return format_html(
        "{}<span>{}</span>", full_date(day, profile, weekday=True).removesuffix(written), written
    )


def _clock(local: datetime, profile: Profile) -> str:
    return write_time(
        local,
        clock="12" if profile.twelve_hours else "24",
        digits=profile.digits,
        language=profile.content_language,
    )


@register.simple_tag
def moment(value: datetime, profile: Profile) -> SafeString:
    """`<time>` with the absolute day and hour: for what is stored longer than a minute."""
    local = value.astimezone(profile.zone)
    return format_html(
        '<time datetime="{}">{} – {}</time>',
        local.isoformat(timespec="minutes"),
        full_date(value, profile),
        _clock(local, profile),
    )


@register.simple_tag
def day_of(value: datetime, profile: Profile) -> SafeString:
    """`<time>` with the absolute day, the hour in its title: for lists."""
    local = value.astimezone(profile.zone)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        _clock(local, profile),
        full_date(value, profile),
    )


@register.simple_tag
def hour_of(value: datetime, profile: Profile) -> SafeString:
    """`<time>` with the hour alone: for the list of one day."""
    local = value.astimezone(profile.zone)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), _clock(local, profile)
    )


@register.simple_tag
def month_and_year(day: date, profile: Profile) -> str:
    """«تشرين الثاني/نوفمبر ٢٠٢٦»."""
    return to_digits(month_title(day, profile), profile.digits)


@register.simple_tag
def ago(value: datetime, profile: Profile) -> SafeString:
    """`<time>` as people say it, with the exact time in its title: only in what lives a minute at most."""
    local = value.astimezone(profile.zone)
    now = timezone.now().astimezone(profile.zone)
    said = relative(local, now, profile.content_language, profile.digits)
    return format_html(
        '<time datetime="{}" title="{} – {}">{}</time>',
        local.isoformat(timespec="minutes"),
        full_date(value, profile),
        _clock(local, profile),
        said,
    )


@register.simple_tag
def counted(number: int, forms: Any, profile: Profile) -> str:
    """A number with its noun in the right form."""
    return count(number, forms, profile.digits, language=profile.content_language)


@register.simple_tag
def results_counted(found: Found, profile: Profile) -> str:
    """How many results a search has, «نحو ١٢٬٠٠٠ نتيجة» where the number is an estimate."""
    number = two_figures(found.total) if found.approximate else found.total
    said = count(number, profile.strings.search_results, profile.digits, language=profile.content_language)
    return profile.strings.about.format(counted=said) if found.approximate else said


@register.simple_tag
def fill(text: str, **values: str) -> str:
    """A string of the profile with its `{names}` filled in."""
    return text.format(**values)


@register.simple_tag
def fill_html(text: str, **values: str) -> SafeString:
    """The same around values that are HTML already or are escaped here."""
    return format_html(text, **values)


@register.simple_tag
def picture(
    image: NewsImage | renditions.Sources | None, alt: str = "", sizes: str = "", eager: bool = False
) -> SafeString:
    """An `<img>` with its width and height, or a pattern in the edition's accent where there is nothing to show.

    Without `sizes` the smallest rendition alone: for thumbnails. `eager`: the page's first picture. A phone is told 84vw of
    a picture as wide as its column (92vw): a twelfth less sharp, which nobody sees on a dense screen, and two thirds of the
    bytes, since the next smaller rendition then serves the usual widths (360 to 412) at their usual densities (2 to 3).
    """
    found = image if isinstance(image, renditions.Sources) else renditions.sources(image)
    if found is None:
        return mark_safe('<span class="pattern"></span>')
    loading = mark_safe(' fetchpriority="high"' if eager else ' loading="lazy"')  # noqa: S308 - our own words
    if not sizes or not found.srcset:
        src = found.srcset.split(" ", 1)[0] if found.srcset else found.src
        return format_html(
            '<img src="{}" width="330" height="220" alt="{}"{} decoding="async">', src, alt, loading
        )
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{} decoding="async">',
        found.src, found.srcset, sizes, found.width, found.height, alt, loading,
    )  # fmt: skip


@register.simple_tag
def signature(bylines: Sequence[Byline], profile: Profile) -> SafeString:
    """The names of a byline, people with links to their pages: «ريم القصّار وسامي درويش؛ تصوير: هدى بنسليمان»."""
    roles: dict[str, list[Byline]] = {}
    for byline in bylines:
        roles.setdefault(byline.role, []).append(byline)
    phrases = []
    for role, group in roles.items():
        links = [_contributor(byline, profile) for byline in group]
        names = mark_safe(join(links, profile.content_language))  # noqa: S308 - made by `format_html`
        label = profile.strings.roles.get(role)
        phrases.append((format_html("{}: {}", label, names) if label else names,))
    return format_html_join("؛ " if profile.direction == "rtl" else "; ", "{}", phrases)


def _contributor(byline: Byline, profile: Profile) -> SafeString:
    name = contributor_name(byline, profile)
    if byline.person is None:
        return format_html("<span>{}</span>", name)
    return format_html('<a rel="author" href="{}">{}</a>', person_path(byline.person, profile), name)


@register.filter
def portrait(bylines: Sequence[Byline]) -> renditions.Sources | None:
    """The picture of an article's only writer, where there is one."""
    people = [byline.person for byline in bylines if byline.person and byline.role == Byline.Role.WRITER]
    return renditions.sources(people[0].portrait) if len(people) == 1 else None


@register.filter
def path_of(line: ArticleTopic) -> str:
    """Where a topic's page stands."""
    return topic_path(line.topic)


@register.filter
def path_of_topic(topic: Topic) -> str:
    """The same, of the topic itself."""
    return topic_path(topic)


@register.filter
def home_of(edition: Edition) -> str:
    """The full address of an edition's front page."""
    return addresses.absolute(edition, addresses.home())


@register.simple_tag
def short_address(site: Site, section: SectionPlace, article: Article) -> str:
    """The address of an article as one types it from paper: its id finds it."""
    return site.absolute(addresses.article(section.slug, article.pk, ""))


@register.simple_tag
def feed_path(section: Any = None) -> str:
    """The feed of the edition, or of one of its sections."""
    return addresses.feed(section.slug if section else None)


@register.simple_tag
def archive_path(moment: datetime, profile: Profile) -> str:
    """The archive page of the day of `moment`."""
    return addresses.archive(moment.astimezone(profile.zone).date())


@register.simple_tag
def box_mark(name: str, *parts: object) -> SafeString:
    """The mark of a box, replaced at composition."""
    return format_html('<esi:include src="{}"/>', addresses.box(name, *parts))


@register.simple_tag(takes_context=True)
def head_extras(context: template.Context) -> SafeString:
    """What other parts of the reader put into the page's head."""
    return head_parts(context.flatten())


@register.filter
def cut_at(text: str, limit: int) -> str:
    """Text no longer than `limit` characters, cut at a word."""
    return cut(" ".join(text.split()), limit)


@register.simple_tag
def carried(article: Any, profile: Profile) -> SafeString:
    """«نُشرت المادة في …», the outlet's name set apart."""
    return format_html(
        profile.strings.carried_by, outlet=format_html("<cite><bdi>{}</bdi></cite>", article.carrier_label)
    )


@register.simple_tag
def read_in(edition: Edition, profile: Profile) -> SafeString:
    """«اقرأ المادة في طبعة المغرب»."""
    return format_html(
        profile.strings.read_in_edition, edition=format_html("<b>{}</b>", edition.label or edition.name)
    )
