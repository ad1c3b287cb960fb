"""What the list of articles can be narrowed to. Every filter has an index behind it or a ceiling on its cost."""

from __future__ import annotations

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.models import WorkflowState

from bulaq.arabic.normalise import matching_key
from bulaq.newsroom.models import Agency, Article, Byline, Edition, Person, Publication, Section

STATES = [
    ("draft", _("Drafts")),
    ("headless", _("Waiting for a headline")),
    ("review", _("Waiting for review")),
    ("changed", _("Unpublished changes")),
    ("published", _("Published")),
    ("planned", _("Planned")),
    ("scheduled", _("Scheduled")),
    ("withdrawn", _("Withdrawn")),
    ("failed", _("Failed schedules")),
]

MOST_NAMES = 50
"""People and agencies that one name in the filter may mean."""


class ArticleFilterSet(WagtailFilterSet):
    """State, section, edition, language, author, day of the last change."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="by_state", empty_label=_("All"), widget=forms.RadioSelect
    )
    section = django_filters.ModelChoiceFilter(
        label=_("Section"), queryset=Section.objects.all(), empty_label=_("All"), widget=forms.RadioSelect
    )
    edition = django_filters.ModelChoiceFilter(
        label=_("Edition"), queryset=Edition.objects.all(), method="by_edition", empty_label=_("All"),
        widget=forms.RadioSelect,
    )  # fmt: skip
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=Article.Language.choices, empty_label=_("All"), widget=forms.RadioSelect
    )
    author = django_filters.CharFilter(label=_("Author"), method="by_author")
    edited_at = django_filters.DateFromToRangeFilter(label=_("Last edited"), widget=DateRangePickerWidget)

    class Meta:
        model = Article
        fields = ["state", "section", "edition", "language", "author", "edited_at"]

    def by_state(self, articles: QuerySet[Article], name: str, value: str) -> QuerySet[Article]:
        """The states that an editor knows: of the text, and of its placements."""
        match value:
            case "draft":
                return articles.filter(live=False)
            case "headless":
                return articles.filter(headline="")
            case "changed":
                return articles.filter(live=True, has_unpublished_changes=True)
            case "review":
                return articles.filter(pk__in=_under_review())
            case "published":
                return articles.filter(Exists(_placed(state=value)))
        # The others are few among a million: found from their side, not looked for in each article.
        few = Publication.objects.filter(state=value).values("article_id")
        return articles.filter(pk__in=few)

    def by_edition(self, articles: QuerySet[Article], name: str, value: Edition) -> QuerySet[Article]:
        """Articles that stand in an edition, or are meant to."""
        return articles.filter(Exists(_placed(edition=value)))

    def by_author(self, articles: QuerySet[Article], name: str, value: str) -> QuerySet[Article]:
        """Articles signed by a person or an agency of that name, spelt any way that the house folds."""
        key = matching_key(value)
        if not key:
            return articles
        people = Person.objects.filter(
            Q(matching_name__contains=key) | Q(other_names__matching_text__contains=key)
        )
        agencies = Agency.objects.filter(matching_name__contains=key)
        signed = Byline.objects.filter(
            Q(person_id__in=set(people.values_list("pk", flat=True)[:MOST_NAMES]))
            | Q(agency_id__in=set(agencies.values_list("pk", flat=True)[:MOST_NAMES]))
        )
        return articles.filter(pk__in=signed.values("article_id"))


def _under_review() -> list[int]:
    """What was submitted and nobody has approved or sent back: few, whatever the archive."""
    article = ContentType.objects.get_for_model(Article)
    waiting = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, base_content_type=article)
    return [int(number) for number in waiting.values_list("object_id", flat=True)]


def _placed(**conditions: object) -> QuerySet[Publication]:
    return Publication.objects.filter(article_id=OuterRef("pk"), **conditions)
