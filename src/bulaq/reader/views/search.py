"""The search page, its JSON, and suggestions while typing. The page works without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from bulaq.arabic.digits import format_number
from bulaq.delivery import keys, policies
from bulaq.discovery.index import two_figures
from bulaq.newsroom import addresses
from bulaq.newsroom.models import Topic
from bulaq.newsroom.queries import headlines
from bulaq.newsroom.queries import search as searching
from bulaq.reader.editions import SectionPlace, Site
from bulaq.reader.rate_limit import limited
from bulaq.reader.responses import page
from bulaq.reader.views.errors import not_found

DEEPEST_PAGE = 50
"""Nobody reads further; a query for page 10,000 is no reader's."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the results, or to widen them again."""

    label: str
    count: str
    """How many there are, in the edition's digits; empty where that is not said."""
    path: str
    chosen: bool


def search(request: HttpRequest) -> HttpResponse:
    """`/search/?q=…&section=…&year=…&sort=…&page=…`."""
    site = request.site
    if site is None:
        return not_found(request)
    asked, number = _asked(request, site)
    found = searching.search(site.edition, asked)
    if found.total and number > 1 and not found.items:  # beyond the last page: an old link, or an estimate
        return _private(HttpResponseRedirect(_path(_parameters(asked, site))))
    ids = headlines.ids_of(found.items)
    more = found.total > number * asked.limit and number < DEEPEST_PAGE and bool(found.items)
    here = _parameters(asked, site)
    return page(
        request,
        "reader/search.html",
        {
            "query": asked.text,
            "items": found.items,
            "found": found,
            "lines": [(item, found.marks.get(item.article_id)) for item in found.items],
            "total": found.total,
            "sections": _section_choices(site, asked, found, here),
            "years": _year_choices(site, asked, found, here),
            "sorts": _sort_choices(site, asked, here),
            "chosen_section": _place(site, asked.section_id),
            "meant": addresses.search(found.did_you_mean) if found.did_you_mean else None,
            "topics": () if found.items else _topics(site),
            "older": _path(here | {"page": str(number + 1)}) if more else None,
            "newest": _path(here) if number > 1 else None,
            "noindex": True,
        },
        policy=policies.SEARCH,
        surrogate_keys=[keys.article(article_id) for article_id in ids],
        shown=ids,
    )


def search_json(request: HttpRequest) -> HttpResponse:
    """`/search.json`: the lines of `bulaq search --json` as one object (docs/contracts.md), at a bounded rate."""
    site = request.site
    if site is None:
        return not_found(request)
    refusal = limited(request, "search")
    if refusal is not None:
        return refusal
    asked, number = _asked(request, site)
    found = searching.search(site.edition, asked)
    results = []
    for item in found.items:
        marked = found.marks.get(item.article_id)
        place = site.section(item.section_id)
        results.append(
            {
                "id": item.article_id,
                "headline": item.headline,
                "section": place.slug if place else None,
                "published_at": item.published_at.astimezone(site.profile.zone).isoformat(timespec="seconds"),
                "score": round(marked.score, 4) if marked else None,
                "url": site.absolute(item.path),
                "snippet": marked.snippet if marked else "",
            }
        )
    answer = {
        "query": asked.text,
        "page": number,
        "total": found.total,
        "approximate": found.approximate,
        "did_you_mean": found.did_you_mean,
        "results": results,
    }
    return _private(JsonResponse(answer, json_dumps_params={"ensure_ascii": False}))


def suggestions(request: HttpRequest) -> HttpResponse:
    """`/search/suggestions?q=…` in the form of OpenSearch: `[what was typed, [ways to go on]]`."""
    site = request.site
    if site is None:
        return not_found(request)
    refusal = limited(request, "suggestions")
    if refusal is not None:
        return refusal
    typed = searching.tidied(request.GET.get("q", ""))
    answer = [typed, list(searching.suggest(site.edition, typed))]
    return _private(JsonResponse(answer, safe=False, json_dumps_params={"ensure_ascii": False}))


