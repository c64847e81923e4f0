"""System checks: what stops a host from starting in a way that would show or lose people's data.

E001–E009 keys and middleware, E010–E021 models of people, W030 and up advice. What only a site that real people use
must have is in :mod:`.checks_deploy`.
"""

import base64
import hashlib
import string

from cryptography.fernet import Fernet
from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.utils.module_loading import import_string

from .access.scopes import is_scoped
from .conf import peer_settings
from .privacy import retention
from .privacy.error_reports import PrivateExceptionReporter
from .privacy.keys import configured_keys

SCOPE_MIDDLEWARE = "peer_support.access.scopes.InitiativeScopeMiddleware"
AUTHENTICATION_MIDDLEWARE = "django.contrib.auth.middleware.AuthenticationMiddleware"
REPORTER = "peer_support.privacy.error_reports.PrivateExceptionReporter"
NEW_KEY = (
    'Make one with: python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
)
APART = "Keep people's records in SecureModelAdmin, and give nothing else a way to them."


def _error(number, message, hint, obj=None):
    return Error(message, hint=hint, obj=obj, id=f"peer_support.E{number:03}")


def _warning(number, message, hint):
    return Warning(message, hint=hint, id=f"peer_support.W{number:03}")


def person_models():
    """Return the models, of the package and of the host, whose rows are kept behind a scope."""
    return [model for model in apps.get_models() if is_scoped(model)]


@register(Tags.security)
def check_keys(app_configs=None, **kwargs):
    """The keys of the encrypted fields: there, well formed, strong, and nobody else's."""
    keys = configured_keys()
    if not keys:
        return [_error(1, 'PEER_SUPPORT["KEYS"] is empty, so nothing about a person can be stored.', NEW_KEY)]
    errors = []
    if not all(_is_fernet_key(key) for key in keys):
        errors.append(_error(2, 'PEER_SUPPORT["KEYS"] holds something that is not a Fernet key.', NEW_KEY))
    if not settings.DEBUG:
        errors += _check_strength(keys)
    if len(keys) > 1 and not peer_settings.INDEX_KEY:
        errors.append(
            _warning(
                31,
                "The index of names is tied to the oldest key, which cannot be taken out of the list.",
                'Give PEER_SUPPORT["INDEX_KEY"] a secret of its own, and save every person once.',
            )
        )
    return errors


def _is_fernet_key(key):
    try:
        Fernet(key)
    except (ValueError, TypeError):
        return False
    return True


def _check_strength(keys):
    errors = []
    if any(_is_weak(key) for key in keys if _is_fernet_key(key)):
        errors.append(_error(3, "A key was not made at random: it could be guessed.", NEW_KEY))
    secrets = {settings.SECRET_KEY, *getattr(settings, "SECRET_KEY_FALLBACKS", [])}
    if any(_comes_from(key, secret) for key in (*keys, peer_settings.INDEX_KEY) for secret in secrets if key):
        errors.append(
            _error(
                4,
                "A key of PEER_SUPPORT is the SECRET_KEY, or made from it.",
                f"Use a key of its own. {NEW_KEY}",
            )
        )
    if peer_settings.INDEX_KEY and (peer_settings.INDEX_KEY in keys or len(peer_settings.INDEX_KEY) < 32):
        errors.append(
            _error(
                7,
                'PEER_SUPPORT["INDEX_KEY"] is one of the KEYS, or shorter than 32 characters.',
                'Make one with: python -c "import secrets; print(secrets.token_urlsafe(48))"',
            )
        )
    return errors


def _is_weak(key):
    raw = base64.urlsafe_b64decode(key)
    readable = set(string.printable.encode())
    # 32 random bytes repeat few of themselves and are never all readable (less than once in 10**13).
    return len(set(raw)) < 16 or set(raw) <= readable


def _comes_from(key, secret):
    raw = str(secret).encode()
    derived = {
        raw,
        base64.urlsafe_b64encode(raw[:32].ljust(32, b"0")),
        base64.urlsafe_b64encode(hashlib.sha256(raw).digest()),
    }
    return str(key).encode() in derived


@register(Tags.security)
def check_middleware(app_configs=None, **kwargs):
    """The middleware that opens the scope: installed, and after the one that knows who is signed in."""
    installed = list(settings.MIDDLEWARE)
    if SCOPE_MIDDLEWARE not in installed:
        return [
            _error(
                5,
                "The middleware that limits everybody to their own initiatives is not installed.",
                f'Add "{SCOPE_MIDDLEWARE}" to MIDDLEWARE, after "{AUTHENTICATION_MIDDLEWARE}".',
            )
        ]
    before = installed[: installed.index(SCOPE_MIDDLEWARE)]
    if AUTHENTICATION_MIDDLEWARE in installed and AUTHENTICATION_MIDDLEWARE not in before:
        return [
            _error(
                6,
                "The middleware that limits everybody to their own initiatives stands before authentication.",
                f'Move "{SCOPE_MIDDLEWARE}" below "{AUTHENTICATION_MIDDLEWARE}".',
            )
        ]
    return []


@register(Tags.security)
def check_person_models(app_configs=None, **kwargs):
    """No road to people but the hardened one: no snippet, page, revision, search index, API or second admin."""
    models = person_models()
    return [fault for model in models for fault in (*_faults_of_kind(model), *_faults_of_reach(model))]


