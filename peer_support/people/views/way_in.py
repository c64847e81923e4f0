"""The way in: a row per step with how many stand there, how long it takes, and where people stop."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import pipeline, staleness
from ..figures import figures
from ..models import Citizen, Step, Volunteer
from ..presenting_steps import booked_text
from ..screens import InitiativeScreen

CITIZENS, VOLUNTEERS = "peer_support_people:way_in", "peer_support_people:way_in_volunteers"
# Months back, or 0 for all; the first is what is shown without a choice.
PERIODS = {
    "12": gettext_lazy("the last year"),
    "6": gettext_lazy("the last 6 months"),
    "3": gettext_lazy("the last 3 months"),
    "0": gettext_lazy("since the beginning"),
}


class WayInView(InitiativeScreen):
    """The page for citizens; the one for volunteers differs in its model."""

    permission = "peer_support.view_personstep"
    header_icon = "arrow-right"
    template_name = "peer_support/people/way_in.html"
    home = (CITIZENS, gettext_lazy("The way in"))
    tabs = ((CITIZENS, gettext_lazy("Citizens")), (VOLUNTEERS, gettext_lazy("Volunteers")))
    tab = CITIZENS
    model = Citizen

    def get_page_title(self):
        return _("The way in")

    def get(self, request):
        chosen = request.GET.get("period")
        period = chosen if chosen in PERIODS else "12"
        today = timezone.localdate()
        since = staleness.months_before(today, int(period)) if int(period) else None
        rows = figures(self.model, self.initiative, since)
        booked = self._booked(today)
        stale = [
            one
            for one in staleness.stale_people_of(self.model, today)
            if one.person.initiative_id == self.initiative.pk
        ]
        self.log([booking.person for booking in booked] + [one.person for one in stale])
        return self.render_to_response(
            {
                **self.get_context_data(),
                "rows": rows,
                "total": sum(row.now for row in rows if row.step != Step.ENDED),
                "slowest": _slowest(rows),
                "came": sum(row.came for row in rows),
                "period": period,
                "periods": [(code, label, code == period) for code, label in PERIODS.items()],
                "list_url": reverse(f"people_{self.model._meta.model_name}_modeladmin_index"),
                "due": [
                    {"person": booking.person, "text": booked_text(booking), "url": self._url(booking.person)}
                    for booking in booked
                ],
                "stale": [
                    {"person": one.person, "text": one.sentence, "url": self._url(one.person)}
                    for one in stale
                ],
                "is_citizens": self.model is Citizen,
            }
        )

    def _booked(self, today):
        held = pipeline.conversations_to_hold(today).filter(initiative=self.initiative)
        return [booking for booking in held if isinstance(booking.person, self.model)]

    def _url(self, person):
        return reverse(f"people_{person._meta.model_name}_modeladmin_inspect", args=[person.pk])


class WayInVolunteersView(WayInView):
    """The same for volunteers."""

    tab = VOLUNTEERS
    model = Volunteer


def _slowest(rows):
    """Return a sentence about the step before the match that takes longest, or an empty text."""
    early = [
        row for row in rows if row.step not in (Step.ACTIVE, Step.PAUSED, Step.ENDED) and row.median_days
    ]
    if not early:
        return ""
    row = max(early, key=lambda one: one.median_days)
    text = ngettext(
        "It takes longest at “%(step)s”: half of them are there for %(days)d day or less.",
        "It takes longest at “%(step)s”: half of them are there for %(days)d days or less.",
        row.median_days,
    )
    return text % {"step": row.label, "days": row.median_days}
