"""The markup of a picture and of a film, as what a shortcode, a widget or a field showed."""

from __future__ import annotations

from html import escape

from bulaq.intake.article import Picture


def figure(picture: Picture) -> str:
    """The markup of a picture with its caption."""
    told = " | ".join(part for part in (picture.caption, picture.credit) if part)
    caption = f"<figcaption>{escape(told)}</figcaption>" if told else ""
    return (
        f'<figure><img src="{escape(picture.url or "")}" alt="{escape(picture.alt or "")}">{caption}</figure>'
    )


def film(url: str) -> str:
    """The markup of anything that is shown from an address: a film, a sound, a post of a platform."""
    return f'\n\n<video src="{escape(url)}"></video>\n\n'
