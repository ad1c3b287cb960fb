"""The demo's article files: the parser keeps its word, and every file is fit to stand on the site."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bulaq.demo
from bulaq.demo.article_body import read_body
from bulaq.demo.article_file import (
    ArticleFile,
    ArticleFileError,
    Fact,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    ReadAlso,
    Table,
    Topic,
    block_texts,
    read_article_file,
)

CONTENT = Path(bulaq.demo.__file__).parent / "content"
FILES = sorted((CONTENT / "articles").glob("*.md"))
FEWEST_ARABIC, FEWEST_WORDS, FEWEST_OF_AN_EDITION = 60, 300, 20

HEAD = """\
headline = "خبر"
standfirst = "تمهيد"
section = "culture"
authors = ["rim"]
hours_ago = 4
editions = ["mashriq", "maghrib"]
lang = "ar"
"""


def written(folder: Path, head: str = HEAD, body: str = "فقرة.", name: str = "a-key.md") -> Path:
    path = folder / name
    path.write_text(f"+++\n{head}+++\n{body}\n", encoding="utf-8")
    return path


# -- the parser ------------------------------------------------------------------------------------


def test_every_kind_of_block_is_read(tmp_path: Path) -> None:
    body = """\
فقرة أولى
تمتد سطرين.

## عنوان

> بيت
> وآخر
> — مثل شعبي

- أول
- ثان

1. خطوة
2. أخرى

| المادة | القدر |
|---|---|
| سمن | ملعقة |

::: fact صندوق
سطر.

- بند
:::

