"""Who may do what at the desk: the one place that views and templates ask.

A right is held on the whole kind of thing («may publish articles») and may have bounds: a group that sections name as theirs
(`Section.bound_groups`) edits and publishes in those sections alone, and in the ones within them. Whoever is in a group
without bounds that holds the same right has none either.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry

from bulaq.newsroom.models import Article, Edition

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    User = AbstractBaseUser | AnonymousUser


def may_edit(user: User, article: Article | None = None) -> bool:
    """Whether the user may change the text of an article (None: of articles at all)."""
    return policy_registry.get_by_type(Article).user_has_permission(user, "change") and _within(user, article)


def may_publish(user: User, article: Article | None = None, edition: Edition | None = None) -> bool:
    """Whether the user may decide where and when an article stands: publish, schedule, withdraw, correct."""
    return policy_registry.get_by_type(Article).user_has_permission(user, "publish") and _within(
        user, article
    )


def may_publish_each(user: User, article_ids: Iterable[int]) -> bool:
    """Whether every one of these articles is the user's to publish: what is done to their story is done to them."""
    if not may_publish(user) or bounds(user) is None:
        return may_publish(user)
    articles = Article.objects.filter(pk__in=article_ids).only("section").prefetch_related("publications")
    return all(_within(user, article) for article in articles)


def may_lead(user: User) -> bool:
    """Whether the user may decide what stands above all sections: the breaking line, imports, which names are topics."""
    return may_publish(user) and bounds(user) is None


def bounds(user: User) -> frozenset[int] | None:
    """The sections in which the user edits and publishes; None when there are no bounds. Asked once in a request."""
    if user.is_superuser:
        return None
    if not hasattr(user, "_section_bounds"):
        held = {"permissions__content_type__app_label": "newsroom", "permissions__codename": "change_article"}
        rows = list(
            user.groups.filter(**held)
            .values_list("pk", "bound_sections__pk", "bound_sections__children__pk")
            .distinct()
        )
        bound = {group for group, section, _ in rows if section is not None}
        free = not rows or any(group not in bound for group, _section, _child in rows)
        user._section_bounds = (
            None if free else frozenset(pk for _, *pair in rows for pk in pair if pk is not None)
        )
    return user._section_bounds


def _within(user: User, article: Article | None) -> bool:
    """An article without a section is whose it is published in; nobody's as long as it stands nowhere."""
    limits = None if article is None else bounds(user)
    if article is None or limits is None:
        return True
    if article.section_id is not None:
        return article.section_id in limits
    return article.pk is None or all(placed.section_id in limits for placed in article.publications.all())


class SectionBoundPolicy(ModelPermissionPolicy):
    """For those of Wagtail's views that ask about one article."""

    def user_has_permission_for_instance(self, user: User, action: str, instance: Article) -> bool:
        """The right, within its bounds; reading has none."""
        return self.user_has_permission(user, action) and (action == "view" or _within(user, instance))


class UnboundPolicy(ModelPermissionPolicy):
    """For what stands above all sections and is edited in Wagtail's own views: whoever is bound to some has no right to it."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """The right, without bounds; reading has none."""
        return super().user_has_permission(user, action) and (action == "view" or bounds(user) is None)


def require(allowed: bool) -> None:
    """Answers 403 unless the question before was answered with yes."""
    if not allowed:
        raise PermissionDenied
