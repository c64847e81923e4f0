"""A person's papers, certificates and thanks, for their own data: what they signed, in the words they were shown."""

from django.utils.translation import gettext as _

from ..people.models import Volunteer
from ..people.own_data import Part, entries_of, register_own_data
from .models import Certificate, Paper, Thanks

_FIELDS = (
    "kind",
    "state",
    "starts_on",
    "until_on",
    "made_at",
    "signed_how",
    "signed_on",
    "signed_name",
    "closed_at",
    "body",
)


def _papers(person):
    parts = [Part(_("Contracts and agreements"), entries=entries_of(Paper, person, first=_FIELDS))]
    if isinstance(person, Volunteer):
        fields = ("kind", "about", "seen_on", "valid_to", "taken_out_at")
        parts += [
            Part(_("Certificates that were seen"), entries=entries_of(Certificate, person, first=fields)),
            Part(_("Thank-yous"), entries=entries_of(Thanks, person, first=("on", "words"))),
        ]
    return parts


register_own_data(_papers, models=["peer_support.paper", "peer_support.certificate", "peer_support.thanks"])
