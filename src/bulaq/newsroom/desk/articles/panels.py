"""How the editing page of an article is laid out: the text first, then its company, then where it came from."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from bulaq.newsroom.desk.articles.corrections import CorrectionsPanel
from bulaq.newsroom.desk.articles.form import ArticleForm
from bulaq.newsroom.desk.articles.inline_rows import RowsPanel

TEXT = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("kicker", classname="desk-kicker-field"),
                FieldPanel(
                    "headline",
                    classname="desk-headline-field",
                    widget=AdminAutoHeightTextInput(attrs={"rows": 1}),
                ),
                FieldPanel("standfirst", classname="desk-standfirst-field"),
            ],
            heading=_("Headline"),
        ),
        FieldPanel("body", heading=_("Text"), classname="desk-body"),
    ],
    heading=_("Text"),
)

DETAILS = ObjectList(
    [
        FieldRowPanel(
            [
                FieldPanel("section", heading=_("Section"), widget=forms.Select),
                FieldPanel("dateline"),
                FieldPanel("language"),
            ],
            heading=_("Place in the newsroom"),
        ),
        RowsPanel(
            "bylines",
            panels=[FieldRowPanel([FieldPanel("person"), FieldPanel("agency"), FieldPanel("role")])],
            heading=_("Bylines"),
            label=_("contributor"),
            help_text=_("A person or an agency, in the order in which readers see them."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("lead_image", heading=_("Picture")),
                FieldPanel("lead_caption"),
                FieldRowPanel([FieldPanel("lead_credit"), FieldPanel("lead_alt")]),
            ],
            heading=_("Lead picture"),
        ),
        MultipleChooserPanel(
            "article_topics",
            chooser_field_name="topic",
            panels=[FieldPanel("topic")],
            heading=_("Topics"),
            label=_("topic"),
        ),
        RowsPanel(
            "read_also",
            panels=[FieldPanel("target"), FieldRowPanel([FieldPanel("headline"), FieldPanel("url")])],
            heading=_("Read also"),
            label=_("link"),
            help_text=_("An article of ours, or a headline with its address elsewhere."),
        ),
    ],
    heading=_("Details"),
)

ORIGIN = ObjectList(
    [
        CorrectionsPanel(heading=_("Corrections")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("carrier_label"), FieldPanel("carrier_url")])],
            heading=_("Carried by"),
            help_text=_("The outlet that carries the article, when it is not ours."),
        ),
        FieldPanel("translation_of"),
    ],
    heading=_("Corrections and origin"),
)

EDIT_HANDLER = TabbedInterface([TEXT, DETAILS, ORIGIN], base_form_class=ArticleForm)
