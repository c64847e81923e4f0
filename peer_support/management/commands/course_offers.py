"""``manage.py course_offers``: lets offers of places run out, offers free places, and says what waits. Run it nightly."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ...access.scopes import for_each_initiative
from ...courses.attention import needs
from ...courses.models import INTAKE_STATES, GroupCourse
from ...courses.services_enrolment import expire_offers, fill
from ...directory.models import Initiative


@for_each_initiative
def run_offers(initiative_id):
    """Return ``(offers that ran out, offers made, needs)`` of one initiative. Safe to run twice."""
    expired = expire_offers()
    waiting = GroupCourse.objects.filter(state__in=INTAKE_STATES, enrolments__state="waiting")
    made = [row for course in waiting.distinct().order_by("pk") for row in fill(course=course)]
    return expired, made, needs()


class Command(BaseCommand):
    """Goes through the initiatives one by one, each in a scope of its own."""

    help = (
        "Let offers of places in courses run out when their day has passed, offer free places to the next on the "
        "waiting list, and print what waits for the coordinator. Safe to run twice; run it every night."
    )

    def add_arguments(self, parser):
        parser.add_argument("--initiative", type=int, action="append", help="only this initiative's number")

    def handle(self, *, verbosity=1, initiative=None, **options):
        ids = Initiative.objects.filter(runs_here=True).order_by("pk").values_list("pk", flat=True)
        results = run_offers(ids.filter(pk__in=initiative) if initiative else ids)
        for pk, (expired, made, waiting) in results.items():
            if verbosity and (expired or made or waiting):
                counts = {"pk": pk, "expired": len(expired), "made": len(made), "needs": len(waiting)}
                self.stdout.write(
                    _(
                        "Initiative %(pk)d: %(expired)d offers ran out, %(made)d were made, "
                        "%(needs)d things wait for the coordinator."
                    )
                    % counts
                )
            for need in waiting if verbosity > 1 else ():
                self.stdout.write(f"  {need.course}: {need.sentence}")
