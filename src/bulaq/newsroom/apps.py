"""The newsroom as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "bulaq.newsroom"
    label = "newsroom"
    verbose_name = _("newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from bulaq.newsroom import (
            camera_data,
            desk_events,  # noqa: F401 - connects the signals
        )
        from bulaq.newsroom.desk.rights import SectionBoundPolicy, UnboundPolicy
        from bulaq.newsroom.finding.desk import find
        from bulaq.newsroom.models import Article, StandingPage
        from bulaq.newsroom.queries import desk_search

        camera_data.keep_out_of_renditions()
        desk_search.register_engine(find)
        register_permission_policy(Article, SectionBoundPolicy(Article))
        register_permission_policy(StandingPage, UnboundPolicy(StandingPage))
