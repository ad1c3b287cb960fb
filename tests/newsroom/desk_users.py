"""People at the desk, for tests."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from bulaq.newsroom.desk import roles


def make_user(role: str | None = None, *, username: str | None = None, superuser: bool = False):
    """A member of the newsroom: `roles.EDITOR`, `roles.REPORTER`, an administrator, or nobody in particular."""
    users = get_user_model()
    name = username or {roles.EDITOR: "editor-test", roles.REPORTER: "reporter-test"}.get(role, "someone")
    if superuser:
        return users.objects.create_superuser("admin-test", email="", password="x")
    user = users.objects.create_user(name, password="x", first_name="سلمى")
    if role:
        # A test with real transactions empties the tables of those that follow it.
        roles.make_roles()
        user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(username: str, url: str) -> dict[str, str]:
    """The cookie with which a browser is signed in as a user who is there, at the desk that is served at `url`."""
    client = Client()
    client.force_login(get_user_model().objects.get_by_natural_key(username))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
