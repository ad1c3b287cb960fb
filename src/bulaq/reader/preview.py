"""The page of what is not published yet, drawn for the desk: the same template, its boxes set in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bulaq.arabic.slugs import slug
from bulaq.delivery import policies
from bulaq.newsroom.models import Article, Edition, Publication, Section, StandingPage
from bulaq.newsroom.queries import articles
from bulaq.reader.composition import compose
from bulaq.reader.editions import Site, site_of
from bulaq.reader.responses import page
from bulaq.reader.views import standing
from bulaq.reader.views.article import context


def article(article: Article, request: HttpRequest, mode: str) -> HttpResponse:
    """The page as the edition named by `mode` would show it, else as its canonical or first one. Never stored."""
    site = _site(article, mode)
    if site is None:
        return HttpResponse("no edition", status=404, content_type="text/plain")
    found = articles.preview_page(article, _placement(article, site))
    response = page(
        request,
        "reader/article.html",
        context(site, found) | {"noindex": True},
        policy=policies.NO_STORE,
        surrogate_keys=(),
        shown=[number for number in found.shown_ids if number],
        own=article.pk,
        site=site,
    )
    response.content = compose(request, response)
    return response


def standing_page(unsaved: StandingPage, request: HttpRequest, mode: str) -> HttpResponse:
    """The page as its edition would show it. Never stored."""
    site = site_of(unsaved.edition)
    response = page(
        request,
        "reader/standing.html",
        standing.context(site, unsaved) | {"noindex": True},
        policy=policies.NO_STORE,
        surrogate_keys=(),
        site=site,
    )
    response.content = compose(request, response)
    return response


def _site(article: Article, mode: str) -> Site | None:
    placed = (
        Publication.objects.filter(article_id=article.pk).select_related("edition").order_by("-is_canonical")
        if article.pk
        else ()
    )
    editions = [*(publication.edition for publication in placed), *Edition.objects.all()]
    speaking = [edition for edition in editions if edition.profile.content_language == article.language]
    wanted = [edition for edition in speaking if edition.slug == mode]
    chosen = next(iter(wanted or speaking), None) or next(iter(editions), None)
    return site_of(chosen) if chosen is not None else None


def _placement(article: Article, site: Site) -> Publication:
    stored = articles.placement(site.edition, article.pk) if article.pk else None
    if stored is not None:
        stored.published_at = stored.published_at or timezone.now()
        return stored
    # One that is not chosen yet is not shown: a section that nobody chose would look like a choice.
    return Publication(
        article=article, edition=site.edition, section=article.section or Section(name="", slug="-"),
        published_at=timezone.now(), slug=slug(article.headline), is_canonical=True,
    )  # fmt: skip
