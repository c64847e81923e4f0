"""What came of a row of the recruitment plan: of those who named its source in its time, how many came how far.

Two queries, however many rows. The numbers are for coordinators, who know the people anyway; nobody is named, and
nobody else sees them, as a small number can be a person.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..matching.models import Match
from ..people.models import Citizen, Conversation, Volunteer
from .models_plan import RecruitmentPlan

Seeks = RecruitmentPlan.Seeks


@dataclass(frozen=True)
class Funnel:
    """How many enquired, talked with us, were approved or put on the list, and have or had a match that began."""

    enquired: int = 0
    talked: int = 0
    accepted: int = 0
    active: int = 0

    def __add__(self, other):
        return Funnel(
            self.enquired + other.enquired,
            self.talked + other.talked,
            self.accepted + other.accepted,
            self.active + other.active,
        )


def _key(name):
    return " ".join((name or "").casefold().split())


def _counted(model, initiative):
    """Return ``{source: [(day, Funnel), …]}`` of the people of ``model``, grouped in the database."""
    link = model._meta.model_name
    talks = Conversation.objects.filter(**{link: OuterRef("pk")})
    matches = Match.objects.filter(**{link: OuterRef("pk")}, active_from__isnull=False)
    accepted = (
        Q(status=Citizen.Status.WAITING) | Q(waiting_since__isnull=False)
        if model is Citizen
        else Q(status=Volunteer.Status.APPROVED) | Q(approved_on__isnull=False)
    )
    named = model.objects.filter(initiative=initiative).exclude(heard_of_us="")
    talked = Q(had_talk=True) | ~Q(status__in=("enquiry", "ended"))
    rows = (
        named.annotate(had_talk=Exists(talks), had_match=Exists(matches))
        .order_by()
        .values("heard_of_us", "enquired_on")
        .annotate(
            enquired=Count("pk"),
            talked=Count("pk", filter=talked | accepted),
            accepted=Count("pk", filter=accepted),
            active=Count("pk", filter=Q(had_match=True)),
        )
    )
    found = defaultdict(list)
    for row in rows:
        funnel = Funnel(row["enquired"], row["talked"], row["accepted"], row["active"])
        found[_key(row["heard_of_us"])].append((row["enquired_on"], funnel))
    return found


def funnels_of(rows, initiative, today=None):
    """Return ``{row's key: Funnel}`` for the ``rows`` of a plan that have a source."""
    today = today or timezone.localdate()
    rows = [row for row in rows if row.source_id]
    if not rows:
        return {}
    counted = {
        Seeks.VOLUNTEERS: _counted(Volunteer, initiative),
        Seeks.CITIZENS: _counted(Citizen, initiative),
    }
    found = {}
    for row in rows:
        kinds = counted if row.seeks == Seeks.BOTH else (row.seeks,)
        total = Funnel()
        for kind in kinds:
            for day, funnel in counted[kind].get(_key(row.source.name), ()):
                if row.starts_on <= day <= (row.ends_on or today):
                    total += funnel
        found[row.pk] = total
    return found


def in_words(funnel, seeks):
    """Return a sentence about ``funnel``."""
    if not funnel.enquired:
        return _("Nobody has named it yet.")
    values = {"talked": funnel.talked, "accepted": funnel.accepted, "active": funnel.active}
    wrote = ngettext("%(n)d enquiry", "%(n)d enquiries", funnel.enquired) % {"n": funnel.enquired}
    accepted = {
        Seeks.VOLUNTEERS: _("%(accepted)d approved"),
        Seeks.CITIZENS: _("%(accepted)d on the list"),
        Seeks.BOTH: _("%(accepted)d approved or on the list"),
    }[seeks] % values
    return " · ".join(
        [wrote, _("%(talked)d talked with us") % values, accepted, _("%(active)d with a match") % values]
    )
