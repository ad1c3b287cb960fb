"""From incoming articles to rows that are ready to be written: everything looked up in batches, nothing written but
names and sections that did not exist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bulaq.intake.article import IncomingArticle
from bulaq.intake.judgement import Reason, judge
from bulaq.intake.moments import moment
from bulaq.intake.named_section import named_section
from bulaq.intake.sites import host_of
from bulaq.newsroom.finding.sections import SURE, source_of, suggest_section
from bulaq.newsroom.importing.matching.names import Created, topic_names
from bulaq.newsroom.importing.storing.bodies import WantedPicture, raw_body, stream_value
from bulaq.newsroom.importing.storing.identity import Fingerprint
from bulaq.newsroom.importing.storing.judging import may_be_published
from bulaq.newsroom.importing.storing.plain_text import address, clean, fitted
from bulaq.newsroom.importing.storing.prepared import Found, Prepared
from bulaq.newsroom.importing.storing.stored_before import StoredBefore
from bulaq.newsroom.models import (
    Article,
    Edition,
)

if TYPE_CHECKING:
    from bulaq.newsroom.importing.storing.batches import Storer


class Preparer:
    """Prepares one batch for a storer."""

    def __init__(self, storer: Storer, now: datetime) -> None:
        self.storer = storer
        self.run = storer.run
        self.now = now
        self.by_language: dict[str, Edition] = {}
        for edition in storer.editions:
            self.by_language.setdefault(edition.profile.content_language, edition)
        self.run_edition = next(e for e in storer.editions if e.pk == self.run.edition_id)

    def prepare(
        self, finds: Sequence[tuple[Found, IncomingArticle, Fingerprint]], created: Created
    ) -> list[Prepared]:
        """One `Prepared` for each find, in order."""
        languages = [self._language(incoming) for _, incoming, _ in finds]
        names = self.storer.names
        people = names.people((n for _, i, _ in finds for n in i.authors), created)
        agencies = names.agencies((n for _, i, _ in finds for n in i.agencies), created)
        tags = [topic_names(incoming.tags) for _, incoming, _ in finds]
        topics = names.topics(
            ((tag, language) for kept, language in zip(tags, languages, strict=True) for tag in kept), created
        )
        stored = StoredBefore(finds, self.run, self.storer.known_articles)
        result = []
        for index, (found, incoming, fingerprint) in enumerate(finds):
            prepared = self._prepare(found, incoming, fingerprint, languages[index], created)
            prepared.signed = [(name, people[name]) for name in incoming.authors if name in people]
            prepared.person_ids = _each_once(person_id for _, person_id in prepared.signed)
            prepared.agency_ids = _each_once(agencies.get(name) for name in incoming.agencies)
            prepared.topic_ids = _each_once(topics.get((tag, languages[index])) for tag in tags[index])
            stored.recognise(prepared)
            self._decide_live(prepared)
            result.append(prepared)
        return result

    def _language(self, incoming: IncomingArticle) -> str:
        named = (incoming.lang or "").replace("_", "-").split("-")[0].lower()[:8]
        return named or self.run_edition.profile.content_language

    def _edition(self, language: str) -> Edition | None:
        if self.run_edition.profile.content_language == language:
            return self.run_edition
        return None if self.storer.options.edition_given else self.by_language.get(language)

    def _prepare(
        self,
        found: Found,
        incoming: IncomingArticle,
        fingerprint: Fingerprint,
        language: str,
        created: Created,
    ) -> Prepared:
        edition = self._edition(language)
        redirect_edition = edition or self.run_edition
        zone = redirect_edition.profile.zone
        told = moment(incoming.published_at, zone)
        changed = moment(incoming.modified_at, zone)
        named = named_section(incoming)
        host = host_of(incoming.canonical_url) or host_of(incoming.url)
        # A section may be found yet where the page names none.
        judged = judge(incoming, published_at=told, now=self.now, has_section=named is not None)
        reasons = [reason for reason in judged if reason.code != "no-section"]
        section_id = self.storer.sections.find_or_make(
            named, host, redirect_edition, created
        ) or self._guessed_section(incoming, redirect_edition, reasons, created)
        if edition is None:
            reasons.append(Reason("no-edition", language))
        raw, pictures = _body_and_pictures(incoming)
        if not raw and not clean(incoming.standfirst) and all(r.code != "no-body" for r in reasons):
            reasons.append(Reason("no-body"))
        when = told if told is not None and told <= self.now else None
        return Prepared(
            found=found,
            incoming=incoming,
            article=_article(incoming, language, section_id, raw, when or self.now),
            raw=raw,
            edition=edition,
            redirect_edition=redirect_edition,
            published_at=when or self.now,
            updated_at=changed if when and changed and when < changed <= self.now else None,
            reasons=reasons,
            known_by=fingerprint,
            host=host,
            named=named,
            pictures=pictures,
        )

    def _guessed_section(
        self, incoming: IncomingArticle, edition: Edition, reasons: list[Reason], created: Created
    ) -> int | None:
        """The section that the newsroom's own archive makes as good as certain; else an editor is told the likeliest."""
        likely = suggest_section(_whole_text(incoming), source=_source(incoming))
        if likely and likely[0].probability >= SURE:
            self.storer.sections.place(edition, likely[0].section_id, created)
            reasons.append(Reason("guessed-section", str(likely[0])))
            return likely[0].section_id
        reasons.append(Reason("no-section", "، ".join(map(str, likely))))
        return None

    def _decide_live(self, p: Prepared) -> None:
        """A new article that will be published is written as approved at once."""
        live = self.storer.options.publish and p.edition is not None and may_be_published(p.reasons)
        p.article.live = live
        if live:
            p.article.first_published_at = p.published_at
            p.article.last_published_at = p.published_at
            p.article.text_updated_at = p.updated_at


