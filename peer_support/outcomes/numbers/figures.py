"""Every figure of the package, in the order of its groups: imported once, when the app is ready."""

from . import figures_courses, figures_matching, figures_people, figures_service  # noqa: F401
