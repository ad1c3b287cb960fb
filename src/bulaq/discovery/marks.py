"""The words by which filters find a document in any backend.

«live»; «e3» and «e3s7», live in that edition and section of it; «de3», «de3s7», there in any state, drafts included;
«a5» its author, «t9» its topic; «#» and one of its tags.
"""

from __future__ import annotations

from bulaq.discovery.document import Document
from bulaq.discovery.index import Search


def marks_of(document: Document) -> list[str]:
    """All marks of a document, sorted."""
    marks = {f"#{tag}" for tag in document.tags}
    marks.update(f"a{author}" for author in document.author_ids)
    marks.update(f"t{topic}" for topic in document.topic_ids)
    for placement in document.placements:
        states = ("", "d") if placement.live else ("d",)
        for state in states:
            marks.add(f"{state}e{placement.edition}")
            if placement.section is not None:
                marks.add(f"{state}e{placement.edition}s{placement.section}")
        if placement.live:
            marks.add("live")
    return sorted(marks)


def marks_asked(search: Search) -> list[str]:
    """The marks that a document must have to pass the filters of a search."""
    state = "d" if search.drafts else ""
    marks = [f"#{tag}" for tag in sorted(search.tags)]
    if search.edition is not None:
        section = "" if search.section is None else f"s{search.section}"
        marks.append(f"{state}e{search.edition}{section}")
    elif not search.drafts:
        marks.append("live")
    if search.author is not None:
        marks.append(f"a{search.author}")
    if search.topic is not None:
        marks.append(f"t{search.topic}")
    return marks