def _article(
    incoming: IncomingArticle,
    language: str,
    section_id: int | None,
    raw: list[dict[str, Any]],
    created_at: datetime,
) -> Article:
    """The row of the text itself. A caption is offered as the headline that is missing, never made one."""
    lead, carrier = incoming.lead_image, incoming.carrier
    headline = fitted(incoming.headline, 300)
    return Article(
        language=language,
        kicker=fitted(incoming.kicker, 120),
        headline=headline,
        standfirst=clean(incoming.standfirst),
        dateline=fitted(incoming.dateline, 120),
        section_id=section_id,
        lead_caption=fitted(lead.caption, 600) if lead else "",
        lead_credit=fitted(lead.credit, 200) if lead else "",
        lead_alt=fitted(lead.alt, 300) if lead else "",
        carrier_label=fitted(carrier.label, 200) if carrier else "",
        carrier_url=address(carrier.url) if carrier else "",
        headline_suggestion=fitted(lead.caption, 600) if lead and not headline else "",
        created_at=created_at,
        body=stream_value(raw),
    )


def _body_and_pictures(incoming: IncomingArticle) -> tuple[list[dict[str, Any]], list[WantedPicture]]:
    """The blocks as they are stored, and the pictures that they and the article ask for, the lead first."""
    raw, pictures = raw_body(incoming.body)
    if incoming.lead_image is not None and incoming.lead_image.url:
        pictures.insert(0, WantedPicture("", incoming.lead_image))
    return raw, pictures


def _whole_text(incoming: IncomingArticle) -> str:
    """The text by which sections are learned: the headline in the first line."""
    parts = (getattr(block, "text", "") for block in incoming.body)
    return "\n".join((clean(incoming.headline), clean(incoming.standfirst), *map(clean, parts)))


def _source(incoming: IncomingArticle) -> str:
    return source_of(list(incoming.agencies))


def _each_once(ids: Iterable[int | None]) -> list[int]:
    return list(dict.fromkeys(pk for pk in ids if pk is not None))
