"""Old addresses that look like ours: `/news/2/` was their article 2, `/?p=12` is no front page."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from bulaq.delivery import keys, policies
from bulaq.newsroom import legacy_paths
from bulaq.newsroom.legacy_paths import IDENTIFYING, Leads
from bulaq.newsroom.models import OldParameter
from bulaq.reader.absent import gone, not_there
from bulaq.reader.responses import with_policy


def led_on(request: HttpRequest) -> HttpResponse | None:
    """What an article that stood at this very address before answers: a redirect to it, 410 when it was withdrawn, 404
    when readers have never seen it here (nothing else that looks alike is meant); None when none stood there.

    Purged with the article (published, a new headline, another section, withdrawn, an import taken back) and with its
    section, whose name stands in the address.
    """
    edition = request.site.edition
    target = legacy_paths.target(edition, request.get_full_path())
    if target.leads == Leads.UNKNOWN:
        return None
    if target.leads == Leads.GONE:
        return gone(request, target.article_id)
    if target.leads == Leads.DRAFT:
        return not_there(request, [keys.article(target.article_id)])
    return with_policy(
        HttpResponsePermanentRedirect(target.path),
        policies.REDIRECT,
        [
            keys.article(target.article_id),
            keys.section(target.publication.section_id),
            keys.edition(edition.pk),
        ],
    )


def names_an_article(request: HttpRequest) -> bool:
    """Whether the query has a parameter by which old sites named their articles."""
    query = request.META.get("QUERY_STRING", "")[:2000]
    # No other was remembered; and PostgreSQL fails at a name that holds NUL.
    given = (name.lower() for name, _ in parse_qsl(query) if name.isprintable())
    names = set(given) - {"before"} if "=" in query else {""}
    if not query or not names:
        return False
    if not names.isdisjoint(IDENTIFYING):
        return True
    return OldParameter.objects.filter(edition=request.site.edition, name__in=names).exists()
