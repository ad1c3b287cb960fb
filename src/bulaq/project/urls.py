"""All addresses: the desk, machine endpoints, and the reader's pages."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from bulaq.project import health

urlpatterns = [
    path("desk/", include(wagtailadmin_urls)),
    path("_/health/live", health.live),
    path("_/health/edge", health.live),
    path("_/health/ready", health.ready),
    path("_/documents/", include(wagtaildocs_urls)),
    path("", include("bulaq.reader.urls")),
]

handler404 = "bulaq.reader.views.errors.not_found"
handler500 = "bulaq.reader.views.errors.server_error"
