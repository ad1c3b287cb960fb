"""`bulaq import` learns a site's templates from the pages it is given, dry or stored."""

from __future__ import annotations

import json

from tests.intake.test_templates import page, story

from bulaq.newsroom.importing.kept_corrections import templates_file
from bulaq.project import command_line

LINE = "سجّل في خدمتنا الإخبارية المجانية لتصلك أهم مواد الأسبوع كل صباح جمعة."


def test_a_line_that_all_pages_share_is_in_no_body(tmp_path, capsys):
    for number in range(20):
        (tmp_path / f"{number:02}.html").write_bytes(page(story(number), end=LINE))
    assert command_line.main(["import", "--dry-run", "--json", str(tmp_path)]) == 0
    articles = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(articles) == 20
    assert not [a["source"] for a in articles if LINE in json.dumps(a["body"], ensure_ascii=False)]


def test_a_run_keeps_what_it_learned(settings, tmp_path):
    settings.HOME = tmp_path
    assert templates_file(7).parent == tmp_path / "imports"