def _private(response: HttpResponse) -> HttpResponse:
    for name, value in policies.NO_STORE.headers().items():
        response[name] = value
    response["X-Robots-Tag"] = "noindex"
    return response


def _asked(request: HttpRequest, site: Site) -> tuple[searching.Asked, int]:
    given = request.GET
    number = _number(given.get("page", ""), 1, DEEPEST_PAGE) or 1
    place = site.section_by_slug(given.get("section", ""))
    sort = given.get("sort", "default")
    size = site.profile.counts.page
    asked = searching.Asked(
        text=searching.tidied(given.get("q", "")),
        section_id=place.id if place else None,
        author_id=_number(given.get("author", ""), 1, 10**17),
        topic_id=_number(given.get("topic", ""), 1, 10**17),
        year=_number(given.get("year", ""), 1900, 2200),
        sort=sort if sort in searching.SORTS else "default",
        limit=size,
        offset=(number - 1) * size,
    )
    return asked, number


def _number(text: str, low: int, high: int) -> int | None:
    """The number written, brought into its bounds; None when it is none."""
    if not text.isdecimal() or len(text) > 18:
        return None
    return min(max(int(text), low), high)


def _parameters(asked: searching.Asked, site: Site) -> dict[str, str]:
    place = _place(site, asked.section_id)
    given = {
        "q": asked.text,
        "section": place.slug if place else "",
        "author": str(asked.author_id or ""),
        "topic": str(asked.topic_id or ""),
        "year": str(asked.year or ""),
        "sort": "" if asked.sort == "default" else asked.sort,
    }
    return {name: value for name, value in given.items() if value}


def _path(parameters: dict[str, str]) -> str:
    return f"{addresses.search()}?{urlencode(parameters)}"


def _without(parameters: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in parameters.items() if key != name}


def _place(site: Site, section_id: int | None) -> SectionPlace | None:
    return site.section(section_id) if section_id else None


def _told(number: int, found: searching.Found, site: Site) -> str:
    """A number beside a choice: «نحو ١٬٢٠٠» where it is an estimate."""
    if not found.approximate:
        return format_number(number, site.profile.digits)
    return site.profile.strings.about.format(counted=format_number(two_figures(number), site.profile.digits))


def _section_choices(
    site: Site, asked: searching.Asked, found: searching.Found, here: dict[str, str]
) -> list[Choice]:
    choices = []
    for section_id, count in sorted(found.sections.items(), key=lambda pair: -pair[1]):
        place = site.section(section_id)
        if place is None or not count:
            continue
        chosen = place.id == asked.section_id
        path = _path(_without(here, "section") if chosen else here | {"section": place.slug})
        choices.append(Choice(place.name, _told(count, found, site), path, chosen))
    return choices if len(choices) > 1 or any(choice.chosen for choice in choices) else []


def _year_choices(
    site: Site, asked: searching.Asked, found: searching.Found, here: dict[str, str]
) -> list[Choice]:
    choices = []
    for year, count in sorted(found.years.items(), reverse=True)[:12]:
        chosen = year == asked.year
        path = _path(_without(here, "year") if chosen else here | {"year": str(year)})
        choices.append(Choice(str(year), _told(count, found, site), path, chosen))
    return choices if len(choices) > 1 or any(choice.chosen for choice in choices) else []


def _sort_choices(site: Site, asked: searching.Asked, here: dict[str, str]) -> list[Choice]:
    if not asked.text:
        return []
    strings = site.profile.strings
    labels = {"default": strings.sort_default, "relevance": strings.sort_relevance, "time": strings.sort_time}
    return [
        Choice(
            label,
            "",
            _path(_without(here, "sort") if name == "default" else here | {"sort": name}),
            name == asked.sort,
        )
        for name, label in labels.items()
    ]


def _topics(site: Site) -> list[Topic]:
    """A few topics to begin from, for who comes without a question."""
    language = site.profile.content_language
    found = Topic.objects.filter(accepted=True, language=language, article_topics__isnull=False)
    return list(found.distinct().order_by("-id")[:12])
