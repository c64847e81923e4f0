"""The weekly mail to coordinators: how much of what is on today's list. Numbers and a link, nothing about anybody."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...access.models import Assignment
from ...access.scopes import WORKS_WITH_PEOPLE, all_initiatives
from ...mailing.models import MailJob
from ...mailing.registry import register_mail
from ...mailing.services import queue_mail
from .listing import todays_list
from .registry import ANSWER, GROUPS, RING, SEAT, SOON, TALK, WAITING

CODE = "weekly_digest"
_NAMES = {RING: "calls", ANSWER: "answers", TALK: "talks", SEAT: "seats", SOON: "soon", WAITING: "waiting"}


def address_of(assignment):
    """Return where the digest goes, while the task holds, the mail is ticked and the colleague is here."""
    rows = Assignment.objects.filter(pk=assignment.pk)
    return [row.user.email for row in who_wants_it(rows)]


def who_wants_it(rows=None, day=None):
    """Return the assignments whose colleague gets the digest on ``day``: ticked, at work, and with an address."""
    day = day or timezone.localdate()
    rows = (Assignment.objects.all() if rows is None else rows).current(day)
    wanted = rows.filter(weekly_digest=True, role__in=WORKS_WITH_PEOPLE, user__is_active=True)
    return (
        wanted.exclude(user__email="")
        .exclude(Q(away_from__lte=day) & Q(away_until__gte=day))
        .select_related("user", "initiative")
        .order_by("pk")
    )


def numbers(assignment):
    """Return the placeholders of the mail: how many lines of each group the list of this initiative has today."""
    found = todays_list()
    counts = {group.code: len(group.items) for group in found.groups}
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return {
        "count": len(found.to_do),
        "overdue": found.overdue,
        **{_NAMES[code]: counts.get(code, 0) for code in GROUPS if code != WAITING},
        "link": f"{base}{reverse('peer_support_today:today')}",
    }


def send_digests(day=None):
    """Ask for the mail of the week of ``day`` for everybody who wants it; returns how many are new.

    One a week and initiative, however often it runs.
    """
    week = (day or timezone.localdate()).isocalendar()
    event = f"{week.year}-W{week.week:02}"
    with all_initiatives("who has had the mail of this week"):
        had = set(MailJob.objects.filter(code=CODE, event=event).values_list("target_id", flat=True))
    missing = [assignment for assignment in who_wants_it(day=day) if assignment.pk not in had]
    for assignment in missing:
        queue_mail(CODE, assignment, event)
    return len(missing)


register_mail(
    CODE,
    label=_("Once a week, to the coordinator"),
    audience="coordinator",
    placeholders={
        "count": "14", "overdue": "2", "calls": "6", "answers": "4", "talks": "1", "seats": "1", "soon": "2",
        "link": "https://centret.example/admin/today/",
    },
    to=address_of,
    context=numbers,
    subject=_("Your week: {count} things to do"),
    body=_(
        "Good morning\n\n"
        "This is how your list looks today.\n\n"
        "Calls: {calls}\n"
        "Answers: {answers}\n"
        "Talks: {talks}\n"
        "Places: {seats}\n"
        "Soon: {soon}\n\n"
        "Of all, this many are overdue: {overdue}.\n\n"
        "See the list:\n{link}"
    ),
)  # fmt: skip
