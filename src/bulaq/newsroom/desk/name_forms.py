"""The forms of agencies and topics: a name that the newsroom has in another spelling is told, and none is lost."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from bulaq.arabic.normalise import for_matching
from bulaq.newsroom.actions.topics import keep_former_name
from bulaq.newsroom.models import Topic


class _NameOnce(WagtailAdminModelForm):
    """The column by which names are matched is in no form, so that Django does not look there for a second one."""

    taken_message: Promise

    def namesakes(self, key: str) -> QuerySet[Any]:
        """The others that have the name in any spelling."""
        return self._meta.model._default_manager.filter(matching_name=key).exclude(pk=self.instance.pk)

    def clean(self) -> dict[str, Any]:
        """Refuses a name that is taken."""
        cleaned = super().clean()
        key = for_matching(cleaned.get("name") or "")
        if key and self.namesakes(key).exists():
            self.add_error("name", self.taken_message)
        return cleaned


class AgencyForm(_NameOnce):
    """An agency stands once, however it is written."""

    taken_message = _("This agency is there already.")


class TopicForm(_NameOnce):
    """A topic and its spellings, of which a name that is changed becomes one."""

    taken_message = _("Another topic has this name: merge them.")

    def namesakes(self, key: str) -> QuerySet[Any]:
        """In the same language."""
        language = self.cleaned_data.get("language") or self.instance.language
        return super().namesakes(key).filter(language=language)

    def save(self, commit: bool = True) -> Topic:
        """With each spelling once, and none that is the name itself."""
        name, former = self.instance.name, self.initial.get("name")
        topic = super().save(commit=False)
        spellings = {for_matching(variant.text): variant for variant in reversed(topic.variants.all())}
        topic.variants.set(
            [variant for key, variant in reversed(spellings.items()) if key and key != for_matching(name)]
        )
        if not commit:
            return topic
        renamed = topic.pk is not None and for_matching(former or "") != for_matching(name)
        topic.save()
        if renamed:
            keep_former_name(topic_id=topic.pk, former=former, by=self.for_user)
        return topic
