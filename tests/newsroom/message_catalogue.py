"""The Arabic catalogue of the project's own strings: what must stand in it, and the command that keeps it.

`python -m tests.newsroom.message_catalogue` adds the strings that are new (untranslated), drops those that are gone,
and compiles. The sources are in English, so English is complete by itself.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.newsroom import wagtail_messages

SOURCE = Path(__file__).resolve().parents[2] / "src" / "bulaq"
CATALOGUE = SOURCE / "newsroom" / "locale" / "ar" / "LC_MESSAGES" / "django.po"

KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip

PLURALS = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
)
"""Which form a number takes, as gettext and Wagtail's own Arabic count them: the fifth is that of 11 to 99 («موضعاً»),
the sixth that of the hundreds («مئة موضع»). Babel's own rule has these two the other way round."""

DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in the file's head: one that does not change with each run."""


def collected() -> dict[tuple[str, str | None], str | tuple[str, str]]:
    """Every string in code and templates: (msgid, context) → msgid, or both forms of a plural."""
    from django.utils.translation.template import templatize

    found: dict[tuple[str, str | None], str | tuple[str, str]] = {
        (text, None): text for text in (*wagtail_messages.SINGULAR, *wagtail_messages.OF_RIGHTS)
    } | {(forms[0], None): forms for forms in wagtail_messages.PLURAL}
    for path in _files(".py"):
        with path.open("rb") as file:
            _add(found, extract("python", file, KEYWORDS))
    for path in _files(".html", ".txt"):
        code = templatize(path.read_text(encoding="utf-8"))
        _add(found, extract("python", io.BytesIO(code.encode()), KEYWORDS))
    return found


def _files(*suffixes: str) -> Iterator[Path]:
    yield from sorted(path for path in SOURCE.rglob("*") if path.suffix in suffixes)


def _add(found: dict, messages: Iterator[tuple]) -> None:
    for _line, message, _comments, context in messages:
        text = message[0] if isinstance(message, tuple) else message
        if text:
            plural = isinstance(message, tuple)
            if plural or (text, context) not in found:
                found[text, context] = tuple(message) if plural else text


def read() -> Catalog:
    """The catalogue as it is stored."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ar")


def write(catalogue: Catalog) -> None:
    """Stores and compiles a catalogue."""
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, sort_output=True, omit_header=False, width=110, no_location=True)
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def main() -> int:
    """Brings the catalogue up to date; names what still lacks a translation."""
    old = read()
    new = Catalog(
        locale="ar", project="Bulaq", version="1", charset="utf-8", fuzzy=False, last_translator="Bulaq",
        language_team="Bulaq", msgid_bugs_address="-", header_comment="# Bulaq in Arabic.",
        creation_date=DAY, revision_date=DAY,
    )  # fmt: skip
    new.mime_headers = [("Plural-Forms", PLURALS)]
    missing = []
    for (text, context), forms in collected().items():
        known = old.get(text, context)
        translation = known.string if known is not None else ""
        new.add(forms, translation, context=context)
        if not translation or (isinstance(translation, tuple) and not all(translation)):
            missing.append(text)
    write(new)
    print(f"{len(new)} strings, {len(missing)} without Arabic", *missing, sep="\n  ")
    return 1 if missing else 0


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bulaq.project.settings")
    sys.exit(main())
