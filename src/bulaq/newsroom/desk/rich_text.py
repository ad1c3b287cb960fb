"""Links from a text to our own articles, in the editor and on the page («article-link»), and links to the web.

Stored as `<a linktype="article" id="…">`; `newsroom.article_links` says what becomes of it on a page.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.forms.choosers import EmailLinkChooserForm, ExternalLinkChooserForm
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from bulaq.newsroom import article_links
from bulaq.newsroom.models import Article

ENTITY = "ARTICLE"
FEATURE = "article-link"


class ArticleLinkHandler(LinkHandler):
    """From what is stored to what a reader gets."""

    identifier = article_links.LINK_TYPE

    @staticmethod
    def get_model() -> type[Article]:
        """What is linked to."""
        return Article

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        """One link."""
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """All links of a text together: one query, or none when the page has looked them up already."""
        ids = [_identity(attrs) for attrs in attrs_list]
        known = article_links.known_hrefs(number for number in ids if number is not None)
        return [article_links.opening_tag(number, known) for number in ids]

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Any:
        """So that an article knows which texts link to it."""
        number = _identity(attrs)
        if number is not None:
            yield Article, str(number), "", ""


class ArticleLinkElementHandler(LinkElementHandler):
    """From what is stored to the editor: the headline is what the editor shows of a link."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        """The entity's data; a link to a deleted article keeps its number."""
        number = _identity(attrs)
        if number is None:
            return {}
        article = Article.objects.only("headline", "headline_suggestion").filter(pk=number).first()
        return {"id": number, "string": str(article) if article else f"#{number}"}


def _identity(attrs: dict[str, str]) -> int | None:
    text = str(attrs.get("id", ""))
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _stored_link(props: dict[str, Any]) -> Any:
    return DOM.create_element(
        "a", {"linktype": article_links.LINK_TYPE, "id": props.get("id")}, props["children"]
    )


LABELS = {
    "link_text": _("Link text"),
    "email_address": _("Email address"),
    "subject": _("Subject"),
    "body": _("Message"),
}
"""Fields of Wagtail's windows for links that it names in English in every language."""


def name_fields() -> None:
    """Gives the windows for links their words, and addresses the direction that they have in any text."""
    for form in (ExternalLinkChooserForm, EmailLinkChooserForm):
        for name, field in form.base_fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs["dir"] = "ltr" if name in {"url", "email_address"} else "auto"


def register(features: FeatureRegistry) -> None:
    """Teaches Wagtail's rich text the link to an article, and «link» that there is no tree of pages to choose from."""
    name_fields()
    features.register_link_type(ArticleLinkHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "doc-full",
                "description": _("Link to an article"),
                "attributes": ["id", "string"],
                "allowlist": {"data-id": True},
                "chooserUrls": {
                    "articleChooser": reverse_lazy("wagtailsnippetchoosers_newsroom_article:choose")
                },
            },
            js=["wagtailadmin/js/chooser-modal.js", "desk/article-link.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {
                f'a[linktype="{article_links.LINK_TYPE}"]': ArticleLinkElementHandler(ENTITY)
            },
            "to_database_format": {"entity_decorators": {ENTITY: _stored_link}},
        },
    )
    features.register_editor_plugin(
        "draftail",
        "link",
        EntityFeature(
            {
                "type": "LINK",
                "icon": "link",
                "description": _("Link to the web"),
                "attributes": ["url", "id", "parentId"],
                "allowlist": {"href": "^(http:|https:|mailto:|#|undefined$)"},
                "chooserUrls": {
                    name: reverse_lazy(f"wagtailadmin_choose_page_{kind}_link")
                    for name, kind in (
                        ("pageChooser", "external"),
                        ("externalLinkChooser", "external"),
                        ("emailLinkChooser", "email"),
                        ("phoneLinkChooser", "phone"),
                        ("anchorLinkChooser", "anchor"),
                    )
                },
            },
            js=["wagtailadmin/js/page-chooser-modal.js"],
        ),
    )
