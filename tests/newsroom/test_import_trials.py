"""A trial: what an import would do, with nothing stored but the run and its report."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bulaq.intake.article import Paragraph, Refusal
from bulaq.intake.named_section import NamedSection
from bulaq.newsroom.importing.correcting.kept_corrections import templates_file
from bulaq.newsroom.importing.runs import jobs
from bulaq.newsroom.importing.runs import requests as run_requests
from bulaq.newsroom.importing.runs.trials import TrialStorer
from bulaq.newsroom.importing.storing.batches import StoreOptions, Storer
from bulaq.newsroom.importing.storing.findings import Findings
from bulaq.newsroom.importing.storing.identity import digest
from bulaq.newsroom.importing.storing.prepared import Found
from bulaq.newsroom.importing.undo.undoing import UndoRefused, undo
from bulaq.newsroom.models import Article, Edition, ImportRun, Publication, Section
from tests.newsroom.incoming import incoming, make_run, store
from tests.newsroom.making import make_edition

pytestmark = pytest.mark.django_db

OF_A_RUN = {"newsroom.ImportRun", "newsroom.ImportItem"}


@pytest.fixture
def edition():
    return make_edition()


def _rows() -> dict[str, int]:
    """How many rows each table has, besides those of runs and their items."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.label not in OF_A_RUN
    }


def _finds(*items) -> list[Found]:
    return [Found(item.source, digest(item.source), 0, item) for item in items]


def test_a_trial_says_what_the_import_then_does_and_stores_nothing(edition):
    known = incoming(section="ثقافة")
    store(known, publish=True)
    same = (Paragraph("نص يأتي مرتين في الأرشيف الواحد تحت عنوانين مختلفين."),)
    items = [
        known,
        incoming(
            url=known.url,
            headline=known.headline,
            body=(Paragraph("نص أطول من الأول بكثير، أضيفت إليه فقرة كاملة بعد نشره."),),
        ),
        incoming(headline=None, section="بيئة"),
        incoming(section="قسم لا تعرفه الطبعة", body=same),
        incoming(section="قسم لا تعرفه الطبعة", body=same),
        incoming(lang="en"),
        Refusal("x.html", "empty", "x.html: the file is empty"),
    ]
    before = _rows()
    tried = make_run(trial=True)
    first = TrialStorer(tried, StoreOptions(publish=True)).store(_finds(*items[:4]))
    # Taken up after a kill: what came before is known again.
    tried.refresh_from_db()
    told = first + TrialStorer(tried, StoreOptions(publish=True)).store(_finds(*items[4:]))
    assert _rows() == before
    real = make_run()
    done = Storer(real, StoreOptions(publish=True)).store(_finds(*items))
    assert [(line.verdict, line.outcome, line.published) for line in told] == [
        (line.verdict, line.outcome, line.published) for line in done
    ]
    assert [[r.code for r in line.reasons] for line in told] == [
        [r.code for r in line.reasons] for line in done
    ]
    tried.refresh_from_db()
    real.refresh_from_db()
    counts = ("ready", "doubtful", "refused", "created", "updated", "unchanged", "published", "sources_done")
    assert [getattr(tried, name) for name in counts] == [getattr(real, name) for name in counts]
    met = {section.theirs: (section.number, section.ours_id) for section in Findings(tried.findings).sections}
    assert met["قسم لا تعرفه الطبعة"] == (2, None)
    with pytest.raises(UndoRefused):
        undo(tried.pk)


def test_a_batch_that_fails_is_counted_once(edition):
    run = make_run()
    broken = incoming(confidence={"headline": "high"})
    store(incoming(), broken, incoming(headline=None), run=run)
    findings = Findings(ImportRun.objects.get(pk=run.pk).findings)
    assert (findings.ready.number, [tally.code for tally in findings.refusals]) == (1, ["not-stored"])
    assert [(tally.code, tally.number) for tally in findings.reasons] == [("no-headline", 1)]


def test_a_section_deleted_since_the_trial_may_be_made_anew(desk):
    tried = make_run(trial=True)
    findings = Findings({})
    findings.met(NamedSection("علوم البحار", "علوم البحار"), 10**9)
    ImportRun.objects.filter(pk=tried.pk).update(state="done", findings=findings.as_json())
    assert '<option value="">' in desk.get(reverse("newsroom_imports:run", args=[tried.pk])).content.decode()


def test_a_trial_begun_at_the_desk_ends_in_a_report_from_which_the_import_is_begun(desk):
    """Twelve pages, so that their template is learned; the import reads with what the trial learned."""
    culture = Section.objects.get(slug="culture")
    Section.objects.filter(pk=culture.pk).update(name="ثقافة")
    pages = [SimpleUploadedFile(f"{number}.html", _page(number).encode()) for number in range(12)]
    asked = {"files": pages, "edition": Edition.objects.get().pk, "publish": "on", "trial": "on"}
    address = desk.post(reverse("newsroom_imports:index"), asked).url
    trial = ImportRun.objects.get()
    assert run_requests.next_for_worker() == (trial.pk, "resume")
    seen = []
    assert jobs.work(trial.pk, watch=seen.append).state == "done"
    assert Article.objects.count() == 0
    report = desk.get(address).content.decode()
    assert "حرفيون 2" in report, "samples tell what was read"
    assert "ثقافة وفنون" in report
    assert not re.search(r'value="(undo|publish)"', report)
    (name,) = re.findall(r'<select name="([^"]+)"', report)
    assert f'<option value="{culture.pk}" selected' in report, "a section of ours is suggested"
    begun = desk.post(reverse("newsroom_imports:begin", args=[trial.pk]), {name: culture.pk, "publish": "on"})
    run = ImportRun.objects.exclude(pk=trial.pk).get()
    assert begun.url == reverse("newsroom_imports:run", args=[run.pk])
    assert templates_file(run.pk).read_bytes() == templates_file(trial.pk).read_bytes()
    jobs.work(run.pk)
    assert set(Publication.objects.values_list("section", flat=True)) == {culture.pk}
    assert Article.objects.count() == trial.items.filter(outcome="created").count() == 12
    desk.post(reverse("newsroom_imports:act", args=[trial.pk]), {"act": "discard"})
    assert list(ImportRun.objects.all()) == [run]
    assert all(Path(kept).exists() for kept in run.inputs), "the import needs what was uploaded"


def _page(number: int) -> str:
    text = f"حرفيون {number} من أحياء المدينة يعودون إلى السوق القديم بعد ترميم طويل. " * 4
    return (
        f"<html lang=ar dir=rtl><head><title>السوق {number}</title><link rel=canonical href='https://old.example/{number}/a'>"
        "<meta property='article:section' content='ثقافة وفنون'>"
        "<meta property='article:published_time' content='2019-05-03T10:00:00+03:00'></head><body><article>"
        f"<h1>السوق {number} يفتح أبوابه من جديد</h1><p>{text}</p><p>{text[::-1]}</p></article></body></html>"
    )
