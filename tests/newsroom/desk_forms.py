"""What a browser sends from the editing page of an article."""

from __future__ import annotations

import json
from uuid import uuid4


def article_form(*, headline="", standfirst="", paragraphs=(), section=None, **fields) -> dict[str, str]:
    """The fields of the form, with empty lists of bylines, topics and read-also."""
    data = {
        "language": "ar", "kicker": "", "headline": headline, "standfirst": standfirst, "dateline": "",
        "section": str(section.pk) if section else "", "lead_image": "", "lead_caption": "", "lead_credit": "",
        "lead_alt": "", "carrier_label": "", "carrier_url": "", "translation_of": "",
        "body-count": str(len(paragraphs)),
    }  # fmt: skip
    for index, text in enumerate(paragraphs):
        content = {
            "blocks": [
                {
                    "key": "aaaaa", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
                    "entityRanges": [],
                }
            ],
            "entityMap": {},
        }  # fmt: skip
        data |= {
            f"body-{index}-deleted": "", f"body-{index}-order": str(index), f"body-{index}-type": "paragraph",
            f"body-{index}-id": str(uuid4()), f"body-{index}-value": json.dumps(content),
        }  # fmt: skip
    for name in ("bylines", "article_topics", "read_also"):
        data |= {
            f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0", f"{name}-MIN_NUM_FORMS": "0",
            f"{name}-MAX_NUM_FORMS": "1000",
        }  # fmt: skip
    return data | fields
