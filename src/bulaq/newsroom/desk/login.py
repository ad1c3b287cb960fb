"""The form at the desk's door: its labels in the desk's language, and a bound on the guessing of passwords."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

from bulaq.delivery.client_address import TrustedProxies, household

ALLOWED_FOR_ACCOUNT: Final = 8
"""Wrong passwords for one account from one address (a /64 of IPv6) in `REMEMBERED` seconds."""
ALLOWED_IN_ALL: Final = 40
"""The same for all accounts: a newsroom behind one address mistypes too."""
REMEMBERED: Final = 15 * 60


class DeskLoginForm(LoginForm):
    """Wagtail's, which leaves the label of the password to be made from the field's English name, and slows nobody down."""

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["password"].label = _("Password")

    def clean(self) -> Any:
        """Raises ValidationError for a wrong password, and after too many of them without looking at the next. Nobody is kept
        out by what is tried from elsewhere."""
        bounds = _bounds(self.request, self.cleaned_data.get("username") or "")
        if any(cache.get(key, 0) >= allowed for key, allowed in bounds.items()):
            raise ValidationError(
                _("Too many wrong passwords. Try again in a quarter of an hour."), code="too_many"
            )
        try:
            cleaned = super().clean()
        except ValidationError:
            for key in bounds:
                _count(key)
            raise
        cache.delete(next(iter(bounds)))
        return cleaned


def _bounds(request: HttpRequest, username: str) -> dict[str, int]:
    """The counters of an attempt, with how far each may go: first that of the account. They are of each process, as those of
    searches are, and written nowhere."""
    proxies = TrustedProxies(settings.BULAQ.trusted_proxies)
    address = proxies.client(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR"))
    who = household(address).hex() if address is not None else "unknown"
    account = blake2b(username.casefold().encode(errors="replace"), digest_size=16).hexdigest()
    return {f"login:{who}:{account}": ALLOWED_FOR_ACCOUNT, f"login:{who}": ALLOWED_IN_ALL}


def _count(key: str) -> None:
    if not cache.add(key, 1, REMEMBERED):
        try:
            cache.incr(key)
        except ValueError:  # it ran out between the two
            cache.set(key, 1, REMEMBERED)
