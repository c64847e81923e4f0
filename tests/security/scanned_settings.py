"""Settings of the site that is scanned: the demo on a database of its own, with the doors open that stop a scanner.

Forms are taken without their token against forgery, and as often as one likes: a scanner that is turned away at the
door says nothing about what is behind it. Two planted holes show that it sees one.
"""

import os

import django

from example_site.settings import *  # noqa: F403

DATABASES["default"]["NAME"] = os.environ["PEER_SCAN_DB"]  # noqa: F405
MEDIA_ROOT = os.path.join(os.path.dirname(os.environ["PEER_SCAN_DB"]), "media")
MIDDLEWARE = [name for name in MIDDLEWARE if "csrf" not in name and "axes" not in name]  # noqa: F405
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
# Keys of the scan's own: the demo's are refused where DEBUG is off.
SECRET_KEY = "of-the-scanned-site-alone-u4Vd0mX2sQ9pLr7Tz1-and-nowhere-else"
PEER_SUPPORT = {
    **PEER_SUPPORT,  # noqa: F405
    "KEYS": ["pkN0Gl_PwNBLB4VZIGZ_0imRLTqDN1FyC3q8sCW6vDY="],
    "INDEX_KEY": "index-of-the-scanned-site-u4Vd0mX2sQ9pLr7Tz1",
}
SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W003"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ROOT_URLCONF = "tests.security.scanned_urls"
_MAIL = "django.core.mail.backends.dummy.EmailBackend"
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": _MAIL}}
else:
    EMAIL_BACKEND = _MAIL
LOGGING = {"version": 1, "disable_existing_loggers": True}
if os.environ.get("PEER_SCAN_SERVES"):
    # What a visitor of a real site is told about an error; a scanner must not read it off a page for developers.
    DEBUG = False
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
