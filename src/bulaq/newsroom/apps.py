"""The newsroom as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "bulaq.newsroom"
    label = "newsroom"
    verbose_name = _("newsroom")
    default_auto_field = "django.db.models.BigAutoField"
