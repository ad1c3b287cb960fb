"""Hostile and broken pages: bounded time, a clear refusal or a clean article, nothing executable."""

from __future__ import annotations

import json
import time

import pytest
from eval.page_scores import body_texts
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.html_templates import STORY, wordpress

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.html import read_page
from bulaq.intake.html.layout.encoding import decode
from bulaq.intake.judgement import SURE
from bulaq.intake.reader import MAX_PAGE_BYTES, ReadOptions, Source

PROSE = "".join(f"<p>{text}</p>" for text in STORY.paragraphs)
HEAD = f"<html><head><title>{STORY.headline}</title></head><body><h1>{STORY.headline}</h1>"

SECONDS = 5.0
"""Far above what any of these takes (the slowest under 1 s), far below what a quadratic step would."""


def within(data: bytes) -> IncomingArticle | Refusal:
    begin = time.process_time()  # a busy machine is not the reader's fault
    result = read_page(data, "hostile.html")
    assert time.process_time() - begin < SECONDS
    return result


@pytest.mark.parametrize(
    "page",
    [
        f"{HEAD}{'<div>' * 100_000}{PROSE}",
        f"{HEAD}{'<b><i><font>' * 30_000}{PROSE}",
        f"{HEAD}{'<table><tr><td>' * 20_000}{PROSE}",
        f"{HEAD}{PROSE}{'<a href=x>' * 60_000}",
        f"{HEAD}{PROSE}{'<br>' * 150_000}",
        f"{HEAD}{'<a href=/a/2020/1/b-1.html>ثلاث كلمات هنا</a>' * 9_000}{PROSE}",
        f"{HEAD}{PROSE}<blockquote><p>قال ذلك</p>{'<cite>فلان</cite>' * 20_000}</blockquote>{PROSE}",
        f"{HEAD}{PROSE}" + "<p>" + "س " * 1_000_000,
        f"{HEAD}{PROSE}" + "<p class='" + "share-" * 100_000 + "'>نص</p>",
        f"{HEAD}{PROSE}" + "<p class='" + "_" * 100_000 + "'>نص</p>",
        f"{HEAD}{PROSE}" + "".join(f"<p class='c{n}-social-x'>نص {n}</p>" for n in range(20_000)),
        f"{HEAD}{PROSE}"
        + "<ul>"
        + "".join(f"<li><a href=/{n}>عنوان آخر رقم {n} في القائمة</a>" for n in range(20_000)),
        '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        + HEAD
        + "&b;" * 1000
        + PROSE,
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + HEAD + "<p>&x;</p>" + PROSE,
        HEAD + '<script type="application/ld+json">' + '{"a":' * 50_000 + "</script>" + PROSE,
        HEAD + '<script type="application/ld+json">' + "[" * 200_000 + "</script>" + PROSE,
        HEAD
        + '<script type="application/ld+json">{"@type":"Article","headline":"س","author":'
        + f"{'[' * 700}1{']' * 700}}}</script>"
        + PROSE,
        HEAD.replace("<title>", "<title>" + "- " * 100_000) + PROSE,
        HEAD + "<p>" + "1/2/2020 " * 50_000 + "</p>" + PROSE,
        HEAD + "<div>" + ("كتب: " * 50_000) + "</div>" + PROSE,
        HEAD + "<img srcset='" + "a 1x, " * 100_000 + "'>" + PROSE,
        f"{HEAD}{PROSE}<a href='//{'archive' * 20_000}/http'>عنوان من ثلاث كلمات</a>",
        f"{HEAD}{PROSE}<pre>" + "\n<b>س</b>" * 20_000 + f"</pre>{PROSE}",
        f"{HEAD}<div><h3>ما قبل الحرب</h3>{PROSE}{'<h3>تعليقات</h3>' * 20_000}{PROSE}</div>",
    ],
    ids=lambda page: page[:40] + page[-40:-20],
)
def test_bounded_time(page: str) -> None:
    result = within(page.encode())
    if isinstance(result, Refusal):
        assert result.code
        assert "hostile.html" in result.reason


def test_credits_in_a_row_are_a_caption() -> None:
    result = within(
        f"{HEAD}<figure><img src='/a.jpg'><figcaption>{'© أ ب | ' * 700}ج د</figcaption></figure>{PROSE}".encode()
    )
    assert isinstance(result, IncomingArticle)


def test_unclosed_formatting_tags_do_not_hide_the_text() -> None:
    result = within(f"{HEAD}{'<font>' * 5_000}<div>{PROSE}</div>".encode())
    assert isinstance(result, IncomingArticle)
    assert body_texts(result) == list(STORY.paragraphs)


def test_text_that_stands_only_under_the_next_headline_is_not_of_this_article() -> None:
    first = f"<div class=a><h1>{STORY.headline}</h1><footer>{PROSE}</footer></div>"
    page = f"<body><p>سطر</p>{first}<div class=a><h1>عنوان مادة ثانية طويلة</h1><p>{STORY.paragraphs[0] * 4}</p></div>"
    assert isinstance(within(page.encode()), Refusal)


