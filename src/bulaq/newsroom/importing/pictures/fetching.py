"""The pictures of an import: found in the archive itself or fetched when that was allowed, each stored once."""

from __future__ import annotations

import hashlib
import io
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count
from PIL import Image as PillowImage
from PIL import UnidentifiedImageError

from bulaq.intake.fetching.fetcher import Fetcher
from bulaq.intake.fetching.request_addresses import FetchRefused
from bulaq.newsroom.actions.article_changed import keys_of
from bulaq.newsroom.actions.outbox import record
from bulaq.newsroom.importing.matching.names import Kind
from bulaq.newsroom.importing.pictures.archive_files import ArchiveFiles
from bulaq.newsroom.importing.storing.bodies import stream_value
from bulaq.newsroom.importing.storing.identity import digest
from bulaq.newsroom.importing.storing.plain_text import address, clean
from bulaq.newsroom.models import Article, ImportCreation, ImportPicture, ImportRun, NewsImage, Publication

if TYPE_CHECKING:
    from bulaq.newsroom.importing.runs.options import RunOptions

State = ImportPicture.State

LACKING = (State.ABSENT, State.BROKEN)
"""States of pictures that an article asks for and does not have."""

BATCH = 20
"""Pictures asked for from the tables at once."""

LOOK_SECONDS = 5.0
"""Between two looks at whether to go on, and two signs of life: one picture alone may take a minute to be fetched."""

MAX_PIXELS = 60_000_000
"""A phone makes 50 megapixels; more is a bomb or a mistake. Decoding takes 3 bytes for each."""

MIN_SIDE = 48
"""Smaller ones are icons and counters that a page shows beside its article."""

SUFFIXES = {
    "JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif", "HEIF": ".heic",
    "BMP": ".bmp",
}  # fmt: skip
"""Formats that are taken, by what the bytes say; never SVG, which can carry scripts. (MPO: the JPEG of phones that keep
a second picture in it. Readers are served renditions alone, whatever the original is.)"""

DECODERS = tuple(name for name in SUFFIXES if name != "MPO")
"""Pillow's names of the decoders that may see foreign bytes. MPO is told by that of JPEG; that of HEIF is Willow's."""

TURNED = frozenset({5, 6, 7, 8})
"""Values of the EXIF orientation (tag 0x0112) with which width and height change places."""

TAKEN_TYPES = ("image/", "application/octet-stream", "binary/octet-stream")
"""Media types behind which a picture may be: stores of files know no better ones."""


class PictureBroken(ValueError):
    """The bytes are no picture that we take; the message says why, `code` says it to programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


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
            for picture in waiting:
                _gather_one(run, picture, files, fetcher, rights)
                if time.monotonic() - looked > LOOK_SECONDS:
                    if not go_on():
                        return False
                    looked = time.monotonic()
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
    run: ImportRun, picture: ImportPicture, files: ArchiveFiles, fetcher: Fetcher | None, rights: date | None
) -> None:
    try:
        image = _known(picture, this_run=True)
        if image is None:
            data = files.find(picture.source_key, picture.url)
            if data is None and fetcher is not None:
                image = _known(picture, this_run=False)
                if image is None and (wanted := picture_address(picture.url)):
                    data = fetcher.fetch(wanted, "image/*", TAKEN_TYPES).data
            found = None if data is None else (data, *inspect(data))
    except (FetchRefused, PictureBroken) as error:
        _close(picture, State.BROKEN, error.code, str(error))
        return
    except (OSError, ValueError) as error:
        _close(picture, State.BROKEN, "unreadable", str(error))
        return
    if image is None and found is None:
        _close(picture, State.ABSENT)
        return
    with transaction.atomic():
        # An editor may have deleted the article meanwhile, and its pictures' rows with it.
        article = Article.objects.select_for_update().filter(pk=picture.article_id).first()
        if article is not None:
            image = image or _stored(*found, picture, rights, run)
            _attach(picture, article, image)


def _known(picture: ImportPicture, *, this_run: bool) -> NewsImage | None:
    """The picture of the same address that this import stored already, or another one did. What another one stored
    is only asked for instead of fetching: an archive that holds the file itself knows better."""
    if not picture.url_digest:
        return None
    same = ImportPicture.objects.filter(
        url_digest=picture.url_digest, state=State.STORED, image__isnull=False
    )
    same = same.filter(run_id=picture.run_id) if this_run else same.exclude(run_id=picture.run_id)
    earlier = same.select_related("image").order_by("-id").first()
    return earlier.image if earlier else None


def inspect(data: bytes) -> tuple[tuple[int, int], str]:
    """Size in pixels, as it is seen, and suffix of a picture. Raises `PictureBroken` for anything else, decoding it
    whole to be sure."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", PillowImage.DecompressionBombWarning)
            with PillowImage.open(io.BytesIO(data), formats=DECODERS) as picture:
                width, height = picture.size
                if width * height > MAX_PIXELS:
                    raise PictureBroken("too-many-pixels", f"has {width} × {height} pixels")
                if min(width, height) < MIN_SIDE:
                    raise PictureBroken("too-small", f"is too small ({width} × {height})")
                picture.load()
                size = (height, width) if _is_turned(picture) else (width, height)
                return size, SUFFIXES[picture.format or ""]
    except PictureBroken:
        raise
    except UnidentifiedImageError:
        raise PictureBroken(*_what_it_is(data)) from None
    except (PillowImage.DecompressionBombWarning, PillowImage.DecompressionBombError):
        raise PictureBroken("too-many-pixels", "has too many pixels") from None
    except Exception as error:  # each of Pillow's decoders has its own kinds
        raise PictureBroken("undecodable", f"cannot be decoded: {error}"[:200]) from None


def _is_turned(picture: PillowImage.Image) -> bool:
    # HEIF is turned by its decoder. A damaged note of the camera's is no damaged picture.
    with suppress(Exception):
        return picture.format != "HEIF" and picture.getexif().get(0x0112) in TURNED
    return False


def _what_it_is(data: bytes) -> tuple[str, str]:
    """A code and words for bytes that are no picture that is taken."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return "format", "is SVG, which is not taken"
    if head.startswith((b"<!doctype", b"<html", b"<head", b"<?php")) or b"<html" in head:
        return "not-a-picture", "is a web page"
    if head[:4] in (b"ii*\0", b"mm\0*"):
        return "format", "is TIFF, which is not taken"
    return ("empty", "is empty") if not data else ("not-a-picture", "is not a picture")


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
    picture.image = image
    _close(picture, State.STORED)
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


def _close(picture: ImportPicture, state: str, code: str = "", reason: str = "") -> None:
    ImportPicture.objects.filter(pk=picture.pk).update(
        state=state, code=code[:20], reason=reason[:300], image=picture.image
    )


def counts(run: ImportRun) -> dict[str, int]:
    """How many pictures of a run are in each state."""
    return dict(run.pictures.values_list("state").annotate(number=Count("id")).values_list("state", "number"))
