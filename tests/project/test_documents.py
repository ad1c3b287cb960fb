"""What is undocumented fails: commands, their options, pages of the documents."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bulaq.intake.html import read_page
from bulaq.project import command_line

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "README.ar.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", command_line.COMMANDS)
def test_every_command_and_every_option_is_documented(name):
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert re.search(rf"`bulaq {name}\b", text), f"docs/commands.md says nothing of `bulaq {name}`"
    parser, _ = command_line._parser()
    (subparsers,) = (action for action in parser._actions if hasattr(action, "choices") and action.choices)
    for action in subparsers.choices[name]._actions:
        hidden = action.help == "==SUPPRESS=="
        for option in action.option_strings:
            if option.startswith("--") and option not in {"--help", "--home"} and not hidden:
                assert option in text, f"docs/commands.md says nothing of `bulaq {name} {option}`"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_of_the_documents_lead_somewhere(document):
    links = re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)", document.read_text(encoding="utf-8"))
    missing = []
    for target, heading in links:
        file = document.parent / target if target else document
        if "://" in target:
            continue
        if not file.exists() or (heading and heading not in _headings(file)):
            missing.append(f"{target}#{heading}")
    assert not missing


def _headings(document: Path) -> set[str]:
    """The headings of a page as its viewer addresses them (the second of a name gets `-1`, which no link should need)."""
    prose = re.sub(r"^```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    titles = re.findall(r"^#+ (.+)$", prose, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_files_that_the_architecture_names_are_there():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    there = [
        "/" + str(path.relative_to(ROOT)) for room in ("src", "tests") for path in (ROOT / room).rglob("*.py")
    ]
    named = re.findall(r"`([\w/]+\.py)`", text)
    assert named
    assert [name for name in named if not any(path.endswith("/" + name) for path in there)] == []


def test_the_page_that_intake_shows_is_read_as_it_says():
    text = (ROOT / "docs" / "intake.md").read_text(encoding="utf-8")
    (page,) = re.findall(r"```html\n(.*?)```", text, re.DOTALL)
    told = json.loads(re.findall(r"```json\n(.*?)```", text, re.DOTALL)[0])
    article = read_page(page.encode(), "page.html").as_json()
    assert article["confidence"] == pytest.approx(told.pop("confidence"), abs=0.1)  # weights may move
    assert {key: article[key] for key in told} == told
    assert len(article["body"]) == 3


def test_how_good_pages_are_read_is_told_alike():
    """The sum is written where batches are added; who quotes it is not forgotten there."""
    (right, of) = re.findall(
        r"\b(\d+) of (\d+)\. It is", (ROOT / "docs" / "intake.md").read_text(encoding="utf-8")
    )[0]
    for page, of_word in (("README.md", "of"), ("README.ar.md", "من"), ("docs/quality.md", "of")):
        assert f"{right} {of_word} {of}" in (ROOT / page).read_text(encoding="utf-8"), page


def test_no_document_names_a_machine():
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        assert not re.search(r"/work/|/home/\w|/root/", text), document
