"""The site as a WSGI application without an edge, and as an edge's own processes ask it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bulaq.project.settings")

from django.core.wsgi import get_wsgi_application

site = get_wsgi_application()

# What follows needs the models, which are there only now.
from django.conf import settings  # noqa: E402

from bulaq.project.edge import purge_log  # noqa: E402
from bulaq.reader.editions import remember_sites  # noqa: E402

if settings.BULAQ.edge:
    remember_sites(lambda: purge_log().generation)

# What the start has made stays for good: not gone through again by each full collection, in the middle of somebody's page.
gc.collect()
gc.freeze()


def behind_listener(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The application at the private socket of this machine's edge, which names the reader in X-Forwarded-For. It has no
    edge of its own: it would have no use for pages, and must not judge whose code the edge's pages were made by."""
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
    environ["REMOTE_ADDR"] = forwarded.rsplit(",", 1)[-1].strip() or "127.0.0.1"
    return site(environ, start_response)
