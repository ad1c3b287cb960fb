"""Score the reading of flattened text: `python -m eval.flat --gold flat_lines.jsonl [--json] [--show ID]`.

The gold file holds one JSON object a line: id, flatten, lines[], roles[] (`.zst` too). Printed for each page and
as the macro average: F1 of body lines, whether the headline is right, null or invented, F1 of box links.
With `--pages DIR` (the pages as HTML, `<id>.html`) the labels of links are mended first: a line under the text that
is, but for a clock in front, the text of a link of four words or more to an article (its address holds a number of
five digits) in the page's markup counts as a box link.
The generated pages of `eval.flat_pages` are scored with `--generated N`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lxml import html

from bulaq.intake.article import IncomingArticle
from bulaq.intake.box_headings import fold_heading
from bulaq.intake.flat import read_text
from bulaq.intake.html.layout.encoding import decode
from bulaq.intake.reader import ReadOptions
from eval.bylines import rows

SAME_ROLE = {
    "read_also_heading": "box_heading",
    "read_also_link": "box_link",
    "tags_heading": "other",
    "credit": "other",
    "heading": "body",
}
"""Roles that the gold files do not tell apart."""


def f1(gold: Iterable[bool], found: Iterable[bool]) -> float | None:
    """F1 of two markings of the same lines; None when neither marks any."""
    pairs = Counter(zip(gold, found, strict=True))
    both, missed, extra = pairs[True, True], pairs[True, False], pairs[False, True]
    return 2 * both / (2 * both + missed + extra) if both + missed + extra else None


MIN_LINK_WORDS = 4
"""Words of a link in the markup that is a headline and no label."""


def mended(page: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The page with the labels that its markup proves wrong put right: links under the text that were called else."""
    path = folder / f"{page['id']}.html"
    if not path.exists():
        return page
    tree = html.document_fromstring(decode(path.read_bytes(), None).text)
    linked = {
        fold_heading(" ".join(link.text_content().split()))
        for link in tree.iter("a")
        if re.search(r"\d{5}", link.get("href") or "")
    }
    roles = list(page["roles"])
    last = max((index for index, role in enumerate(roles) if role == "body"), default=0)
    for index in range(last + 1, len(roles)):
        text = fold_heading(_CLOCK.sub("", page["lines"][index]))
        if text in linked and len(text.split()) >= MIN_LINK_WORDS and roles[index] in ("other", "date"):
            roles[index] = "box_link"
    return {**page, "roles": roles}


_CLOCK = re.compile(r"^\s*\d{1,2}:\d{2}\s*(?:GMT)?\s+(?=\S)")


def score_page(page: dict[str, Any]) -> dict[str, Any]:
    text = "\n".join(page["lines"])
    article = read_text(text, page["id"], ReadOptions(keep_lines=True))
    gold_roles: list[str] = page["roles"]
    found_roles = ["other"] * len(gold_roles)
    headline = None
    if isinstance(article, IncomingArticle):
        headline = article.headline
        found = iter(article.lines)
        for index, line in enumerate(page["lines"]):
            if " ".join(line.split()).strip("\ufeff"):
                role = next(found).role
                found_roles[index] = SAME_ROLE.get(role, role)
    golden = {
        fold_heading(line) for line, role in zip(page["lines"], gold_roles, strict=True) if role == "headline"
    }
    if headline is None:
        verdict = "right" if not golden else "null"
    else:
        verdict = "right" if fold_heading(headline) in golden else "invented"
    gold_known = [SAME_ROLE.get(role, role) for role in gold_roles]
    return {
        "id": f"{page['id']}/{page.get('flatten', '')}",
        "body": f1((r == "body" for r in gold_known), (r == "body" for r in found_roles)),
        "links": f1((r == "box_link" for r in gold_known), (r == "box_link" for r in found_roles)),
        "headline": verdict,
        "found_headline": headline,
        "found_roles": found_roles,
    }


def show(page: dict[str, Any], result: dict[str, Any]) -> None:
    for line, gold, found in zip(page["lines"], page["roles"], result["found_roles"], strict=True):
        mark = " " if SAME_ROLE.get(gold, gold) == found else "≠"
        print(f"{mark} {gold:12} {found:12} {line[:110]}")


def score(pages: Iterable[dict[str, Any]], shown: str | None = None, quiet: bool = False) -> dict[str, Any]:
    results = []
    for page in pages:
        result = score_page(page)
        results.append(result)
        if shown and result["id"].startswith(shown):
            show(page, result)
        if not quiet:
            cells = " ".join(
                "    –" if result[field] is None else f"{result[field]:5.3f}" for field in ("body", "links")
            )
            print(f"{result['id']:40} body, links {cells}  headline {result['headline']}")
    verdicts = Counter(result["headline"] for result in results)

    def macro(field: str) -> float:
        values = [result[field] for result in results if result[field] is not None]
        return round(sum(values) / len(values), 4) if values else 0.0

    summary = {
        "pages": len(results),
        "body_f1": macro("body"),
        "body_f1_worst": round(min((r["body"] or 0.0) for r in results), 4),
        "box_link_f1": macro("links"),
        "headline_right": verdicts["right"],
        "headline_null": verdicts["null"],
        "headline_invented": verdicts["invented"],
    }
    print("  ".join(f"{key} {value}" for key, value in summary.items()))
    return summary


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m eval.flat", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--gold", type=Path)
    parser.add_argument(
        "--pages", type=Path, metavar="DIR", help="mend the labels of links by the pages' markup"
    )
    parser.add_argument("--generated", type=int, metavar="N", help="score N generated pages instead")
    parser.add_argument(
        "--docs", type=Path, help="take the articles of the generated pages from documents (title, text)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", metavar="ID", help="print every line of the pages whose id begins so")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    arguments = parser.parse_args()
    if arguments.generated:
        from eval.flat_pages import pages

        summary = score(
            pages(arguments.generated, arguments.seed), arguments.show, quiet=arguments.generated > 40
        )
    elif arguments.gold:
        pages_read = rows(arguments.gold)
        if arguments.pages:
            pages_read = (mended(page, arguments.pages) for page in pages_read)
        summary = score(pages_read, arguments.show)
    else:
        parser.error("--gold FILE or --generated N")
    if arguments.json:
        print(json.dumps(summary))


if __name__ == "__main__":
    main()
