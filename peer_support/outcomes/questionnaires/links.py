"""The link to what one is asked: one for a citizen, one for a volunteer. It opens one's own questionnaires, and nothing else."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ...access.links import links_of, make_link, register_purpose, revoke_links
from ...people.link_offers import held_link
from ...people.models import Citizen
from ...public.links import address_of as whole_address
from .planning import ANSWER_DAYS

CITIZEN_LINK, VOLUNTEER_LINK = "questionnaire_citizen", "questionnaire_volunteer"
# The days to answer in, and some more to see or change what one answered last.
DAYS = ANSWER_DAYS + 30

register_purpose(CITIZEN_LINK, "peer_support.citizen", days=DAYS)
register_purpose(VOLUNTEER_LINK, "peer_support.volunteer", days=DAYS)


def purpose_for(person):
    """Return the purpose of the link to ``person``'s questionnaires."""
    return CITIZEN_LINK if isinstance(person, Citizen) else VOLUNTEER_LINK


def view_name(purpose, page="page"):
    """Return the name of the view that a link of ``purpose`` opens: "page", "answer" or "thanks"."""
    return f"questionnaire_{'citizen' if purpose == CITIZEN_LINK else 'volunteer'}_{page}"


def address_of(link, page="page", questionnaire=None):
    """Return the address behind ``link``; "answer" and "thanks" are about one ``questionnaire``."""
    address = reverse(f"peer_support:{view_name(link.purpose, page)}", args=[link.token])
    return address if questionnaire is None else f"{address}?s={questionnaire.pk}"


def then_and_now_url(link):
    """Return the address of the page behind the same ``link`` that shows what has changed; see :mod:`..changes`."""
    side = "citizen" if link.purpose == CITIZEN_LINK else "volunteer"
    return reverse(f"peer_support:change_{side}_page", args=[link.token])


def whole_address_of(link, request=None):
    """Return the whole address of ``link``, to copy or to send."""
    return whole_address(link, view_name(link.purpose), request)


@transaction.atomic
def questionnaire_link(person, *, user=None, fresh=False):
    """Return the link to ``person``'s questionnaires: the one that holds, or a new one.

    The one that holds is made to last as long as there is time to answer, so that the person has one link only.
    """
    link = make_link(purpose=purpose_for(person), target=person, user=user, fresh=fresh)
    needed = timezone.now() + timedelta(days=ANSWER_DAYS)
    if link.expires_at and link.expires_at < needed:
        link.expires_at = needed + timedelta(days=DAYS - ANSWER_DAYS)
        link.save(update_fields=["expires_at"])
    return link


def link_held(person):
    """Return the link to ``person``'s questionnaires that still opens, or ``None``."""
    return held_link(person, purpose_for(person), timezone.now())


def newest_link(person):
    """Return the newest link that has not been taken back, also one that has run out, or ``None``."""
    return links_of(person, purpose_for(person)).first()


def take_back(person):
    """Take back every link to ``person``'s questionnaires; returns how many."""
    return revoke_links(target=person, purpose=purpose_for(person))
