"""Mails after an enquiry: a thank you to the one who wrote, and a number to the coordinators who want one.

Both are neutral: no name, no word of illness or of what the site is about, no address of a page that says it.
"""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..access.models import Assignment
from ..access.scopes import WORKS_WITH_PEOPLE
from ..conf import peer_settings
from ..mailing.registry import register_mail
from ..mailing.services import queue_if_wanted, queue_mail
from ..people.models import Citizen, Volunteer
from .models_consent import Purpose
from .models_enquiry import TalkRequest

THANKS, NEW = "enquiry_thanks", "enquiry_new"


def after_enquiry(kind, subject):
    """Ask for both mails, in the transaction that takes the enquiry in; they leave after the commit."""
    # Who was written about has not said yes to a mail yet.
    if kind != Purpose.REFERRAL and subject.email:
        queue_if_wanted(THANKS, subject, "received")
    for assignment in _who_wants_to_know(subject.initiative_id):
        queue_mail(NEW, assignment, f"{subject._meta.model_name}-{subject.pk}")


def _who_wants_to_know(initiative_id):
    return (
        Assignment.objects.current()
        .filter(initiative=initiative_id, mail_enquiries=True, role__in=WORKS_WITH_PEOPLE)
        .filter(~Q(user__email=""), user__is_active=True)
    )


def count_new():
    """Return how many citizens, volunteers and requests of the open scope nobody has begun with."""
    return (
        Citizen.objects.filter(status="enquiry").count(),
        Volunteer.objects.filter(status="enquiry").count(),
        TalkRequest.objects.filter(state="new").count(),
    )


def admin_link():
    """Return the address of the admin's front page: it says nothing about what waits there."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('wagtailadmin_home')}"


def address_of_colleague(assignment):
    """Return where a colleague gets their mail, while the task holds."""
    user = assignment.user
    current = Assignment.objects.current().filter(pk=assignment.pk).exists()
    return [user.email] if current and user.is_active and user.email else []


register_mail(
    THANKS,
    label=_("Thank you for an enquiry"),
    audience="person",
    by_itself=True,
    placeholders=("days", "phone"),
    to=lambda subject: [subject.email],
    context=lambda subject: {"days": peer_settings.ANSWER_DAYS},
    subject=_("Thank you for your message"),
    body=_(
        "Hello\n\n"
        "We have got your message. We ring or write to you within {days} working days.\n"
        "Would you like to talk before that? Ring {phone}.\n\n"
        "Have you changed your mind? Answer this mail. You need not say why.\n"
        "Did you not write to us? Then you can throw this mail away."
    ),
)
register_mail(
    NEW,
    label=_("New enquiries, to the coordinator"),
    audience="coordinator",
    placeholders=("count", "link"),
    to=address_of_colleague,
    context=lambda assignment: {"count": sum(count_new()), "link": admin_link()},
    subject=_("New messages: {count}"),
    body=_("Messages that wait for you: {count}.\n\nSign in to read:\n{link}"),
)
