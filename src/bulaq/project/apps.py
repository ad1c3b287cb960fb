"""The project as a Django application: what is wired together at start."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "bulaq.project"
    label = "bulaq"
    verbose_name = "بولاق"

    def ready(self) -> None:
        from bulaq.project.edge import register_edge_purgers

        register_edge_purgers()
