"""What the tests of the newsroom share: a newsroom, and people at its desk."""

import pytest

from bulaq.newsroom.desk import roles
from bulaq.newsroom.finding import indexes, topics
from tests.newsroom.desk_users import make_user
from tests.newsroom.making import make_edition


@pytest.fixture(autouse=True)
def _static_files_without_manifest(settings):
    """Pages of the desk are drawn without collecting their static files first."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def edition(db):
    """The one edition of a newsroom."""
    return make_edition()


@pytest.fixture
def editions(edition):
    """Two, in one language."""
    return edition, make_edition("maghrib", profile="maghrib")


@pytest.fixture
def editor(client, db):
    """The desk as an editor sees it."""
    client.force_login(make_user(roles.EDITOR))
    return client


@pytest.fixture
def reporter(client, db):
    """The desk as a reporter sees it."""
    client.force_login(make_user(roles.REPORTER))
    return client


@pytest.fixture
def desk(edition, editor):
    """An editor's, in a newsroom with one edition."""
    return editor


@pytest.fixture
def own_indexes(settings, tmp_path):
    """Indexes and memory of names of this test alone."""
    indexes.forget_opened()
    topics.forget()
    settings.HOME = tmp_path
    yield
    indexes.forget_opened()
    topics.forget()
