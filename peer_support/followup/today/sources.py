"""Import this module, and everything that the package itself puts on today's list is registered."""

from . import (  # noqa: F401 - they register themselves
    digest,
    sources_calls,
    sources_corrections,
    sources_courses,
    sources_mails,
    sources_matching,
    sources_pairs,
    sources_people,
    sources_still,
    sources_stops,
    sources_volunteers,
)
