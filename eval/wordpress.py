"""Scores the reader of WordPress exports on a labelled export: `python -m eval.wordpress --export FILE --gold gold.json [--json]`.
`python -m eval.wordpress --speed MB` instead writes an export of that size and reads it: articles a CPU second, memory.

`gold.json` is {id: fields} as for `eval.intake`; an article of the export belongs to the gold that has its headline.
Scored on each: `headline`, `date`, `section` (where gold tells one), `caption`, `dateline`, `tags` (as a set), `body`
(exact paragraphs); `authors`: the people, or where gold names none, that no person is named. And on the export itself:
`picture`: a lead picture wherever a featured image is set; `link`: the address verbatim as exported; `number`: `?p=ID`
among the aliases. Gold without an article in the export is left out of the count, and named.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.reader import ReadOptions, Source
from bulaq.intake.wordpress import READER
from eval.page_scores import body_texts, fold

MARKS = (
    "headline",
    "date",
    "authors",
    "section",
    "caption",
    "dateline",
    "tags",
    "body",
    "picture",
    "link",
    "number",
)


def marks_of(
    gold: dict[str, Any], article: IncomingArticle, links: set[str], featured: set[str]
) -> dict[str, bool]:
    """The marks of one article; a field that gold does not tell is not there."""
    picture = article.lead_image
    number = next((m[1] for alias in article.aliases if (m := re.search(r"[?&]p=(\d+)$", alias))), None)
    marks = {
        "headline": fold(article.headline or "") == fold(gold["headline"] or ""),
        "date": (article.published_at or "")[:10] == gold["date"],
        "authors": {fold(name) for name in article.authors} == {fold(name) for name in gold["authors"]},
        "body": body_texts(article) == [fold(text) for text in gold["body"]],
        "link": article.url in links and article.canonical_url in links,
        "number": number is not None,
        "picture": picture is not None and bool(picture.url) if number in featured else True,
    }
    if gold.get("section"):
        marks["section"] = fold(article.section or "") == fold(gold["section"])
    if "caption" in gold:
        marks["caption"] = fold((picture.caption if picture else "") or "") == fold(gold["caption"] or "")
    if "dateline" in gold:
        marks["dateline"] = fold(article.dateline or "") == fold(gold["dateline"] or "")
    if "tags" in gold:
        marks["tags"] = set(article.tags) == set(gold["tags"])
    return marks


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 when scored, 2 for wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.wordpress", description="Scores the reader of WordPress exports."
    )
    parser.add_argument("--export", type=Path, help="a WXR file")
    parser.add_argument("--gold", type=Path, help="JSON: {id: fields}")
    parser.add_argument(
        "--speed", type=int, metavar="MB", help="measure the speed on a generated export of this size"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    given = parser.parse_args(arguments)
    if given.speed:
        return speed(given.speed)
    for path in (given.export, given.gold):
        if path is None or not path.exists():
            print(f"eval.wordpress: there is no {path}", file=sys.stderr)
            return 2
    raw = given.export.read_text("utf-8", "replace")
    links = set(re.findall(r"<link>([^<]+)</link>", raw))
    featured = {
        match[1]
        for item in raw.split("<item>")[1:]
        if "_thumbnail_id" in item and (match := re.search(r"<wp:post_id>(\d+)", item))
    }
    begin = time.process_time()
    found = list(READER.read(Source(str(given.export), path=given.export), ReadOptions()))
    seconds = time.process_time() - begin
    articles = {fold(item.headline or ""): item for item in found if isinstance(item, IncomingArticle)}
    refused = [item for item in found if isinstance(item, Refusal)]
    gold = json.loads(given.gold.read_text("utf-8"))
    rows = _rows(gold, articles, links, featured)
    _print_rows(rows)
    exact = sum(all(marks.values()) for marks in rows.values())
    print(
        f"exact: {exact} of {len(rows)}; {len(articles)} articles, {len(refused)} refused; {seconds:.2f} CPU seconds"
    )
    for refusal in refused:
        print(f"refused: {refusal.reason}")
    if given.json:
        sums = {mark: sum(marks.get(mark, False) for marks in rows.values()) for mark in MARKS}
        of = {f"{mark}_of": sum(mark in marks for marks in rows.values()) for mark in MARKS}
        print(json.dumps({"articles": len(rows), "exact": exact, "refused": len(refused), **sums, **of}))
    return 0


def _rows(
    gold: dict[str, Any], articles: dict[str, IncomingArticle], links: set[str], featured: set[str]
) -> dict[str, dict[str, bool]]:
    """The marks of each article of the gold, by its name; one that the export lacks is told of and left out."""
    rows: dict[str, dict[str, bool]] = {}
    for name, fields in gold.items():
        article = articles.get(fold(fields["headline"] or ""))
        if article is None:
            print(f"{name}: no article of this headline in the export", file=sys.stderr)
            continue
        rows[name] = marks_of(fields, article, links, featured)
    return rows


def _print_rows(rows: dict[str, dict[str, bool]]) -> None:
    print(f"{'article':28} " + " ".join(f"{mark:>8}" for mark in MARKS))
    for name, marks in rows.items():
        shown = ["-" if mark not in marks else "yes" if marks[mark] else "NO" for mark in MARKS]
        print(f"{name[:28]:28} " + " ".join(f"{value:>8}" for value in shown))


_SENTENCE = "عادت المطارق إلى الرنين في السوق القديم بعد أن أعادت جمعية أهلية ترميم الدكاكين التي ظلت مغلقة أعواما طويلة. "


def speed(megabytes: int) -> int:
    """Writes an export of about `megabytes`, half of it in blocks and half classic, a picture to each post; reads it."""
    with tempfile.NamedTemporaryFile("w", suffix=".xml", encoding="utf-8") as file:
        file.write(
            '<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>ص</title>'
            "<wp:base_site_url>https://a.example</wp:base_site_url>\n"
        )
        size = number = 0
        while size < megabytes * 1_000_000:
            number += 1
            texts = [f"{part} {number} {_SENTENCE * (1 + (number + part) % 3)}" for part in range(9)]
            content = "\n\n".join(
                f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->" if number % 2 else text
                for text in texts
            )
            item = (
                f"<item><title>خبر رقم {number} من الأرشيف</title><link>https://a.example/{number}/</link><dc:creator>s</dc:creator><content:encoded><![CDATA[{content}]]></content:encoded>"
                f"<wp:post_id>{2 * number}</wp:post_id><wp:post_date>2021-03-14 09:30:00</wp:post_date><wp:post_date_gmt>2021-03-14 06:30:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
                f'<category domain="category" nicename="c">ثقافة</category><wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>{2 * number + 1}</wp:meta_value></wp:postmeta></item>\n'
                f"<item><title>ص</title><excerpt:encoded><![CDATA[السوق]]></excerpt:encoded><wp:post_id>{2 * number + 1}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>/p/{number}.jpg</wp:attachment_url></item>\n"
            )
            size += file.write(item) * 9 // 5
        file.write("</channel></rss>")
        file.flush()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begin = time.process_time()
        found = sum(1 for _ in READER.read(Source(file.name, path=Path(file.name)), ReadOptions()))
        seconds = time.process_time() - begin
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(
            f"{found} articles of {Path(file.name).stat().st_size / 1e6:.0f} MB in {seconds:.1f} CPU seconds:"
            f" {found / seconds:.0f} a second; memory {before // 1024} MB before, {after // 1024} MB at most"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
