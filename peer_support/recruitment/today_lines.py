"""What the recruitment plan and the start-up put on today's list: the next step that is due, a row that is over and
has no result yet, and too few volunteers for those who wait."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..access.scopes import current_initiative_ids
from ..followup.today.registry import SOON, WAITING, Line, register_source
from .models_plan import RecruitmentPlan, StartUpStep
from .rules_plan import balances_of, may_invite_citizens


def lines(day):
    """Return the lines of ``day`` for the initiatives in the open scope; a constant number of queries."""
    return [*start_up_due(day), *rows_without_result(day), *volunteers_first(day)]


def start_up_due(day):
    """Start-up steps whose next step is for ``day`` or earlier."""
    due = StartUpStep.objects.filter(done_on=None, next_on__lte=day).select_related("initiative")
    return [
        Line(
            SOON,
            _("Start-up: %(step)s. Next: %(next)s")
            % {"step": row.get_step_display(), "next": row.next_step or _("take a look at it")},
            _("Open the steps"),
            f"{reverse('peer_support_recruitment:startup')}?initiative={row.initiative_id}#{row.step}",
            due=row.next_on,
            order=70,
            initiative_id=row.initiative_id,
            key=f"startup-{row.pk}",
        )
        for row in due
    ]


def rows_without_result(day):
    """Rows of the plan whose last day is over and that nobody has ticked yet."""
    over = RecruitmentPlan.objects.filter(done_on=None, ends_on__lt=day)
    return [
        Line(
            SOON,
            _("Recruitment: %(where)s ended %(day)s. What came of it?")
            % {"where": row.channel, "day": date_format(row.ends_on, "SHORT_DATE_FORMAT")},
            _("Write it down"),
            reverse("peer_support_recruitment:plan_row", args=[row.pk]),
            due=row.ends_on,
            order=75,
            initiative_id=row.initiative_id,
            key=f"plan-{row.pk}",
        )
        for row in over
    ]


def volunteers_first(day):
    """Initiatives where more citizens wait than there are free places."""
    found = []
    for initiative_id, balance in balances_of(current_initiative_ids()).items():
        decision = may_invite_citizens(balance)
        if not decision:
            found.append(
                Line(
                    WAITING,
                    decision.reason,
                    _("Open the recruitment plan"),
                    f"{reverse('peer_support_recruitment:plan')}?initiative={initiative_id}",
                    order=80,
                    initiative_id=initiative_id,
                    key="volunteers-first",
                )
            )
    return found


register_source("recruitment", gettext_lazy("Recruitment"), lines)
