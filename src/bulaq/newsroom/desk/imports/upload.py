"""What an editor gives to a new import: files of any kind that a reader reads, an archive that lies on the server, or an
address."""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulaq.intake.bundled_page import is_bundle
from bulaq.intake.installed_readers import reader_for
from bulaq.intake.reader import HEAD_BYTES, Source
from bulaq.intake.tabular.columns import stated
from bulaq.newsroom.desk.commas import commas
from bulaq.newsroom.desk.imports import folders as import_folders
from bulaq.newsroom.models import Edition

MAX_UPLOAD = 2 * 1024**3
"""Bytes of all files together. A larger archive is put on the server, and chosen there."""

ZIP = b"PK\x03\x04"


class FilesInput(forms.ClearableFileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The files that were chosen, as a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Refuses files of which none is read. One that is empty, or that no reader reads, stops no other: the import
        refuses it by name."""
        files = [super(FilesField, self).clean(one, initial) for one in data or [None]]
        found = [file for file in files if file]
        if found and not any(map(_is_read, found)):
            if not any(file.size for file in found):
                raise forms.ValidationError(self.error_messages["empty"], code="empty")
            names = commas(file.name for file in found if file.size)
            raise forms.ValidationError(_("Files of this kind are not read: %(name)s") % {"name": names})
        if sum(file.size for file in found) > MAX_UPLOAD:
            raise forms.ValidationError(
                _(
                    "That is too large to be sent; ask your engineer to put it into the server's folder of archives."
                )
            )
        return found


def _is_read(file: UploadedFile) -> bool:
    """By the first bytes, as `bulaq import` tells what a file is: pages saved by programs have any name."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if not head:
        return False
    return (
        head.startswith(ZIP) or is_bundle(head) or reader_for(Source(file.name or "", data=head)) is not None
    )


class UploadForm(forms.Form):
    """A new import: what, where it goes, and whether it is published at once."""

    RARE = ("columns", "fetch_images")
    """What few imports need: folded away until it is filled in or refused."""

    files = FilesField(
        label=gettext_lazy("Files"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "Saved pages, a ZIP archive of many, an export of WordPress or Ghost, a table (CSV, JSON), a web archive, a feed or plain text. "
            "Up to 500 can be chosen at once; more come in one ZIP archive."
        ),
    )
    archive = forms.ChoiceField(
        label=gettext_lazy("Or an archive on the server"),
        required=False,
        help_text=gettext_lazy("What your engineer put into the server's folder of archives, of any size."),
    )
    address = forms.URLField(
        label=gettext_lazy("Or an address"),
        required=False,
        assume_scheme="https",
        max_length=2000,
        help_text=gettext_lazy("Of a feed or a page; it is fetched as search engines would fetch it."),
    )
    site = forms.URLField(
        label=gettext_lazy("Where the archive stood"),
        required=False,
        assume_scheme="https",
        max_length=500,
        help_text=gettext_lazy(
            "The old site's address, for what does not say its own (pages of a folder or ZIP archive, Ghost, tables): old addresses then lead on."
        ),
    )
    columns = forms.CharField(
        label=gettext_lazy("What the columns of a table are"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy(
            "Only where their names do not tell, one a line: text = article_html, or url = /news.php?id={id}"
        ),
    )
    edition = forms.ModelChoiceField(Edition.objects.all(), label=gettext_lazy("Edition"))
    publish = forms.BooleanField(
        label=gettext_lazy("Publish what is complete"),
        required=False,
        help_text=gettext_lazy("What is not complete stays a draft, with the reason."),
    )
    fetch_images = forms.BooleanField(
        label=gettext_lazy("Fetch pictures that the file does not hold"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.archives = import_folders.offered()
        if self.archives:
            names = [(name, f"{name}/" if path.is_dir() else name) for name, path in self.archives.items()]
            self.fields["archive"].choices = [("", "—"), *names]
        else:
            del self.fields["archive"]

    def usual(self) -> list[forms.BoundField]:
        """The fields that every import is asked for."""
        return [field for field in self if field.name not in self.RARE]

    def rare(self) -> list[forms.BoundField]:
        """The others."""
        return [self[name] for name in self.RARE]

    def asks_for_rare(self) -> bool:
        """Whether something stands in one of them, or is wrong there."""
        return any(field.errors or field.data for field in self.rare())

    def clean(self) -> dict[str, Any]:
        """Refuses nothing, and several at once."""
        given = super().clean() or self.cleaned_data
        if not self.errors and sum(bool(given.get(name)) for name in ("files", "archive", "address")) != 1:
            raise forms.ValidationError(
                _("Choose one of them: files, an archive on the server, or an address.")
            )
        return given

    def clean_site(self) -> str | None:
        """With the slash after which the paths of the pages begin."""
        site: str = self.cleaned_data["site"]
        return f"{site.rstrip('/')}/" if site else None

    def clean_columns(self) -> dict[str, str]:
        """Field → column, or a pattern of columns."""
        lines = [line for line in self.cleaned_data["columns"].splitlines() if line.strip()]
        told = [stated(line) for line in lines]
        if None in told:
            raise forms.ValidationError(
                _("This is not «field = column»: %(line)s") % {"line": lines[told.index(None)]}
            )
        return dict(pair for pair in told if pair is not None)

    def inputs(self) -> list[str]:
        """What the run reads: the address, the archive where it lies, or the files, kept until the import is over."""
        if address := self.cleaned_data["address"]:
            return [address]
        if name := self.cleaned_data.get("archive"):
            return [str(self.archives[name])]
        return [str(path) for path in _keep(self.cleaned_data["files"])]


def _keep(files: list[UploadedFile]) -> list[Path]:
    """Puts uploads into the home folder, beside each other, as pages and their pictures were; two of one name stay two."""
    folder = Path(settings.BULAQ.folder) / "imports" / secrets.token_hex(6)
    folder.mkdir(parents=True)
    kept: list[Path] = []
    for file in files:
        name = get_valid_filename(Path(file.name or "file").name)[-120:] or "file"
        home = Path(tempfile.mkdtemp(prefix="another-", dir=folder)) if (folder / name).exists() else folder
        with (home / name).open("xb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        kept.append(home / name)
    return kept
