"""Replaying old addresses against the site itself: every kind of end is told from the others."""

import json

import pytest
from django.http import HttpResponseRedirect
from tests.newsroom.incoming import incoming, store
from tests.newsroom.making import make_edition

from bulaq.newsroom import legacy_paths
from bulaq.newsroom.actions.publishing import withdraw
from bulaq.newsroom.models import Article, Edition, LegacyPath, Publication
from bulaq.project import command_line
from bulaq.project.address_replay import Replay, asking_in_process

pytestmark = pytest.mark.django_db(transaction=True)  # each page that is asked for ends its connection

LIKE_OURS = (
    "/news/2/",
    "/?p=12",
    "/news.php?id=7",
    "/2018/05/slug-عربي/",
    "/a/b/page.html",
    "/culture/1/",
    "/culture/?id=7",
    "/opinion/9",
    "/2019/05/أخبار-الآن/",
    "/news/show.asp?NewsID=7&lang=ar",
    "/ar/stories/?id=9&cat=3",
    "/news/?id=7&cat=3",
    "/news/?id=7&cat=4",
    "/reports/?Article_ID=7",
    "/show.asp?unwan=%C7%E1%CE%C8%D1",
)
"""Old addresses that could be ours, or that only their queries tell apart."""


@pytest.fixture
def edition():
    """An edition with an article for each of the old addresses, whose numbers are those of other articles."""
    edition = make_edition()
    store(
        *(incoming(url=f"https://old.example{path}", section="culture") for path in LIKE_OURS), publish=True
    )
    return edition


def _lines(file) -> int:
    return len(file.read_text("utf-8").splitlines())


def _verify(capsys, tmp_path, *lines: str, options: tuple[str, ...] = ()) -> tuple[int, list[dict]]:
    file = tmp_path / "addresses.txt"
    file.write_text("\n".join(lines), "utf-8")
    code = command_line.main(["redirects", "verify", str(file), "--json", *options])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_spelling_of_what_was_brought_leads_to_its_article_in_one_step(
    edition, capsys, tmp_path, caplog
):
    code, told = _verify(capsys, tmp_path, *(f"https://www.old.example{path}" for path in LIKE_OURS))
    assert [each for each in told if each["result"] != "right"] == []
    assert code == 0
    assert {each["variant"] for each in told} >= {
        "given", "www", "no slash", "slash", ".html", "no .html", "lower-case escapes", "escaped twice", "shared",
        "amp", "feed", "second page", "full stop", "index.php", "index.php behind", "page_id", "host in capitals",
        "for telephones", "with a port", "letters in parts",
    }  # fmt: skip
    assert len({each["expected"] for each in told}) == len(LIKE_OURS)
    journal = tmp_path / "journal.jsonl"
    known = LegacyPath.objects.count()
    for lost in (None, 10, 0):  # the second time the file ends within a line, as a kill leaves it
        if lost:
            journal.write_bytes(journal.read_bytes()[:-lost])
        code = command_line.main(["redirects", "verify", "--journal", str(journal)])
        assert (code, capsys.readouterr().out.split(":")[0]) == (
            0,
            f"{known} addresses in {_lines(journal)} spellings",
        )
    command_line.main(["redirects", "verify", "--as-given", "--sample", "3"])
    assert capsys.readouterr().out.startswith("3 addresses: 3 lead")
    assert not caplog.records


def test_what_names_an_article_is_learned_from_the_addresses_themselves(capsys, tmp_path):
    """Whatever the old site's programs called it, beside whatever else; and no language, section or page of a list."""
    make_edition()
    store(
        *(incoming(url=f"https://old.example/details.php?kalam={n}&lang=ar&qism={n % 2}") for n in range(30, 36)),
        *(incoming(url=f"https://old.example/{way}") for way in ("?/khabar/7", "t.php?55-قصة", "#!/story/8")),
        incoming(url="https://old.example/adad.php?nashra=3&safha=4"),
        publish=True,
    )  # fmt: skip
    known, unknown = _ends(
        capsys,
        tmp_path,
        [
            "/details.php?kalam=31", "/details.php?qism=7&kalam=31&lang=en", "/details.php?Kalam=31&from=app",
            "/?/khabar/7", "/t.php?55-قصة", "/?_escaped_fragment_=/story/8", "/adad.php?safha=4&nashra=3",
        ],
        ["/details.php?lang=ar", "/details.php?qism=1", "/adad.php?nashra=3", "/details.php?kalam=77&qism=1"],
    )  # fmt: skip
    assert (known, unknown) == ({"right"}, {"not-found"})


def _ends(capsys, tmp_path, *groups: list[str]) -> list[set[str]]:
    return [
        {each["result"] for each in _verify(capsys, tmp_path, *group, options=("--as-given",))[1]}
        for group in groups
    ]


def test_what_goes_wrong_is_told_by_its_kind_and_by_no_warning(edition, capsys, tmp_path, caplog):
    articles = list(Article.objects.order_by("pk"))
    withdraw(article_id=articles[0].pk)
    Publication.objects.filter(article=articles[1]).delete()
    code, told = _verify(
        capsys, tmp_path,
        *LIKE_OURS[:3], "/nothing/here/", "/?p=99", f"/news/{articles[3].pk}/", "/culture/", "/culture",
        options=("--as-given",),
    )  # fmt: skip
    assert code == 3
    assert [each["result"] for each in told] == [
        "gone", "draft", "right", "not-found", "not-found", "wrong", "own", "own",
    ]  # fmt: skip
    assert not caplog.records


def test_a_site_that_answers_otherwise_than_the_table_says_is_found_out(edition):
    """The site is asked, not the table: with views that send readers elsewhere, the replay sees where."""
    right = legacy_paths.target(edition, "/news/2/").path
    other = legacy_paths.target(edition, "/?p=12").path
    sites = {
        "wrong": {"/news/2/": (301, other), other: (200, "")},
        "chain": {"/news/2/": (301, "/x/"), "/x/": (301, right), right: (200, "")},
        "loop": {"/news/2/": (301, "/x/"), "/x/": (302, "/news/2/")},
        "not-found": {"/news/2/": (404, "")},
        "failed": {"/news/2/": (301, right), right: (500, "")},
        "right": {"/news/2/": (301, right), right: (200, "")},
    }
    for kind, site in sites.items():
        replay = Replay(edition, lambda asked, host, site=site: site[asked], variants=False)
        assert [each.kind for each in replay.replay("/news/2/")] == [kind]


def test_the_views_are_asked_themselves(edition, monkeypatch):
    from bulaq.reader.views import article

    monkeypatch.setattr(article, "led_on", lambda request: HttpResponseRedirect("/culture/"))
    number = Article.objects.order_by("pk").last().pk
    legacy_paths.remember(Edition.objects.get(), Article.objects.first().pk, f"/news/{number}/")
    replay = Replay(edition, asking_in_process(), variants=False)
    assert [each.kind for each in replay.replay(f"/news/{number}/")] == ["wrong"]
