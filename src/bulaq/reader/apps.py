"""The reader as a Django application."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    name = "bulaq.reader"
    label = "reader"

    def ready(self) -> None:
        from bulaq.newsroom.previews import register_renderer
        from bulaq.reader import preview

        register_renderer(preview.render)
