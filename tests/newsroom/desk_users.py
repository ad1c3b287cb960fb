"""People at the desk, for tests."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

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
