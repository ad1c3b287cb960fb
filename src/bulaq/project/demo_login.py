"""The demo's one login: a random password, printed once and kept nowhere in the clear."""

from __future__ import annotations

import secrets

from django.contrib.auth import get_user_model

from bulaq.newsroom import addresses
from bulaq.newsroom.models import Edition

USERNAME = "editor"


def ensure_login() -> str | None:
    """Creates the demo's editor; returns the password, or None when the login is there already."""
    users = get_user_model()
    if users.objects.filter(username=USERNAME).exists():
        return None
    password = new_password()
    users.objects.create_superuser(
        USERNAME, email="", password=password, first_name="محرّر", last_name="النخلة"
    )
    return password


def new_password() -> str:
    """Sixteen letters and signs, 96 bits."""
    return secrets.token_urlsafe(12)


def announce(password: str | None) -> None:
    """Prints where to look, and the login when it was just made."""
    editions = list(Edition.objects.all())
    home = next(edition for edition in editions if edition.is_default)
    lines = ["", "  بولاق — النخلة", ""]
    lines += [f"  {edition.label:<18} {addresses.absolute(edition, '/')}" for edition in editions]
    lines += ["", f"  Desk / المكتب:     {addresses.absolute(home, '/desk/')}"]
    if password:
        lines += [
            f"  User / المستخدم:   {USERNAME}",
            f"  Password / السر:   {password}   (shown once / يظهر مرة واحدة)",
        ]
    else:
        lines += [f"  User / المستخدم:   {USERNAME} (its password was shown when the demo was made;"]
        lines += [f"                     a new one: bulaq manage changepassword {USERNAME})"]
    print("\n".join([*lines, "", "  Ctrl-C stops / للإيقاف", ""]), flush=True)
