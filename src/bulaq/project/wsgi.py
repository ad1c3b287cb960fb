"""The WSGI application: behind the edge as middleware, or as the edge's own processes ask it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bulaq.project.settings")

from django.core.wsgi import get_wsgi_application

_site = get_wsgi_application()

# What follows needs the models, which are there only now.
from django.conf import settings  # noqa: E402

from bulaq.project.edge import purge_log, with_edge  # noqa: E402
from bulaq.reader.editions import remember_sites  # noqa: E402

if settings.BULAQ.edge:
    remember_sites(lambda: purge_log().generation)

# What the start has made stays for good: not gone through again by each full collection, in the middle of somebody's page.
gc.collect()
gc.freeze()


def __getattr__(name: str) -> WSGIApplication:
    """``application``, with the edge as middleware, is made where it is asked for: the application server behind a listener
    has no use for pages of its own, and must not judge whose code the edge's pages were made by."""
    if name != "application":
        raise AttributeError(name)
    return globals().setdefault(name, with_edge(_site))  # type: ignore[no-any-return]


def behind_listener(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The application at the private socket of this machine's edge, which names the reader in X-Forwarded-For."""
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
    environ["REMOTE_ADDR"] = forwarded.rsplit(",", 1)[-1].strip() or "127.0.0.1"
    return _site(environ, start_response)
