"""The link to one's own star: one for a citizen, one for a volunteer. It opens the star, and nothing else."""

from django.db import transaction
from django.urls import reverse

from ..access.links import links_of, make_link, register_purpose, revoke_links
from ..people.models import Citizen

STAR_CITIZEN, STAR_VOLUNTEER = "star_citizen", "star_volunteer"
# Long enough to answer then and now; the coordinator makes a new one at any time.
DAYS = 92

register_purpose(STAR_CITIZEN, "peer_support.citizen", days=DAYS)
register_purpose(STAR_VOLUNTEER, "peer_support.volunteer", days=DAYS)


def purpose_for(person):
    """Return the purpose of the link to ``person``'s star."""
    return STAR_CITIZEN if isinstance(person, Citizen) else STAR_VOLUNTEER


def address_of(link, request=None, page="page"):
    """Return the address behind ``link``; ``page`` is "page", "answer", "print" or "pdf". Whole, with a ``request``."""
    side = "citizen" if link.purpose == STAR_CITIZEN else "volunteer"
    path = reverse(f"peer_support:star_{side}_{page}", args=[link.token])
    return request.build_absolute_uri(path) if request else path


@transaction.atomic
def star_link(person, *, user=None, fresh=False):
    """Return the link to ``person``'s star: the one that holds, or a new one."""
    return make_link(purpose=purpose_for(person), target=person, user=user, fresh=fresh)


def link_held(person):
    """Return the newest link to ``person``'s star that has not been taken back, or ``None``."""
    return links_of(person, purpose_for(person)).first()


def take_back(person):
    """Take back every link to ``person``'s star; returns how many."""
    return revoke_links(target=person, purpose=purpose_for(person))
