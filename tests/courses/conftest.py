"""Fixtures of the room of courses."""

from .attendance import group  # noqa: F401
