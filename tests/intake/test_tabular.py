"""Tables of articles: columns known by their names or by a person's word, however the table is written."""

from __future__ import annotations

import json

import pytest

from bulaq.intake.article import IncomingArticle, Paragraph, Picture, Refusal
from bulaq.intake.installed_readers import reader_for
from bulaq.intake.listing import listed
from bulaq.intake.reader import ReadOptions, Source
from bulaq.intake.sources import read_source

ONE = "عادت المطارق إلى الرنين في السوق بعد عشرين عاما من الصمت."
TWO = "ويقول المشرف على الترميم إن العمل بدأ بالسقف الخشبي."


def read(data: str | bytes, name: str = "articles.csv", **columns: str) -> list[IncomingArticle | Refusal]:
    source = Source(name, data=data.encode() if isinstance(data, str) else data, url="https://old.example/")
    reader = reader_for(source)
    assert reader is not None
    assert reader.format == "tabular"
    return list(read_source(source, ReadOptions(extra={"columns": json.dumps(columns)})))


def articles(data: str | bytes, name: str = "articles.csv", **columns: str) -> list[IncomingArticle]:
    found = read(data, name, **columns)
    assert not [one for one in found if isinstance(one, Refusal)]
    return [one for one in found if isinstance(one, IncomingArticle)]


