"""Every write to a mail: ask for it, send it, try again, take note that it came back.

A mail is asked for in the transaction that it tells about, and leaves after the commit. It goes out at most once by
itself: who sends it first claims the row, and where nobody knows whether it left, a person decides.
"""

import logging
import smtplib
from datetime import timedelta
from functools import partial

from django.apps import apps
from django.core.mail import BadHeaderError, EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..access.scopes import all_initiatives, scope_of
from .background import later
from .models import DAYS_KEPT, MailJob, MailText
from .registry import kind_of
from .rendering import letter_for

logger = logging.getLogger(__name__)
State = MailJob.State
_silences = []
# Minutes until the next attempt, after the first, the second, … that failed. Then a person is told.
WAITS = (5, 30, 120, 480)
# Whoever claimed a mail and has not said how it went for this long has died on the way.
ABANDONED = timedelta(minutes=20)
# The head of each mail by which the host's handler of bounces finds the row; it says nothing about anybody.
HEADER = "X-Mail-Reference"


def register_silence(function):
    """Let a room keep mails from people: ``function(kind, target, addresses)`` returns those not to be written to.

    Asked when the mail is sent, so that it holds at once for what was asked for yesterday too. Registering the same
    function twice counts once.
    """
    if function not in _silences:
        _silences.append(function)
    return function


def queue_mail(code, target, event="", *, user=None):
    """Ask for the mail ``code`` about ``target`` because of ``event``; returns its :class:`MailJob`.

    One mail per kind, record and event: asked again, the first row is returned and nothing more is sent. ``event`` is
    a code with ids or dates ("proposed-2"), never what somebody wrote. It is sent after the commit.
    """
    if kind_of(code) is None:
        raise ValueError(f"No mail is called {code!r}.")
    with scope_of(target.initiative_id):
        job, created = MailJob.objects.get_or_create(
            code=code,
            target_model=target._meta.label_lower,
            target_id=target.pk,
            event=str(event),
            defaults={
                "initiative_id": target.initiative_id,
                "user": user if getattr(user, "pk", None) else None,
            },
        )
    if created:
        transaction.on_commit(partial(later, send_job, job.pk), robust=True)
    return job


def goes_by_itself(code, initiative_id):
    """Whether the mail ``code`` is sent without somebody pressing a button, as the editors of the texts decided."""
    kind = kind_of(code)
    if kind is None or kind.by_itself is None:
        return False
    text = MailText.objects.for_initiative(code, initiative_id)
    return text.by_itself if text else kind.by_itself


def queue_if_wanted(code, target, event=""):
    """Ask for a mail that nobody pressed a button for; returns the job, or ``None`` where it is switched off."""
    return queue_mail(code, target, event) if goes_by_itself(code, target.initiative_id) else None


def send_job(job_id):
    """Send one mail, if it is due and nobody else is at it; returns the state it is in. Safe to call twice, and at once."""
    now = timezone.now()
    with all_initiatives("a mail names its initiative itself"):
        due = MailJob.objects.filter(pk=job_id, state=State.QUEUED, next_try_at__lte=now)
        claimed = due.update(state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1)
        job = MailJob.objects.filter(pk=job_id).first()
    if not claimed:
        return job.state if job else ""
    with scope_of(job.initiative_id):
        try:
            fault = _deliver(job)
        except Exception as problem:
            logger.warning("A mail of the kind %s was not sent: %s", job.code, type(problem).__name__)
            return _note_failure(job, problem)
        return _finish(job, State.DROPPED if fault else State.SENT, fault)


def _deliver(job):
    """Send it. Returns why it is not needed any more, or nothing."""
    kind = kind_of(job.code)
    target = apps.get_model(job.target_model)._default_manager.filter(pk=job.target_id).first()
    if kind is None or target is None:
        return "gone"
    addresses = [address for address in kind.to(target) if address]
    if not addresses:
        return "no_address"
    silenced = {address for keep in _silences for address in keep(kind, target, addresses)}
    addresses = [address for address in addresses if address not in silenced]
    if not addresses:
        return "left_alone"
    letter = letter_for(kind, target)
    # Several people who get the same mail do not see each other's addresses.
    receivers = {"to": addresses} if len(addresses) == 1 else {"bcc": addresses}
    headers = {HEADER: str(job.pk), "Auto-Submitted": "auto-generated"}
    sent = EmailMessage(subject=letter.subject, body=letter.body, headers=headers, **receivers).send()
    if not sent:
        raise NotSent
    return ""


