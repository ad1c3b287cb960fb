"""One specification of search for both backends: what matches, what is filtered, what a commit promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from bulaq.discovery.document import Document, Placement
from bulaq.discovery.index import Facets, IndexUnavailable, Results, Search, SearchIndex, Sort
from bulaq.discovery.open_index import open_index


def live(edition: int, day: int, section: int | None = None) -> Placement:
    return Placement(edition, section, datetime(2024, 5, day, 12, tzinfo=UTC))


DOCUMENTS = (
    Document(
        1,
        "وزيرة الثقافة تفتتح معرض الكتاب في المدرسة القديمة",
        "قالت الوزيرة إن المعرض يضم آلاف الكتب. وزار الطلاب أجنحة الناشرين.",
        placements=(live(1, 1, 10),),
        author_ids=(5,),
        topic_ids=(7,),
        bylines=("ليلى حداد",),
        url="/culture/1-book-fair/",
    ),
    Document(
        2,
        "الحكومة تناقش أسعار القمح",
        "اجتمع الوزراء في بغداد. والحكومة لم تعلن بعد أسعارا جديدة للقمح والأرز، على ما قال الوالي.",
        placements=(live(1, 2, 20), live(2, 3, 30)),
        topic_ids=(7, 8),
        caption="حقول القمح قرب النهر",
    ),
    Document(
        3, "مسودة عن الحكومة", "نص لم ينشر بعد عن القمح.", placements=(Placement(1, 20, None, live=False),)
    ),
    Document(
        4, "أخبار العلوم", "قطط وكلاب في مختبر MH17 بجامعة Zürich عام ٢٠٢٣.", placements=(live(2, 4, 31),)
    ),
    Document(
        5, "صيادون يعودون إلى غزة", "عاد الصيادون إلى البحر بغزة بعد العاصفة.", placements=(live(1, 5, 10),)
    ),
)


@pytest.fixture(params=["embedded", pytest.param("postgres", marks=pytest.mark.postgres)])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    if request.param == "embedded":
        yield open_index(str(tmp_path / "index"))
        return
    url: str = request.getfixturevalue("postgres_url")
    with psycopg.connect(url, autocommit=True) as connection:
        for table in ("bulaq_search", "bulaq_search_next", "bulaq_search_state", "bulaq_search_words"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
    yield open_index(url)


@pytest.fixture
def filled(index: SearchIndex) -> SearchIndex:
    with index.rebuild() as writer:
        writer.put(DOCUMENTS)
        writer.commit("17")
    return index


def found(index: SearchIndex, text: str, **filters: object) -> list[int]:
    return [hit.id for hit in index.search(Search(text, **filters)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("وزيره الثقافه", 1),  # ه for ة
        ("الوُزَراء", 2),  # vowelled, a broken plural
        ("المدارس", 1),  # the plural of مدرسة
        ("كتاب", 1),
        ("والحكومة", 2),  # a conjunction and the article
        ("اسعار القمـح", 2),  # no hamza, stretched
        ("بغداد", 2),
        ("غزة", 5),
        ("zurich", 4),
        ("ZÜRICH", 4),
        ("2023", 4),
        ("mh17", 4),
        ("ليلى حداد", 1),  # a byline
        ("حقول", 2),  # a caption
    ],
)
def test_a_word_is_found_however_it_is_written(filled: SearchIndex, query: str, first: int) -> None:
    results = found(filled, query)
    assert first in results
    assert len(results) <= 2


def test_a_name_that_looks_like_a_word_with_a_clitic_is_left_whole(filled: SearchIndex) -> None:
    assert found(filled, "غداد") != [2]
    assert found(filled, "الوالي") == [2]


def test_an_empty_query_lists_the_newest_first(filled: SearchIndex) -> None:
    assert found(filled, "") == [5, 4, 2, 1]
    assert filled.search(Search("", limit=2, offset=1)).total == 4
    assert found(filled, "", limit=2, offset=1) == [4, 2]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(("query", "total"), [("", 4), ("بغداد", 1)])
def test_documents_are_counted_where_none_is_asked_for(
    filled: SearchIndex, sort: Sort, query: str, total: int
) -> None:
    answer = filled.search(Search(query, sort=sort, limit=0))
    assert (answer.hits, answer.total) == ((), total)


@pytest.mark.parametrize("query", ["https://example.com/", "https://example.com/2024/05/1234567.html"])
def test_an_address_without_a_word_finds_nothing(filled: SearchIndex, query: str) -> None:
    assert filled.search(Search(query, facets=True)) == Results(facets=Facets())


def test_no_root_leads_from_a_place_or_to_one(index: SearchIndex) -> None:
    texts = (
        "قطار المساء",
        "أمير قطر",
        "المنتخب القطري",
        "سوار من ذهب",
        "السوريون في الخارج",
        "شتاء سوريا",
        "لقطر قطارات",
        "وفود لقطر",
    )
    with index.rebuild() as writer:
        writer.put(Document(n, text, "", placements=(live(1, 2, n + 1),)) for n, text in enumerate(texts))
        writer.commit("1")
    asked = {
        "قطر": {1, 2},
        "سوريا": {4, 5},
        "السوري": {4, 5},
        "بقطر": {1, 2, 6, 7},
        "قطار": {0, 6},
        "قطارات": {0, 6},
        "قطرة": {0, 1, 2, 6},
        "أسوار": {3},
    }
    for query, wanted in asked.items():
        for sort in Sort:
            found = index.search(Search(query, sort=sort))
            assert ({hit.id for hit in found.hits}, found.total) == (wanted, len(wanted))
            assert all("<mark>" in hit.headline for hit in found.hits)


def test_filters_hold_together(filled: SearchIndex) -> None:
    assert found(filled, "", edition=1) == [5, 2, 1]
    assert found(filled, "", edition=1, section=20) == [2]
    assert found(filled, "", edition=2, section=20) == []
    assert found(filled, "", author=5) == [1]
    assert found(filled, "", topic=7) == [2, 1]
    assert found(filled, "القمح", topic=8) == [2]
    may = datetime(2024, 5, 2, 12, tzinfo=UTC)
    assert found(filled, "", since=may) == [5, 4, 2]
    assert found(filled, "", until=may) == [2, 1]


def test_drafts_are_found_only_by_right(filled: SearchIndex) -> None:
    assert set(found(filled, "القمح")) == {2}
    assert set(found(filled, "القمح", drafts=True)) == {2, 3}
    assert set(found(filled, "القمح", drafts=True, edition=1, section=20)) == {2, 3}


def test_phrases_and_exclusions(filled: SearchIndex) -> None:
    assert found(filled, '"أسعار القمح"') == [2]
    assert filled.search(Search("«القمح أسعار»")).relaxed, "nothing holds it: the words alone"
    assert found(filled, '"معرض الكتاب في المدرسة"') == [1]
    assert found(filled, "القمح -الحكومة") == []
    assert found(filled, '-"أسعار القمح"', edition=1) == [5, 1]
    assert filled.search(Search('"القديمة قالت"')).relaxed, (
        "no phrase reaches from the headline into the body"
    )
    assert 5 in found(filled, 'لماذا عاد الصيادون إلى "أسعار القمح"؟')  # quotation marks in prose


def test_all_words_are_counted_first_and_some_when_none_has_all(filled: SearchIndex) -> None:
    strict = filled.search(Search("الحكومة القمح", limit=1))
    assert (strict.total, strict.relaxed) == (1, False)
    relaxed = filled.search(Search("الحكومة القمح الصيادون", sort=Sort.TIME))
    assert relaxed.relaxed
    assert [hit.id for hit in relaxed.hits] == [5, 2]
    assert not filled.search(Search("الحكومة القمح", limit=5)).relaxed, (
        "one has all, though the others lack a word"
    )


@pytest.mark.parametrize("sort", Sort)
def test_pages_are_of_one_list(filled: SearchIndex, sort: Sort) -> None:
    whole = filled.search(Search("الحكومة القمح", sort=sort, limit=1, drafts=True))
    pages = [
        filled.search(Search("الحكومة القمح", sort=sort, limit=1, offset=offset, drafts=True))
        for offset in range(whole.total + 1)
    ]
    assert {(page.total, page.relaxed) for page in pages} == {(whole.total, False)}
    assert len({hit.id for page in pages[: whole.total] for hit in page.hits}) == whole.total


@pytest.mark.parametrize(
    "query", ['"', "- -", "«»", "\x00", "𓂀", "a" * 5000, "AND OR (", "'); DROP TABLE", "و" * 300, "\ud800"]
)
def test_no_query_is_an_error(filled: SearchIndex, query: str) -> None:
    filled.search(Search(query))
    filled.suggest(query)


def test_results_are_safe_html_with_the_readers_own_text(index: SearchIndex) -> None:
    with index.rebuild() as writer:
        writer.put(
            [
                Document(
                    1,
                    "<b>المُدُن</b> & مدينة",
                    "نص <script>alert(1)</script> عن المدينة",
                    placements=(live(1, 1),),
                )
            ]
        )
        writer.commit("1")
    hit = index.search(Search("مدينه")).hits[0]
    assert hit.headline == "&lt;b&gt;<mark>المُدُن</mark>&lt;/b&gt; &amp; <mark>مدينة</mark>"
    assert "<script>" not in hit.snippet
    assert "<mark>المدينة</mark>" in hit.snippet


def test_facets_count_the_matching_by_section_and_year(filled: SearchIndex) -> None:
    facets = filled.search(Search("", edition=1, facets=True)).facets
    assert facets is not None
    assert facets.sections == {10: 2, 20: 1}
    assert facets.years == {2024: 3}


def test_a_misspelt_word_is_found_and_the_right_one_offered(index: SearchIndex) -> None:
    with index.rebuild() as writer:
        writer.put(
            Document(number, "البرلمان يناقش القانون", "جلسة", placements=(live(1, number),))
            for number in (1, 2, 3)
        )
        writer.commit("1")
    results = index.search(Search("البرلمن القانون"))
    assert results.did_you_mean == "البرلمان القانون"
    results = index.search(Search("الببرلمان"))
    assert len(results.hits) == 3


def test_suggestions_go_on_from_what_was_typed(filled: SearchIndex) -> None:
    assert filled.suggest("اسعار ال") == ("أسعار القمح",)
    assert filled.suggest("معر")[0].startswith("معرض الكتاب")
    assert filled.suggest("الحكومة ")[0].startswith("الحكومة تناقش")
    assert filled.suggest("مسود") == ()  # a draft
    assert filled.suggest("اسعار ال", edition=3) == ()


def test_nothing_is_seen_before_the_commit_and_then_everything(filled: SearchIndex) -> None:
    with filled.writer() as writer:
        writer.put([Document(1, "عنوان آخر", placements=(live(1, 9),))])
        writer.delete([5, 999])
        assert found(filled, "معرض") == [1]
        assert filled.cursor() == "17"
        writer.commit("18")
        assert found(filled, "معرض") == []
        assert found(filled, "غزة") == []
        assert (filled.cursor(), filled.count()) == ("18", 4)
        writer.delete([2])
    assert found(filled, "القمح") == [2], "what was not committed is gone with its writer"


def test_only_one_may_write(filled: SearchIndex) -> None:
    with filled.writer(), pytest.raises(IndexUnavailable), filled.writer():
        pass


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(filled: SearchIndex) -> None:
    def failing() -> None:
        with filled.rebuild() as writer:
            writer.put([Document(9, "جديد", placements=(live(1, 9),))])
            writer.commit("99")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert (filled.count(), filled.cursor()) == (5, "17")
    with filled.rebuild() as writer:
        writer.put([Document(9, "جديد", placements=(live(1, 9),))])
        assert filled.count() == 5
        writer.commit("99")
    assert (filled.count(), filled.cursor()) == (1, "99")


def test_an_index_that_nobody_has_filled_answers(index: SearchIndex) -> None:
    assert index.search(Search("كلمة")).hits == ()
    assert index.suggest("كل") == ()
    assert (index.count(), index.cursor()) == (0, None)


def test_an_installed_engine_answers_for_its_scheme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "newsroom_search-1.0.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: newsroom-search\nVersion: 1.0\n")
    (package / "entry_points.txt").write_text(
        "[bulaq.search_engines]\nours = urllib.parse:urlsplit\ngone = no_such_package:open\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert open_index("ours://host/archive") == urlsplit("ours://host/archive")
    with pytest.raises(ValueError, match=r"theirs: no search index of this kind; use a folder or .*ours://"):
        open_index("theirs://host")
    with pytest.raises(
        ValueError, match=r"gone \(no_such_package:open\) cannot be used: ModuleNotFoundError"
    ):
        open_index("gone://host")
