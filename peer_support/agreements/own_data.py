"""A person's papers, certificates and thanks, for their own data: what they signed, in the words they were shown."""

from django.utils.translation import gettext as _

from ..people.models import Volunteer
from ..people.own_data import Part, register_own_data, rows_of
from . import rules, text_format
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
)


def _papers(person):
    papers = Paper.objects.filter(**{person._meta.model_name: person}).select_related("match")
    entries = []
    for paper in papers.order_by("made_at", "pk"):
        rows = rows_of(paper, _FIELDS)
        # An agreement names the other one; when the match is over that is the other's to tell.
        if rules.may_show(paper):
            rows.append((_("Text"), text_format.to_plain(paper.blocks)))
        entries.append(rows)
    parts = [Part(_("Contracts and agreements"), entries=entries)]
    if isinstance(person, Volunteer):
        seen = Certificate.objects.filter(volunteer=person).order_by("seen_on", "pk")
        thanks = Thanks.objects.filter(volunteer=person).order_by("on", "pk")
        fields = ("kind", "about", "seen_on", "valid_to", "taken_out_at")
        parts += [
            Part(_("Certificates that were seen"), entries=[rows_of(row, fields) for row in seen]),
            Part(_("Thank-yous"), entries=[rows_of(row, ("on", "words")) for row in thanks]),
        ]
    return parts


register_own_data(_papers, models=["peer_support.paper", "peer_support.certificate", "peer_support.thanks"])
