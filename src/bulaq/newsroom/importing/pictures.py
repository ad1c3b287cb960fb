"""The pictures of an import: found in the archive itself or fetched when that was allowed, each stored once."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image as PillowImage
from PIL import UnidentifiedImageError

from bulaq.intake.fetching import Fetcher, FetchRefused
from bulaq.newsroom.actions.outbox import record
from bulaq.newsroom.actions.publishing import keys_of
from bulaq.newsroom.importing.archive_files import ArchiveFiles
from bulaq.newsroom.importing.bodies import stream_value
from bulaq.newsroom.importing.names import Kind
from bulaq.newsroom.importing.plain_text import address
from bulaq.newsroom.models import Article, ImportCreation, ImportPicture, ImportRun, NewsImage, Publication

if TYPE_CHECKING:
    from bulaq.newsroom.importing.jobs import RunOptions

State = ImportPicture.State

BATCH = 20
"""Pictures between two looks at whether to go on."""

MAX_PIXELS = 60_000_000
"""A phone makes 50 megapixels; more is a bomb or a mistake. Decoding takes 3 bytes for each."""

MIN_SIDE = 48
"""Smaller ones are icons and counters that a page shows beside its article."""

SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif"}
"""Formats that are taken, by what the bytes say; never SVG, which can carry scripts."""


class PictureBroken(ValueError):
    """The bytes are no picture that we take; the message says why."""


def gather(
    run: ImportRun, options: RunOptions, go_on: Callable[[], bool], *, fetcher: Fetcher | None = None
) -> bool:
    """Looks for every picture of the run that waits; False when told to stop before the end."""
    files = ArchiveFiles(run.inputs, options.media)
    fetcher = fetcher or (Fetcher() if options.fetch_images else None)
    rights = date.fromisoformat(options.rights_until) if options.rights_until else None
    try:
        while True:
            waiting = list(ImportPicture.objects.filter(run=run, state=State.WAITING).order_by("id")[:BATCH])
            if not waiting:
                return True
            for picture in waiting:
                _gather_one(run, picture, files, fetcher, rights)
            if not go_on():
                return False
    finally:
        files.close()


def _gather_one(
    run: ImportRun, picture: ImportPicture, files: ArchiveFiles, fetcher: Fetcher | None, rights: date | None
) -> None:
    known = _known(picture)
    if known is not None:
        with transaction.atomic():
            _attach(picture, known)
        return
    try:
        data = files.find(picture.source_key, picture.url)
        if data is None and fetcher is not None and address(picture.url):
            data = fetcher.fetch(picture.url, "image/*", ("image/", "application/octet-stream")).data
    except (FetchRefused, OSError, ValueError) as error:
        _close(picture, State.BROKEN, str(error))
        return
    if data is None:
        _close(picture, State.ABSENT, "")
        return
    try:
        size, suffix = inspect(data)
    except PictureBroken as error:
        _close(picture, State.BROKEN, str(error))
        return
    with transaction.atomic():
        image = _stored(data, size, suffix, picture, rights, run)
        _attach(picture, image)


def _known(picture: ImportPicture) -> NewsImage | None:
    """The picture of the same address, stored already by this import or another one."""
    if not address(picture.url):
        return None
    earlier = (
        ImportPicture.objects.filter(
            run_id=picture.run_id, url=picture.url, state=State.STORED, image__isnull=False
        )
        .select_related("image")
        .first()
    )
    return earlier.image if earlier else None


def inspect(data: bytes) -> tuple[tuple[int, int], str]:
    """Size in pixels and suffix of a picture. Raises `PictureBroken` for anything else, decoding it whole to be sure."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", PillowImage.DecompressionBombWarning)
            with PillowImage.open(io.BytesIO(data)) as picture:
                if picture.format not in SUFFIXES:
                    raise PictureBroken(f"is {picture.format}, which is not taken")
                width, height = picture.size
                if width * height > MAX_PIXELS:
                    raise PictureBroken(f"has {width} × {height} pixels")
                if min(width, height) < MIN_SIDE:
                    raise PictureBroken(f"is too small ({width} × {height})")
                picture.load()
                return (width, height), SUFFIXES[picture.format]
    except PictureBroken:
        raise
    except UnidentifiedImageError:
        raise PictureBroken("is not a picture") from None
    except (PillowImage.DecompressionBombWarning, PillowImage.DecompressionBombError):
        raise PictureBroken("has too many pixels") from None
    except Exception as error:  # each of Pillow's decoders has its own kinds
        raise PictureBroken(f"cannot be decoded: {error}"[:200]) from None


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
        title=(picture.caption or picture.alt or stem or "—")[:255],
        description=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
        rights_expire_on=rights,
        source_url=address(picture.url),
        file_size=len(data),
        file_hash=file_hash,
    )
    image.file.save(f"{file_hash[:16]}{suffix}", ContentFile(data), save=False)
    image.width, image.height = size
    try:
        image.save()
    except BaseException:
        default_storage.delete(image.file.name)
        raise
    ImportCreation.objects.create(run=run, kind=Kind.IMAGE, object_id=image.pk)
    return image


def _attach(picture: ImportPicture, image: NewsImage) -> None:
    """Puts the picture where it belongs, unless an editor put another one there."""
    article = Article.objects.select_for_update().get(pk=picture.article_id)
    if picture.block_id:
        _into_body(article, picture.block_id, image)
    elif article.lead_image_id is None:
        article.lead_image = image
        Article.objects.filter(pk=article.pk).update(lead_image=image)
    picture.image = image
    _close(picture, State.STORED, "")
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


def _close(picture: ImportPicture, state: str, reason: str) -> None:
    picture.state, picture.reason = state, reason[:300]
    picture.save(update_fields=["state", "reason", "image"])


def counts(run: ImportRun) -> dict[str, Any]:
    """How many pictures of a run are in each state."""
    from django.db.models import Count

    return dict(run.pictures.values_list("state").annotate(number=Count("id")).values_list("state", "number"))
