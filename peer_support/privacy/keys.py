"""Keys for encrypted fields and for the searchable index of names.

``PEER_SUPPORT["KEYS"]`` is a list of Fernet keys, newest first: the first writes, all read, so that a key can
be changed while people work. The index has a key of its own.
"""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.core.exceptions import ImproperlyConfigured

from ..conf import peer_settings


@lru_cache(maxsize=8)
def _fernet(keys):
    return MultiFernet([Fernet(key) for key in keys])


def configured_keys():
    """Return the keys as a tuple of ``str``, newest first."""
    return tuple(key.decode() if isinstance(key, bytes) else key for key in peer_settings.KEYS)


def fernet():
    """Return the ``MultiFernet`` of the configured keys.

    Raises ``ImproperlyConfigured`` where there is no key or a key is malformed.
    """
    keys = configured_keys()
    if not keys:
        raise ImproperlyConfigured(
            'PEER_SUPPORT["KEYS"] is empty: personal data cannot be stored without a key.'
        )
    try:
        return _fernet(keys)
    except ValueError as error:
        raise ImproperlyConfigured(
            'PEER_SUPPORT["KEYS"] holds something that is not a Fernet key.'
        ) from error


def index_key():
    """Return the secret (bytes) of the blind index; derived from the oldest key where none is set.

    Set ``INDEX_KEY`` before the oldest key is taken out of the list: names are found by the old index only.
    """
    if peer_settings.INDEX_KEY:
        return peer_settings.INDEX_KEY.encode()
    fernet()
    return hmac.new(configured_keys()[-1].encode(), b"peer_support blind index", hashlib.sha256).digest()
