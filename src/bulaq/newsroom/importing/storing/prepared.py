"""What passes through an import: what was found in a source, and the article that is made of it on its way into the tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.judgement import Reason
from bulaq.intake.named_section import NamedSection
from bulaq.newsroom.importing.storing.bodies import WantedPicture
from bulaq.newsroom.importing.storing.identity import Fingerprint
from bulaq.newsroom.models import Article, Edition


@dataclass(frozen=True, slots=True)
class Found:
    """One article or refusal of a source. `ends_source`: nothing more comes from it; `share`: how much of the source
    (0–1) was read by then."""

    key: str
    key_digest: str
    ordinal: int
    item: IncomingArticle | Refusal
    ends_source: bool = True
    share: float = 0.0


@dataclass
class Prepared:
    """One article on its way into the tables. `article` is new, or the stored one with the same material."""

    found: Found
    incoming: IncomingArticle
    article: Article
    raw: list[dict[str, Any]]
    edition: Edition | None
    redirect_edition: Edition
    published_at: datetime
    updated_at: datetime | None
    reasons: list[Reason]
    known_by: Fingerprint
    host: str
    named: NamedSection | None
    pictures: list[WantedPicture]
    signed: list[tuple[str, int]] = field(default_factory=list)
    """The people as the article spells them, and who they are."""
    person_ids: list[int] = field(default_factory=list)
    agency_ids: list[int] = field(default_factory=list)
    topic_ids: list[int] = field(default_factory=list)
    existing_id: int | None = None
    outcome: str = ""
    published: bool = False
    before: bytes | None = None
    extra: dict[str, Any] = field(default_factory=dict)
