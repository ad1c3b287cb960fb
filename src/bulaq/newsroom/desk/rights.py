"""Who may do what at the desk: the one place that views and templates ask.

Today a right is held on the whole kind of thing («may publish articles»). Every question is already asked about one
article and, where it matters, one edition, so that rights by section or edition need no change in any view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from wagtail.permissions import policy_registry

from bulaq.newsroom.models import Article, Edition

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    User = AbstractBaseUser | AnonymousUser


def may_edit(user: User, article: Article | None = None) -> bool:
    """Whether the user may change the text of an article (None: of articles at all)."""
    return policy_registry.get_by_type(Article).user_has_permission(user, "change")


def may_publish(user: User, article: Article | None = None, edition: Edition | None = None) -> bool:
    """Whether the user may decide where and when an article stands: publish, schedule, withdraw, correct."""
    return policy_registry.get_by_type(Article).user_has_permission(user, "publish")


def require(allowed: bool) -> None:
    """Answers 403 unless the question before was answered with yes."""
    if not allowed:
        raise PermissionDenied
