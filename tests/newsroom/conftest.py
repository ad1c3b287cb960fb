"""What the tests of the newsroom share."""

import pytest


@pytest.fixture(autouse=True)
def _static_files_without_manifest(settings):
    """Pages of the desk are drawn without collecting their static files first."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
