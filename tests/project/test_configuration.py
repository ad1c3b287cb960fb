"""Every setting is checked at start and documented."""

import re
from pathlib import Path

import pytest

from bulaq.project import configuration

ROOT = Path(__file__).resolve().parents[2]


def test_defaults_need_nothing_and_are_safe():
    read = configuration.read({})
    assert read.debug is False
    assert read.bind == "127.0.0.1"
    assert read.trusted_proxies == ()


def test_all_faults_are_said_at_once_with_names_and_reasons():
    with pytest.raises(configuration.ConfigurationError) as error:
        configuration.read({"BULAQ_PORT": "high", "BULAQ_WEB_WORKERS": "0", "BULAQ_COLOUR": "red"})
    text = str(error.value)
    assert "BULAQ_COLOUR: there is no such setting" in text
    assert "BULAQ_PORT='high': it must be a whole number" in text
    assert "BULAQ_WEB_WORKERS='0': it must be between 1 and 64" in text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BULAQ_DATABASE_URL", "mysql://x"),
        ("BULAQ_TRUSTED_PROXIES", "10.0.0.0/8, somewhere"),
        ("BULAQ_DEBUG", "perhaps"),
        ("BULAQ_FRONT_URL", "varnish:6081"),
        ("BULAQ_MEDIA_URL", "s3://host/bucket"),
        ("BULAQ_ARCHIVES", "/"),
        ("BULAQ_ARCHIVES", "var/imports/old"),
    ],
)
def test_an_unusable_value_is_refused_by_name(name, value):
    with pytest.raises(configuration.ConfigurationError, match=name):
        configuration.read({name: value})


def test_a_bucket_may_stand_where_pictures_are_fetched_as_well():
    bucket = "s3://a:b@store.example/bucket"
    one = configuration.read({"BULAQ_MEDIA_URL": bucket})
    assert configuration.media(one) == configuration.media(configuration.read({"BULAQ_MEDIA_STORE": bucket}))
    with pytest.raises(configuration.ConfigurationError, match="BULAQ_MEDIA_URL"):
        configuration.read({"BULAQ_MEDIA_URL": bucket, "BULAQ_MEDIA_STORE": bucket})


def test_the_secret_key_is_made_once_and_is_the_owners_alone(tmp_path):
    read = configuration.read({"BULAQ_HOME": str(tmp_path / "home")})
    configuration.secret_key(read)
    assert not (tmp_path / "home").exists(), "a mistyped home is not made"
    (tmp_path / "home").mkdir()
    key = configuration.secret_key(read)
    assert len(key) >= 50
    assert configuration.secret_key(read) == key
    assert (tmp_path / "home" / "secret-key").stat().st_mode & 0o077 == 0


def test_every_setting_is_documented_and_no_other():
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(BULAQ_\w+)`", text, re.M)) == {v.name for v in configuration.VARIABLES}