class NotSent(Exception):
    """The mail back end took no mail, and said nothing."""


def _finish(job, state, fault=""):
    now = timezone.now()
    MailJob.objects.filter(pk=job.pk, state=State.SENDING).update(
        state=state, fault=fault[:60], done_at=now, settled_at=None, settled_by=None
    )
    return state


def _note_failure(job, problem):
    fault = type(problem).__name__
    if is_final(problem) or job.attempts > len(WAITS):
        return _finish(job, State.FAILED, fault)
    again = timezone.now() + timedelta(minutes=WAITS[job.attempts - 1])
    MailJob.objects.filter(pk=job.pk, state=State.SENDING).update(
        state=State.QUEUED, fault=fault[:60], next_try_at=again
    )
    return State.QUEUED


def is_final(problem):
    """Whether trying again would change nothing: the other side has refused the address or the mail for good."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, __ in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPResponseException):
        return problem.smtp_code >= 500
    return isinstance(problem, BadHeaderError)


def send_due():
    """Send every mail that is due, and give up those that somebody died over; returns ``{state: how many}``.

    Safe to run twice at once.
    """
    counts = {}
    if given_up := give_up_abandoned():
        counts[State.FAILED] = given_up
    with all_initiatives("mails of every initiative are sent"):
        due = MailJob.objects.filter(state=State.QUEUED, next_try_at__lte=timezone.now())
        keys = list(due.order_by("next_try_at", "pk").values_list("pk", flat=True))
    for key in keys:
        state = send_job(key)
        counts[state] = counts.get(state, 0) + 1
    return counts


def give_up_abandoned():
    """Put mails whose sender died on today's list: they may have been sent, so nobody sends them again by itself."""
    with all_initiatives("mails of every initiative are sent"):
        return MailJob.objects.filter(state=State.SENDING, claimed_at__lt=timezone.now() - ABANDONED).update(
            state=State.FAILED, fault="Interrupted", done_at=timezone.now()
        )


def note_bounce(job_id, fault=""):
    """Write that a mail came back; for the host's handler of bounces. Returns whether there was such a mail.

    ``fault`` is a kind ("mailbox full"), never an address.
    """
    fault = "" if "@" in fault else fault
    with all_initiatives("a bounce names the mail only"):
        return bool(
            MailJob.objects.filter(pk=job_id, state=State.SENT).update(
                state=State.BOUNCED, fault=fault[:60] or "bounced", done_at=timezone.now()
            )
        )


@transaction.atomic
def send_again(*, job, user):
    """Send a mail that did not arrive once more, to the address that stands there now. Returns whether it was needed."""
    needed = MailJob.objects.filter(pk=job.pk, state__in=(State.FAILED, State.BOUNCED)).update(
        state=State.QUEUED,
        attempts=0,
        fault="",
        next_try_at=timezone.now(),
        user=user,
        settled_at=None,
        settled_by=None,
    )
    if needed:
        transaction.on_commit(partial(later, send_job, job.pk), robust=True)
    return bool(needed)


def settle(*, job, user):
    """Write that somebody has seen to a mail that did not arrive: they rang instead. Returns whether it was needed."""
    rows = MailJob.objects.filter(pk=job.pk, state__in=(State.FAILED, State.BOUNCED), settled_at=None)
    return bool(rows.update(settled_at=timezone.now(), settled_by=user))


def purge_old(days=DAYS_KEPT):
    """Delete what is known of mails that left more than ``days`` ago; returns how many."""
    limit = timezone.now() - timedelta(days=days)
    with all_initiatives("old mails of every initiative are forgotten"):
        done = MailJob.objects.exclude(state__in=(State.QUEUED, State.SENDING))
        return done.filter(created_at__lt=limit).delete()[0]