[[read-also: other-key]]"""
    assert read_article_file(written(tmp_path, body=body)).body == (
        Paragraph("فقرة أولى تمتد سطرين."),
        Heading("عنوان"),
        Quote("بيت وآخر", "مثل شعبي"),
        ListBlock(("أول", "ثان")),
        ListBlock(("خطوة", "أخرى"), ordered=True),
        Table((("المادة", "القدر"), ("سمن", "ملعقة"))),
        Fact("صندوق", (Paragraph("سطر."), ListBlock(("بند",)))),
        ReadAlso("other-key"),
    )


def test_the_head_becomes_typed_fields(tmp_path: Path) -> None:
    head = (
        HEAD
        + 'topics = ["بغداد", {name = "ابن بطوطة", variants = ["اللواتي"]}]\n'
        + '[image]\npattern = "girih"\nalt = "نجوم"\n[[corrections]]\nhours_ago = 1.5\ntext = "تصويب"\n'
    )
    article = read_article_file(written(tmp_path, head))
    assert article.key == "a-key"
    assert article.editions == ("mashriq", "maghrib")
    assert article.topics == (Topic("بغداد"), Topic("ابن بطوطة", ("اللواتي",)))
    assert article.image is not None
    assert (article.image.pattern, article.image.alt) == ("girih", "نجوم")
    assert [(c.hours_ago, c.text) for c in article.corrections] == [(1.5, "تصويب")]


@pytest.mark.parametrize(
    ("head", "body", "line", "reason"),
    [
        (HEAD + 'headlin = "x"\n', "فقرة.", 9, "unknown key 'headlin'"),
        (HEAD.replace("4", '"4"'), "فقرة.", 6, "number of hours"),
        (HEAD.replace("4", "inf"), "فقرة.", 6, "number of hours"),
        (HEAD.replace('"خبر"', '""'), "فقرة.", 2, "missing or empty"),
        (HEAD.replace("= 4", "4"), "فقرة.", 6, "not TOML"),
        (HEAD + '[image]\npattern = "cats"\n', "فقرة.", 10, "unknown pattern 'cats'"),
        (HEAD + '[[corrections]]\nhours_ago = 1\ntext = "ا"\nby = "x"\n', "فقرة.", 12, "unknown key 'by'"),
        (HEAD, "", 10, "text is expected"),
        (HEAD, "فقرة.\n- بند", 11, "an empty line is missing"),
        (HEAD, "## عنوان\n## آخر", 11, "one line"),
        (HEAD, "### عنوان", 10, "unknown mark"),
        (HEAD, "| ا | ب |\n| ج |", 11, "1 cells where the header has 2"),
        (HEAD, "| ا | ب |\n|---|---|", 10, "a header and at least one row"),
        (HEAD, "::: fact صندوق\nسطر.", 10, "not closed"),
        (HEAD, "::: note صندوق\nسطر.\n:::", 10, "opens with ::: fact"),
        (HEAD, "::: fact صندوق\n::: fact آخر\n:::", 11, "within a fact box"),
        (HEAD, "[[read-also other]]", 10, "read-also is written"),
        (HEAD, "1. أولى\n3. ثالثة", 11, "step 2 is numbered 3"),
        (HEAD, "> — قائل\n> قول", 10, "last line"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, head: str, body: str, line: int, reason: str
) -> None:
    with pytest.raises(ArticleFileError, match=re.escape(reason)) as caught:
        read_article_file(written(tmp_path, head, body))
    assert caught.value.line == line
    assert str(caught.value).startswith(f"a-key.md:{line}: ")


@pytest.mark.parametrize("text", ["", "فقرة.", "+++\n" + HEAD])
def test_a_file_without_a_whole_head_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a-key.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ArticleFileError, match=r"\+\+\+"):
        read_article_file(path)


def test_a_name_that_is_no_key_and_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleFileError, match="kebab"):
        read_article_file(written(tmp_path, name="Not_A_Key.md"))
    (tmp_path / "bytes.md").write_bytes(b"+++\n\xff\n+++\n")
    with pytest.raises(ArticleFileError, match=r"bytes\.md:2: not UTF-8"):
        read_article_file(tmp_path / "bytes.md")


@given(st.text(alphabet="ا -|>:#[]1.\n—+", max_size=80))
def test_any_body_is_read_or_refused_by_line(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    path = written(tmp_path_factory.getbasetemp(), body=body, name="any.md")
    try:
        article, refused_at = read_article_file(path), 1
    except ArticleFileError as error:
        article, refused_at = None, error.line
    assert 1 <= refused_at <= path.read_text(encoding="utf-8").count("\n") + 1
    for block in article.body if article else ():
        if not isinstance(block, Table):  # a cell may be empty, nothing else may
            assert all(text.strip() for text in block_texts(block))


# -- the files ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def articles() -> dict[str, ArticleFile]:
    return {path.stem: read_article_file(path) for path in FILES}


@pytest.fixture(scope="module")
def newsroom() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads((CONTENT / "newsroom.toml").read_text(encoding="utf-8"))


def keys(newsroom: dict[str, list[dict[str, object]]], table: str, name: str) -> set[object]:
    return {row[name] for row in newsroom[table]}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_name_an_article_uses_exists(path: Path, newsroom: dict[str, list[dict[str, object]]]) -> None:
    article = read_article_file(path)
    assert set(article.authors) <= keys(newsroom, "people", "key")
    assert set(article.agencies) <= keys(newsroom, "agencies", "key")
    sections = {edition["slug"]: edition["sections"] for edition in newsroom["editions"]}
    for edition in article.editions:
        assert article.section in sections[edition], f"{edition} has no section {article.section}"
    others = {other.stem for other in FILES} - {path.stem}
    linked = [*article.read_also, *(b.key for b in article.body if isinstance(b, ReadAlso))]
    assert set(linked) <= others
    assert not article.translation_of or article.translation_of in others
    assert len(set(article.read_also)) == len(article.read_also) <= 3
    assert all(correction.hours_ago < article.hours_ago for correction in article.corrections)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_article_is_good_printers_copy(path: Path) -> None:
    article = read_article_file(path)
    assert article.word_count >= FEWEST_WORDS
    assert_good_copy(seen_texts(article), article.lang)


def test_every_edition_says_the_same_of_itself_in_good_copy() -> None:
    pages = tomllib.loads((CONTENT / "standing.toml").read_text(encoding="utf-8"))["pages"]
    told: dict[str, list[str]] = {}
    for page in pages:
        for edition in page["editions"]:
            told.setdefault(edition, []).append(page["slug"])
        body = read_body(CONTENT / "standing.toml", page["text"].split("\n"), 0)
        texts = [page["title"], page["description"], *(text for block in body for text in block_texts(block))]
        assert_good_copy(texts, "en" if page["editions"] == ["english"] else "ar")
    assert set(told) == {"mashriq", "maghrib", "english"}
    assert all(slugs == ["about", "contact", "privacy", "corrections"] for slugs in told.values())


def assert_good_copy(texts: Iterable[str], language: str) -> None:
    for text in texts:
        # a one-letter particle may lean on a quotation, a number or bold: لـ«…», بـ50
        assert not re.search(r"ـ(?![«(*…0-9A-Za-z])", text), f"tatweel: {text}"
        assert "  " not in text, f"doubled space: {text}"
        assert not re.search(r"[\s(«] ?[،؛؟!:.](?!\.)", text), f"space before a mark: {text}"
        assert text.count("«") == text.count("»"), f"unbalanced quotation marks: {text}"
        if language == "ar" and re.search("[ء-ي]", text):
            words = re.sub(r"\]\([^)]*\)", "]", text)  # addresses of links are not prose
            words = re.sub(r"(?<=\d),(?=\d{3})", "", words)  # nor is a separator of thousands
            assert not re.search(r"[,;?\"]", words), f"Latin punctuation: {text}"


def seen_texts(article: ArticleFile) -> Iterator[str]:
    yield from (text for block in article.body for text in block_texts(block))
    yield from filter(None, (article.headline, article.kicker, article.standfirst, article.dateline))
    yield from (correction.text for correction in article.corrections)
    if article.image:
        yield from filter(None, (article.image.caption, article.image.credit, article.image.alt))


def test_the_set_is_a_newsroom_not_a_sample(
    articles: dict[str, ArticleFile], newsroom: dict[str, list[dict[str, object]]]
) -> None:
    arabic = [article for article in articles.values() if article.lang == "ar"]
    assert len(arabic) >= FEWEST_ARABIC
    for edition in newsroom["editions"]:
        stands = [a for a in articles.values() if edition["slug"] in a.editions]
        assert len(stands) >= FEWEST_OF_AN_EDITION, edition["slug"]
    assert not [h for h, n in Counter(a.headline for a in articles.values()).items() if n > 1]
    assert {a.section for a in arabic} == keys(newsroom, "sections", "slug")
    assert {a.editions[0] for a in arabic} >= {"mashriq", "maghrib"}
    assert sum(a.hours_ago < 48 for a in arabic) >= len(arabic) / 3
    assert max(a.hours_ago for a in arabic) > 1000
    assert sum(len(a.editions) > 1 for a in arabic) >= len(arabic) / 4
    assert sum(bool(a.corrections) for a in arabic) >= 3


def test_topics_are_told_once_and_have_a_kind(articles: dict[str, ArticleFile]) -> None:
    told = tomllib.loads((CONTENT / "topics.toml").read_text(encoding="utf-8"))["topics"]
    names = [topic["name"] for topic in told]
    assert not [name for name, n in Counter(names).items() if n > 1]
    assert {topic["kind"] for topic in told} <= {"person", "place", "organisation", "story", "subject"}
    variants = [variant for topic in told for variant in {topic["name"], *topic.get("variants", [])}]
    assert not [variant for variant, n in Counter(variants).items() if n > 1]
    used = {topic.name for article in articles.values() for topic in article.topics if article.lang == "ar"}
    assert used <= set(names), f"not in topics.toml: {sorted(used - set(names))}"
