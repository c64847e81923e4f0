"""What lies ahead of those who wait, and what recruitment has led to: for those who work with the people."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ...matching.seeking import seeking_address
from ...recruitment.models_plan import RecruitmentPlan
from ...recruitment.plan_counts import funnels_of, in_words
from . import ahead
from .funnels import draw
from .views import NAMESPACE, NumbersScreen


class AheadScreen(NumbersScreen):
    """One initiative at a time, of those that the user works with."""

    @cached_property
    def initiatives(self):
        return [one for one in super().initiatives if one.pk in self.reader.exact]


class WaitingPage(AheadScreen):
    """Which wishes lack volunteers, and how long it may take."""

    tab = f"{NAMESPACE}:waiting"
    template_name = "peer_support/outcomes/numbers/waiting.html"

    def get_page_title(self):
        return _("Waiting and wishes")

    def get(self, request):
        queue = ahead.Queue(self.initiative, timezone.localdate())
        return self.render_to_response(
            {
                **self.get_context_data(),
                "waiting": len(queue.waiting),
                "free": len(queue.free),
                "lacks": ahead.lacks(queue),
                "expected": ahead.expected(queue) if queue.waiting else [],
                "seek_url": seeking_address(request.user),
            }
        )


class RecruitmentPage(AheadScreen):
    """From a row of the recruitment plan to active volunteers."""

    tab = f"{NAMESPACE}:recruitment"
    template_name = "peer_support/outcomes/numbers/recruitment.html"

    def get_page_title(self):
        return _("From plan to volunteer")

    def get(self, request):
        rows = list(RecruitmentPlan.objects.filter(initiative=self.initiative).select_related("source"))
        funnels = funnels_of(rows, self.initiative)
        most = max((funnel.enquired for funnel in funnels.values()), default=0)
        self.log(rows)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "lines": [
                    {
                        "row": row,
                        "funnel": funnels[row.pk],
                        "sentence": in_words(funnels[row.pk], row.seeks),
                        "drawing": draw(funnels[row.pk], most, row.seeks),
                    }
                    for row in rows
                    if row.pk in funnels
                ],
                "without": [row for row in rows if row.pk not in funnels],
            }
        )
