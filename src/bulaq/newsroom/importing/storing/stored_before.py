"""What the newsroom holds already of what an import brings: so that nothing is there twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from bulaq.arabic.normalise import matching_key
from bulaq.intake.article import IncomingArticle
from bulaq.intake.judgement import Reason
from bulaq.newsroom.importing.storing.identity import Fingerprint
from bulaq.newsroom.legacy_paths import IDENTIFYING, normal_form
from bulaq.newsroom.models import Article, Edition, ImportedArticle, ImportItem, ImportRun, LegacyPath

if TYPE_CHECKING:
    from bulaq.newsroom.importing.storing.prepared import Found, Prepared

EARLIER_RUNS = 20
"""Of other imports, the newest that are asked what they brought from a file."""

_OF_TEXT = "text:"
"""How the identity begins of an article whose address nobody knows."""


class StoredBefore:
    """The articles that a batch may be: by the place it was read from, its address, its number on the old site, its very
    text, or, of pages that tell no address, by the file and the headline.

    `known`: (digest of the source, ordinal) → the article that it is known to be, whatever its text says now.
    """

    def __init__(
        self,
        finds: Sequence[tuple[Found, IncomingArticle, Fingerprint]],
        run: ImportRun,
        known: Mapping[tuple[str, int], int],
    ) -> None:
        self._by_place = known
        prints = [known_by for _, _, known_by in finds]
        self._by_identity: dict[str | None, int] = dict(
            Article.objects.filter(source_identity__in=[f.identity for f in prints]).values_list(
                "source_identity", "id"
            )
        )
        self._by_text: dict[str, tuple[int, str]] = {
            content: (article_id, identity or "")
            for content, article_id, identity in ImportedArticle.objects.filter(
                content_digest__in=[f.content for f in prints]
            )
            .order_by("-article_id")
            .values_list("content_digest", "article_id", "article__source_identity")
        }
        self._by_file = _read_from([found for found, _, _ in finds], run)
        unknown = [incoming for _, incoming, known_by in finds if known_by.identity not in self._by_identity]
        self._by_number = _numbered(unknown)

    def recognise(self, p: Prepared) -> None:
        """Sets what `p` is to the newsroom: an article it has, or one with the text of another."""
        identity = p.article.source_identity = p.known_by.identity
        place = (p.found.key_digest, p.found.ordinal)
        p.existing_id = self._by_place.get(place) or self._by_identity.get(identity)
        if p.existing_id is None:
            p.existing_id = self._under_its_number(p)
        if p.existing_id is not None:
            return
        twin = self._by_text.get(p.known_by.content)
        if twin is None:
            # The page was changed, or read otherwise: among other pages more is known to be frame.
            p.existing_id = self._by_file.get((*place, matching_key(p.incoming.headline or "")))
        elif identity.startswith(_OF_TEXT):
            p.existing_id, _ = twin
            p.extra["poorer"] = True
        elif twin[1].startswith(_OF_TEXT):
            p.existing_id, _ = twin  # the flattened text came first; now its address is known
        else:
            p.reasons.append(Reason("same-text", f"#{twin[0]}"))

    def _under_its_number(self, p: Prepared) -> int | None:
        """The article that had this number on the same site, at the same moment or under the same headline: its address was
        changed there. By the number alone it would be anybody's, where a site was set up anew."""
        headline = matching_key(p.incoming.headline or "")
        for number in numbers_of(p.incoming):
            old = self._by_number.get((p.redirect_edition.pk, LegacyPath.digest_of(number)))
            if old is not None and old.host == p.host:
                same_moment = old.article.created_at == p.article.created_at
                if same_moment or (headline and matching_key(old.article.headline) == headline):
                    return old.article_id
        return None


def numbers_of(incoming: IncomingArticle) -> list[str]:
    """The addresses, in normal form, that name an article of its site by its number alone (`/?p=12`, `/node.php?id=7`)."""
    forms = map(normal_form, incoming.aliases)
    parts = ((form, parse_qsl(form.partition("?")[2])) for form in forms if "?" in form)
    return [form for form, pairs in parts if len(pairs) == 1 and pairs[0][0] in IDENTIFYING]


def _numbered(incoming: Sequence[IncomingArticle]) -> dict[tuple[int, str], ImportedArticle]:
    """(edition, digest of the number's address) → what was imported under it."""
    digests = {LegacyPath.digest_of(number) for one in incoming for number in numbers_of(one)}
    # The index begins with the edition: without it every address of the newsroom would be looked through.
    rows = LegacyPath.objects.filter(edition__in=Edition.objects.values("pk"), digest__in=digests)
    led = {
        (edition_id, digest): article_id
        for edition_id, digest, article_id in rows.values_list("edition_id", "digest", "article_id")
    }
    if not led:
        return {}
    imported = ImportedArticle.objects.select_related("article").defer("article__body").in_bulk(led.values())
    return {at: imported[article_id] for at, article_id in led.items() if article_id in imported}


def _read_from(finds: Sequence[Found], run: ImportRun) -> dict[tuple[str, int, str], int]:
    """(digest of the source, ordinal, headline in matching form) → the article without an address that an earlier import
    read there."""
    earlier = list(
        ImportRun.objects.exclude(pk=run.pk).order_by("-pk").values_list("pk", flat=True)[:EARLIER_RUNS]
    )
    if not earlier:
        return {}
    rows = (
        ImportItem.objects.filter(
            run_id__in=earlier,
            key_digest__in=[found.key_digest for found in finds],
            article__source_identity__startswith=_OF_TEXT,
        )
        .order_by("run_id")
        .values_list("key_digest", "ordinal", "article__headline", "article_id")
    )
    return {
        (key, ordinal, matching_key(headline)): article_id
        for key, ordinal, headline, article_id in rows
        if headline
    }
