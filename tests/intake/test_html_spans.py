"""Links and bold words of paragraphs: placed exactly in the folded text, addresses absolute."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from bulaq.intake.article import Paragraph
from bulaq.intake.html import read_page
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.spans import spans_of
from bulaq.intake.html.layout.text import fold
from bulaq.intake.html.layout.tree import parse

FILLER = (
    "<p>"
    + "تواصل الفرق عملها في المدينة القديمة منذ الصباح حتى المساء، ويشارك فيها متطوعون كثيرون. " * 3
    + "</p>"
)

ENDING = (
    "<p>"
    + "وتقول سيدة من الحي إن الدكاكين تغيرت كثيراً، لكن روائح القهوة والبهارات ما زالت كما كانت. " * 2
    + "</p>"
)


def _paragraphs(inner: str) -> list[Paragraph]:
    page = (
        "<html><head><title>صفحة</title></head><body><article><h1>أعمال الترميم تبدأ في السوق القديم</h1>"
        f"{FILLER}<p>{inner}</p>{ENDING}</article></body></html>"
    )
    article = read_page(page.encode(), "a.html", url="https://old.example/news/1/")
    return [block for block in article.body if isinstance(block, Paragraph)]


def _marked(paragraph: Paragraph) -> list[tuple[str, str | None]]:
    return [(paragraph.text[span.start : span.end], span.url) for span in paragraph.spans]


def test_links_and_bold_words_stand_where_they_stood():
    inner = (
        "قالت <b> البلدية\n</b> في بيان&nbsp; سابق إن <a href='../2/'>المرحلة\n  الأولى <em>من</em> العمل</a> انتهت، "
        "و<a href='mailto:a@old.example'>راسلتنا</a> <strong><a href='//other.example/x'>جهة أخرى</a> معنية</strong> بالأمر كله."
    )
    paragraph = _paragraphs(inner)[1]
    assert _marked(paragraph) == [
        ("البلدية", None),
        ("المرحلة الأولى من العمل", "https://old.example/news/2/"),
        ("جهة أخرى", "https://other.example/x"),
        ("معنية", None),
    ]


def test_two_bold_elements_side_by_side_are_one_and_plain_paragraphs_have_none():
    inner = "<b>أعلنت</b> <b>الهيئة</b> أنها ستفتح المتحف أمام الزوار في نهاية الأسبوع بعد سنوات من الترميم."
    first, second, _ = _paragraphs(inner)
    assert first.spans == ()
    assert _marked(second) == [("أعلنت الهيئة", None)]


PIECES = st.lists(
    st.tuples(
        st.sampled_from(["", "a", "b"]),
        st.text(st.sampled_from("اب‌ \u00a0\n\t\u200fxمِ&"), max_size=8),
    ),
    min_size=1,
    max_size=8,
)


@given(PIECES)
def test_every_span_is_the_folded_text_of_its_element(pieces):
    def markup(tag: str, text: str) -> str:
        text = text.replace("&", "&amp;")
        href = " href='/x'" if tag == "a" else ""
        return f"<{tag}{href}>{text}</{tag}>" if tag else text

    root, _ = parse("<html><body><p>" + "".join(markup(*piece) for piece in pieces) + "</p></body></html>")
    page = Page(root)
    for segment in page.segments:
        spans = spans_of(segment, "https://old.example/")
        shown = [segment.text[span.start : span.end] for span in spans if span.url]
        assert shown == [each for tag, text in pieces if tag == "a" and (each := fold(text))]
        assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
        assert all(0 <= span.start < span.end <= len(segment.text) for span in spans)
