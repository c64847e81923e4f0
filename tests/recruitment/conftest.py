"""The section's front page, and one initiative that takes people in."""

from tests.pages.conftest import front  # noqa: F401 - the same site as the pages'
