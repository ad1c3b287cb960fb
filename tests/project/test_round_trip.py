"""Every article of the demo newsroom, published, saved and read back, is the article that was written, field by field."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client, override_settings
from tests.project.round_trip import differences, flattened, found, written

from bulaq.demo.article_file import ArticleFile
from bulaq.demo.articles import identity
from bulaq.demo.loading import load, read_articles
from bulaq.intake.article import IncomingArticle
from bulaq.intake.flat import read_text
from bulaq.intake.html import read_page
from bulaq.newsroom import addresses
from bulaq.newsroom.importing.runs import jobs
from bulaq.newsroom.models import Article, Edition, Publication

pytestmark = pytest.mark.django_db
STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@dataclass(frozen=True)
class Saved:
    """A page of the demo as a browser saved it."""

    file: ArticleFile
    edition: str
    page: str
    published_at: datetime
    """In the edition's own time."""

    @property
    def name(self) -> str:
        return f"{self.file.key} ({self.edition})"


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker) -> Iterator[list[Saved]]:
    """The demo newsroom, and every article's page in every edition that publishes it."""
    from django.conf import settings

    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(STORAGES={**settings.STORAGES, **STATIC}),
    ):
        load(plain_pictures=True)
        yield [
            _saved(file, publication)
            for file in read_articles()
            for publication in Publication.objects.filter(
                article__source_identity=identity(file.key)
            ).select_related("edition", "section", "article")
        ]
        transaction.set_rollback(True)


def _saved(file: ArticleFile, publication: Publication) -> Saved:
    edition = publication.edition
    response = Client().get(addresses.of_publication(publication), HTTP_HOST=edition.host)
    assert response.status_code == 200, (file.key, edition.slug, response.status_code)
    local = publication.published_at.astimezone(edition.profile.zone)
    return Saved(file, edition.slug, response.content.decode(), local)


def test_saved_as_html(pages: list[Saved]) -> None:
    _compare(pages, lambda saved: read_page(saved.page.encode(), saved.name))


def test_flattened_to_text(pages: list[Saved]) -> None:
    # Each article once, in the last of its editions: what they print otherwise than their sisters is in every page.
    once = list({saved.file.key: saved for saved in pages}.values())
    assert {saved.edition for saved in once} == {"mashriq", "maghrib", "english"}
    _compare(once, lambda saved: read_text(flattened(saved.page), saved.name), flat=True)


def test_a_full_home_page_weighs_at_most_20_kb(pages: list[Saved]) -> None:
    for edition in Edition.objects.all():
        page = Client().get("/", HTTP_HOST=edition.host).content
        assert page.count(b"data-article=") >= 15, edition.slug
        assert len(gzip.compress(page, 6)) <= 19_000, (edition.slug, "a thousand are the edge's")


def _compare(pages: list[Saved], read, *, flat: bool = False) -> None:
    files = {saved.file.key: saved.file for saved in pages}
    assert len(files) == len(read_articles())
    wrong = []
    for saved in pages:
        article = read(saved)
        wanted = written(saved.file, saved.edition, files)
        if flat:
            wanted["body"] = [text for text in wanted["body"] if text]  # an empty cell leaves no line
        if not isinstance(article, IncomingArticle):
            wrong.append(f"{saved.name}: {article}")
            continue
        wrong += [f"{saved.name}: {line}" for line in differences(wanted, found(article))]
        told = (article.published_at or "")[:16]
        if told != (at := saved.published_at.isoformat()[:16]):
            wrong.append(f"{saved.name}: published at {at}, read {told!r}")
    assert not wrong, f"{len(wrong)} fields differ:\n" + "\n".join(wrong)


def test_a_saved_page_brought_in_twice_is_one_article(pages: list[Saved], tmp_path: Path) -> None:
    saved = next(
        each for each in pages if each.file.authors and each.file.image and each.edition == "mashriq"
    )
    (tmp_path / "saved.html").write_text(saved.page, encoding="utf-8")
    edition, before = Edition.objects.get(slug="mashriq"), Article.objects.count()
    outcomes = []
    for _ in range(2):
        run = jobs.begin(inputs=[str(tmp_path)], edition=edition, options=jobs.RunOptions(workers=1))
        done = jobs.work(run.pk)
        assert (done.state, done.refused) == ("done", 0)
        outcomes.append(list(done.items.values_list("outcome", flat=True)))
    assert Article.objects.count() - before <= 1, outcomes
    assert outcomes[1] == ["unchanged"], outcomes
