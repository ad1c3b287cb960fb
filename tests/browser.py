"""A real browser for the tests that need one, begun once for a module's tests.

Chromium spends more than a second of a processor on its start and on each context; a tab in a context that is open, or
another page in its tab, costs a fifth of that. So the tests of a module share a context, and those that need an empty
cache ask for one of their own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from playwright.sync_api import BrowserContext, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP *.localhost 127.0.0.1",
]  # fmt: skip

_PATIENCE = 60_000
"""Milliseconds until something must be on the screen: other tests share these cores."""


@contextmanager
def open_context(**options: object) -> Iterator[BrowserContext]:
    """A context of a browser of its own, with Playwright's options; the test is skipped, by name, without Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    # Playwright's event loop stands in this thread, and Django would refuse to ask the database beside it.
    with mock.patch.dict(os.environ, DJANGO_ALLOW_ASYNC_UNSAFE="true"), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        context = browser.new_context(**options)
        context.set_default_timeout(_PATIENCE)
        expect.set_options(timeout=_PATIENCE)
        yield context
        browser.close()
