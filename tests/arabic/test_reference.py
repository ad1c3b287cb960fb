"""The examples of docs/arabic.md are true, and every public function of the library stands there."""

from __future__ import annotations

import doctest
import importlib
import inspect
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "arabic.md"
MODULES = [
    "analysis", "boundaries", "dates.calendars", "dates.months", "dates.reading", "dates.writing", "digits", "direction", "english_stem",
    "given_names", "lists", "normalise", "plurals", "relative_time", "slugs", "stemming", "transliteration", "truncation", "variants",
]  # fmt: skip


def test_the_examples_are_true() -> None:
    text = REFERENCE.read_text(encoding="utf-8").replace("```", "")
    examples = doctest.DocTestParser().get_doctest(text, {}, REFERENCE.name, str(REFERENCE), 0)
    assert len(examples.examples) > 40
    said: list[str] = []
    failed, _ = doctest.DocTestRunner(verbose=False).run(examples, out=said.append)
    assert not failed, "".join(said)


@pytest.mark.parametrize("name", MODULES)
def test_every_public_function_is_in_the_reference(name: str) -> None:
    module = importlib.import_module(f"bulaq.arabic.{name}")
    text = REFERENCE.read_text(encoding="utf-8")
    for function, value in vars(module).items():
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not function.startswith("_"):
            assert function in text, f"{name}.{function} is not in docs/arabic.md"
