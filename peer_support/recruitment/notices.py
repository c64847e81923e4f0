"""Mails after an enquiry: a thank you to the one who wrote, and a number to the coordinators who want one.

Both are neutral: no name, no word of illness or of what the site is about, no address of a page that says it. A mail
that cannot be sent is noted by the kind of fault only, and never stops anybody.
"""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from ..access.models import Assignment
from ..access.scopes import WORKS_WITH_PEOPLE, scope_of
from ..conf import peer_settings
from ..directory.models import Initiative, LocalCoordinator
from ..people.models import Citizen, Volunteer
from .background import later
from .models_consent import Purpose
from .models_enquiry import TalkRequest

logger = logging.getLogger(__name__)
MAIL = "peer_support/recruitment/mail"


def model_of(kind):
    """Return the model of what an enquiry of ``kind`` becomes."""
    return {Purpose.TALK: TalkRequest, Purpose.VOLUNTEER: Volunteer}.get(kind, Citizen)


def after_enquiry(kind, subject_id, initiative_id):
    """Send both mails, in the background where the site has one. Only keys are handed on."""
    for send in (thank, tell_coordinators):
        later(send, str(kind), subject_id, initiative_id)


def thank(kind, subject_id, initiative_id):
    """Write to the one who wrote, if there is an e-mail address."""
    with scope_of(initiative_id):
        subject = model_of(kind).objects.filter(pk=subject_id).first()
    if subject is None or not subject.email or kind == Purpose.REFERRAL:
        # Who was written about has not said yes to a mail yet.
        return False
    coordinator = LocalCoordinator.objects.filter(initiative=initiative_id).first()
    context = {"phone": coordinator.phone if coordinator else "", "days": peer_settings.ANSWER_DAYS}
    return _send("thanks", context, [subject.email])


def tell_coordinators(kind, subject_id, initiative_id):
    """Write a number and a link to each coordinator of the initiative who has asked for it."""
    users = [
        row.user
        for row in Assignment.objects.current()
        .filter(initiative=initiative_id, mail_enquiries=True, role__in=WORKS_WITH_PEOPLE)
        .filter(~Q(user__email=""), user__is_active=True)
        .select_related("user")
    ]
    if not users or not Initiative.objects.filter(pk=initiative_id).exists():
        return False
    with scope_of(initiative_id):
        count = sum(count_new())
    link = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('wagtailadmin_home')}"
    sent = [_send("enquiries", {"count": count, "link": link}, [user.email]) for user in users]
    return all(sent)


def count_new():
    """Return how many citizens, volunteers and requests of the open scope nobody has begun with."""
    return (
        Citizen.objects.filter(status="enquiry").count(),
        Volunteer.objects.filter(status="enquiry").count(),
        TalkRequest.objects.filter(state="new").count(),
    )


def _send(name, context, to):
    try:
        with override(settings.LANGUAGE_CODE):
            subject, body = (
                render_to_string(f"{MAIL}/{name}_{part}.txt", context).strip() for part in ("subject", "body")
            )
        return bool(EmailMessage(subject=" ".join(subject.split()), body=body + "\n", to=to).send())
    except Exception as problem:
        logger.warning("A mail of the kind %s was not sent: %s", name, type(problem).__name__)
        return False
