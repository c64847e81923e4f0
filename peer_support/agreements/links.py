"""The link on which a paper is read and signed, once. It opens one paper and nothing else."""

from django.db import transaction
from django.urls import reverse

from ..access.links import links_of, make_link, register_purpose

SIGN = "paper"
SIGN_DAYS = 30
VIEW = "peer_support:paper_link"

register_purpose(SIGN, "peer_support.paper", days=SIGN_DAYS, once=True)


@transaction.atomic
def signing_link(paper, *, user=None, fresh=False):
    """Return the link to read and sign ``paper``; ``fresh`` makes a new one and takes the earlier one back."""
    return make_link(purpose=SIGN, target=paper, user=user, fresh=fresh)


def signing_link_held(paper):
    """Return the link that was made for ``paper`` and not taken back, or ``None``."""
    return links_of(paper, SIGN).first()


def address_of(link, request=None):
    """Return the address of ``link``; a whole one, to send, where the ``request`` says on which site."""
    path = reverse(VIEW, args=[link.token])
    return request.build_absolute_uri(path) if request else path
