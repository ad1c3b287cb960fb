"""What the command line tells of imports."""

import pytest
from tests.newsroom.incoming import incoming, make_run, store
from tests.newsroom.making import make_edition

from bulaq.intake.article import Refusal
from bulaq.newsroom.importing.undoing import undo
from bulaq.newsroom.models import ImportItem
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
