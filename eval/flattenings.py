"""Score the reading of flattened text over many flatteners: `python -m eval.flattenings [--gold gold.json --pages DIR]`.

Each page is flattened in every way of `eval.flatteners` and read back. Without `--gold` the pages are those of the
intake tests' templates, around invented texts. Fields are scored, not lines: F1 of the body's word 4-grams, whether its
paragraphs are exactly those of the page, whether the headline is right, null or wrong, F1 of the headlines that
lead elsewhere (read-also and boxes together), and how many of those stand in the body.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulaq.intake.article import IncomingArticle
from bulaq.intake.box_headings import fold_heading
from bulaq.intake.flat import read_text
from bulaq.intake.html.layout.encoding import decode
from eval.flatteners import FLATTENERS
from eval.page_scores import body_texts, f1, fold, four_grams


@dataclass(frozen=True)
class Page:
    """A page and what stands on it; `links` is None where the gold does not tell them."""

    name: str
    html: str
    headline: str | None
    body: tuple[str, ...]
    links: tuple[str, ...] | None


def template_pages() -> Iterator[Page]:
    """The pages that the tests of the HTML reader are made of."""
    from tests.intake.html_templates import NEWS, STORY, TEMPLATES
    from tests.intake.html_templates_rare import RARE

    for template in (*TEMPLATES, *RARE):
        for number, story in enumerate((STORY, NEWS)):
            made = template(story)
            expected = made.expected
            yield Page(
                f"{template.__name__}-{number}",
                made.html,
                expected.headline,
                expected.body,
                (*expected.read_also, *expected.boxes),
            )


def gold_pages(gold: Path, pages: Path) -> Iterator[Page]:
    """Labelled pages of the shape of `eval.intake`."""
    for name, fields in json.loads(gold.read_text(encoding="utf-8")).items():
        path = pages / Path(fields.get("file") or f"{name}.html").name
        titles = [title for group in (fields.get("boxes") or {}).values() for title in group]
        yield Page(
            name,
            decode(path.read_bytes(), None).text,
            fields.get("headline"),
            tuple(fields.get("body", ())),
            tuple(titles) or None,
        )


def score_page(page: Page, text: str) -> dict[str, Any]:
    article = read_text(text, page.name)
    if not isinstance(article, IncomingArticle):
        return {
            "body": 0.0,
            "exact": False,
            "headline": "null",
            "links": 0.0,
            "in_body": 0,
            "article": article,
        }
    found = body_texts(article)
    wanted = [fold(text) for text in page.body]
    links = Counter(fold_heading(link.headline) for link in article.read_also)
    links.update(fold_heading(link.headline) for box in article.boxes for link in box.items)
    golden = {fold_heading(title) for title in page.links or ()}
    if article.headline is None:
        headline = "null"
    else:
        headline = "right" if fold_heading(article.headline) == fold_heading(page.headline or "") else "wrong"
    return {
        "body": f1(four_grams(wanted), four_grams(found)),
        "exact": found == wanted,
        "headline": headline,
        "links": None if page.links is None else f1(Counter(golden), Counter(set(links))),
        "in_body": sum(fold_heading(text) in golden for text in found),
        "article": article,
    }


def show(page: Page, result: dict[str, Any]) -> None:
    article = result["article"]
    print(f"--- {page.name}: { ({key: value for key, value in result.items() if key != 'article'}) }")
    if not isinstance(article, IncomingArticle):
        print(f"    {article}")
        return
    if result["headline"] != "right":
        print(f"    headline {article.headline!r}, not {page.headline!r}")
    found, wanted = body_texts(article), [fold(text) for text in page.body]
    for text in found:
        if text not in wanted:
            print(f"    + {text[:150]}")
    for text in wanted:
        if text not in found:
            print(f"    - {text[:150]}")
    links = {link.headline for link in article.read_also}
    links |= {link.headline for box in article.boxes for link in box.items}
    golden = {fold_heading(title) for title in page.links or ()}
    for headline in links:
        if fold_heading(headline) not in golden:
            print(f"    link + {headline[:120]}")
    for headline in page.links or ():
        if fold_heading(headline) not in {fold_heading(text) for text in links}:
            print(f"    link - {headline[:120]}")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m eval.flattenings", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--show", metavar="WAY", help="print what differs in one way of flattening")
    parser.add_argument("--only", metavar="PAGE", default="", help="pages whose name holds this")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    arguments = parser.parse_args()
    if (arguments.gold is None) != (arguments.pages is None):
        parser.error("--gold and --pages go together")
    pages = gold_pages(arguments.gold, arguments.pages) if arguments.gold else template_pages()
    chosen = [page for page in pages if re.search(arguments.only, page.name)]
    summary = score(chosen, arguments.show)
    if arguments.json:
        print(json.dumps(summary))


def score(pages: list[Page], shown: str | None = None) -> dict[str, dict[str, float]]:
    """A line for each flattener, and the figures."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for page in pages:
        for name, flatten in FLATTENERS.items():
            result = score_page(page, flatten(page.html))
            rows[name].append(result)
            if (
                shown
                and re.fullmatch(shown, name)
                and not (result["exact"] and result["links"] in (None, 1.0))
            ):
                show(page, result)
    print(
        f"{'way':22} {'pages':>5} {'body':>6} {'worst':>6} {'exact':>6} {'links':>6} {'in body':>7}  headline right null wrong"
    )
    summary: dict[str, dict[str, float]] = {}
    for name, results in rows.items():
        verdicts = Counter(result["headline"] for result in results)
        linked = [result["links"] for result in results if result["links"] is not None]
        summary[name] = {
            "body_f1": round(sum(result["body"] for result in results) / len(results), 4),
            "body_worst": round(min(result["body"] for result in results), 4),
            "exact": round(sum(result["exact"] for result in results) / len(results), 4),
            "link_f1": round(sum(linked) / max(1, len(linked)), 4),
            "links_in_body": sum(result["in_body"] for result in results),
            **{f"headline_{verdict}": verdicts[verdict] for verdict in ("right", "null", "wrong")},
        }
        cells = " ".join(
            f"{summary[name][key]:6.3f}" for key in ("body_f1", "body_worst", "exact", "link_f1")
        )
        print(
            f"{name:22} {len(results):5} {cells} {summary[name]['links_in_body']:7}"
            f"            {verdicts['right']:5} {verdicts['null']:4} {verdicts['wrong']:5}"
        )
    return summary


if __name__ == "__main__":
    main()
