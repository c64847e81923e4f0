"""The screens: the list of the day, putting off, and what one hands over before a holiday."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...access.decisions import NotAllowed
from ...access.models import Assignment
from ...access.scopes import WORKS_WITH_PEOPLE, current_initiative_ids, scope_of
from ...access.services_away import set_away
from ...people.screens import InitiativeScreen
from ...privacy.access_log import Action, log_access
from . import services
from .covering import desks_of, shown_of
from .forms import AwayForm, PutOffForm
from .listing import todays_list
from .registry import GROUPS

PERMISSION = "peer_support.add_putoff"
ROUTE = "peer_support_today"
# Lines of a group that the page shows before it asks; the rest is one press away.
PER_GROUP = 12


def log_lines(request, items, route):
    """Write in the access log whom the lines that were shown speak of."""
    people = {(type(person), person.pk): person for item in items for person in item.line.people}
    if people:
        log_access(user=request.user, action=Action.LIST, objects=people.values(), route=route)


def day_words(day):
    """Return the day with its week, as the heading says it: "Monday 3 August · week 32"."""
    words = date_format(day, "l j. F")
    return _("%(day)s · week %(week)d") % {"day": words, "week": day.isocalendar().week}


class TodayScreen(InitiativeScreen):
    """What the screens of today's list share."""

    permission = PERMISSION
    header_icon = "tasks"
    home = (f"{ROUTE}:today", gettext_lazy("Today"))
    tabs = (
        (f"{ROUTE}:today", gettext_lazy("Today")),
        (f"{ROUTE}:away", gettext_lazy("Holiday and handing over")),
    )

    @cached_property
    def day(self):
        return timezone.localdate()

    @cached_property
    def desks(self):
        return desks_of(self.request.user, self.day)

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "day_words": day_words(self.day)}


class TodayPage(TodayScreen):
    """Everything that is for today, grouped."""

    tab = f"{ROUTE}:today"
    template_name = "peer_support/followup/today/today.html"

    def get_page_title(self):
        return _("Today")

    def get_page_subtitle(self):
        return day_words(self.day)

    def crumbs(self):
        return []

    def get(self, request):
        colleagues = request.GET.get("colleagues", "")
        initiative = request.GET.get("initiative", "")
        desks = shown_of(self.desks, colleagues, initiative)
        with scope_of(*(desk.initiative.pk for desk in desks)):
            found = todays_list(self.day)
        group = request.GET.get("group", "")
        groups = [_cut(one, group) for one in found.groups if group in ("", one.code) or group not in GROUPS]
        shown = [item for one in groups for item in one["items"]]
        log_lines(request, [*shown, *found.put_off], f"{ROUTE}:today")
        others = [desk for desk in self.desks if not desk.mine]
        first = next((item.digest for one in groups for item in one["items"]), "")
        return self.render_to_response(
            {
                **self.get_context_data(),
                "list": found,
                "groups": groups,
                "only": group if group in GROUPS else "",
                "desks": desks,
                "own": [desk for desk in self.desks if desk.mine],
                "others_hidden": [desk for desk in others if desk not in desks],
                "others_shown": [desk for desk in others if desk in desks],
                "first": first,
                "colleagues": colleagues,
                "chosen": initiative,
                "tomorrow": self.day + timedelta(days=1),
                "next_week": self.day + timedelta(days=7),
                "next": request.get_full_path(),
            }
        )


def _cut(group, asked):
    """Return what the template draws of a group: all of one that was asked for, the beginning of the others."""
    items = group.items if asked == group.code else group.items[:PER_GROUP]
    return {"code": group.code, "title": group.title, "items": items, "more": len(group.items) - len(items)}


class PutOffView(TodayScreen):
    """Not today: the line comes back on the day that was chosen, or at once."""

    http_method_names = ["post"]

    def post(self, request):
        form = PutOffForm(request.POST)
        bring_back = "back" in request.POST
        if bring_back:
            form.fields["until"].required = False
        if not form.is_valid():
            messages.warning(request, _("We do not understand the day. Choose it in the calendar."))
            return self._home()
        values = form.cleaned_data
        initiative = next((one for one in self.initiatives if one.pk == values["initiative"]), None)
        if initiative is None:
            raise Http404
        if bring_back:
            services.bring_back(initiative=initiative, digest=values["digest"])
            messages.success(request, _("It is on the list again."))
            return self._home()
        try:
            row = services.put_off(
                initiative=initiative, digest=values["digest"], until=values["until"], user=request.user
            )
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
        else:
            said = _("Put off. It comes back on %(day)s.")
            messages.success(request, said % {"day": date_format(row.until, "l j. F")})
        return self._home()

    def _home(self):
        return HttpResponseRedirect(safe_next(self.request))


def safe_next(request):
    """Return where to go back to: the list as it was filtered, or the admin's front page."""
    home, page = reverse("wagtailadmin_home"), reverse(f"{ROUTE}:today")
    asked = request.POST.get("next", "")
    return asked if asked == home or asked == page or asked.startswith(f"{page}?") else page


class AwayPage(TodayScreen):
    """One's own days away, who stands in, and what they take over."""

    tab = f"{ROUTE}:away"
    template_name = "peer_support/followup/today/away.html"

    def get_page_title(self):
        return _("Holiday and handing over")

    @cached_property
    def assignments(self):
        rows = Assignment.objects.current(self.day).filter(
            user=self.request.user, role__in=WORKS_WITH_PEOPLE, initiative__in=current_initiative_ids()
        )
        return list(rows.select_related("initiative", "covered_by", "user").order_by("initiative__title"))

    def get(self, request):
        return self.page([AwayForm(assignment=assignment) for assignment in self.assignments])

    def post(self, request):
        asked = request.POST.get("assignment", "")
        forms = [
            AwayForm(request.POST if str(row.pk) == asked else None, assignment=row)
            for row in self.assignments
        ]
        form = next((form for form in forms if form.is_bound), None)
        if form is None and asked:
            raise Http404
        if form is not None and form.is_valid() and self._save(form):
            return HttpResponseRedirect(reverse(f"{ROUTE}:away"))
        messages.warning(request, _("Something is missing. What you typed is still here."))
        return self.page(forms)

    def _save(self, form):
        values = form.cleaned_data
        try:
            row = set_away(
                assignment=form.assignment, user=self.request.user, route=f"{ROUTE}:away", **values
            )
        except ValidationError as problem:
            form.add_error(None, problem) if not hasattr(problem, "error_dict") else _add_errors(
                form, problem
            )
            return False
        said = _("Noted. Whoever stands in sees your list in that time.")
        messages.success(self.request, said if row.away_from else _("Noted: you are here."))
        return True

    def page(self, forms):
        parts = [
            {"form": form, "assignment": form.assignment, **self._handed_over(form.assignment)}
            for form in forms
        ]
        return self.render_to_response({**self.get_context_data(), "parts": parts})

    def _handed_over(self, assignment):
        """Return what comes up until the last day away; nothing where no holiday is written down or it is over."""
        until = assignment.away_until
        if not until or until < self.day:
            return {"handed_over": None}
        with scope_of(assignment.initiative_id):
            found = todays_list(self.day, until=until)
        log_lines(self.request, found.items, f"{ROUTE}:away")
        return {"handed_over": found, "until": until}


def _add_errors(form, problem):
    for name, errors in problem.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
