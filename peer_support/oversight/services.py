"""Every write of this room: notes on the review list, and that the log itself was looked at."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.decisions import Decision, NotAllowed
from ..conf import peer_settings
from ..privacy.log_guard import purging
from ..privacy.models import AccessLogEntry
from ..privacy.sealing import DAYS_A_MONTH
from .log import officer_of
from .models import ReviewNote

NOTE_LENGTH = 500


def may_note(user, finding):
    """Whether ``user`` may write about ``finding``: the initiative's data officer, and never about themselves."""
    if finding.initiative_id not in officer_of(user):
        return Decision.no("not_officer", _("Only the data officer of the initiative writes here."))
    if finding.user == user.pk:
        return Decision.no("about_oneself", _("This line is about you. Somebody else must look at it."))
    return Decision.yes()


@transaction.atomic
def write_note(*, finding, verdict, note, user, route=""):
    """Write that ``user`` has looked at ``finding``; returns the :class:`ReviewNote`. Raises ``NotAllowed``.

    ``verdict`` is "fine" or "talk"; ``note`` at most 500 characters. A note cannot be changed: a second one is added.
    """
    decision = may_note(user, finding)
    if not decision.allowed:
        raise NotAllowed(decision)
    if len(note) > NOTE_LENGTH or verdict not in ReviewNote.Verdict.values:
        raise ValueError("The form checks the verdict and the length of the note.")
    log_desk(
        user=user, action=AccessLogEntry.Action.CREATE, initiative_ids=[finding.initiative_id], route=route
    )
    return ReviewNote.objects.create(
        initiative_number=finding.initiative_id,
        rule=finding.rule,
        day=finding.day,
        about_number=finding.user,
        by_number=user.pk,
        digest=finding.digest,
        verdict=verdict,
        note=note.strip(),
    )


def log_desk(*, user, action, initiative_ids, route):
    """Write down that ``user`` has looked at the log of these initiatives: a row for each, about no record in it."""
    AccessLogEntry.objects.bulk_create(
        AccessLogEntry(
            user=user,
            user_number=user.pk,
            action=action,
            model=AccessLogEntry._meta.label_lower,
            initiative_id_seen=initiative_id,
            route=route[:120],
        )
        for initiative_id in initiative_ids
    )


def purge_notes(*, now=None):
    """Delete notes that are older than the log is kept (``ACCESS_LOG_MONTHS``); returns how many."""
    now = now or timezone.now()
    before = now - timedelta(days=peer_settings.ACCESS_LOG_MONTHS * DAYS_A_MONTH)
    with transaction.atomic(), purging(connection):
        rows = ReviewNote.objects.filter(at__lt=before)
        return rows._raw_delete(rows.db)
