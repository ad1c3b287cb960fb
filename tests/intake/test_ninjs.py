"""News items in JSON: the versions of ninjs and what agencies make of them."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulaq.intake.article import IncomingArticle, Paragraph, Picture, Refusal
from bulaq.intake.ninjs import READER
from bulaq.intake.reader import ReadOptions, Source

ONE = "عادت المطارق إلى الرنين في السوق بعد عشرين عاما من الصمت."
TWO = "ويقول المشرف على الترميم إن العمل بدأ بالسقف الخشبي."

V1: dict[str, Any] = {
    "uri": "urn:port:1", "type": "text", "versioncreated": "2021-03-14T09:30:00+03:00", "headline": "سوق النحاسين تعود", "byline": "سلمى الحداد",
    "located": "حلب", "language": "ar", "pubstatus": "usable", "body_html": f"<p>{ONE}</p><p>{TWO}</p>", "description_text": "ثلاثة عشر دكانا تفتح أبوابها",
    "subject": [{"code": "01000000", "name": "ثقافة"}, {"name": "حرف"}],
    "associations": {
        "audio": {"type": "audio"},
        "featuremedia": {"type": "picture", "description_text": "السوق ليلا", "byline": "مروان الخطيب", "renditions": {"thumb": {"href": "https://a.example/t.jpg", "width": 100}, "full": {"href": "https://a.example/f.jpg", "width": 1200}}},
    },
}  # fmt: skip
V3: dict[str, Any] = {
    "uri": "https://a.example/2", "type": "text", "contentCreated": "2021-03-14T09:30:00+03:00", "pubStatus": "usable",
    "headlines": [{"role": "short", "value": "سوق"}, {"role": "main", "value": "سوق النحاسين تعود"}],
    "bodies": [{"role": "main", "contentType": "text/plain", "value": "لا"}, {"role": "main", "contentType": "text/html", "value": f"<p>{ONE}</p><p>{TWO}</p>"}],
    "by": "سلمى الحداد", "located": "حلب", "subjects": [{"name": "ثقافة"}, {"name": "حرف"}], "descriptions": [{"value": "ثلاثة عشر دكانا تفتح أبوابها"}],
    "associations": [{"name": "main", "type": "picture", "descriptions": [{"value": "السوق ليلا"}], "creditLine": "مروان الخطيب", "renditions": [{"href": "https://a.example/f.jpg", "width": 1200}]}],
}  # fmt: skip


def read(data: bytes | str | object) -> list[IncomingArticle | Refusal]:
    text = data if isinstance(data, bytes | str) else json.dumps(data, ensure_ascii=False)
    source = Source("item.json", data=text.encode() if isinstance(text, str) else text)
    begin = time.process_time()
    found = list(READER.read(source, ReadOptions()))
    assert time.process_time() - begin < 5
    return found


SUPERDESK: dict[str, Any] = {
    "_id": {"$oid": "1"}, "type": "text", "state": "published", "headline": "سوق النحاسين تعود", "body_html": V1["body_html"], "byline": "سلمى الحداد",
    "dateline": {"located": {"city": "حلب"}}, "versioncreated": {"$date": "2021-03-14T09:30:00+03:00"}, "anpa_category": [{"qcode": "a", "name": "ثقافة"}],
    "subject": [{"name": "حرف"}], "abstract": "<p>ثلاثة عشر دكانا تفتح أبوابها</p>",
    "associations": {"featuremedia": {**V1["associations"]["featuremedia"], "type": "picture"}},
}  # fmt: skip


@pytest.mark.parametrize("item", [V1, V3, SUPERDESK], ids=["1.x", "3.x", "Superdesk"])
def test_an_item_of_either_version(item: dict[str, Any]) -> None:
    assert READER.recognises(Source("x", data=json.dumps(item).encode()))
    (found,) = read(item)
    assert isinstance(found, IncomingArticle)
    assert found.headline == "سوق النحاسين تعود"
    assert found.body == (Paragraph(ONE), Paragraph(TWO))
    assert (found.authors, found.dateline) == (("سلمى الحداد",), "حلب")
    assert (found.section, found.tags) == ("ثقافة", ("حرف",))
    assert found.published_at == "2021-03-14T09:30:00+03:00"
    assert found.standfirst == "ثلاثة عشر دكانا تفتح أبوابها"
    assert found.lead_image == Picture("https://a.example/f.jpg", "السوق ليلا", "مروان الخطيب")
    assert not found.draft


def test_plain_text_lists_wrappers_and_lines() -> None:
    plain = {**V1, "body_html": "", "body_text": f"{ONE}\n{TWO} <3"}
    (found,) = read([plain])
    assert found.body == (Paragraph(ONE), Paragraph(f"{TWO} <3"))  # type: ignore[union-attr]
    assert len(read({"_items": [V1, V3]})) == 2
    assert len(read("\n".join(json.dumps(each) for each in (V1, V3, V1)))) == 3


def test_what_its_sender_withdrew_or_holds_back() -> None:
    cancelled, withheld, embargoed, picture, killed, begun = read(
        [
            {**V1, "pubstatus": "canceled"},
            {**V1, "pubstatus": "withheld"},
            {**V1, "embargoed": "2030-01-01T00:00:00Z"},
            {**V1, "type": "picture"},
            {**SUPERDESK, "state": "killed"},
            {**SUPERDESK, "state": "in_progress"},
        ]
    )
    assert isinstance(cancelled, Refusal)
    assert isinstance(withheld, IncomingArticle)
    assert isinstance(embargoed, IncomingArticle)
    assert withheld.draft
    assert embargoed.draft
    assert isinstance(picture, Refusal)
    assert isinstance(killed, Refusal)
    assert isinstance(begun, IncomingArticle)
    assert begun.draft


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[" * 200_000,
        '{"uri": 5, "headline": [], "body_html": {}, "associations": 7, "subject": "x", "versioncreated": 3}',
        '{"headline": "س", "versioncreated": "9999-99-99", "body_text": "\\ud800 نص"}',
        '{"headline": "س", "body_html": "<script>alert(1)</script><p onclick=x>نص</p>", "uri": "javascript:alert(1)"}',
        '{"headline": "' + "س" * 2_000_000,
        '{"items": {"items": {"items": []}}}',
        json.dumps(
            {**V3, "associations": [{"type": "picture", "renditions": [{"href": "/a", "width": 10**400}]}]}
        ),
    ],
    ids=range(8),
)
def test_hostile_items_end_soon_with_articles_or_reasons(data: str) -> None:
    found = read(data)
    assert found
    assert "alert(1)" not in str([each.as_json() for each in found if isinstance(each, IncomingArticle)])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "value", "renditions", "href", "type", "role"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(sorted({*V1, *V3, "extra", "source", "service", "embargo"})), VALUES, max_size=10
    )
)
def test_whatever_the_types_it_gives_articles_or_reasons(item: dict[str, Any]) -> None:
    assert read({"headline": "س", **item})
