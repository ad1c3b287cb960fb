"""The reader of saved HTML pages. `read_page(bytes, name)` is all that a library user needs."""

from bulaq.intake.html.reader import READER, HtmlReader, read_page

__all__ = ["READER", "HtmlReader", "read_page"]
