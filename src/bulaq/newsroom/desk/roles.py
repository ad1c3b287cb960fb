"""The two roles that a newsroom begins with, «محرّر» and «مراسل», as groups made with the database.

A group is made once. Afterwards it belongs to the newsroom: what an administrator takes from it or adds to it stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.snippets.models import create_extra_permissions

EDITOR = "محرّر"
REPORTER = "مراسل"

PERMISSIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    EDITOR: {
        "wagtailadmin.admin": ("access",),
        "newsroom.article": ("add", "change", "delete", "view", "publish", "lock", "unlock"),
        "newsroom.person": ("add", "change", "delete", "view"),
        "newsroom.agency": ("add", "change", "delete", "view"),
        "newsroom.topic": ("add", "change", "delete", "view"),
        "newsroom.section": ("view",),
        "newsroom.edition": ("view",),
    },
    REPORTER: {
        "wagtailadmin.admin": ("access",),
        "newsroom.article": ("add", "change", "view"),
        "newsroom.person": ("view",),
        "newsroom.agency": ("view",),
        "newsroom.topic": ("add", "view"),
        "newsroom.section": ("view",),
        "newsroom.edition": ("view",),
    },
}
"""Group → model → what may be done with it. A reporter writes and edits drafts; what readers see is an editor's word."""

PICTURES: Mapping[str, tuple[str, ...]] = {
    EDITOR: ("add", "change", "delete", "choose"),
    REPORTER: ("add", "choose"),
}
"""What may be done with the pictures of the whole archive."""


def make_roles(*, using: str = DEFAULT_DB_ALIAS, verbosity: int = 0, **_: Any) -> None:
    """Makes the groups that are not there. Connected to `post_migrate`; the permissions they need are made first."""
    missing = [name for name in PERMISSIONS if not Group.objects.using(using).filter(name=name).exists()]
    if not missing:
        return
    for label in ("newsroom", "wagtailadmin", "wagtailimages"):
        create_permissions(installed.get_app_config(label), verbosity=verbosity, using=using)
    create_extra_permissions(installed.get_app_config("wagtailsnippets"), using=using)
    # Without it no picture can be stored; a database that was emptied by hand has lost it.
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for name in missing:
        group = Group.objects.using(using).create(name=name)
        group.permissions.set(
            permission
            for model, acts in PERMISSIONS[name].items()
            for permission in _permissions(using, model, acts)
        )
        GroupCollectionPermission.objects.using(using).bulk_create(
            GroupCollectionPermission(group=group, collection=root, permission=permission)
            for permission in _permissions(using, "wagtailimages.image", PICTURES[name])
        )


def _permissions(using: str, model: str, acts: tuple[str, ...]) -> list[Permission]:
    label, name = model.split(".")
    found = Permission.objects.using(using).filter(
        content_type__app_label=label, codename__in=[f"{act}_{name}" for act in acts]
    )
    return list(found)
