"""What several parts of one page ask for is asked for once while that page is drawn, and forgotten with it."""

from contextlib import contextmanager
from contextvars import ContextVar

_kept = ContextVar("peer_support_page", default=None)


@contextmanager
def one_page():
    """Keep what :func:`once` makes until the block ends. Outside a block nothing is kept."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


@contextmanager
def same_page():
    """Stay on the page that is being drawn; where none is, keep what is asked for until the block ends."""
    if _kept.get() is not None:
        yield
    else:
        with one_page():
            yield


def once(key, make):
    """Return ``make()``; on the same page and with the same ``key``, what it returned the first time."""
    kept = _kept.get()
    if kept is None:
        return make()
    if key not in kept:
        kept[key] = make()
    return kept[key]


def is_kept(key):
    """Whether something with ``key`` was asked for on this page already."""
    return key in (_kept.get() or {})
