"""Whatever stands in an archive and whatever is asked, both backends find the same."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulaq.discovery.document import Document, Placement
from bulaq.discovery.index import Search, SearchIndex, Sort
from bulaq.discovery.open_index import open_index

FIRST = datetime(2023, 12, 30, 12, tzinfo=UTC)
WORD = st.sampled_from(
    """المدرسة مدارس والمدارس مدرس دراسات الحكومة والحكومات حكومي في من على إلى وزير الوزراء كتاب مكتبة كاتب غزة بغزة
    زيلينسكي زيلنسكي كورسك MH17 Zürich ٢٠٢٣ 20.5 القمح قمح للقمح أن إن الوالي والي هو قطر القطري لقطر قطار قطرة""".split()  # noqa: SIM905
)
TEXT = st.lists(WORD, max_size=8).map(" ".join)
BODY = st.lists(WORD | st.sampled_from([".", "،", "«"]), max_size=30).map(" ".join)
PLACEMENT = st.builds(
    lambda edition, section, live, days: Placement(edition, section, FIRST + timedelta(days=days), live),
    st.integers(1, 3), st.none() | st.integers(1, 3), st.booleans(), st.integers(0, 4),
)  # fmt: skip
DOCUMENT = st.builds(
    Document, id=st.just(0), headline=TEXT, body=BODY, kicker=TEXT, standfirst=TEXT, topics=st.tuples(TEXT),
    bylines=st.tuples(TEXT, TEXT), caption=TEXT, placements=st.lists(PLACEMENT, max_size=2).map(tuple),
    author_ids=st.sampled_from([(), (1,), (1, 2)]),
)  # fmt: skip
PART = WORD | st.builds('"{} {}"'.format, WORD, WORD) | st.builds("-{}".format, WORD)
SEARCH = st.builds(
    Search, text=st.lists(PART, max_size=5).map(" ".join), edition=st.none() | st.integers(1, 2),
    section=st.none() | st.integers(1, 2), author=st.none() | st.just(2), drafts=st.booleans(),
    since=st.none() | st.just(FIRST + timedelta(days=2)), facets=st.just(True), limit=st.just(50),
    sort=st.sampled_from(Sort),
)  # fmt: skip


@pytest.fixture(scope="module")
def in_postgres(postgres_url: str) -> SearchIndex:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        for table in ("bulaq_search", "bulaq_search_next", "bulaq_search_state", "bulaq_search_words"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
    return open_index(postgres_url)


@pytest.mark.postgres
@settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.lists(DOCUMENT, min_size=1, max_size=12), st.lists(SEARCH, min_size=8, max_size=8))
def test_both_backends_find_the_same(
    in_postgres: SearchIndex, documents: list[Document], searches: list[Search]
) -> None:
    numbered = [replace(document, id=number) for number, document in enumerate(documents, 1)]
    with tempfile.TemporaryDirectory() as folder:
        embedded = open_index(str(Path(folder)))
        for index in (embedded, in_postgres):
            with index.rebuild() as writer:
                writer.put(numbered)
                writer.commit("1")
        for search in searches:
            here, there = embedded.search(search), in_postgres.search(search)
            shown = [
                {hit.id: (hit.headline, hit.snippet, hit.time) for hit in each.hits} for each in (here, there)
            ]
            assert shown[0] == shown[1], search
            assert (here.total, here.relaxed, here.facets) == (there.total, there.relaxed, there.facets), (
                search
            )
            assert here.did_you_mean == there.did_you_mean
