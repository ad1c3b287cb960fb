"""Search in the picture library and in its chooser, with the house's folding: «المدرسه» finds «مدرسة القرية».

Wagtail asks a search backend (`WAGTAILSEARCH_BACKENDS`) wherever pictures are searched; this one looks into the words that
each picture keeps of itself (`NewsImage.matching_text`) and needs no index beside them. Articles, people and topics are
searched elsewhere (`queries.desk_search`, `desk.names`).
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from bulaq.arabic.normalise import matching_key
from bulaq.arabic.stemming import light_stem

MOST_WORDS = 8
"""Words of a question that are looked at."""

LEAST_STEM = 3
"""Letters: a shorter stem stands in every second picture."""


class SearchBackend:
    """Wagtail's interface of a search backend, as far as pictures need it."""

    def __init__(self, params: dict[str, Any]) -> None:
        self.params = params

    def search(self, query: str, pictures: Any, **_options: Any) -> QuerySet[Any]:
        """The pictures that have every word of `query`, in any form of it, in the order that they had before."""
        if not isinstance(pictures, QuerySet):
            pictures = pictures.objects.all()
        if not hasattr(pictures.model, "matching_text"):
            return pictures.none()
        for word in matching_key(query).split()[:MOST_WORDS]:
            stem = light_stem(word)
            if len(stem) < LEAST_STEM:
                stem = word
            forms = Q(matching_text__contains=stem)
            if stem not in word:  # else whatever has the word has its stem: asked once, in half the time
                forms |= Q(matching_text__contains=word)
            pictures = pictures.filter(forms)
        # Wagtail's acts on many pictures ask for the rows behind the results: here they are the same.
        pictures.results = lambda: pictures
        return pictures

    autocomplete = search
