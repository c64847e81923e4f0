"""Factories for the data officer's desk: rows of the log at a given time, and a line with a note."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from ..oversight.models import ReviewNote
from ..oversight.review import Finding, review_list
from ..privacy.models import AccessLogEntry


def seen(*records, user=None, action="read", at=None, route="people_citizen:inspect", apart=timedelta(0)):
    """Write rows in the access log as if ``user`` had touched ``records`` at ``at``; returns the rows."""
    at = at or timezone.now()
    number = user.pk if user else None
    rows = [
        AccessLogEntry(
            at=at + place * apart,
            user=user,
            user_number=number,
            action=action,
            model=record._meta.label_lower,
            object_id=record.pk,
            initiative_id_seen=record.initiative_id,
            route=route,
        )
        for place, record in enumerate(records)
    ]
    return AccessLogEntry.objects.bulk_create(rows)


class ReviewNoteFactory(DjangoModelFactory):
    class Meta:
        model = ReviewNote

    initiative_number = 1
    rule = "export"
    day = factory.LazyFunction(timezone.localdate)
    by_number = 1
    verdict = "fine"


def note_on_a_line(*, pk, citizen, user, note):
    """Make a line on the review list of the initiative of ``citizen``, and a note on it; returns the note."""
    seen(citizen, user=user, action="export")
    line = review_list([citizen.initiative_id])[0]
    finding: Finding = line.finding
    return ReviewNoteFactory(
        pk=pk,
        initiative_number=finding.initiative_id,
        rule=finding.rule,
        day=finding.day,
        about_number=finding.user,
        digest=finding.digest,
        note=note,
    )
