"""A command that is pointed at a folder without a newsroom says so, instead of finding nothing; `bulaq begin` makes one."""

import io
import os
import socket
import subprocess
import sys

import pytest
from django.contrib.auth import get_user_model

from bulaq.newsroom.actions.founding import found
from bulaq.newsroom.models import Edition
from bulaq.project import command_line


def _bulaq(folder, *commands: list[str]) -> tuple[list[int], str]:
    """Exit codes and errors of commands given one after another in a process that no test has touched."""
    each = f"from bulaq.project.command_line import main\nfor given in {commands!r}:\n"
    each += " try: print(main(given))\n except SystemExit as left: print(left.code)\n"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BULAQ_")}
    done = subprocess.run(
        [sys.executable, "-c", each], capture_output=True, text=True, timeout=300, env=environment, check=False, cwd=folder,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return [int(line) for line in done.stdout.splitlines() if line.isdigit()], done.stderr


def test_a_mistyped_home_is_named(tmp_path):
    home = tmp_path / "typo"
    commands = [
        ["search", "المدينة"],
        ["backup", "kept.tar.gz"],
        ["import", "."],
        ["editions", "list"],
        ["manage", "migrate"],
        ["check"],
    ]
    codes, told = _bulaq(tmp_path, *(["--home", str(home), *command] for command in commands))
    assert codes == [2, 2, 2, 2, 2, 3]
    assert told.count(f"there is no newsroom in {home} ") == len(commands)
    assert not (home / "bulaq.sqlite3").exists()
    assert not (tmp_path / "kept.tar.gz").exists()


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "bulaq.sqlite3").write_text("ملاحظات لا قاعدة بيانات " * 9)
    codes, told = _bulaq(
        tmp_path, ["search", "المدينة", "--home", str(tmp_path)], ["check", "--home", str(tmp_path)]
    )
    assert codes == [2, 3]
    assert f"the database of {tmp_path} cannot be opened: file is not a database" in told


def test_a_port_that_is_taken_is_said_before_anything_is_made(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        given = ["--home", str(tmp_path), "--port", port]
        codes, told = _bulaq(tmp_path, ["serve", *given], ["demo", *given])
    assert codes == [2, 2]
    assert told.count(f":{port}") == 2
    assert not (tmp_path / "bulaq.sqlite3").exists()


@pytest.mark.django_db
def test_a_newsroom_begins_with_one_command_and_a_second_changes_nothing(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("حديقة-السطح-٧\n"))
    begin = ["begin", "--name", "صحيفة النهر", "--profile", "nile", "--user", "chief", "--password-stdin"]
    assert command_line.main([*begin, "--sections", "sport، شؤون البلدة"]) == 0
    told = capsys.readouterr()
    assert "رياضة، شؤون البلدة" in told.out
    assert "حديقة" not in told.out + told.err
    chief = get_user_model().objects.get()
    assert (chief.username, chief.is_superuser, chief.check_password("حديقة-السطح-٧")) == (
        "chief",
        True,
        True,
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO("كلمة-أخرى-٩٩\n"))
    assert command_line.main([*begin, "--name", "أخرى"]) == 0
    assert Edition.objects.get().name == "صحيفة النهر"
    assert get_user_model().objects.get().check_password("حديقة-السطح-٧")


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["news example.org", "news_.example.org", "[news", "-", ""])
def test_a_host_that_no_browser_can_ask_for_is_refused_in_words(host, monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert command_line.main(["begin", "--name", "ص", "--host", host]) == 3
    assert "host name" in capsys.readouterr().err
    assert not Edition.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["جريدة.مصر", "https://جريدة.مصر:8000/desk"])
def test_a_host_is_kept_as_browsers_send_it(host):
    assert found(name="ص", profile_key="nile", host=host).host == "xn--ogbfjh9j.xn--wgbh1c"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("extra", "word"),
    [(["--profile", "mars"], "nile"), (["--time-zone", "Mars/Here"], "Africa/Cairo"), ([], "--name")],
)
def test_what_cannot_begin_is_named_with_what_there_is(extra, word, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert command_line.main(["begin", *(["--name", "ص", *extra] if extra else [])]) == 2
    assert word in capsys.readouterr().err
    assert not Edition.objects.exists()


def test_a_database_that_cannot_be_opened_is_said_in_one_line(tmp_path):
    (tmp_path / "bulaq.sqlite3").mkdir()
    codes, told = _bulaq(tmp_path, ["search", "المدينة", "--home", str(tmp_path)])
    assert codes == [2]
    assert told.count("\n") == 1
    assert str(tmp_path) in told