def test_scripts_and_handlers_reach_nobody() -> None:
    evil = (
        "<script>alert(1)</script><p onclick='alert(1)'>"
        + STORY.paragraphs[0]
        + "</p><svg onload=alert(1)><text>x</text></svg>"
        "<iframe src='javascript:alert(1)'></iframe><img src='javascript:alert(1)' onerror=alert(1)>"
        "<iframe srcdoc='<script>alert(1)</script>'></iframe><a href='javascript:alert(1)'>رابط غريب في النص</a>"
        "<object data='data:text/html,x'></object><noscript><p>نص لا يراه أحد في هذه الصفحة أبدا مهما طال</p></noscript>"
    )
    result = within(f"{HEAD}<div class='entry-content'>{evil}{PROSE}</div>".encode())
    assert isinstance(result, IncomingArticle)
    shown = json.dumps(result.as_json(), ensure_ascii=False)
    assert "alert" not in shown
    assert "javascript:" not in shown
    assert "لا يراه أحد" not in shown


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.4 ....", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, "binary"),
        (bytes(range(256)) * 40, "binary"),
        (b"<html><body><p></p></body></html>", "not_an_article"),
        ("<html><body><p>سطر قصير</p></body></html>".encode(), "not_an_article"),
    ],
)
def test_refused_with_a_reason(data: bytes, code: str) -> None:
    result = within(data)
    assert isinstance(result, Refusal)
    assert result.code == code
    assert result.reason.startswith("hostile.html")


def test_a_front_page_is_no_article() -> None:
    cards = "".join(
        f"<div class='card'><a href='/n/{n}'><img src='/{n}.jpg'></a><h3><a href='/n/{n}'>عنوان الخبر رقم {n} على واجهة الموقع</a></h3>"
        f"<p>ملخص الخبر في سطر واحد يقول ما فيه دون أن يكون هو المادة نفسها أبدا.</p></div>"
        for n in range(40)
    )
    page = f"<html><head><title>الرئيسية</title></head><body><h1><a href='/'>صحيفة النهر</a></h1><main>{cards}</main></body></html>"
    result = within(page.encode())
    assert isinstance(result, Refusal)
    assert result.code == "not_an_article"


def test_too_large_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from bulaq.intake.html import READER

    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.write(b"<html>")
        file.truncate(MAX_PAGE_BYTES + 10)
    result = next(iter(READER.read(Source(str(path), path=path), ReadOptions())))
    assert isinstance(result, Refusal)
    assert result.code == "too_large"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1256", "iso-8859-6", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize(
    "declared", ["utf-8", "windows-1256", "iso-8859-1", "utf-16", "koi8-r", "no-such-charset", ""]
)
def test_the_bytes_decide_the_encoding(encoding: str, declared: str) -> None:
    text = (
        "".join(f"<p>{paragraph}</p>" for paragraph in STORY.paragraphs).replace("«", '"').replace("»", '"')
    )
    page = f'<html><head><meta charset="{declared}"><title>{STORY.headline}</title></head><body><h1>{STORY.headline}</h1>{text}</body></html>'
    assert decode(page.encode(encoding), declared).text == page


def test_a_few_broken_bytes_are_replaced_and_told() -> None:
    data = wordpress(STORY).data
    at = data.index("المطارق".encode())
    result = within(data[:at] + b"\xff\xfe" + data[at:])
    assert isinstance(result, IncomingArticle)
    assert any("could not be decoded" in warning for warning in result.warnings)
    assert result.headline == STORY.headline


@pytest.mark.parametrize("share", [0.2, 0.5, 0.7, 0.9])
def test_a_truncated_page_gives_what_it_has(share: float) -> None:
    data = wordpress(STORY).data
    result = within(data[: int(len(data) * share)])
    if isinstance(result, IncomingArticle):
        assert result.headline in (STORY.headline, None)
        assert len(body_texts(result)) <= len(STORY.paragraphs)


@pytest.mark.parametrize(
    ("behind", "broken"), [("", True), ("</p><di", True), ("</p>", False), ("</p></body>\n", False)]
)
def test_a_page_that_ends_within_its_text_is_not_sure_of_it(behind: str, broken: bool) -> None:
    result = within(f"{HEAD}<article>{PROSE.removesuffix('</p>')}{behind}".encode())
    assert isinstance(result, IncomingArticle)
    assert any("ends in the middle" in remark for remark in result.warnings) is broken
    assert (result.confidence["body"] < SURE) is broken


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_page(b"<html><body>" + data, "any")


TAGS = [
    "p",
    "div",
    "h1",
    "h2",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "a href='/x y'",
    "blockquote",
    "figure",
    "img src=//",
    "iframe src=x",
    "span class=author",
    "time datetime=x",
    "br",
    "article",
    "section data-box=body",
    "section data-box=related",
    "li data-article=3",
]


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag.split()[0]}>" for tag in TAGS]),
            st.sampled_from(
                [
                    *list(STORY.paragraphs),
                    "اقرأ أيضا",
                    "آخر الأخبار",
                    "14 مارس 2021",
                    "كتب: سلمى الحداد",
                    "&#xD800;",
                    "\x0b",
                ]
            ),
            st.text(max_size=40),
        ),
        max_size=60,
    )
)
def test_any_soup_is_read_or_refused(parts: list[str]) -> None:
    result = read_page(b"<html>" + "".join(parts).encode("utf-8", "surrogatepass"), "soup")
    json.dumps(
        result.as_json() if isinstance(result, IncomingArticle) else result.reason, ensure_ascii=False
    ).encode()
