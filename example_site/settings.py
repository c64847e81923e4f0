"""A small centre's site that uses the package as a host would. Everything a host would set comes from the environment."""

import os
from pathlib import Path

import dj_database_url
import django

BASE_DIR = Path(__file__).resolve().parent
DEBUG = os.environ.get("DEBUG", "0") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY and DEBUG:
    SECRET_KEY = "only-for-a-demo-on-this-machine-" * 2
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "example_site",
    "peer_support.pages",
    "peer_support",
    "peer_support.danish_admin",
    "wagtail_modeladmin",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    # Five wrong passwords, and the door is closed for a quarter of an hour; a second proof for those who work with people.
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
# No LocaleMiddleware: the public pages are in Danish, whatever a browser asks for. The admin follows the user's profile.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "peer_support.access.scopes.InitiativeScopeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Kept in the database, so that all web processes count together. The door is closed for a name from an address, not for
# the name alone: nobody can lock a coordinator out by writing nonsense.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "peer_support.public.throttle.address_or_none"
AXES_LOCKOUT_TEMPLATE = "peer_support/signing_in/locked.html"
ROOT_URLCONF = "example_site.urls"
WSGI_APPLICATION = "example_site.wsgi.application"
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

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets people read while somebody saves; IMMEDIATE makes writers wait their turn instead of failing.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        transaction_mode="IMMEDIATE",
        timeout=30,
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    )
else:
    INSTALLED_APPS.append("django.contrib.postgres")  # Wagtail's search asks for it
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = [("da", "Dansk")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("da", "Dansk"), ("en", "English")]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static_collected"
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / "media"

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
if not DEBUG:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("INSECURE_COOKIES", "0") != "1"

OTP_TOTP_ISSUER = "Frivilligcenter Eksempelby"
if not DEBUG:
    # What is mailed and logged about an error says where it happened, and nothing about anybody.
    DEFAULT_EXCEPTION_REPORTER = "peer_support.privacy.error_reports.PrivateExceptionReporter"
    LOGGING = {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"private": {"()": "peer_support.privacy.error_reports.PrivateFilter"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "filters": ["private"]},
            "mail_admins": {
                "class": "django.utils.log.AdminEmailHandler",
                "level": "ERROR",
                "filters": ["private"],
            },
        },
        "loggers": {
            "django": {"handlers": ["console", "mail_admins"], "level": "INFO", "propagate": False},
            "peer_support": {"handlers": ["console"], "level": "INFO"},
        },
    }

WAGTAIL_SITE_NAME = "Frivilligcenter Eksempelby"
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://localhost:8000")
# Nothing leaves the site by itself: no pictures fetched by e-mail address, no question about new versions.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"webp": "webp"}
_mail = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": _mail}}
else:
    EMAIL_BACKEND = _mail

_keys = [key for key in os.environ.get("PEER_SUPPORT_KEYS", "").split(",") if key]
if not _keys and DEBUG:
    _keys = ["ZGVtby1rZXktZm9yLXRoaXMtbWFjaGluZS1vbmx5ISE="]
PEER_SUPPORT = {
    "KEYS": _keys,
    "INDEX_KEY": os.environ.get("PEER_SUPPORT_INDEX_KEY", ""),
    # On a real site: on, for everybody who works with people.
    "TWO_FACTOR": os.environ.get("TWO_FACTOR", "0") == "1",
    # The package's frame with this site's colours and foot.
    "PAGE_BASE_TEMPLATE": "example_site/base.html",
}
