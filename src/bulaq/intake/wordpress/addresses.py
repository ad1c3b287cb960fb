"""The addresses that a post answered to: the one that WordPress exported, and its other ones."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from bulaq.intake.html.layout.embeds import clean_address
from bulaq.intake.wordpress.post import Post


def absolute(address: str, base: str | None) -> str | None:
    """An address as it is exported, absolute by the site's own; None for what is none."""
    if not address:
        return None
    try:
        if base and not address.startswith(("http://", "https://")):
            address = urljoin(base, address)
        return clean_address(address)
    except ValueError:
        return None


def aliases(post: Post, link: str | None, base: str | None) -> tuple[str, ...]:
    """The other addresses that the post answered to: its number, its `guid`, its old slugs."""
    found: list[str] = []
    root = base if base and base.startswith(("http://", "https://")) else None
    if root is None and link:
        root = "{0.scheme}://{0.netloc}".format(urlsplit(link))
    if root and post.id:
        query = "page_id" if post.kind == "page" else "p"
        found.append(f"{root.rstrip('/')}/?{query}={post.id}")
        if post.kind == "page":
            found.append(f"{root.rstrip('/')}/?p={post.id}")
    own_host = {urlsplit(address).netloc for address in (link, root) if address}
    guid = clean_address(post.guid)
    if guid and urlsplit(guid).netloc in own_host:
        found.append(guid)
    if link and post.name and not urlsplit(link).query:
        slash = "/" if link.endswith("/") else ""
        above, _, last = link.rstrip("/").rpartition("/")
        found += [
            f"{above}/{slug}{slash}"
            for slug in post.repeated.get("_wp_old_slug", ())
            if slug and "/" not in slug and slug != last
        ]
    return tuple(alias for alias in dict.fromkeys(found) if alias != link)
