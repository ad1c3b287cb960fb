"""The blocks of a body: the same kinds that intake reads (`bulaq.intake.article`)."""

from __future__ import annotations

from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

INLINE_FEATURES = ["bold", "link", "article-link"]
"""What a paragraph may hold. No italics: Arabic has none, and slanted Arabic is a fault of type."""


class QuoteBlock(blocks.StructBlock):
    """A quotation set apart, with who said it."""

    text = blocks.TextBlock(label=_("quotation"))
    attribution = blocks.CharBlock(required=False, label=_("who said it"))

    class Meta:
        icon = "openquote"
        label = _("quotation")


class PictureBlock(blocks.StructBlock):
    """A picture in the body; empty fields fall back to the picture's own."""

    image = ImageChooserBlock(required=False, label=_("picture"))
    caption = blocks.CharBlock(required=False, label=_("caption"))
    credit = blocks.CharBlock(required=False, label=_("credit"))
    alt = blocks.CharBlock(required=False, label=_("alternative text"))

    class Meta:
        icon = "image"
        label = _("picture")


class ItemsBlock(blocks.StructBlock):
    """A list of points, or of steps in order."""

    items = blocks.ListBlock(blocks.CharBlock(label=_("item")), label=_("items"))
    ordered = blocks.BooleanBlock(required=False, label=_("numbered"))

    class Meta:
        icon = "list-ul"
        label = _("list")


class EmbedBlock(blocks.StructBlock):
    """A post or video of a platform, kept as its address: no script of theirs reaches a reader."""

    url = blocks.URLBlock(label=_("address"))
    provider = blocks.CharBlock(required=False, label=_("platform"))

    class Meta:
        icon = "media"
        label = _("embed")


class InlineReadAlsoBlock(blocks.StructBlock):
    """A «read also» set between two paragraphs."""

    article = SnippetChooserBlock("newsroom.Article", required=False, label=_("article"))
    headline = blocks.CharBlock(required=False, label=_("headline"))
    url = blocks.URLBlock(required=False, label=_("address"))

    class Meta:
        icon = "link"
        label = _("read also")


class FactBoxBlock(blocks.StructBlock):
    """A titled box of facts beside the story."""

    title = blocks.CharBlock(label=_("title"))
    text = blocks.RichTextBlock(features=[*INLINE_FEATURES, "ul", "ol"], label=_("text"))

    class Meta:
        icon = "info-circle"
        label = _("fact box")


class _TextBlock(blocks.StreamBlock):
    """A text in which a paragraph that holds nothing is none: the editor begins with one, for whoever starts to write."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> blocks.StreamValue:
        """What was sent, without empty paragraphs."""
        sent = super().value_from_datadict(data, files, prefix)
        kept = [
            (child.block_type, child.value, child.id)
            for child in sent
            if child.block_type != "paragraph"
            or strip_tags(child.value.source if child.value else "").strip()
        ]
        return blocks.StreamValue(self, kept)


class BodyBlock(_TextBlock):
    """The body of an article."""

    paragraph = blocks.RichTextBlock(features=INLINE_FEATURES, label=_("paragraph"), icon="pilcrow")
    heading = blocks.CharBlock(label=_("heading"), icon="title")
    quote = QuoteBlock()
    list = ItemsBlock()
    image = PictureBlock()
    embed = EmbedBlock()
    read_also = InlineReadAlsoBlock()
    fact_box = FactBoxBlock()
    table = TableBlock(label=_("table"))

    class Meta:
        required = False


class StandingBodyBlock(_TextBlock):
    """The body of a standing page: of an article's blocks those that no news is needed for."""

    paragraph = blocks.RichTextBlock(features=INLINE_FEATURES, label=_("paragraph"), icon="pilcrow")
    heading = blocks.CharBlock(label=_("heading"), icon="title")
    list = ItemsBlock()
    image = PictureBlock()
    table = TableBlock(label=_("table"))
