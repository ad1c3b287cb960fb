"""Django's settings, made from `bulaq.project.configuration`. Nothing here reads the environment itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _

from bulaq.newsroom.profiles.zones import ZONES
from bulaq.project import configuration

CONFIGURATION = configuration.read()
HOME = CONFIGURATION.folder
PACKAGE = Path(__file__).resolve().parents[1]

SECRET_KEY = configuration.secret_key(CONFIGURATION)
DEBUG = CONFIGURATION.debug
# The edition of a request is chosen by its host among the editions' own; an unknown host gets the default edition and
# no absolute address is ever made from a request's Host, so any host may ask.
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = [
    "bulaq.project.apps.ProjectConfig",
    "bulaq.reader",
    "bulaq.newsroom",
    "wagtail.contrib.table_block",
    "wagtail.contrib.settings",
    "wagtail.snippets",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "bulaq.reader.methods.ReadOnlyMiddleware",
    "bulaq.reader.composition.CompositionMiddleware",
    "bulaq.reader.editions.EditionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "bulaq.project.urls"
WSGI_APPLICATION = "bulaq.project.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _database() -> dict[str, Any]:
    """SQLite in the home folder unless a URL says otherwise.

    WAL with IMMEDIATE transactions: a writer waits its turn at BEGIN, instead of failing at its first write because
    another process wrote since it began to read.
    """
    url = CONFIGURATION.database_url or f"sqlite:///{HOME / 'bulaq.sqlite3'}"
    settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if str(settings["ENGINE"]).endswith("sqlite3"):
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
            "PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
        }
    elif str(settings["ENGINE"]).endswith("postgresql"):
        # A server that is there and does not answer: pages are told from the store, and the desk says so, in seconds.
        settings["OPTIONS"] = {"connect_timeout": 5} | dict(settings.get("OPTIONS") or {})
    return settings


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Of each process: a Valkey that is away must take neither the desk nor the search away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # counters of addresses, which others' must not push out
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# The desk is Arabic whatever a browser asks for; English is chosen in one's own account. Public pages speak their
# edition's language.
LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "newsroom" / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["bulaq.newsroom.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS: list[Path] = []
MEDIA_ROOT = HOME / "media"
MEDIA_URL, _MEDIA = configuration.media(CONFIGURATION)
STORAGES = {
    "default": _MEDIA,
    "staticfiles": {"BACKEND": "bulaq.project.static_files.HashedStaticFiles"},
}

# Behind TLS, cookies and the desk insist on it.
_SECURE = CONFIGURATION.public_scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.trusted_proxies else None
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 500
# Of each of so many, and before anybody's login is looked at; what is larger lies on the disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024

WAGTAIL_SITE_NAME = "بولاق"
WAGTAILADMIN_USER_LOGIN_FORM = "bulaq.newsroom.desk.login.DeskLoginForm"
WAGTAILADMIN_BASE_URL = f"{CONFIGURATION.public_scheme}://127.0.0.1:{CONFIGURATION.port}"
WAGTAIL_FINISH_WORKFLOW_ACTION = "bulaq.newsroom.desk.workflows.publish_approved"
WAGTAILIMAGES_IMAGE_MODEL = "newsroom.NewsImage"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
# A camera's picture at full size; larger than that is no picture for the web.
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAIL_USER_TIME_ZONES = list(ZONES)
# No mail leaves this server: a new password comes from an administrator (or `bulaq manage changepassword`).
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ar", "العربية"), ("en", "English")]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "bulaq.newsroom.desk.picture_search", "AUTO_UPDATE": False}}

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": CONFIGURATION.log_level},
}

BULAQ = CONFIGURATION
