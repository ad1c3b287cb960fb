"""The language in which a command tells people of articles: Arabic where the environment asks for it, else English."""

from __future__ import annotations

import os
from collections.abc import Mapping

from bulaq.intake.judgement import Language


def spoken_language(environment: Mapping[str, str] | None = None) -> Language:
    """As POSIX orders them: `LC_ALL`, `LC_MESSAGES`, `LANG`; the first that says something.

    >>> spoken_language({"LANG": "ar_EG.UTF-8"}), spoken_language({"LC_ALL": "C.UTF-8", "LANG": "ar_EG.UTF-8"})
    ('ar', 'en')
    """
    told = os.environ if environment is None else environment
    named = next((told[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if told.get(name)), "")
    return "ar" if named.lower().split(".")[0].split("_")[0] == "ar" else "en"
