"""System checks for a site that real people use (``check --deploy``): sign-in, sessions, mail and proxies.

W040 and up; E022 holds everywhere. Django's own deployment checks (TLS, secure cookies, HSTS) stand beside them.
"""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from .access.two_factor import is_installed
from .conf import peer_settings

OTP_MIDDLEWARE = "django_otp.middleware.OTPMiddleware"
SCOPE_MIDDLEWARE = "peer_support.access.scopes.InitiativeScopeMiddleware"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
LONGEST_HOURS = 24


def _warning(number, message, hint):
    return Warning(message, hint=hint, id=f"peer_support.W{number:03}")


@register(Tags.security)
def check_two_factor(app_configs=None, **kwargs):
    """Where a code is asked for, there must be somebody to ask for it."""
    if not peer_settings.TWO_FACTOR:
        return []
    installed = list(settings.MIDDLEWARE)
    before = installed[: installed.index(SCOPE_MIDDLEWARE)] if SCOPE_MIDDLEWARE in installed else installed
    if is_installed() and OTP_MIDDLEWARE in before:
        return []
    return [
        Error(
            "A second proof is asked for at sign-in, and nothing can check it: nobody sees anybody.",
            hint='Add "django_otp", its plugins otp_totp and otp_static, and its middleware before '
            "InitiativeScopeMiddleware; see docs/hosts.md.",
            id="peer_support.E022",
        )
    ]


@register(Tags.security, deploy=True)
def check_sign_in(app_configs=None, **kwargs):
    """Passwords that cannot be guessed in peace, a second proof, and sessions that end."""
    found = []
    if not (apps.is_installed("axes") or peer_settings.LOGIN_THROTTLED_BY):
        hint = (
            'Install django-axes (docs/hosts.md), or say what does it in PEER_SUPPORT["LOGIN_THROTTLED_BY"].'
        )
        found.append(_warning(40, "Anybody can guess at passwords as often as they like.", hint))
    if not peer_settings.TWO_FACTOR:
        hint = 'Install the extra "two-factor" and set PEER_SUPPORT["TWO_FACTOR"] = True.'
        found.append(_warning(41, "A stolen password is enough to read people's health data.", hint))
    if not settings.AUTH_PASSWORD_VALIDATORS:
        hint = "Set AUTH_PASSWORD_VALIDATORS to Django's four."
        found.append(_warning(42, "Any password is taken, also 1234.", hint))
    hours = (peer_settings.STAFF_IDLE_HOURS, peer_settings.STAFF_SESSION_HOURS)
    if not all(hours) or max(hours) > LONGEST_HOURS:
        hint = 'Set PEER_SUPPORT["STAFF_IDLE_HOURS"] and ["STAFF_SESSION_HOURS"] to 3 and 12, or less.'
        found.append(_warning(43, "Colleagues stay signed in for more than a day.", hint))
    if settings.SESSION_ENGINE.endswith("signed_cookies"):
        hint = "Use the sessions of the database or the cache."
        found.append(
            _warning(44, "A session cannot be ended by the site: it lives in the browser alone.", hint)
        )
    same_site = (settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE)
    if not settings.SESSION_COOKIE_HTTPONLY or not all(str(one) in ("Lax", "Strict") for one in same_site):
        hint = 'Leave SESSION_COOKIE_HTTPONLY on, and both SAMESITE settings at "Lax".'
        found.append(
            _warning(45, "The session's cookie can be read by scripts, or sent by other sites.", hint)
        )
    return found


@register(Tags.security, deploy=True)
def check_mail(app_configs=None, **kwargs):
    """Mail goes out encrypted (Datatilsynet: TLS is the least where health or CPR numbers could be read from it)."""
    if all(encrypted for encrypted in _smtp_connections()):
        return []
    hint = "Turn on TLS (EMAIL_USE_TLS, or use_tls in MAILERS), and ask your mail host to refuse a connection without."
    return [_warning(46, "Mails leave this site unencrypted.", hint)]


def _smtp_connections():
    """Yield for each SMTP server whether the way to it is encrypted; Django 6.1 keeps them in ``MAILERS``."""
    mailers = getattr(settings, "MAILERS", None)
    if mailers:
        for mailer in mailers.values():
            if mailer.get("BACKEND", SMTP) == SMTP:
                options = mailer.get("OPTIONS", {})
                yield bool(options.get("use_tls") or options.get("use_ssl"))
    elif settings.EMAIL_BACKEND == SMTP:
        yield bool(settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL)


@register(Tags.security, deploy=True)
def check_proxies(app_configs=None, **kwargs):
    """Behind a proxy all visitors come from one address, and would share one limit."""
    behind = settings.SECURE_PROXY_SSL_HEADER or settings.USE_X_FORWARDED_HOST
    if not behind or peer_settings.PROXIES or peer_settings.CLIENT_ADDRESS:
        return []
    hint = 'Say in PEER_SUPPORT["PROXIES"] how many proxies of your own stand in front (mostly 1).'
    return [_warning(47, "Behind the proxy all visitors count as one when forms are limited.", hint)]
