"""Several articles at once: publish, withdraw, move. Each is asked for its own right, and one that refuses stops no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from bulaq.arabic.direction import isolate_text
from bulaq.newsroom.actions.moving import move
from bulaq.newsroom.actions.placing import publish_where_planned
from bulaq.newsroom.actions.publishing import withdraw
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.row_numbers import row_number
from bulaq.newsroom.models import Article, Section

AT_ONCE = 100
"""Three pages of the list: what a person chose by hand. A whole archive is a matter of the command line."""


class _ArticleAct(SnippetBulkAction):
    """One act, done to each of the articles that were ticked."""

    models = [Article]
    template_name = "desk/bulk.html"
    question: Any = ""

    def check_perm(self, article: Article) -> bool:
        """Whoever may publish it."""
        return rights.may_publish(self.request.user, article)

    def get_actionable_objects(self) -> tuple[list[Article], dict[str, list[Article]]]:
        """Those that were ticked, in the order of the list; «all that there are» is none of them."""
        chosen = [number for number in map(row_number, self.request.GET.getlist("id")) if number]
        found = Article.objects.filter(pk__in=chosen[:AT_ONCE]).order_by("-edited_at", "-id")
        articles = list(found.defer("body"))
        refused = [article for article in articles if not self.check_perm(article)]
        return [a for a in articles if a not in refused], {"items_with_no_access": refused}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the question that the button answers."""
        return super().get_context_data(**kwargs) | {"act": self}

    def get_execution_context(self) -> dict[str, Any]:
        """What the act needs beside the articles."""
        return {"action": self, "values": self.cleaned_form.cleaned_data if self.cleaned_form else {}}

    @classmethod
    def execute_action(
        cls, objects: Sequence[Article], action: _ArticleAct | None = None, values: Any = None, **_: Any
    ) -> tuple[int, int]:
        """How many were done; what refused is named with its reason."""
        done = 0
        assert action is not None
        for article in objects:
            try:
                with transaction.atomic():
                    action.act(article, values)
                done += 1
            except ActRefused as refusal:
                messages.error(action.request, f"«{isolate_text(str(article))}»: {refusal}")
        return done, 0

    def act(self, article: Article, values: dict[str, Any]) -> None:
        """Does it to one."""
        raise NotImplementedError

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """How many; nothing when it was none."""
        return self.done(num_parent_objects) if num_parent_objects else None

    def done(self, count: int) -> str:
        """The sentence."""
        raise NotImplementedError


class PublishArticles(_ArticleAct):
    """Where each is planned, or in the first edition of its language."""

    display_name = gettext_lazy("Publish")
    action_type = "publish"
    aria_label = gettext_lazy("Publish the chosen articles")
    question = gettext_lazy("Publish these articles where they are planned?")
    action_priority = 10

    def act(self, article: Article, values: dict[str, Any]) -> None:
        publish_where_planned(article_id=article.pk, by=self.request.user)

    def done(self, count: int) -> str:
        return ngettext("One article is published.", "%(n)s articles are published.", count) % {"n": count}


class MoveForm(forms.Form):
    """Where to."""

    section = forms.ModelChoiceField(Section.objects.all(), label=gettext_lazy("Section"), empty_label=None)


class MoveArticles(_ArticleAct):
    """To another section, with their placements."""

    display_name = gettext_lazy("Move")
    action_type = "move"
    aria_label = gettext_lazy("Move the chosen articles to another section")
    question = gettext_lazy("Move these articles to another section?")
    action_priority = 20
    form_class = MoveForm

    def get_form(self, form_class: Any = None) -> forms.Form:
        """Within the user's bounds."""
        form = super().get_form(form_class)
        limits = rights.bounds(self.request.user)
        if limits is not None:
            form.fields["section"].queryset = Section.objects.filter(pk__in=limits)
        return form

    def act(self, article: Article, values: dict[str, Any]) -> None:
        move(article_id=article.pk, section_id=values["section"].pk, by=self.request.user)

    def done(self, count: int) -> str:
        return ngettext("One article is moved.", "%(n)s articles are moved.", count) % {"n": count}


class WithdrawForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip


class WithdrawArticles(_ArticleAct):
    """Off all editions, with one reason for all."""

    display_name = gettext_lazy("Withdraw")
    action_type = "withdraw"
    aria_label = gettext_lazy("Withdraw the chosen articles from all editions")
    question = gettext_lazy("Withdraw these articles from all editions? Their addresses will say so.")
    action_priority = 25
    form_class = WithdrawForm
    classes = {"serious"}

    def act(self, article: Article, values: dict[str, Any]) -> None:
        withdraw(article_id=article.pk, reason=values.get("reason", ""), by=self.request.user)

    def done(self, count: int) -> str:
        return ngettext("One article is withdrawn.", "%(n)s articles are withdrawn.", count) % {"n": count}


for _act in (PublishArticles, MoveArticles, WithdrawArticles):
    hooks.register("register_bulk_action", _act)
