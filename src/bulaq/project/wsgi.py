"""The WSGI application with the edge as middleware, for any application server."""

from __future__ import annotations

from bulaq.project.site_application import site  # first: it starts Django

from bulaq.project.edge import with_edge  # isort: skip

application = with_edge(site)
