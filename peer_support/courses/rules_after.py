"""What may follow after a course. Each needs the person's own yes, and answers with a reason a coordinator can read."""

from django.utils.translation import gettext_lazy as _

from ..access.decisions import Decision
from ..people.contact import with_same_contact
from ..people.models import Citizen, Volunteer
from ..people.rules import may_put_on_waiting_list
from .models import CAME, EnrolmentState

_OVER = (EnrolmentState.COMPLETED, EnrolmentState.LEFT)


def sessions_attended(enrolment):
    """Return the sessions the person came to, in their order."""
    rows = enrolment.attendance.filter(mark__in=CAME).select_related("session")
    return [row.session for row in rows.order_by("session__date", "session__start_time")]


def may_have_certificate(enrolment):
    """Whether there is a certificate: they have come at least once, and are done with the course."""
    if enrolment.state not in _OVER:
        return Decision.no("not_over", _("There is a certificate when the course is over."))
    if not enrolment.attendance.filter(mark__in=CAME).exists():
        return Decision.no("never_came", _("It is not written down that the person came to a session."))
    return Decision.yes(_("It says that they have taken part, and on which days. Nothing of why."))


def has_said_yes(said_yes):
    """Whether the person has said yes to what the button does. Nothing goes on without."""
    if said_yes:
        return Decision.yes()
    return Decision.no("consent", _("Ask the person first, and tick that they have said yes."))


def _is_over(enrolment):
    if enrolment.state not in (*_OVER, EnrolmentState.ENROLLED):
        return Decision.no("not_in", _("The person is not in the course and has not been."))
    return Decision.yes()


def _citizen(enrolment):
    if enrolment.citizen is None:
        return Decision.no("volunteer", _("This person is a volunteer already."))
    if enrolment.citizen.status == Citizen.Status.ENDED:
        return Decision.no("ended", _("This record is closed. Welcome the person back first."))
    return _is_over(enrolment)


def may_wish_accompaniment(enrolment):
    """Whether it can be noted that the participant would like company to and from something; also during the course."""
    decision = _citizen(enrolment)
    return decision and Decision.yes(
        _("You note the wish. You find somebody yourself; nobody is written to.")
    )


def may_go_to_one_to_one(enrolment):
    """Whether the participant can go on to one-to-one support: a talk first, and then the waiting list."""
    decision = _citizen(enrolment)
    if not decision:
        return decision
    citizen = enrolment.citizen
    if citizen.status == Citizen.Status.ENQUIRY:
        return Decision.yes(_("You begin with a talk. The person is not on the waiting list before that."))
    if citizen.status == Citizen.Status.CONVERSATION:
        return may_put_on_waiting_list(citizen)
    return Decision.no("already", _("The person waits for one-to-one support already."))


def may_become_volunteer(enrolment):
    """Whether the participant can become an enquiry from a volunteer. The two records stay apart."""
    decision = _citizen(enrolment)
    if not decision:
        return decision
    citizen = enrolment.citizen
    there = Volunteer.objects.filter(initiative_id=enrolment.initiative_id)
    if with_same_contact(there, citizen.phone, citizen.email).exists():
        return Decision.no(
            "already", _("There is a volunteer with the same telephone number or e-mail already.")
        )
    return Decision.yes(
        _(
            "A new enquiry from a volunteer, with name and contact. What is written about them as a participant stays."
        )
    )


def after_actions(enrolment):
    """Return ``[(code, Decision)]`` of what can follow, for the buttons."""
    return [
        ("accompaniment", may_wish_accompaniment(enrolment)),
        ("one_to_one", may_go_to_one_to_one(enrolment)),
        ("volunteer", may_become_volunteer(enrolment)),
        ("certificate", may_have_certificate(enrolment)),
    ]
