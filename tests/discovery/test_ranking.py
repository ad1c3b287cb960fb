"""In which order results stand: by the fields that hold the words, by the day, by meaning. For both backends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.document import Document, Placement
from bulaq.discovery.index import Search, SearchIndex, Sort
from bulaq.discovery.open_index import open_index
from bulaq.discovery.ranking.word_vectors import Beginnings, WordVectors, learn_vectors
from bulaq.discovery.terms.codes import LIGHT, code_of
from bulaq.discovery.terms.faces import TextFaces
from bulaq.discovery.terms.smaller_fields import ORDER, fields_in, packed, texts_of

TODAY = datetime(2024, 5, 30, 12, tzinfo=UTC)
FILLER = (
    "ذهب الناس في الصباح إلى أعمالهم وعادوا في المساء إلى بيوتهم كما يفعلون كل يوم. "
    "تحدث بعضهم عن الطقس وتحدث غيرهم عن الطريق وعن الأسعار وعن الأولاد. "
) * 4


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


def article(number: int, *, days: int = 100, headline: str = "يوم في المدينة", **fields: object) -> Document:
    place = Placement(1, published_at=TODAY - timedelta(days=days))
    body = fields.pop("body", FILLER)
    return Document(number, headline, body, placements=(place,), **fields)  # type: ignore[arg-type]


def ranked(
    index: SearchIndex, documents: list[Document], text: str, sort: Sort = Sort.RELEVANCE
) -> list[int]:
    with index.rebuild() as writer:
        writer.put(documents)
        writer.commit("1")
    return [hit.id for hit in index.search(Search(text, sort=sort)).hits]


OTHERS = [article(number, headline=f"يوم آخر {number}") for number in range(50, 70)]
TAIL = f"{FILLER} وكانت هناك لؤلؤة."


@pytest.mark.parametrize(
    "field",
    [
        {"headline": "لؤلؤة في المدينة"},
        {"kicker": "لؤلؤة"},
        {"topics": ("لؤلؤة",)},
        {"standfirst": "قصة لؤلؤة."},
    ],
    ids=["headline", "kicker", "topics", "standfirst"],
)
def test_a_word_that_says_what_an_article_is_about_comes_before_the_same_word_at_its_end(
    index: SearchIndex, field: dict[str, object]
) -> None:
    documents = [article(1, body=TAIL), article(2, **field), *OTHERS]  # type: ignore[arg-type]
    assert ranked(index, documents, "لؤلؤة") == [2, 1]


def test_headline_before_topic_before_kicker_before_text(index: SearchIndex) -> None:
    fields: list[dict[str, object]] = [
        {"body": TAIL},
        {"caption": "لؤلؤة"},
        {"kicker": "لؤلؤة"},
        {"topics": ("لؤلؤة",)},
        {"headline": "لؤلؤة في المدينة", "body": TAIL, "topics": ("لؤلؤة",)},
    ]
    documents = [article(number, **each) for number, each in enumerate(fields, 1)]  # type: ignore[arg-type]
    order = ranked(index, [*documents, *OTHERS], "لؤلؤة")
    assert order[:3] == [5, 4, 3]
    assert set(order) == {1, 2, 3, 4, 5}, "a caption is searched, too"


def test_a_reporters_name_brings_the_reporters_articles(index: SearchIndex) -> None:
    namesakes = [
        article(number, body=f"{FILLER} قالت ليلى إن حداد المدينة أغلق ورشته. عادت ليلى إلى حداد آخر.")
        for number in (1, 2, 3)
    ]
    hers = [article(number, bylines=("ليلى حداد",)) for number in (10, 11)]
    others = [article(20, bylines=("ليلى منصور",)), article(21, bylines=("سامي حداد",))]
    assert set(ranked(index, [*namesakes, *hers, *others, *OTHERS], "ليلى حداد")[:2]) == {10, 11}


def test_a_word_that_is_also_a_reporters_name_is_first_of_all_a_word(index: SearchIndex) -> None:
    documents = [
        article(1, headline="حداد المدينة يغلق ورشته", body=f"أغلق حداد المدينة ورشته. {FILLER}"),
        article(2, bylines=("ليلى حداد",)),
        *OTHERS,
    ]
    assert ranked(index, documents, "حداد") == [1, 2]


def test_who_types_a_name_of_todays_headlines_gets_todays(index: SearchIndex) -> None:
    name = "نوال السقا"
    old = [
        article(
            number, days=200 + number, headline=f"{name} وكتابها {number}", body=f"{name} كاتبة. {FILLER}"
        )
        for number in range(1, 15)
    ]
    profile = article(30, days=400, headline=name, body=f"ولدت {name}. كتبت {name}. سافرت {name}. {FILLER}")
    today = article(
        40,
        days=0,
        headline=f"افتتاح مكتبة تحمل اسم {name} في طنجة",
        body=f"افتتحت المكتبة وحضرت {name}. {FILLER}",
    )
    order = ranked(index, [*old, profile, today, *OTHERS], name, Sort.DEFAULT)
    assert order[0] == 40
    assert 30 in order[:3], "what tells most stays near"


def test_freshness_does_not_bring_what_is_hardly_relevant(index: SearchIndex) -> None:
    documents = [
        article(1, days=300, headline="نوال السقا تفوز بجائزة الرواية", body=f"فازت نوال السقا. {FILLER}"),
        article(2, days=0, headline="جائزة للسباحة", body=f"فاز السباح بجائزة. {FILLER} وصفقت نوال السقا."),
        *OTHERS,
    ]
    assert ranked(index, documents, "جائزة نوال السقا", Sort.DEFAULT)[0] == 1


@given(st.lists(st.lists(st.sampled_from(["قمر", "بحر", "شمس"]), max_size=3), min_size=5, max_size=5))
def test_the_smaller_fields_are_told_apart(texts: list[list[str]]) -> None:
    kicker, standfirst, topics, bylines, caption = (" ".join(words) for words in texts)
    document = replace(article(1), kicker=kicker, standfirst=standfirst, caption=caption)
    document = replace(document, topics=(topics,), bylines=(bylines,))
    codes = np.frombuffer(packed(TextFaces(Analyser()).of(texts_of(document))), dtype=np.uint32)
    both = np.concatenate([codes, codes])
    owners = np.repeat([3, 7], len(codes))
    counted = [
        [
            int(((fields_in(both, owners) == number) & (both != 0) & (owners == owner)).sum())
            for owner in (3, 7)
        ]
        for number in range(len(ORDER))
    ]
    assert counted == [[len(words)] * 2 for words in texts]


def test_words_among_the_same_words_are_alike() -> None:
    analyser = Analyser()
    codes = {
        word: code_of(analyser.term(word))
        for word in ["هبوط", "تراجع", "أسعار", "سوق", "بورصة", "سهم", "مباراة", "فريق", "هدف", "لاعب"]
    }
    random = np.random.default_rng(1)
    money, sport = (
        [codes[word] for word in words.split()] for words in ("أسعار سوق بورصة سهم", "مباراة فريق هدف لاعب")
    )
    beginnings = Beginnings()
    texts = []
    for number in range(4000):
        around = money if number % 2 else sport
        words = random.choice(around, 80).astype(np.uint32)
        if number % 2:
            words[random.integers(0, 80, 4)] = codes["هبوط" if number % 4 == 1 else "تراجع"]
        texts.append(words)
    assert list(beginnings.passing(texts)) == texts
    vectors = learn_vectors(beginnings)
    assert vectors is not None
    query = np.array([codes["هبوط"]], dtype=np.uint32)
    near, far, same, nothing = vectors.likeness(
        query,
        [np.array([codes[word]], dtype=np.uint32) for word in ("تراجع", "لاعب", "هبوط")] + [query[:0]],
    )
    assert same == pytest.approx(1.0, abs=1e-3)
    assert near > 0.3 > 0.1 > far
    assert nothing == 0.0
    assert learn_vectors(Beginnings(beginnings.kept[:100])) is None, "too little to learn from"


def test_vectors_are_kept_beside_the_index(tmp_path: Path) -> None:
    rows = np.eye(2, 64, dtype=np.float32)
    codes = np.array([LIGHT & 0x12345678, LIGHT & 0x87654321], dtype=np.uint32)
    WordVectors(codes, rows).save(tmp_path / "vectors.npz")
    again = WordVectors.load(tmp_path / "vectors.npz")
    assert again is not None
    assert (again.codes == codes).all()
    assert (again.rows == rows).all()
    assert WordVectors.load(tmp_path / "none.npz") is None
