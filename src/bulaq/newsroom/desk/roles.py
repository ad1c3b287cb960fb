"""The two roles that a newsroom begins with, «محرّر» and «مراسل», as groups made with the database; and the way from one
to the other: what a reporter submits, an editor approves.

A group is made once. Afterwards it belongs to the newsroom: what an administrator takes from it or adds to it stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)
from wagtail.snippets.models import create_extra_permissions

EDITOR = "محرّر"
REPORTER = "مراسل"

REVIEW = "مراجعة التحرير"
APPROVAL = "موافقة محرّر"

WAGTAILS_OWN = ("Editors", "Moderators")
"""Groups that Wagtail makes for its tree of pages, which this site has not; «Moderators approval» goes with them."""

PERMISSIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    EDITOR: {
        "wagtailadmin.admin": ("access",),
        "newsroom.article": ("add", "change", "delete", "view", "publish", "lock", "unlock"),
        "newsroom.person": ("add", "change", "delete", "view"),
        "newsroom.agency": ("add", "change", "delete", "view"),
        "newsroom.topic": ("add", "change", "delete", "view"),
        "newsroom.section": ("view",),
        "newsroom.edition": ("view",),
        "newsroom.standingpage": ("add", "change", "delete", "view"),
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
    # A newsroom older than the review has the groups, and still what Wagtail made: it gets the review as a new one does.
    before_review = _unused_workflows(using).exists()
    if not missing and not before_review:
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
    if EDITOR in missing or before_review:
        _make_review(using)
        _clear_away(using)


def _make_review(using: str) -> None:
    """One step: any editor approves, and the article goes where it was planned to go."""
    article = ContentType.objects.db_manager(using).get(app_label="newsroom", model="article")
    if WorkflowContentType.objects.using(using).filter(content_type=article).exists():
        return
    task = GroupApprovalTask(name=APPROVAL)
    task.save(using=using)
    task.groups.set(Group.objects.using(using).filter(name=EDITOR))
    workflow = Workflow(name=REVIEW)
    workflow.save(using=using)
    WorkflowTask(workflow=workflow, task=task, sort_order=0).save(using=using)
    WorkflowContentType(content_type=article, workflow=workflow).save(using=using)


def _clear_away(using: str) -> None:
    """What Wagtail's first migration made in English for pages, as long as nobody uses it."""
    Group.objects.using(using).filter(name__in=WAGTAILS_OWN, user__isnull=True).delete()
    unused = _unused_workflows(using)
    tasks = list(unused.values_list("workflow_tasks__task", flat=True))
    unused.delete()
    Task.objects.using(using).filter(pk__in=tasks, task_states__isnull=True).delete()


def _unused_workflows(using: str) -> QuerySet[Workflow]:
    return Workflow.objects.using(using).filter(
        name="Moderators approval", workflow_states__isnull=True, workflow_content_types__isnull=True
    )


def _permissions(using: str, model: str, acts: tuple[str, ...]) -> list[Permission]:
    label, name = model.split(".")
    found = Permission.objects.using(using).filter(
        content_type__app_label=label, codename__in=[f"{act}_{name}" for act in acts]
    )
    return list(found)
