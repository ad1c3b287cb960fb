"""The reader's site as a Django application."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    name = "bulaq.reader"
    label = "reader"
