"""Fixtures of the tests of the hardened base."""

from .probe import foreign, intruder, own  # noqa: F401
