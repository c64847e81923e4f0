"""What today's list of the demo needs besides its people: a colleague on holiday, and a mail that did not arrive."""

from datetime import timedelta

from django.utils import timezone

from ..access.models import Assignment
from ..mailing.models import MailJob
from ..people.models import Volunteer

HOLIDAY_DAYS = 9


def make_morning(initiative):
    """Let one thank-you mail have come back, inside the scope of ``initiative``."""
    volunteer = Volunteer.objects.filter(initiative=initiative, status="approved").order_by("-pk").first()
    sent = timezone.now() - timedelta(days=1)
    MailJob.objects.create(
        initiative=initiative,
        code="enquiry_thanks",
        target_model=volunteer._meta.label_lower,
        target_id=volunteer.pk,
        event="received",
        state=MailJob.State.BOUNCED,
        attempts=1,
        fault="bounced",
        created_at=sent,
        done_at=sent,
    )


def send_on_holiday(user, deputy):
    """Let ``user`` be away for some days, with ``deputy`` standing in."""
    today = timezone.localdate()
    Assignment.objects.filter(user=user).update(
        away_from=today - timedelta(days=2),
        away_until=today + timedelta(days=HOLIDAY_DAYS),
        covered_by=deputy,
    )
