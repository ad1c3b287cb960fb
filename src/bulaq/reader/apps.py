"""The reader as a Django application."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    name = "bulaq.reader"
    label = "reader"

    def ready(self) -> None:
        from bulaq.newsroom.models import Article, StandingPage
        from bulaq.newsroom.previews import register_renderer
        from bulaq.reader import preview
        from bulaq.reader.head import register_head_part
        from bulaq.reader.machine.head import machine_head

        register_renderer(Article, preview.article)
        register_renderer(StandingPage, preview.standing_page)
        register_head_part(machine_head)
