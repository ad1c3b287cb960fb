"""The pictures of an import: found in the archive itself or fetched when that was allowed, each stored once."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, Max

from bulaq.intake.fetching.fetcher import Fetcher
from bulaq.intake.fetching.request_addresses import FetchRefused
from bulaq.newsroom.actions.article_changed import keys_of
from bulaq.newsroom.actions.outbox import record
from bulaq.newsroom.importing.matching.names import Kind
from bulaq.newsroom.importing.pictures.archive_files import ArchiveFiles
from bulaq.newsroom.importing.pictures.picture_bytes import PictureBroken, inspect
from bulaq.newsroom.importing.storing.bodies import stream_value
from bulaq.newsroom.importing.storing.identity import digest
from bulaq.newsroom.importing.storing.plain_text import address, clean
from bulaq.newsroom.models import Article, ImportCreation, ImportPicture, ImportRun, NewsImage, Publication

if TYPE_CHECKING:
    from bulaq.newsroom.importing.runs.options import RunOptions

State = ImportPicture.State

LACKING = (State.ABSENT, State.BROKEN)
"""States of pictures that an article asks for and does not have."""

BATCH = 200
"""Pictures asked for from the tables at once; those of them that the archive does not hold are written down at once too."""

LOOK_SECONDS = 5.0
"""Between two looks at whether to go on, and two signs of life: one picture alone may take a minute to be fetched."""

TAKEN_TYPES = ("image/", "application/octet-stream", "binary/octet-stream")
"""Media types behind which a picture may be: stores of files know no better ones."""


def picture_address(url: str) -> str:
    """The address at which a picture can be fetched, or nothing. One without a scheme (`//cdn.example/a.jpg`) is taken
    for `https`."""
    return address(f"https:{url}" if url.startswith("//") else url)


def url_digest(url: str) -> str:
    """By which a picture of this address is found again; empty for one that names nothing by itself."""
    absolute = picture_address(url)
    return digest(absolute) if absolute else ""


def gather(
    run: ImportRun, options: RunOptions, go_on: Callable[[], bool], *, fetcher: Fetcher | None = None
) -> bool:
    """Looks for every picture of the run that waits; False when told to stop before the end."""
    files = ArchiveFiles(run.inputs, options.media)
    if fetcher is None and options.fetch_images:
        fetcher = Fetcher(inner=settings.BULAQ.fetch_networks)
    rights = date.fromisoformat(options.rights_until) if options.rights_until else None
    looked = time.monotonic()
    try:
        while True:
            waiting = list(ImportPicture.objects.filter(run=run, state=State.WAITING).order_by("id")[:BATCH])
            if not waiting:
                return True
            known = _stored_by_this_run(run, waiting)
            absent: list[int] = []
            for picture in waiting:
                found = _gather_one(run, picture, files, fetcher, rights, known)
                if not found:
                    absent.append(picture.pk)
                if time.monotonic() - looked > LOOK_SECONDS:
                    _close(absent, State.ABSENT)
                    absent = []
                    if not go_on():
                        return False
                    looked = time.monotonic()
            _close(absent, State.ABSENT)
            if not go_on():
                return False
    finally:
        files.close()


def ask_again(run: ImportRun, picture_id: int | None = None) -> int:
    """Lets the pictures of a run that are missing or broken, or one of them, be looked for again; returns how many."""
    lacking = run.pictures.filter(state__in=LACKING)
    if picture_id is not None:
        lacking = lacking.filter(pk=picture_id)
    return lacking.update(state=State.WAITING, code="", reason="")


def _gather_one(
    run: ImportRun, picture: ImportPicture, files: ArchiveFiles, fetcher: Fetcher | None, rights: date | None,
    known: dict[str, NewsImage],
) -> bool:  # fmt: skip
    """Looks for one picture, by the addresses that are `known` first; False when it is nowhere."""
    try:
        image = known.get(picture.url_digest)
        if image is None:
            data = files.find(picture.source_key, picture.url)
            if data is None and fetcher is not None:
                image = _stored_by_another(picture)
                if image is None and (wanted := picture_address(picture.url)):
                    data = fetcher.fetch(wanted, "image/*", TAKEN_TYPES).data
            found = None if data is None else (data, *inspect(data))
    except (FetchRefused, PictureBroken) as error:
        _close([picture.pk], State.BROKEN, error.code, str(error))
        return True
    except (OSError, ValueError) as error:
        _close([picture.pk], State.BROKEN, "unreadable", str(error))
        return True
    if image is None and found is None:
        return False
    with transaction.atomic():
        # An editor may have deleted the article meanwhile, and its pictures' rows with it.
        article = Article.objects.select_for_update().filter(pk=picture.article_id).first()
        if article is not None:
            # What this import stored may have been deleted since; then it is looked for again.
            if image is not None and not NewsImage.objects.filter(pk=image.pk).exists():
                known.pop(picture.url_digest, None)
                return True
            image = image or _stored(*found, picture, rights, run)
            _attach(picture, article, image)
    if article is not None and picture.url_digest:
        known[picture.url_digest] = image
    return True


def _stored_by_this_run(run: ImportRun, pictures: list[ImportPicture]) -> dict[str, NewsImage]:
    """The newest picture that this import stored already, by the addresses that these ask for."""
    stored = ImportPicture.objects.filter(
        run=run,
        state=State.STORED,
        image__isnull=False,
        url_digest__in={p.url_digest for p in pictures} - {""},
    )
    # Counted by the database: one picture may stand in every article of an archive.
    newest = dict(stored.values_list("url_digest").annotate(newest=Max("image_id")))
    images = NewsImage.objects.in_bulk(newest.values())
    return {url: images[pk] for url, pk in newest.items() if pk in images}


def _stored_by_another(picture: ImportPicture) -> NewsImage | None:
    """The picture of the same address that another import stored: asked for only instead of fetching, since an archive that
    holds the file itself knows better."""
    if not picture.url_digest:
        return None
    same = ImportPicture.objects.filter(
        url_digest=picture.url_digest, state=State.STORED, image__isnull=False
    )
    earlier = same.exclude(run_id=picture.run_id).select_related("image").order_by("-id").first()
    return earlier.image if earlier else None


def _stored(
    data: bytes,
    size: tuple[int, int],
    suffix: str,
    picture: ImportPicture,
    rights: date | None,
    run: ImportRun,
) -> NewsImage:
    """The picture with these bytes: the one that is there, or a new one."""
    file_hash = hashlib.sha1(data, usedforsecurity=False).hexdigest()  # Wagtail's own field and function
    image = NewsImage.objects.filter(file_hash=file_hash).first()
    if image is not None:
        return image
    stem = PurePosixPath(unquote(urlsplit(picture.url).path)).stem
    image = NewsImage(
        title=(clean(picture.caption or picture.alt or stem) or "—")[:255],
        description=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
        rights_expire_on=rights,
        source_url=picture_address(picture.url),
        file_size=len(data),
        file_hash=file_hash,
    )
    _keep_file(image, f"{file_hash[:16]}{suffix}", data)
    image.width, image.height = size
    try:
        image.save()
    except BaseException:
        default_storage.delete(image.file.name)
        raise
    ImportCreation.objects.create(run=run, kind=Kind.IMAGE, object_id=image.pk)
    return image


def _keep_file(image: NewsImage, name: str, data: bytes) -> None:
    """Writes the file; where an import that was killed left one under this name, which its bytes gave, in its place."""
    left = image.file.field.generate_filename(image, name)
    if default_storage.exists(left) and not NewsImage.objects.filter(file=left).exists():
        default_storage.delete(left)
    image.file.save(name, ContentFile(data), save=False)


def _attach(picture: ImportPicture, article: Article, image: NewsImage) -> None:
    """Puts the picture where it belongs, unless an editor put another one there."""
    if picture.block_id:
        _into_body(article, picture.block_id, image)
    elif article.lead_image_id is None:
        article.lead_image = image
        Article.objects.filter(pk=article.pk).update(lead_image=image)
    _close([picture.pk], State.STORED, image=image)
    _tell(article)


def _into_body(article: Article, block_id: str, image: NewsImage) -> None:
    raw = article.body.get_prep_value()
    for block in raw:
        if block.get("id") == block_id and block["type"] == "image" and not block["value"].get("image"):
            block["value"] = {**block["value"], "image": image.pk}
            article.body = stream_value(raw)
            article.save(update_fields=["body"])
            return


def _tell(article: Article) -> None:
    publications = list(
        Publication.objects.filter(article=article, state="published").select_related("edition")
    )
    if publications:
        record("update", article_id=article.pk, keys=keys_of(article.pk, publications))


def _close(
    ids: list[int], state: str, code: str = "", reason: str = "", image: NewsImage | None = None
) -> None:
    if ids:
        found = ImportPicture.objects.filter(pk__in=ids)
        found.update(state=state, code=code[:20], reason=reason[:300], image=image)


def counts(run: ImportRun) -> dict[str, int]:
    """How many pictures of a run are in each state."""
    return dict(run.pictures.values_list("state").annotate(number=Count("id")).values_list("state", "number"))
