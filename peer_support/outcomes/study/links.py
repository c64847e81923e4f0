"""The link to one's own page of a study: read the text, say yes or no, withdraw; later, see what was drawn."""

from django.urls import reverse

from ...access.links import make_link, register_purpose
from ...public.links import address_of as whole_address

PURPOSE = "study"
VIEW = "study_link"
DAYS = 400

register_purpose(PURPOSE, "peer_support.studyparticipant", days=DAYS)


def study_link(participant, *, user=None, fresh=False):
    """Return the link to ``participant``'s page: the one that holds, or a new one."""
    return make_link(purpose=PURPOSE, target=participant, user=user, fresh=fresh)


def address_of(link, request=None):
    """Return the address of ``link``; whole, with a ``request``."""
    return (
        whole_address(link, VIEW, request) if request else reverse(f"peer_support:{VIEW}", args=[link.token])
    )
