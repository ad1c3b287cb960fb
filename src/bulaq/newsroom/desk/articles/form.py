"""The form of an article: a draft may be saved as it is, what readers will see must be whole."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from bulaq.newsroom.desk.commas import commas
from bulaq.newsroom.desk.rights import bounds
from bulaq.newsroom.finding.documents import body_texts
from bulaq.newsroom.finding.sections import LEAST_ARTICLES, WORTH_SAYING, is_learned, suggest_section

REQUIRED_TO_PUBLISH = {
    "headline": _("Without a headline the article cannot be published."),
    "section": _("Choose the section before you publish."),
}


WRITTEN = {
    "kicker", "headline", "standfirst", "dateline", "lead_caption", "lead_credit", "lead_alt", "carrier_label"
}  # fmt: skip


class ArticleForm(WagtailAdminModelForm):
    """Wagtail defers what is required while a draft is saved, and asks for it when the article is to be published.

    What is the same for every article is made once in a process, a fifth of the work of an editing page: the description of
    the body's blocks, for each language, and the list of scripts and styles.
    """

    _described: ClassVar[dict[str | None, tuple[Any, str]]] = {}
    _media_of: ClassVar[dict[type, forms.Media]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "body" in self.fields:
            self._share_description(self.fields["body"].widget)
            if not self.is_bound and not len(self.instance.body):
                # A first paragraph for whoever begins to write; one that stays empty is not stored.
                self.initial["body"] = StreamValue(
                    self.instance.body.stream_block, [("paragraph", RichText(""))]
                )
        if not self.is_bound and self.instance.pk is not None:
            # Wagtail asks for the workflow's state once for each panel, but not where it has been looked up already.
            self.instance._current_workflow_states = list(
                self.instance.workflow_states.active().select_related("current_task_state__task")
            )
        for name, message in REQUIRED_TO_PUBLISH.items():
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = message
        # The direction is that of what is written, whatever language the desk speaks.
        for name in WRITTEN & self.fields.keys():
            self.fields[name].widget.attrs["dir"] = "auto"
        limits = bounds(self.for_user) if self.for_user else None
        if limits is not None and "section" in self.fields:
            self.fields["section"].queryset = self.fields["section"].queryset.filter(pk__in=limits)
        if "headline" in self.fields:
            self.fields["headline"].help_text = self._suggestion()
            if self.instance.pk is None:
                self.fields["headline"].widget.attrs["autofocus"] = True
        if "section" in self.fields and (hint := self._section_hint()):
            self.fields["section"].help_text = hint

    def _share_description(self, widget: Any) -> None:
        language = get_language()
        if language not in self._described:
            self._described[language] = (widget.js_context, widget.block_json)
        widget._js_context, widget._block_json = self._described[language]

    @cached_property
    def media(self) -> forms.Media:
        """Of the fields and of the lists beside them: that of the class, whatever the article holds."""
        kind = type(self)
        if kind not in self._media_of:
            self._media_of[kind] = super().media
        return self._media_of[kind]

    def _suggestion(self) -> str:
        """What the import found in the place of a headline, for whoever writes one."""
        article = self.instance
        if article is None or article.headline or not article.headline_suggestion:
            return ""
        return gettext("Suggested: %(headline)s") % {"headline": article.headline_suggestion}

    def _section_hint(self) -> str:
        """Where articles like this one stand, for an article that stands nowhere yet; or why nobody can say so."""
        article = self.instance
        if article is None or article.pk is None or article.section_id:
            return ""
        if not is_learned():
            return gettext(
                "Once %(number)s articles are published, the desk suggests a section, as those before it stand."
            ) % {"number": LEAST_ARTICLES}
        text = "\n".join((str(article), article.standfirst, *body_texts(article)))
        likely = [one for one in suggest_section(text) if one.probability >= WORTH_SAYING]
        if not likely:
            return ""
        return gettext("Probably: %(sections)s") % {"sections": commas(likely)}

    def clean_headline(self) -> str:
        """One line, whatever was pasted: the field only looks like several when the headline is long."""
        return " ".join((self.cleaned_data.get("headline") or "").split())

    def clean(self) -> dict[str, Any]:
        """Asks for a text, in the body or at least as a standfirst; an article is no translation of itself."""
        cleaned = super().clean()
        origin = cleaned.get("translation_of")
        if origin is not None and origin.language == cleaned.get("language"):
            self.add_error(
                "translation_of",
                forms.ValidationError(
                    _("A translation is in another language than what it was translated from."),
                    code="same-language",
                ),
            )
        if not self.is_deferred_validation and "body" in self.fields and "body" not in self.errors:
            body = cleaned.get("body")
            if not (body and len(body)) and not (cleaned.get("standfirst") or "").strip():
                self.add_error(
                    "standfirst", forms.ValidationError(_("The article has no text yet."), code="no-body")
                )
        return cleaned
