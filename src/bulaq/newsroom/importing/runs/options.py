"""What an import was asked to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What was asked for; kept with the run as JSON."""

    publish: bool = False
    trial: bool = False
    """Nothing is stored but what would have become of each item."""
    edition_given: bool = False
    headline: str | None = None
    default_section: str | None = None
    section_map: dict[str, str] = field(default_factory=dict)
    """Theirs → the slug of ours."""
    fetch: bool = False
    fetch_images: bool = False
    media: str | None = None
    """A folder that holds the old site's pictures under their old paths."""
    site: str | None = None
    """The address, ending in a slash, that each folder, archive and export among the inputs stands for."""
    columns: dict[str, str] = field(default_factory=dict)
    """What the columns of a table are, where their names do not tell: field → column (`intake.tabular.columns`)."""
    rights_until: str | None = None
    workers: int | None = None
    publish_drafts: bool = False
    """An editor asked for its drafts to be published, after it was done (`request_publish`)."""
    by_worker: bool = False
    """Begun at the desk: the worker takes it up, again and again until it is over."""
    correction: dict[str, Any] | None = None
    """The run reads the pages of an earlier one again with an editor's corrections (`rereading.begin`)."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> RunOptions:
        return cls(**{name: value for name, value in data.items() if name in cls.__dataclass_fields__})
