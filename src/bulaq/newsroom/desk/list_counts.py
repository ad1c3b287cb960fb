"""How many things a list holds, as Wagtail says it under its lists: «الأشخاص: 12», right for any number of anything. Its own
«12 الأشخاص» is right in English alone."""

from __future__ import annotations

from wagtail.admin.paginator import WagtailPaginator

from bulaq.arabic.digits import format_number


def _items_count_label(self: WagtailPaginator) -> str:
    return f"{self.verbose_name_plural}: {format_number(self.count)}"


def install() -> None:
    """All lists share one class and have no other seam."""
    WagtailPaginator.items_count_label = property(_items_count_label)
