"""A newsroom's tables out of a SQLite file into the database of these tests: on PostgreSQL, the move there."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from bulaq.newsroom.models import Article, Edition, ImportItem, ImportRun, Network
from bulaq.newsroom.row_writing import write_values
from bulaq.project.database_copy import CopyRefused, copy_tables
from tests import prepared_home

pytestmark = pytest.mark.django_db

MOMENT = datetime(2019, 5, 3, 21, 30, 15, 123, UTC)


@pytest.fixture
def kept(tmp_path):
    """A SQLite file with a small newsroom in it, whose rows have numbers of their own."""
    file = tmp_path / "kept.sqlite3"
    prepared_home.copy_database_to(file)
    database = DatabaseWrapper({**connection.settings_dict, "NAME": str(file), "OPTIONS": {}}, "kept")
    edition = {
        "slug": "nahr",
        "name": "النهر",
        "host": "nahr.example",
        "profile_key": "nile",
        "is_default": True,
    }
    rows = [
        get_user_model()(pk=40, username="رئيسة", date_joined=MOMENT, is_superuser=True),
        Network(pk=41, name="النهر"),
        Edition(pk=42, network_id=41, **edition),
        Article(pk=43, edited_at=MOMENT, headline="عودة «المكتبة»\tإلى\\nالعمل", language="ar", created_at=MOMENT, body='[{"type":"paragraph","value":"نص","id":"a"}]'),
        ImportRun(pk=44, edition_id=42, inputs=["/أرشيف"], created_at=MOMENT),
        ImportItem(pk=45, run_id=44, key="صفحة", key_digest="x", verdict="ready", outcome="created", record=b"\x00\\x\xff", article_id=43),
    ]  # fmt: skip
    for row in rows:
        fields = row._meta.concrete_fields
        columns = [database.ops.quote_name(field.column) for field in fields]
        values = [field.get_db_prep_save(getattr(row, field.attname), database) for field in fields]
        write_values(database, row._meta.db_table, columns, [values])
    database.commit()
    database.close()
    return file


def test_every_row_comes_as_it_was_and_new_ones_are_numbered_behind_them(kept):
    assert copy_tables(kept) > 6
    edition, article, item = Edition.objects.get(), Article.objects.get(), ImportItem.objects.get()
    assert (edition.pk, edition.name, edition.is_default) == (42, "النهر", True)
    assert (article.pk, article.headline, article.created_at) == (43, "عودة «المكتبة»\tإلى\\nالعمل", MOMENT)
    assert article.body[0].value == "نص" or str(article.body[0].value) == "نص"
    assert (item.run.inputs, bytes(item.record), item.article_id) == (["/أرشيف"], b"\x00\\x\xff", 43)
    assert get_user_model().objects.get().date_joined == MOMENT
    assert ContentType.objects.get_by_natural_key("newsroom", "article").pk
    assert Network.objects.create(name="أخرى").pk > 41


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        ("DELETE FROM django_migrations WHERE app = 'newsroom' AND name LIKE '0009%'", "older version"),
        (
            "INSERT INTO django_migrations (app, name, applied) VALUES ('newsroom', '9000_x', '')",
            "newer version",
        ),
        ("UPDATE newsroom_edition SET network_id = 7", "cannot be copied"),
    ],
)
def test_what_cannot_come_leaves_everything_as_it_was(kept, spoil, word):
    Network.objects.create(name="هنا")
    with closing(sqlite3.connect(kept)) as file:
        file.execute(spoil)
        file.commit()
    with pytest.raises(CopyRefused, match=word):
        copy_tables(kept)
    assert [network.name for network in Network.objects.all()] == ["هنا"]
    assert not Edition.objects.exists()
