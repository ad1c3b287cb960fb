"""The WSGI application, behind the edge."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bulaq.project.settings")

from django.core.wsgi import get_wsgi_application

from bulaq.project.edge import with_edge

application = with_edge(get_wsgi_application())
