"""A backup, brought back, is the newsroom that it was taken from."""

import stat
from pathlib import Path

import pytest

from bulaq.newsroom.models import Network
from bulaq.project import backups, configuration


def _at(home: Path, settings) -> None:
    settings.BULAQ, settings.MEDIA_ROOT = configuration.read({"BULAQ_HOME": str(home)}), home / "media"


@pytest.fixture
def archive(tmp_path, settings):
    """Of a newsroom whose pictures lie on another disk, some of them on a third."""
    home, disk = tmp_path / "home", tmp_path / "disk"
    for folder in (home, disk / "images", tmp_path / "third"):
        folder.mkdir(parents=True)
    (disk / "images" / "صورة.jpg").write_bytes(b"jpeg")
    (tmp_path / "third" / "b.jpg").write_bytes(b"other")
    (disk / "originals").symlink_to(tmp_path / "third")
    (disk / "gone.jpg").symlink_to(tmp_path / "nowhere")
    (home / "media").symlink_to(disk)
    (home / "secret-key").write_text("key")
    Network.objects.create(name="النهر")
    _at(home, settings)
    backups.write(tmp_path / "kept.tar.gz")
    return tmp_path / "kept.tar.gz"


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_brought_back_with_pictures_that_lay_behind_links(archive, tmp_path, settings):
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["disk", "home", "kept.tar.gz", "third"]
    with pytest.raises(backups.BackupError, match="exists"):
        backups.write(archive)
    new = tmp_path / "new"
    _at(new, settings)
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(archive.read_bytes()[:-4000])
    with pytest.raises(backups.BackupError, match="cannot be read"):
        backups.restore(damaged)
    assert list(new.iterdir()) == []
    backups.restore(archive)
    media = new / "media"
    kept = {str(path.relative_to(media)): path.read_bytes() for path in media.rglob("*.jpg")}
    assert kept == {"images/صورة.jpg": b"jpeg", "originals/b.jpg": b"other"}
    assert not media.is_symlink()
    assert (new / "secret-key").read_text() == "key"
    assert "النهر".encode() in (new / "bulaq.sqlite3").read_bytes()
    with pytest.raises(backups.BackupError, match="not empty"):
        backups.restore(archive)
