"""The shapes of all public addresses: the one place that spells them (docs/contracts.md).

Paths are percent-encoded, as they stand in HTML. They live here because the desk links to the site as well.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.conf import settings

if TYPE_CHECKING:
    from bulaq.newsroom.models import Edition, Publication

_SCHEME_PORTS = {"http": "80", "https": "443"}

_THIS_MACHINE = "localhost"


def home() -> str:
    """The front page."""
    return "/"


def section(slug: str) -> str:
    """A section's front."""
    return f"/{quote(slug)}/"


def article(section_slug: str, article_id: int, slug: str) -> str:
    """An article's page. The id finds it; section and slug are for people and are corrected by a redirect."""
    tail = f"{article_id}-{quote(slug)}" if slug else f"{article_id}"
    return f"/{quote(section_slug)}/{tail}/"


def of_publication(publication: Publication) -> str:
    """The path of a publication (its section must be loaded)."""
    return article(publication.section.slug, publication.article_id, publication.slug)


def author(person_id: int, slug: str) -> str:
    """A person's page."""
    return f"/author/{person_id}-{quote(slug)}/"


def topic(topic_id: int, slug: str) -> str:
    """A topic's page."""
    return f"/topic/{topic_id}-{quote(slug)}/"


def story(story_id: int, slug: str) -> str:
    """A running story's page."""
    return f"/story/{story_id}-{quote(slug)}/"


def standing(slug: str) -> str:
    """A standing page of the edition («about us»)."""
    return f"/page/{quote(slug)}/"


def archive(day: date) -> str:
    """All that was published on a day of the edition's own calendar."""
    return f"/archive/{day:%Y/%m/%d}/"


def search(query: str = "") -> str:
    """The search page."""
    return "/search/" + (f"?{urlencode({'q': query})}" if query else "")


def feed(section_slug: str | None = None, kind: str = "rss") -> str:
    """A feed of the edition or of a section: `rss` (the default address), `atom` or `json`."""
    base = "/feed/" if section_slug is None else f"/{quote(section_slug)}/feed/"
    return base if kind == "rss" else f"{base}{kind}/"


def feed_of(path: str, kind: str = "rss") -> str:
    """A feed of the page at `path` (an author's, a topic's)."""
    return f"{path}feed/" if kind == "rss" else f"{path}feed/{kind}/"


def share_image(article_id: int, version: str) -> str:
    """The drawn share picture of an article without a photograph; `version` names what is drawn."""
    return f"/_/share/{article_id}-{version}.jpg"


def lead_picture(article_id: int, image_id: int, shape: str) -> str:
    """An article's lead picture in a shape for search engines (`4x3`, `1x1`)."""
    return f"/_/picture/{article_id}-{image_id}-{shape}.jpg"


def box(name: str, *parts: object) -> str:
    """A shared box as a page of its own, for composition."""
    return "/_/box/" + "/".join(quote(str(part), safe="") for part in (name, *parts)) + "/"


def absolute(edition: Edition, path: str) -> str:
    """`path` with the scheme, host and port under which readers reach `edition`. Never made from a request. What is a full
    address already (a picture's, in a bucket) is left as it is."""
    if not path.startswith("/"):
        return path
    scheme = settings.BULAQ.public_scheme
    port = str(settings.BULAQ.public_port or "")
    if not port and edition.host == _THIS_MACHINE:
        port = str(
            settings.BULAQ.port
        )  # nothing stands in front: whoever tries it out asks this server itself
    suffix = f":{port}" if port and port != _SCHEME_PORTS.get(scheme) else ""
    return f"{scheme}://{edition.host}{suffix}{path}"
