"""Settings of the test run: the example site's, on SQLite or, with DATABASE_URL, on PostgreSQL."""

import os

os.environ.setdefault("DEBUG", "1")
os.environ["EMAIL_BACKEND"] = "django.core.mail.backends.locmem.EmailBackend"

from example_site.settings import *  # noqa: F403

DEBUG = False
ALLOWED_HOSTS = ["*"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
_database = DATABASES["default"]  # noqa: F405
if _database["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads with connections of their own are what the races are about.
    _folder = BASE_DIR.parent / "build"  # noqa: F405
    _folder.mkdir(exist_ok=True)
    # A name of one's own and pytest's --reuse-db spare the half minute of migrations while one builds.
    _name = os.environ.get("PEER_TEST_DB") or str(_folder / f"test-{os.getpid()}.sqlite3")
    _database["TEST"] = {"NAME": _name}
# Keys of the test run's own: the demo's are refused where DEBUG is off.
PEER_SUPPORT = {
    "KEYS": ["pkN0Gl_PwNBLB4VZIGZ_0imRLTqDN1FyC3q8sCW6vDY="],
    "INDEX_KEY": "index-of-the-test-run-u4Vd0mX2sQ9pLr7Tz1",
}
# The example site speaks Danish to everybody; the tests ask in English too, and hosts may.
MIDDLEWARE = [*MIDDLEWARE[:2], "django.middleware.locale.LocaleMiddleware", *MIDDLEWARE[2:]]  # noqa: F405
