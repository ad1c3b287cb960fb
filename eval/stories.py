"""How well articles are grouped into stories: `python -m eval.stories --docs docs.jsonl.zst --pairs pairs.tsv`.

The articles of a window are published one by one, in the order of time, as in a newsroom: each is filed by the production
tracker, which sees only what came before. Two windows are measured apart, one in each half of the archive, so that what
is chosen on one can be judged on the other. `pairs.tsv` holds document TAB document TAB grade of the same event.

Recall: the share of pairs whose articles stand in one story. B-cubed precision and recall (Bagga and Baldwin, 1998) over
the articles that have a pair, the events being what the pairs connect: precision is a lower bound, for a running story
holds several events, and pairs of one event may be missing from the list. `one section` is another witness of precision that
needs no pairs: of two articles of one story and one outlet, how often both have the same section (`--outlet` and `--section` name the
fields); beside it, the same of any two articles of an outlet.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from bulaq.discovery.document import Document, Placement
from bulaq.discovery.related import RelatedIndex, StoryTracker
from eval.documents import EvalDocument, read_documents
from eval.trec import read_judgements

_EDITION = 1
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m eval.stories", description=__doc__)
    parser.add_argument("--docs", type=Path, required=True, help="documents, .jsonl or .jsonl.zst")
    parser.add_argument("--pairs", type=Path, required=True, help="document TAB document TAB grade")
    parser.add_argument("--articles", type=int, default=4000, help="consecutive articles of each window")
    parser.add_argument("--outlet", default="outlet", metavar="FIELD")
    parser.add_argument("--section", default="section", metavar="FIELD")
    parser.add_argument(
        "--show", type=int, default=0, help="print the headlines of so many stories of each size"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    options = parser.parse_args(arguments)
    try:
        documents = [one for one in read_documents(options.docs) if one.date and one.text.strip()]
        pairs = [
            (one, other)
            for one, others in read_judgements(options.pairs).items()
            for other, grade in others.items()
            if grade > 0
        ]
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    documents.sort(key=lambda document: (document.date or _NO_DATE, document.id))
    half = len(documents) // 2
    start = max(0, (half - options.articles) // 2)
    report = {}
    for name, first in (("older half", start), ("newer half", half + start)):
        window = documents[first : first + options.articles]
        stories = grouped(window)
        report[name] = measured(window, stories, pairs, options.outlet, options.section)
        print(name, " ".join(f"{figure} {value:,}" for figure, value in report[name].items()))
        _show(window, stories, options.show)
    if options.json:
        print(json.dumps(report))
    return 0


def grouped(window: Iterable[EvalDocument]) -> dict[str, int]:
    """The story of each article that stands in one, by document id."""
    index = RelatedIndex()
    stories: dict[int, int] = {}
    numbers = itertools.count(1)
    tracker = StoryTracker(index, _EDITION, lambda _: stories, new_id=lambda: next(numbers))
    names = []
    for number, one in enumerate(window):
        names.append(one.id)
        place = Placement(_EDITION, published_at=one.date)
        article = Document(number, one.title, one.text, placements=(place,))
        found = tracker.assign(article)
        index.put([article])
        if found is not None:
            stories[number] = found.story
            if found.begins:
                stories.update(dict.fromkeys(found.others, found.story))
    return {names[number]: story for number, story in stories.items()}


def measured(
    window: Iterable[EvalDocument],
    stories: Mapping[str, int],
    pairs: Iterable[tuple[str, str]],
    outlet: str = "outlet",
    section: str = "section",
) -> dict[str, float]:
    """The figures of the module's docstring; an article without a story counts as a story of its own."""
    inside = {one.id: one for one in window}
    pairs = [(a, b) for a, b in pairs if a in inside and b in inside]
    given = {name: stories.get(name, f"alone {name}") for name in inside}
    events = _connected(pairs)
    in_event: dict[object, set[str]] = defaultdict(set)
    in_story: dict[object, set[str]] = defaultdict(set)
    for name, event in events.items():
        in_event[event].add(name)
        in_story[given[name]].add(name)
    precision, recall = [], []
    for name, event in events.items():
        shared = len(in_event[event] & in_story[given[name]])
        precision.append(shared / len(in_story[given[name]]))
        recall.append(shared / len(in_event[event]))
    sizes = Counter(stories[name] for name in inside if name in stories)
    same, any_two = _one_section(inside.values(), given, outlet, section)
    p, r = (sum(each) / max(1, len(each)) for each in (precision, recall))
    return {
        "pairs": len(pairs),
        "pairs_recall": round(sum(given[a] == given[b] for a, b in pairs) / max(1, len(pairs)), 3),
        "b3_precision": round(p, 3),
        "b3_recall": round(r, 3),
        "b3_f1": round(2 * p * r / max(1e-9, p + r), 3),
        "one_section": round(same, 3),
        "one_section_of_any": round(any_two, 3),
        "stories": len(sizes),
        "articles_in_stories": round(sum(sizes.values()) / max(1, len(inside)), 3),
        "largest": max(sizes.values(), default=0),
    }


def _connected(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each article of a pair → a name for all that pairs connect with it."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for a, b in pairs:
        parent[root(a)] = root(b)
    return {name: root(name) for name in list(parent)}


def _one_section(
    window: Iterable[EvalDocument], given: Mapping[str, object], outlet: str, section: str
) -> tuple[float, float]:
    """The share of pairs with one section: within stories and outlets, and within outlets alone."""
    within: dict[object, Counter[str]] = defaultdict(Counter)
    anywhere: dict[object, Counter[str]] = defaultdict(Counter)
    for one in window:
        if one.fields.get(section):
            within[given[one.id], one.fields.get(outlet)][one.fields[section]] += 1
            anywhere[one.fields.get(outlet)][one.fields[section]] += 1

    def share(groups: Iterable[Counter[str]]) -> float:
        same = total = 0
        for group in groups:
            same += sum(count * (count - 1) for count in group.values())
            total += group.total() * (group.total() - 1)
        return same / max(1, total)

    return share(within.values()), share(anywhere.values())


def _show(window: Iterable[EvalDocument], stories: Mapping[str, int], number: int) -> None:
    held: dict[int, list[str]] = defaultdict(list)
    for one in window:
        if one.id in stories:
            held[stories[one.id]].append(one.title)
    by_size: dict[int, list[list[str]]] = defaultdict(list)
    for titles in held.values():
        by_size[len(titles)].append(titles)
    for size in sorted(by_size):
        for titles in by_size[size][:number]:
            print(size, " | ".join(titles[:8]))


if __name__ == "__main__":
    sys.exit(main())
