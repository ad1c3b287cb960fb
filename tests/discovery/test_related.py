"""Related articles: what comes, what stays out, and what the desk is told."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bulaq.discovery.document import Document, Placement
from bulaq.discovery.duplicates import DuplicateIndex
from bulaq.discovery.related import RelatedFinder, RelatedIndex, RelatedIndexOutdated, term_lists

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SUBJECTS = {
    "القطن": "محصول القطن حقول القطن مزارعون حلج البذور أسعار القنطار موسم الجني دودة ورق مصانع الغزل والنسيج",
    "الجسر": "جسر النهر العائم مهندسون صيانة أعمدة خرسانة حركة المرور تحويلات شاحنات الضفة الغربية مقاول",
    "المكتبة": "مكتبة المدينة مخطوطات فهرسة ترميم ورق قراء قاعة المطالعة أمين المكتبة تصوير رقمي مجلدات",
    "الشطرنج": "بطولة الشطرنج لاعبون نقلة افتتاحية نهائي أستاذ دولي رقعة تصنيف اتحاد جولة حاسمة تعادل",
    "القهوة": "محمصة قهوة بن فناجين مقهى الحي مذاق حبوب يمنية طحن تخمير زبائن شارع السوق رائحة",
}


def article(
    number: int,
    subject: str,
    extra: str = "",
    *,
    days: float = 0,
    editions: tuple[int, ...] = (1,),
    live: bool = True,
) -> Document:
    words = SUBJECTS[subject].split()
    turn = number % len(words)
    body = " ".join(words[turn:] + words[:turn]) + f" تفصيل{number} {extra}"
    published = NOW - timedelta(days=days)
    return Document(
        id=number,
        headline=f"{subject} {extra}",
        body=body,
        placements=tuple(
            Placement(edition=edition, published_at=published, live=live) for edition in editions
        ),
    )


@pytest.fixture
def index() -> RelatedIndex:
    index = RelatedIndex()
    index.put(article(10 * k + n, subject, days=n) for k, subject in enumerate(SUBJECTS) for n in range(8))
    return index


def ids(found: list) -> list[int]:
    return [one.id for one in found]


def test_the_same_subject_comes_and_nothing_else(index: RelatedIndex) -> None:
    found = RelatedFinder(index).related(article(99, "الجسر"), edition=1, limit=20)
    assert sorted(ids(found)) == list(range(10, 18))


def test_of_equals_the_fresher_comes_first(index: RelatedIndex) -> None:
    index.put([article(200, "القهوة", "يوم", days=400), article(201, "القهوة", "يوم", days=2)])
    found = ids(RelatedFinder(index).related(article(99, "القهوة", "يوم"), edition=1, limit=20))
    assert found.index(201) < found.index(200)


def test_an_old_article_finds_those_of_its_day_however_many_came_since(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(term_lists, "BLOCK", 4)
    monkeypatch.setattr(term_lists, "BLOCKS", 4)
    index = RelatedIndex()
    index.put(article(n, "الجسر", days=200 - n) for n in range(200))
    old = set(ids(RelatedFinder(index).related(article(999, "الجسر", days=160), edition=1, limit=8)))
    assert {39, 40, 41} <= old
    new = ids(RelatedFinder(index).related(article(999, "الجسر"), edition=1, limit=8))
    assert min(new) > 180


def test_english_articles_of_an_arabic_archive_are_tied_by_their_subject_alone(index: RelatedIndex) -> None:
    texts = {
        301: "Engineers inspect the old bridge\nThe bridge was closed to cars after cracks were found in its stone pillars, they said.",
        302: "Bridge to reopen after repairs\nRepairs to the stone pillars of the bridge will be finished soon and cars will return.",
        303: "Chess club opens to children\nThe club has said that it will teach the game after school, and their first games are soon.",
        304: "A clay oven in the hills\nThe bakers have kept their ovens burning, and they said that the bread will be served after noon.",
    }  # fmt: skip
    english = [
        Document(number, *text.split("\n"), lang="en", placements=(Placement(1, published_at=NOW),))
        for number, text in texts.items()
    ]
    index.put(english)
    found = {one.id: ids(RelatedFinder(index).related(one, edition=1)) for one in english}
    assert found == {301: [302], 302: [301], 303: [], 304: []}


def test_nothing_rather_than_noise(index: RelatedIndex) -> None:
    stranger = Document(id=99, headline="كسوف جزئي فوق القطب", body="يرصد الفلكيون ظاهرة نادرة فجر الغد")
    assert RelatedFinder(index).related(stranger, edition=1) == []
    assert RelatedFinder(index).related(Document(id=98, headline="", body=""), edition=1) == []


def test_only_what_readers_of_the_edition_may_see(index: RelatedIndex) -> None:
    index.put(
        [
            article(300, "الشطرنج", editions=(2,)),
            article(301, "الشطرنج", live=False),
            article(302, "الشطرنج", days=-1),
            article(303, "الشطرنج", editions=(1, 2)),
        ]
    )
    finder = RelatedFinder(index)
    here = ids(finder.related(article(99, "الشطرنج"), edition=1, limit=20, now=NOW))
    assert 303 in here
    assert not {300, 301, 302} & set(here)
    assert set(ids(finder.related(article(99, "الشطرنج"), edition=2, limit=20))) == {300, 303}


def test_pins_come_first_and_bans_never(index: RelatedIndex) -> None:
    found = RelatedFinder(index).related(
        article(99, "الجسر"), edition=1, limit=4, pinned=[42, 11], banned={10, 12}
    )
    assert ids(found)[:2] == [42, 11]
    assert [one.pinned for one in found] == [True, True, False, False]
    assert not {10, 12} & set(ids(found))


def test_copies_of_the_article_and_of_one_another_stay_out(index: RelatedIndex) -> None:
    copy = article(400, "المكتبة", "افتتاح القاعة الجديدة للزوار صباح الغد")
    duplicates = DuplicateIndex()
    for number in (400, 401, 402):
        document = Document(number, copy.headline, copy.body, placements=copy.placements)
        index.put([document])
        duplicates.add(number, document.body)
    finder = RelatedFinder(index, duplicates)
    assert not {401, 402} & set(ids(finder.related(copy, edition=1, limit=20)))
    other = article(99, "المكتبة", "افتتاح")
    assert len({400, 401, 402} & set(ids(finder.related(other, edition=1, limit=20)))) == 1


def test_the_desk_is_told_why(index: RelatedIndex) -> None:
    [first, *_] = RelatedFinder(index).related(article(99, "الجسر"), edition=1)
    words = [reason.words for reason in first.reasons]
    assert any("جسر" in word.lower() for word in words)
    assert 0 < sum(reason.share for reason in first.reasons) <= 1.01


def test_a_new_chapter_reaches_the_boxes_of_the_older_ones(index: RelatedIndex) -> None:
    chapter = article(99, "الجسر")
    index.put([chapter])
    finder = RelatedFinder(index)
    affected = dict(finder.affected(chapter, edition=1))
    assert set(affected) == set(range(10, 18))
    older = article(13, "الجسر", days=3)
    scores = {one.id: one.score for one in finder.related(older, edition=1, limit=20)}
    assert scores[99] == pytest.approx(affected[13], abs=0.02)  # the same in both directions


def test_edited_moved_and_deleted_articles(index: RelatedIndex) -> None:
    finder = RelatedFinder(index)
    index.put([article(10, "القهوة")])  # rewritten from the bridge to coffee
    index.put([article(11, "الجسر", editions=(2,))])  # moved to another edition
    index.delete([12, 777])
    assert sorted(ids(finder.related(article(99, "الجسر"), edition=1, limit=20))) == [13, 14, 15, 16, 17]
    assert 10 in ids(finder.related(article(99, "القهوة"), edition=1, limit=20))
    assert len(index) == 39


def test_it_is_kept_in_a_folder_and_read_by_others_meanwhile(tmp_path: Path) -> None:
    writer, reader = RelatedIndex(tmp_path / "related"), RelatedIndex(tmp_path / "related")
    writer.put(article(n, subject) for n, subject in enumerate([*SUBJECTS] * 3))
    expected = RelatedFinder(writer).related(article(99, "القطن"), edition=1)
    assert len(expected) == 3
    assert RelatedFinder(reader).related(article(99, "القطن"), edition=1) == expected
    writer.close()
    reader.close()
    again = RelatedIndex(tmp_path / "related")
    assert RelatedFinder(again).related(article(99, "القطن"), edition=1) == expected
    again.close()


def test_a_folder_of_another_layout_is_refused_by_name(tmp_path: Path) -> None:
    RelatedIndex(tmp_path).close()
    with sqlite3.connect(tmp_path / "related.sqlite3") as database:
        database.execute("UPDATE layout SET name = 'older'")
    database.close()
    with pytest.raises(RelatedIndexOutdated, match="older"):
        RelatedIndex(tmp_path)


def test_the_sample_page_reads_on_with_what_its_editor_chose(shared: Path) -> None:
    """Of the 32 headlines that the page links to, the two of «قد يهمك أيضا» come out on top for its body."""
    lines = [
        line.strip()
        for line in (shared / "samples" / "portal-page.txt").read_text(encoding="utf-8").splitlines()
    ]
    lines = [line for line in lines if line]
    headings = [n for n, line in enumerate(lines) if line.startswith("قد يهمك")]
    body = "\n".join(lines[3 : headings[0]])
    links = [line for line in lines[headings[0] + 1 :] if len(line) > 25 and not line.startswith("View on")]
    assert len(links) >= 32
    index = RelatedIndex()
    index.put(
        Document(n, headline, placements=(Placement(edition=1, published_at=NOW),))
        for n, headline in enumerate(links)
    )
    page = Document(id=1000, headline="", body=body)
    found = RelatedFinder(index).related(page, edition=1, threshold=0.0)
    assert set(ids(found)[:2]) == {0, 1}
    assert found[1].score > 1.2 * found[2].score


def test_on_articles_that_people_graded(
    shared: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The evaluation command runs on a small archive: the graded documents and two thousand others."""
    import json

    from eval import related
    from eval.documents import read_documents

    pairs = shared / "related" / "news10.pairs.tsv"
    wanted = {name for line in pairs.read_text().splitlines() for name in line.split("\t")[:2]}
    small = tmp_path / "documents.jsonl"
    with small.open("w", encoding="utf-8") as file:
        for n, document in enumerate(read_documents(shared / "news" / "ant2018.jsonl.zst")):
            if document.id in wanted or n % 16 == 0:
                fields = {"id": document.id, "title": document.title, "text": document.text}
                date = document.date.isoformat() if document.date else None
                file.write(json.dumps({**fields, "date": date}) + "\n")
    run = tmp_path / "run"
    arguments = ["--docs", str(small), "--pairs", str(pairs), "--json", "--run", str(run)]
    assert related.main(arguments) == 0
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert report["ndcg@10"] > 0.8
    assert report["empty"] == 0
    assert run.read_text().count(" Q0 ") > 100


def test_filing_an_article_takes_no_more_steps_in_a_larger_archive() -> None:
    index = RelatedIndex()

    def steps(first: int, count: int) -> int:
        """Hundreds of SQLite's own instructions for filing so many articles, one after the other."""
        taken = 0

        def step() -> None:
            nonlocal taken
            taken += 1

        index._database.set_progress_handler(step, 100)
        for number in range(first, first + count):
            placements = (
                Placement(1, published_at=datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=number)),
            )
            for text in ("جسر الوادي", "ترميم دعامات الجسر"):  # and once again, changed
                index.put([Document(number, f"خبر{number} {text}", text, placements=placements)])
        index._database.set_progress_handler(None, 0)
        return taken

    small = steps(1, 60)
    steps(61, 600)
    assert steps(1_000, 60) < 2 * small