def _faults_of_kind(model):
    from wagtail.models import AbstractPage, DraftStateMixin, RevisionMixin, TranslatableMixin
    from wagtail.search.index import Indexed

    name = model._meta.label
    found = [
        (11, Indexed, "is in the search index, which keeps a readable copy"),
        (12, RevisionMixin, "has revisions, which keep a readable copy"),
        (13, DraftStateMixin, "has drafts, which keep a readable copy"),
        (14, TranslatableMixin, "can be translated, which makes copies"),
        (15, AbstractPage, "is a page"),
    ]
    errors = [
        _error(number, f"{name} {what}.", APART, model)
        for number, kind, what in found
        if issubclass(model, kind)
    ]
    if getattr(model, "api_fields", None):
        errors.append(_error(16, f"{name} has api_fields: the API would show it.", APART, model))
    return errors


def _faults_of_reach(model):
    from wagtail.models import ReferenceIndex

    name = model._meta.label
    errors = []
    if model in _models_of_viewsets():
        errors.append(
            _error(
                10,
                f"{name} is a snippet, or has a viewset or a chooser: every admin user can list it.",
                APART,
                model,
            )
        )
    if model in ReferenceIndex.tracked_models:
        errors.append(
            _error(
                17, f"{name} is in the reference index.", "Set wagtail_reference_index_ignore = True.", model
            )
        )
    if apps.is_installed("django.contrib.admin"):
        from django.contrib.admin.sites import all_sites

        if any(site.is_registered(model) for site in all_sites):
            errors.append(_error(18, f"{name} is registered in django.contrib.admin.", APART, model))
    return errors


def _models_of_viewsets():
    from wagtail.admin.viewsets import viewsets
    from wagtail.snippets.models import get_snippet_models

    return {*get_snippet_models(), *(getattr(viewset, "model", None) for viewset in viewsets.viewsets)}


@register(Tags.security)
def check_admin_classes(app_configs=None, **kwargs):
    """Every ModelAdmin of a person model stands on the hardened base, and says which fields it shows."""
    if not apps.is_installed("wagtail_modeladmin"):
        return []
    from .access.admin_base import SecureModelAdmin, check_admin, registered_admins

    errors = []
    for model_admin in registered_admins():
        if isinstance(model_admin, SecureModelAdmin):
            errors += check_admin(model_admin)
        elif is_scoped(model_admin.model):
            kind = type(model_admin)
            errors.append(
                _error(21, f"{kind.__name__} shows people and is no SecureModelAdmin.", APART, kind)
            )
    return errors


@register(Tags.compatibility)
def check_surroundings(app_configs=None, **kwargs):
    """Advice: nothing asks other servers about our people, and SQLite makes writers wait instead of fail."""
    found = []
    if getattr(settings, "WAGTAIL_GRAVATAR_PROVIDER_URL", True):
        found.append(
            _warning(
                32,
                "The admin fetches pictures of its users from gravatar.com.",
                "Set WAGTAIL_GRAVATAR_PROVIDER_URL = None.",
            )
        )
    if getattr(settings, "WAGTAIL_ENABLE_UPDATE_CHECK", True):
        found.append(
            _warning(
                33, "The admin asks wagtail.org for new versions.", "Set WAGTAIL_ENABLE_UPDATE_CHECK = False."
            )
        )
    for alias, database in settings.DATABASES.items():
        mode = str(database.get("OPTIONS", {}).get("transaction_mode", "")).upper()
        if database["ENGINE"].endswith("sqlite3") and mode != "IMMEDIATE":
            found.append(
                _warning(
                    30,
                    f'SQLite database "{alias}": two people who save at once get an error.',
                    'Set OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 30} for it.',
                )
            )
    return found


@register(Tags.security)
def check_retention(app_configs=None, **kwargs):
    """The months of a host's own: above nothing, or the purge takes what is of today; and for rules that there are."""
    found = []
    for code, months in peer_settings.RETENTION_MONTHS.items():
        if isinstance(months, bool) or not isinstance(months, int | float) or not months > 0:
            hint = "Write a number of months above 0. A rule cannot be turned off: then write a large number."
            found.append(_error(8, f'PEER_SUPPORT["RETENTION_MONTHS"]: {code!r} is {months!r}.', hint))
        if code not in retention.rules():
            found.append(
                _warning(
                    35,
                    f'PEER_SUPPORT["RETENTION_MONTHS"]: there is no rule {code!r}, so its months change nothing.',
                    f"The rules are: {', '.join(sorted(retention.rules()))}.",
                )
            )
    return found


@register(Tags.security, deploy=True)
def check_error_reports(app_configs=None, **kwargs):
    """Advice: what is mailed about an error holds nothing about anybody."""
    reporter = import_string(settings.DEFAULT_EXCEPTION_REPORTER)
    if issubclass(reporter, PrivateExceptionReporter):
        return []
    return [
        _warning(
            34,
            "A mail about an error quotes what was posted and the value of every variable: names, notes, numbers.",
            f'Set DEFAULT_EXCEPTION_REPORTER = "{REPORTER}", and the filter beside it in LOGGING.',
        )
    ]
