"""What every publish makes anew: the home and the shared boxes choose by ids and read their headlines once."""

from __future__ import annotations

import pytest

CAPABLE = {"Surrogate-Capability": 'test="ESI/1.0"'}


@pytest.mark.parametrize(
    ("path", "shared", "for_each_section"), [("/", 10, 1), ("/_/box/shared/{edition}/", 6, 1)]
)
def test_each_section_costs_one_light_query(
    path, shared, for_each_section, reader, newspaper, django_assert_max_num_queries
):
    edition = newspaper.editions["mashriq"]
    sections = edition.sections.count()
    with django_assert_max_num_queries(shared + for_each_section * sections) as asked:
        response = reader.response("mashriq", path.format(edition=edition.pk), **CAPABLE)
    assert response.status_code == 200
    assert response.content.count(b"data-article") > 10
    whole = [query for query in asked if '"newsroom_article"."headline"' in query["sql"]]
    assert len(whole) <= (2 if path == "/" else 1)
