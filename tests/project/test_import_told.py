"""What the command line tells of imports."""

import pytest
from tests.newsroom.incoming import incoming, make_run, store
from tests.newsroom.making import make_edition

from bulaq.intake.article import Refusal
from bulaq.newsroom.importing.undo.undoing import undo
from bulaq.newsroom.models import Article, ImportItem
from bulaq.project import command_line

pytestmark = pytest.mark.django_db


def test_a_run_taken_back_says_what_is_gone_instead_of_what_it_brought(capsys):
    make_edition()
    run = make_run()
    key = f"{run.pk}:2:سوق.html"
    store(incoming(), incoming(), Refusal("سوق.html", "empty", f"{key}: the file is empty"), run=run)
    assert ImportItem.objects.get(verdict="refused").reasons[0]["text"] == "the file is empty"
    command_line.main(["imports", "show", str(run.pk)])
    assert "2 new" in capsys.readouterr().out
    undo(run.pk)
    command_line.main(["imports", "list"])
    command_line.main(["imports", "show", str(run.pk)])
    listed, shown, *_ = capsys.readouterr().out.splitlines()
    assert "undone\t2 of 2 articles taken back, 1 had been refused" in listed
    assert shown == "undone; 2 of 2 articles taken back, 1 had been refused"


def test_sections_are_mapped_by_a_file_and_what_will_not_do_in_it_is_named(tmp_path, capsys):
    make_edition()
    store(incoming(section="شؤون البلدة"), incoming(section="دوري الكبار"), publish=True)
    file = tmp_path / "sections.txt"
    file.write_text("# theirs\nشؤون البلدة = nowhere\n\nدوري الكبار\n", "utf-8")
    for given in (["imports", "sections", "--map-file"], ["import", "page.html", "--map-sections"]):
        with pytest.raises(SystemExit) as left:
            command_line.main([*given, str(file)])
        told = capsys.readouterr().err
        assert left.value.code == 2
        assert "line 2: there is no section «nowhere»" in told
        assert "line 4: «دوري الكبار» is not THEIRS=SLUG" in told
        assert "culture" in told
    file.write_text("شؤون البلدة=culture # ours\r\n", "utf-8-sig")
    assert (
        command_line.main(["imports", "sections", "--map-file", str(file), "--map", "دوري الكبار=culture"])
        == 0
    )
    assert set(Article.objects.values_list("section__slug", flat=True)) == {"culture"}
