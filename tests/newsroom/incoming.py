"""Articles as intake would hand them over, for tests of the importer."""

from __future__ import annotations

from itertools import count

from bulaq.intake.article import IncomingArticle, Link, Paragraph, Refusal
from bulaq.newsroom.importing.runs.jobs import RunOptions, begin
from bulaq.newsroom.importing.storing.batches import StoreOptions, Storer
from bulaq.newsroom.importing.storing.identity import digest
from bulaq.newsroom.importing.storing.prepared import Found
from bulaq.newsroom.importing.storing.recording import Stored
from bulaq.newsroom.models import Edition, ImportRun, Section

_numbers = count(1)


def incoming(**fields) -> IncomingArticle:
    """A complete article of its own text and address, unless `fields` say otherwise."""
    number = next(_numbers)
    fields.setdefault("source", f"page-{number}.html")
    fields.setdefault("format", "html")
    fields.setdefault("url", f"https://old.example/news/{number}/")
    fields.setdefault("headline", f"عنوان المادة رقم {number}")
    fields.setdefault("section", "ثقافة")
    fields.setdefault("authors", ("سلمى الحداد",))
    fields.setdefault("published_at", "2019-05-03T10:00:00+03:00")
    fields.setdefault("lang", "ar")
    fields.setdefault("tags", ("متاحف",))
    fields.setdefault("body", (Paragraph(f"نص المادة رقم {number} كما كتبها صاحبها قبل سنوات."),))
    fields.setdefault("read_also", (Link("مادة أخرى", "https://old.example/other/"),))
    return IncomingArticle(**fields)


def make_run(**options) -> ImportRun:
    """A run in the first edition."""
    return begin(inputs=["archive"], edition=Edition.objects.first(), options=RunOptions(**options))


def store(*items: IncomingArticle | Refusal, run: ImportRun | None = None, **options) -> list[Stored]:
    """Stores the items as one batch, each from a source of its own."""
    run = run or make_run()
    slugs = dict(Section.objects.values_list("slug", "id"))
    if "default_section" in options:
        options["default_section_id"] = slugs[options.pop("default_section")]
    if "section_map" in options:
        options["section_map"] = {theirs: slugs[slug] for theirs, slug in options["section_map"].items()}
    finds = [
        Found(f"{run.pk}:{n}:{item.source}", digest(f"{n}:{item.source}"), 0, item)
        for n, item in enumerate(items)
    ]
    return Storer(run, StoreOptions(**options)).store(finds)
