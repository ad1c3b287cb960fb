"""What frameworks write into a page for its own scripts is read as data, and never run."""

from __future__ import annotations

import json

import pytest
from tests.intake.html_templates import STORY

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.html import read_page
from bulaq.intake.html.layout.tree import parse
from bulaq.intake.html.machines.script_values import values_in

TEXT = "".join(f"<p>{text}</p>" for text in STORY.paragraphs)


def values(script: str, attributes: str = "") -> list[object]:
    root, _ = parse(f"<html><body><p>نص</p><script {attributes}>{script}</script></body></html>")
    return [value for value in values_in(root) if value is not None]


PADDING = "x" * 300


def test_a_function_called_with_what_repeats() -> None:
    called = (
        'window.__NUXT__=(function(a,b,c){a.title="سوق \\u0627لنحاسين";a.tags=[];a.tags[0]=b;'
        "return {layout:'default',data:[{article:a,live:!1,\"at\":new Date(1.5e3),none:void 0,[0]:c}]}}"
        f'({{}},"حرف","{PADDING}"));'
    )
    assert values(called) == []  # a computed key is a program
    plain = called.replace(",[0]:c", ",pad:c,0:c")
    assert values(plain) == [
        {"layout": "default", "data": [{
            "article": {"title": "سوق النحاسين", "tags": ["حرف"]}, "live": False, "at": 1500.0, "none": None,
            "pad": PADDING, "0": PADDING,
        }]}
    ]  # fmt: skip


def test_a_flat_list_of_places() -> None:
    flat = [
        ["Reactive", 1],
        {"title": 2, "self": 1, "items": 3, "gone": -1},
        "سوق",
        [2, 4],
        ["Date", PADDING],
    ]
    (value,) = values(json.dumps(flat), 'type="application/json" id="__NUXT_DATA__"')
    assert isinstance(value, dict)
    assert (value["title"], value["items"], value["gone"]) == ("سوق", ["سوق", PADDING], None)
    assert value["self"] is value


def test_rows_pushed_one_after_the_other() -> None:
    row = "5:" + json.dumps(["$", "div", None, {"title": "سوق"}]) + "\n"
    pushed = "".join(f"self.__next_f.push([1,{json.dumps(part)}])\n" for part in (row[:9], row[9:]))
    assert values(pushed) == [["$", "div", None, {"title": "سوق"}]]


@pytest.mark.parametrize(
    "script",
    [
        'window.__NUXT__=(function(a){return {data:[{article:{title:"%s",body:"%s",author:{name:"%s"},at:a}}]}}(null));',
        'self.__next_f.push([1,%s])',
    ],
)  # fmt: skip
def test_an_article_that_stands_only_in_a_script(script: str) -> None:
    if "NUXT" in script:
        script %= (STORY.headline, TEXT.replace('"', '\\"').replace("</", "\\u003C\\u002F"), STORY.author)
    else:
        props = {"title": STORY.headline, "content": TEXT, "author": {"name": STORY.author}}
        script %= json.dumps("a1:" + json.dumps(["$", "$L2", None, {"post": props}]) + "\n")
    head = f'<meta charset="utf-8"><title>{STORY.headline}</title>'
    made = f"<html><head>{head}</head><body><div></div><script>{script}</script></body></html>"
    article = read_page(made.encode(), "app.html")
    assert isinstance(article, IncomingArticle), article
    assert (article.headline, article.authors) == (STORY.headline, (STORY.author,))
    assert tuple(block.text for block in article.body) == STORY.paragraphs  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "inside", ["[" * 5000, "{a:" * 5000, '"' + "\\" * 5001, "/*" * 5000, "new " * 5000, "f(" * 5000]
)
def test_hostile_functions_are_left_out(inside: str) -> None:
    called = f"window.__NUXT__=(function(a){{return {inside}}}(1));{PADDING}"
    assert values(called) == []
    assert isinstance(read_page(f"<script>{called}</script><p>نص</p>".encode(), "x.html"), Refusal)
