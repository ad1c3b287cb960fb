"""docs/contracts.md says what is there: every address in it answers, and what it names is spelt as the code has it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bulaq.newsroom.actions.breaking import set_breaking
from bulaq.project.command_line import main
from bulaq.reader.machine import sitemaps
from bulaq.reader.rate_limit import ALLOWED
from tests.reader.paths import KINDS, path_of, running_story

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "contracts.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_the_tests_that_hold_it_exist():
    named = re.findall(r"`(tests/[\w/.]+)`", TEXT)
    assert named
    for path in named:
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize(
    "path",
    [
        path
        for title in ("Small files", "Sitemaps", "Search as data")
        for path in re.findall(r"`(/[\w./-]+)[`?]", section(title))
        if "well-known" not in path and path != "/_/"
    ],
)
def test_every_file_that_it_names_answers(reader, newspaper, path):
    assert reader.response("mashriq", path).status_code == 200


def test_every_kind_of_part_is_in_the_list_and_on_the_pages(reader, newspaper):
    listed = set()
    for row in re.findall(r"^\| ((?:`[a-z-]+`(?:, )?)+) \|", section("Parts of a page"), re.M):
        listed |= set(re.findall(r"`([a-z-]+)`", row))
    listed.discard("data-box")
    set_breaking(edition_ids=[newspaper.editions["mashriq"].pk], text="وصول القطار الأول")
    running_story(newspaper)
    shown: set[str] = set()
    for kind in KINDS:
        _, page = reader.page("mashriq", path_of(kind, newspaper, "mashriq"))
        shown |= set(page.xpath("//@data-box"))
    assert listed == shown


def test_the_structured_data_of_each_kind_of_page_is_as_listed(reader, newspaper):
    rows = re.findall(r"^\| ([a-z ,]+) \| (`.*`.*) \|$", section("Structured data and cards"), re.M)
    listed = {kind: set(re.findall(r"`(\w+)`", types)) for kinds, types in rows for kind in kinds.split(", ")}
    pages = {
        "article": "article", "home": "front page", "section": "section", "topic": "topic", "archive": "archive of a day",
        "author": "author", "story": "story", "standing": "standing page",
    }  # fmt: skip
    assert set(pages.values()) == set(listed)
    for kind, name in pages.items():
        _, page = reader.page("mashriq", path_of(kind, newspaper, "mashriq"))
        (text,) = page.xpath("//script[@type='application/ld+json']/text()")
        top = {thing["@type"] for thing in json.loads(text)["@graph"]}
        assert top <= listed[name], name
        assert listed[name] <= set(re.findall(r'"@type":"(\w+)"', text)), name


def test_the_fields_of_an_import_are_those_in_the_table(reader, newspaper, tmp_path, capsys):
    response = reader.response("mashriq", path_of("article", newspaper, "mashriq"))
    (tmp_path / "page.html").write_bytes(response.content)
    assert main(["import", "--dry-run", "--json", str(tmp_path / "page.html")]) == 0
    printed = set(json.loads(capsys.readouterr().out.splitlines()[0]))
    rows = re.findall(r"^\| ((?:`[a-z_]+`(?:, )?)+) \|", section("Commands"), re.M)
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert listed - {"lines"} == printed


def test_its_numbers_are_the_codes():
    assert f"{sitemaps.FILE:,} articles" in section("Sitemaps")
    assert f"last {sitemaps.NEWS_HOURS} hours, at most {sitemaps.NEWS_MOST:,}" in section("Sitemaps")
    assert f"{ALLOWED['search']} times a minute" in section("Search as data")
    assert f"{ALLOWED['suggestions']} times" in section("Search as data")
