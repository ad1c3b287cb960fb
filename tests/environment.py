"""Loaded by pytest before Django's settings: the tests' own home, and no setting from the machine."""

import atexit
import os
import shutil
import tempfile

from tests import prepared_home

_KEPT = {"BULAQ_SHARED"}

for _name in list(os.environ):
    if _name.startswith("BULAQ_") and not _name.startswith("BULAQ_TEST_") and _name not in _KEPT:
        del os.environ[_name]

_home = tempfile.mkdtemp(prefix="bulaq-test-home-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["BULAQ_HOME"] = _home
prepared_home.share()
if os.environ.get("BULAQ_TEST_DATABASE_URL"):
    os.environ["BULAQ_DATABASE_URL"] = os.environ["BULAQ_TEST_DATABASE_URL"]
