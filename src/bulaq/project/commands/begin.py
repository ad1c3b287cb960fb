"""`bulaq begin`: a newsroom of one's own, from nothing to its first login."""

from __future__ import annotations

import argparse
import getpass
import sys

from bulaq.project.command_line import DONE, SOME_REFUSED, WRONG_USAGE, load_django
from bulaq.project.spoken_language import spoken_language

HELP = "found a newsroom: tables, first edition with its sections, first login"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", help="the newspaper's name; without it, it is asked for")
    parser.add_argument(
        "--label", default="", help="tells the edition from its sisters; an only one needs none"
    )
    parser.add_argument("--host", default="localhost", help="the host name readers use (default: localhost)")
    parser.add_argument(
        "--profile", metavar="KEY",
        help="digits, months, clock: mashriq (default), nile, gulf, ifriqiya, maghrib or english",
    )  # fmt: skip
    parser.add_argument("--time-zone", default="", help="another clock than the profile's: Asia/Baghdad")
    parser.add_argument(
        "--sections",
        help="their names in order, separated by commas (default: those that newspapers usually have)",
    )
    parser.add_argument("--user", help="the administrator's login name (default: admin)")
    parser.add_argument(
        "--password-stdin", action="store_true",
        help="read the password from standard input (default: asked for or, without a terminal, made and shown once)",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from django.conf import settings

    from bulaq.newsroom.models import Edition
    from bulaq.newsroom.profiles import all_profiles
    from bulaq.newsroom.profiles.zones import ZONES
    from bulaq.project.preparation import migrate

    keys = [profile.key for profile in all_profiles()]
    if arguments.profile and arguments.profile not in keys:
        return _wrong(f"there is no profile {arguments.profile!r}; there are: {', '.join(keys)}")
    if arguments.time_zone and arguments.time_zone not in ZONES:
        return _wrong(f"the time zone {arguments.time_zone!r} is not offered; there are: {', '.join(ZONES)}")
    if not arguments.name and not sys.stdin.isatty():
        return _wrong("--name is missing, and there is no terminal to ask for it")
    settings.HOME.mkdir(parents=True, exist_ok=True)
    migrate()
    print("", flush=True)
    code = DONE
    if Edition.objects.exists():
        print(
            f"  The newsroom in {settings.HOME} is founded already / غرفة الأخبار قائمة\n"
            "  Another one: bulaq begin --home FOLDER / غرفة أخرى",
            flush=True,
        )
    else:
        code = _found(arguments, keys)
    return code or _first_login(arguments)


def _wrong(text: str) -> int:
    print(f"bulaq begin: {text}", file=sys.stderr)
    return WRONG_USAGE


def _found(arguments: argparse.Namespace, keys: list[str]) -> int:
    from django.utils import translation

    from bulaq.newsroom import addresses
    from bulaq.newsroom.actions.founding import STARTER_SECTIONS, found
    from bulaq.newsroom.actions.refusal import ActRefused
    from bulaq.newsroom.profiles import choices

    name = arguments.name or _ask("Name of the newspaper / اسم الصحيفة")
    profile = arguments.profile
    if profile is None and sys.stdin.isatty():
        print("  Profile / الطراز:")
        for key, label in choices():
            print(f"    {key:<9} {label}")
        profile = _ask("Profile", default=keys[0])
    if arguments.sections is None:
        sections = [one.slug for one in STARTER_SECTIONS]
    else:
        sections = arguments.sections.replace("،", ",").split(",")
    try:
        with translation.override(spoken_language()):
            edition = found(
                name=name, label=arguments.label, host=arguments.host, profile_key=profile or keys[0],
                time_zone=arguments.time_zone, sections=sections,
            )  # fmt: skip
    except ActRefused as refusal:
        print(f"bulaq begin: {refusal}", file=sys.stderr)
        return SOME_REFUSED
    print(f"  {edition.name}: {addresses.absolute(edition, '/')}")
    print("  " + "، ".join(str(place) for place in edition.edition_sections.all()))
    return DONE


def _first_login(arguments: argparse.Namespace) -> int:
    """The first administrator. One that is there stays as it is: a second `begin` changes no password."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from bulaq.project.demo_login import new_password

    users = get_user_model()
    known = users.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if known is not None:
        print(
            f"  Login / الدخول: {known.get_username()} (a new password: bulaq manage changepassword NAME)\n"
        )
        return DONE
    name = arguments.user or "admin"
    if users.objects.filter(username=name).exists():
        return _wrong(
            f"the login {name!r} is taken by someone who is no administrator; choose another with --user"
        )
    made = False
    if arguments.password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    elif sys.stdin.isatty():
        password = getpass.getpass(f"  Password of {name} / كلمة السر (empty: one is made): ")
        if password and password != getpass.getpass("  Once more / مرة أخرى: "):
            return _wrong("the two passwords differ; run it again, the newsroom itself is founded")
    else:
        password = ""
    if not password:
        password, made = new_password(), True
    try:
        validate_password(password, users(username=name))
    except ValidationError as refused:
        return _wrong(" ".join(refused.messages))
    users.objects.create_superuser(name, email="", password=password)
    print(f"  Login / الدخول:   {name}")
    if made:
        print(f"  Password / السر:  {password}   (shown once / يظهر مرة واحدة)")
    print("\n  Next / ثم:        bulaq serve, then /desk/\n", flush=True)
    return DONE


def _ask(what: str, *, default: str = "") -> str:
    told = f"  {what} [{default}]: " if default else f"  {what}: "
    while True:
        said = input(told).strip() or default
        if said:
            return said
