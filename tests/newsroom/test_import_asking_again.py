"""A feed that is imported again and again: asked for what is new alone, and left alone when it says so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bulaq.newsroom.importing.runs import jobs
from bulaq.newsroom.importing.storing.findings import Findings
from bulaq.newsroom.importing.undo.undoing import undo
from bulaq.newsroom.models import Article, FetchedAddress, ImportRun
from bulaq.project import configuration
from tests.newsroom.making import make_edition
from tests.newsroom.saved_archive import SUBJECTS
from tests.project.outside_world import OutsideWorld

pytestmark = pytest.mark.django_db

ENTRY = "<item><title>{0} في صورتها الجديدة</title><link>https://feed.example/{0}/</link><description>{1}</description></item>"
TEXT = "وقال سكان الحي إن العمل بدأ في الصباح الباكر وانتهى قبل موعده بأيام قليلة. " * 8


@pytest.fixture
def world(settings, tmp_path):
    told = {"BULAQ_HOME": str(tmp_path), "BULAQ_FETCH_NETWORKS": "127.0.0.1/32"}
    settings.BULAQ = configuration.read(told)
    world = OutsideWorld()
    yield world
    world.close()


def _feed(world: OutsideWorld, subjects: list[str], etag: str) -> None:
    items = "".join(ENTRY.format(subject, TEXT) for subject in subjects)
    feed = f'<rss version="2.0"><channel><title>نشرة</title>{items}</channel></rss>'
    world.pages["/feed.xml"] = ("application/rss+xml", feed.encode())
    world.etags["/feed.xml"] = etag


@pytest.fixture
def bring_in(world):
    edition = make_edition()

    def bring(**options) -> tuple[ImportRun, list[str]]:
        """The import, and why anything was refused."""
        asked = jobs.RunOptions(fetch=True, workers=1, **options)
        run = jobs.work(jobs.begin(inputs=[world.url("/feed.xml")], edition=edition, options=asked).pk)
        return run, [tally.code for tally in Findings(run.findings).refusals]

    return bring


def test_a_feed_is_asked_for_what_is_new_alone_while_all_that_it_brought_is_here(world, bring_in):
    _feed(world, SUBJECTS[:2], '"one"')
    first, _ = bring_in()
    assert first.created == 2
    again, refused = bring_in()
    assert (refused, again.articles, again.unchanged) == (["fetch-not-modified"], 0, 1)
    assert Findings(again.findings).nothing_new == 1

    published, refused = bring_in(publish=True)
    assert (refused, published.articles) == ([], 2), "other options ask for other things"

    _feed(world, SUBJECTS[:3], 'W/"two"')
    grown, _ = bring_in(publish=True)
    assert (grown.created, grown.unchanged) == (1, 2)
    assert bring_in(publish=True)[1] == ["fetch-not-modified"]
    Article.objects.order_by("pk").last().delete()
    deleted, refused = bring_in(publish=True)
    assert (refused, deleted.created) == ([], 1), "what was deleted here comes again"
    undo(deleted.pk)
    assert bring_in(publish=True)[0].created == 1


@pytest.mark.parametrize(
    ("answer", "codes", "hours"),
    [
        ((410, ""), ["fetch-gone", "fetch-gone"], 24),
        ((503, "7200"), ["fetch-answer", "fetch-busy"], 2),
    ],
)
def test_an_address_that_is_gone_or_busy_is_left_alone_as_long_as_it_asks(
    world, bring_in, answer, codes, hours
):
    world.failing["/feed.xml"] = answer
    assert [bring_in()[1][0] for _ in codes] == codes
    assert world.asked["/feed.xml"] == 1
    now = timezone.now()
    left = FetchedAddress.objects.get().rest_until - now
    assert abs(left - timedelta(hours=hours)) < timedelta(minutes=1)

    FetchedAddress.objects.update(rest_until=now)
    world.failing.clear()
    _feed(world, SUBJECTS[:1], '"one"')
    assert bring_in()[0].created == 1
