"""The review list, and the note on one of its lines."""

from datetime import date, timedelta

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..access.decisions import NotAllowed
from .forms import NoteForm
from .log import names_of
from .review import DAYS, review_list
from .screens import ROUTE, OfficerScreen
from .services import may_note, write_note

# Case numbers that a line shows before it says how many more there are.
CASES_SHOWN = 12


class ReviewPage(OfficerScreen):
    """The lines of a week; what nobody has looked at stands first."""

    tab = f"{ROUTE}:review"
    template_name = "peer_support/oversight/review.html"

    def get_page_title(self):
        return _("Review list")

    @cached_property
    def last(self):
        """The last day of the week that is shown: today, or an earlier one that was asked for."""
        today = timezone.localdate()
        try:
            asked = date.fromisoformat(self.request.GET.get("until", ""))
        except ValueError:
            return today
        # Before the calendar has room for a week there is nothing in the log.
        return min(asked, today) if asked.year > 2000 else today

    @cached_property
    def lines(self):
        return review_list(self.initiative_ids, self.last)

    def get(self, request):
        return self.page()

    def post(self, request):
        form = NoteForm(request.POST)
        asked = request.POST.get("digest", "")
        line = next((one for one in self.lines if one.finding.digest == asked), None)
        if line is None:
            messages.warning(request, _("More has come to that line since. Look at it once more."))
            return redirect(self.address)
        if not form.is_valid():
            return self.page(form, asked)
        values = form.cleaned_data
        try:
            write_note(
                finding=line.finding,
                verdict=values["verdict"],
                note=values["note"],
                user=request.user,
                route=f"{ROUTE}:review",
            )
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
        else:
            messages.success(request, _("Noted. It cannot be changed, but you can add to it."))
        return redirect(self.address)

    @property
    def address(self):
        address = reverse(f"{ROUTE}:review")
        return address if self.last == timezone.localdate() else f"{address}?until={self.last.isoformat()}"

    def page(self, form=None, asked=""):
        self.log_look()
        lines = self.lines
        writers = names_of({note.by_number for line in lines for note in line.notes})
        shown = [self._shown(line, place, form, asked, writers) for place, line in enumerate(lines)]
        first = self.last - timedelta(days=DAYS - 1)
        today = timezone.localdate()
        return self.render_to_response(
            {
                **self.get_context_data(),
                "waiting": [one for one in shown if one["line"].is_open],
                "seen": [one for one in shown if not one["line"].is_open],
                "first": first,
                "last": self.last,
                "earlier": (first - timedelta(days=1)).isoformat(),
                "later": min(self.last + timedelta(days=DAYS), today).isoformat()
                if self.last < today
                else "",
                "several": len(self.initiatives) > 1,
                "address": self.address,
                "fault": form,
            }
        )

    def _shown(self, line, place, form, asked, writers):
        mine = form is not None and line.finding.digest == asked
        decision = may_note(self.request.user, line.finding)
        return {
            "line": line,
            "place": place,
            "cases": line.cases[:CASES_SHOWN],
            "more": max(len(line.cases) - CASES_SHOWN, 0),
            "form": form
            if mine
            else NoteForm(initial={"digest": line.finding.digest}, prefix=None, auto_id=f"n{place}_%s"),
            "refused": "" if decision.allowed else decision.reason,
            "notes": [
                {"note": note, "by": writers.get(note.by_number, ""), "verdict": note.get_verdict_display()}
                for note in line.notes
            ],
        }
