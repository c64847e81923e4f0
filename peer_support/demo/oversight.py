"""What the data officer of the demo finds: quiet weeks, and a few lines that stand out, one of them already looked at."""

from datetime import datetime, time, timedelta

from django.db import connection, transaction
from django.utils import timezone

from ..access.attempts import ELSEWHERE
from ..oversight.review import review_list
from ..oversight.services import write_note
from ..people.models import Citizen, Volunteer
from ..privacy.log_guard import purging
from ..privacy.models import AccessLogEntry
from ..privacy.sealing import seal_log

Action = AccessLogEntry.Action
# The days on which the demo's people came in: they end before the week that the review shows.
DAYS_AGO = range(70, 8, -1)


def make_review(initiative, officer, coordinator, deputy, stranger):
    """Write some days of looking into the log, inside the scope of ``initiative``; returns how many lines wait."""
    citizens, volunteers = list(Citizen.objects.all()), list(Volunteer.objects.all())
    _look(coordinator, [*citizens, *volunteers][:54], _at(4, 10), apart=timedelta(seconds=50))
    _look(deputy, citizens[:2], _at(3, 23, 40), apart=timedelta(minutes=6))
    _look(
        stranger,
        citizens[2:4],
        _at(2, 14, 5),
        Action.REFUSED,
        f"people_citizen_modeladmin_inspect:{ELSEWHERE}",
    )
    _look(coordinator, volunteers[:8], _at(6, 9), Action.EXPORT, "people_volunteer:index")
    _settle(initiative, officer, "Listen var til kommunens møde. Den er makuleret.", rule="export")
    seal_log(now=timezone.now() + timedelta(hours=1))
    return sum(line.is_open for line in review_list([initiative.pk]))


def spread_log(*, after):
    """Let what was logged while the demo was filled have happened over some weeks, in the same order and by day.

    ``after`` is the key of the last row that was there before. The log itself is never changed: those rows are taken
    out by the door of the purge, and written again. Without this, whoever runs the demo is told that its coordinators
    opened every record within a minute.
    """
    rows = list(AccessLogEntry.objects.filter(pk__gt=after).order_by("pk"))
    days = list(DAYS_AGO)
    for place, row in enumerate(rows):
        on, left = divmod(place * len(days), len(rows))
        row.pk, row.at = None, _at(days[on], 9) + timedelta(hours=6) * (left / len(rows))
    with transaction.atomic(), purging(connection):
        old = AccessLogEntry.objects.filter(pk__gt=after)
        old._raw_delete(old.db)
    AccessLogEntry.objects.bulk_create(rows)


def _at(days, hour, minute=0):
    day = timezone.localdate() - timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _look(user, people, at, action=Action.READ, route="people_citizen:inspect", apart=timedelta(seconds=1)):
    AccessLogEntry.objects.bulk_create(
        AccessLogEntry(
            at=at + place * apart,
            user=user,
            user_number=user.pk,
            action=action,
            model=person._meta.label_lower,
            object_id=person.pk,
            initiative_id_seen=person.initiative_id,
            route=route,
        )
        for place, person in enumerate(people)
    )


def _settle(initiative, officer, words, rule=None):
    for line in review_list([initiative.pk]):
        if line.is_open and rule in (None, line.finding.rule):
            write_note(finding=line.finding, verdict="fine", note=words, user=officer, route="demo")