ARABIC = (
    "رقم,العنوان,النص,تاريخ النشر,القسم,الكاتب,الصورة,تعليق الصورة,الرابط,الكلمات المفتاحية\n"
    f'1,سوق النحاسين,"<p>{ONE}</p>\n<p>{TWO}</p>",14/03/2021 09:30,ثقافة,"سلمى الحداد، كريم نصر",/img/1.jpg,السوق ليلا,/news/1,"حرف، أسواق"\n'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_of_a_spreadsheet_with_arabic_names(encoding: str, separator: str) -> None:
    (found,) = articles(ARABIC.replace(",", separator).encode(encoding))
    assert found.body == (Paragraph(ONE), Paragraph(TWO))
    assert (found.headline, found.section, found.url) == (
        "سوق النحاسين",
        "ثقافة",
        "https://old.example/news/1",
    )
    assert (found.authors, found.tags) == (("سلمى الحداد", "كريم نصر"), ("حرف", "أسواق"))
    assert found.published_at == "2021-03-14T09:30:00"
    assert found.lead_image == Picture("https://old.example/img/1.jpg", "السوق ليلا")


def test_what_a_database_writes_to_a_file() -> None:
    """`mysql --batch`: tabs, escapes, NULL and no quotes; the columns are Joomla's."""
    rows = (
        'id\ttitle\tintrotext\tfulltext\tstate\tcatid\tcreated\tcreated_by_alias\timages\n'
        f'1\t"سوق" النحاسين\t<p class="x">{ONE}</p>\\n\t<p>{TWO}</p>\t1\t12\t2021-03-14 09:30:00\tNULL\t{{"image_intro":"images/a.jpg#joomla","image_intro_caption":"السوق"}}\n'
        f"2\tمسودة\t{ONE}\tNULL\t0\t12\t0000-00-00 00:00:00\tكريم نصر\t\n"
        f"3\tقديم\t{ONE}\t\t-2\t12\t\t\t\n"
    )  # fmt: skip
    shown, draft, gone = read(rows, "content.tsv")
    assert isinstance(shown, IncomingArticle)
    assert isinstance(draft, IncomingArticle)
    assert shown.body == (Paragraph(ONE), Paragraph(TWO))
    assert (shown.headline, shown.section, shown.authors) == ('"سوق" النحاسين', None, ())
    assert shown.lead_image == Picture("https://old.example/images/a.jpg", "السوق")
    assert (draft.draft, draft.published_at, draft.authors) == (True, None, ("كريم نصر",))
    assert isinstance(gone, Refusal)
    assert gone.code == "trash"


RECORD = {"title": "سوق النحاسين", "content": f"{ONE}\n{TWO}", "publishDate": "2021-03-14T09:30:00+03:00"}
DRUPAL = {"type": "node--article", "id": "u", "attributes": {"title": RECORD["title"], "status": True, "langcode": "ar", "path": {"alias": "/akhbar/souq"},
          "created": RECORD["publishDate"], "body": {"value": "x", "processed": f"<p>{ONE}</p><p>{TWO}</p>", "summary": ""}}}  # fmt: skip
JOOMLA = {"type": "table", "name": "jos_content", "data": [{**RECORD, "state": "1"}]}


@pytest.mark.parametrize(
    "told",
    [
        RECORD, [RECORD], {"articles": [RECORD]}, {"data": {"items": [RECORD]}},
        {"jsonapi": {}, "data": [DRUPAL], "included": [{"type": "user", "id": "1", "attributes": {"name": "س"}}]},
        [{"type": "header"}, {"type": "database", "name": "d"}, JOOMLA],
        [{"title": {"value": RECORD["title"]}, "body": [{"value": RECORD["content"]}], "created": 1615703400}],
    ],
    ids=["one", "list", "wrapped", "wrapped twice", "JSON:API", "phpMyAdmin", "values within"],
)  # fmt: skip
def test_json_whatever_stands_around_its_rows(told: object) -> None:
    (found,) = articles(json.dumps(told, ensure_ascii=False), "dump.json")
    assert (found.headline, found.body) == (RECORD["title"], (Paragraph(ONE), Paragraph(TWO)))
    assert str(found.published_at).startswith("2021-03-14")


def test_json_lines_and_the_damaged_among_them() -> None:
    line = json.dumps(RECORD, ensure_ascii=False)
    first, broken, last = read(f"{line}\n{line[:40]}\n{line}\n", "dump.jsonl")
    assert isinstance(first, IncomingArticle)
    assert isinstance(last, IncomingArticle)
    assert isinstance(broken, Refusal)
    assert "line 2" in broken.reason


def test_columns_that_a_person_names_and_addresses_written_of_them() -> None:
    data = f"a,b,c\n7,{ONE},سوق النحاسين\n"
    (refused,) = read(data)
    assert isinstance(refused, Refusal)
    assert refused.code == "columns"
    assert "a, b, c" in refused.reason
    (found,) = articles(data, body="b", headline="c", url="/news.php?id={a}")
    assert (found.headline, found.url) == ("سوق النحاسين", "https://old.example/news.php?id=7")
    (missing,) = read(data, body="x")
    assert isinstance(missing, Refusal)
    assert "no column x" in missing.reason


def test_two_columns_of_one_name_are_told_apart() -> None:
    """A query over two tables, `SELECT c.*, k.*`."""
    joined = f"id,title,body,id,title\n1,سوق النحاسين,{ONE},7,ثقافة\n2,,{ONE},7,ثقافة\n"
    named, bare = articles(joined)
    assert (named.headline, bare.headline) == ("سوق النحاسين", None)
    assert articles(joined, section="title (2)")[0].section == "ثقافة"


def test_a_row_that_is_none_costs_itself_alone() -> None:
    first, broken, last = read(
        f"title,body,date\nسوق,{ONE},2021-03-14\nسوق,{ONE},1,2,3\nسوق,{TWO},03/25/2021\n"
    )
    assert isinstance(first, IncomingArticle)
    assert isinstance(broken, Refusal)
    assert isinstance(last, IncomingArticle)
    assert last.published_at == "2021-03-25"


def test_texts_with_separators_are_no_tables() -> None:
    for text in (f"الرئيسية | ثقافة | العنوان\n{ONE}\n{TWO}", f"سوق النحاسين, حلب\n{ONE}"):
        reader = reader_for(Source("page.txt", data=text.encode()))
        assert reader is not None
        assert reader.format == "flat"


def test_the_site_of_an_export_is_that_of_its_addresses(tmp_path) -> None:  # type: ignore[no-untyped-def]
    for name in ("articles.csv", "ghost.json", "page.html"):
        (tmp_path / name).write_text("x")
    found = [item.url for name in ("articles.csv", "ghost.json", "page.html") for item in listed([str(tmp_path / name)], "https://old.example/")]  # fmt: skip
    assert found == ["https://old.example/", "https://old.example/", None]
