"""Agencies and topics in the desk's own forms: a name stands once in any spelling, and a former one is not lost."""

import pytest

from bulaq.newsroom.models import Agency, Topic

pytestmark = pytest.mark.django_db


def _desk_form(topic, *spellings, **fields):
    """What the desk's form of a topic sends."""
    known = list(topic.variants.all()) if topic else []
    data = {"name": "", "kind": "person", "language": "ar", "description": "", "accepted": "on", **fields}
    data |= {
        "variants-TOTAL_FORMS": len(known) + len(spellings),
        "variants-INITIAL_FORMS": len(known),
        "variants-MIN_NUM_FORMS": 0,
        "variants-MAX_NUM_FORMS": 1000,
    }
    for number, variant in enumerate(known):
        data |= {f"variants-{number}-id": variant.pk, f"variants-{number}-text": variant.text}
    for number, text in enumerate(spellings, len(known)):
        data |= {f"variants-{number}-id": "", f"variants-{number}-text": text}
    return data


def test_the_desk_renames_by_the_act_and_keeps_each_spelling_once(admin_client):
    topic = Topic.objects.create(name="بوتن", kind="person")
    edit = f"/desk/topics/edit/{topic.pk}/"
    response = admin_client.post(edit, _desk_form(topic, "بوتين", "بُوتين", "الرئيس", name="فلاديمير بوتين"))
    assert response.status_code == 302
    topic = Topic.objects.get(pk=topic.pk)
    assert (topic.name, topic.kind) == ("فلاديمير بوتين", "person")
    assert sorted(v.text for v in topic.variants.all()) == sorted(["بوتن", "بوتين", "الرئيس"])
    # Only the letters are corrected: nothing is renamed, and the spelling that is the name now is none beside it.
    response = admin_client.post(edit, _desk_form(topic, name="الرئيس"))
    assert response.status_code == 302
    topic = Topic.objects.get(pk=topic.pk)
    assert sorted(v.text for v in topic.variants.all()) == sorted(["بوتن", "بوتين", "فلاديمير بوتين"])


def test_the_desk_refuses_a_topic_that_is_there_under_another_spelling(admin_client):
    there = Topic.objects.create(name="الأمم المتحدة", kind="organisation")
    other = Topic.objects.create(name="اليونسكو", kind="organisation")
    for address, topic in (("/desk/topics/add/", None), (f"/desk/topics/edit/{other.pk}/", other)):
        response = admin_client.post(address, _desk_form(topic, name="الامم المتحده"))
        assert response.status_code == 200
        assert "name" in response.context["form"].errors
    assert {t.pk: t.name for t in Topic.objects.all()} == {there.pk: there.name, other.pk: other.name}


def test_the_desk_refuses_an_agency_that_is_there_under_another_spelling(admin_client):
    Agency.objects.create(name="وكالة الأنباء")
    other = Agency.objects.create(name="واس")
    for address in ("/desk/agencies/add/", f"/desk/agencies/edit/{other.pk}/"):
        response = admin_client.post(address, {"name": "وكالة الانباء", "url": ""})
        assert response.status_code == 200
        assert "name" in response.context["form"].errors
    assert sorted(Agency.objects.values_list("name", flat=True)) == sorted(["واس", "وكالة الأنباء"])
