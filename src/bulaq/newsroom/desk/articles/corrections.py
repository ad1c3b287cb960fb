"""Corrections at the desk: read on the editing page, added on a page of their own, never edited or deleted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.panels import Panel

from bulaq.newsroom.actions.correcting import correct
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk import rights
from bulaq.newsroom.models import Article


class CorrectionsPanel(Panel):
    """The corrections that readers see, and the way to add one."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/panels/corrections.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The stored corrections, not the draft's: an act adds them to both."""
            context = super().get_context_data(parent_context)
            article = self.instance
            context["corrections"] = (
                Article(pk=article.pk).corrections.order_by("-corrected_at") if article.pk else ()
            )
            if article.pk and rights.may_publish(self.request.user, article):
                context["correct_url"] = reverse(
                    "wagtailsnippets_newsroom_article:correct", args=[article.pk]
                )
            return context


class CorrectionForm(forms.Form):
    """What was wrong, and what is right."""

    text = forms.CharField(
        label=gettext_lazy("What was wrong, and what is right"),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        max_length=2000,
        help_text=gettext_lazy(
            "Readers see it under the article, with the day. Mend the text itself in the editor."
        ),
    )


class CorrectView(View):
    """`/desk/articles/correct/<id>/`."""

    def dispatch(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Only for those who decide what readers see."""
        self.article = get_object_or_404(Article, pk=pk)
        rights.require(rights.may_publish(request.user, self.article))
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._show(CorrectionForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Adds the correction."""
        form = CorrectionForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            correct(article_id=self.article.pk, text=form.cleaned_data["text"], by=request.user)
        except ActRefused as refusal:
            form.add_error("text", str(refusal))
            return self._show(form)
        messages.success(request, _("The correction is public."))
        return redirect("wagtailsnippets_newsroom_article:edit", self.article.pk)

    def _show(self, form: CorrectionForm) -> HttpResponse:
        edit_url = reverse("wagtailsnippets_newsroom_article:edit", args=[self.article.pk])
        context = {
            "article": self.article,
            "form": form,
            "edit_url": edit_url,
            "page_title": _("Add a correction"),
            "header_icon": "warning",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": reverse("wagtailsnippets_newsroom_article:list"), "label": _("Articles")},
                {"url": edit_url, "label": str(self.article)},
                {"url": "", "label": _("Add a correction")},
            ],
            "corrections": self.article.corrections.order_by("-corrected_at"),
        }
        return TemplateResponse(self.request, "desk/correct.html", context)
