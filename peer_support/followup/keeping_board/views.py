"""Volunteers we would like to keep: one row each, what is worth noticing in sentences, and one button."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...access.decisions import NotAllowed
from ...courses import words
from ...courses.board.forms import CHOOSE
from ...courses.models import GroupCourse
from ...matching.board.forms import DayField
from ...people.models import Volunteer
from ...people.screens import InitiativeScreen, key_of
from ...people.views.common import person_url
from ...people.views.common import url as people_url
from ...privacy.access_log import Action
from .. import services_keeping as services
from ..keeping_rows import rows_of
from ..keeping_signs import Row
from ..keeping_together import gatherings_of, social_year
from ..models_keeping import Skill, VolunteerSkill

PERMISSION = "peer_support.change_volunteerskill"
NAMESPACE = "peer_support_keeping"
EXPECTATIONS_SHOWN = 140


def url(name, *args):
    """Return the address of a screen of this part."""
    return reverse(f"{NAMESPACE}:{name}", args=args)


class KeepingScreen(InitiativeScreen):
    """A screen about keeping volunteers."""

    permission = PERMISSION
    header_icon = "pick"
    home = (f"{NAMESPACE}:board", gettext_lazy("Keeping volunteers"))
    tabs = (
        (f"{NAMESPACE}:board", gettext_lazy("Volunteers")),
        ("people_skill_modeladmin_index", gettext_lazy("Skills")),
    )
    tab = f"{NAMESPACE}:board"


@dataclass(frozen=True)
class Line:
    """A row as the screen shows it, with its one button."""

    row: Row
    signs: list
    expectations: str
    label: str
    url: str


_NEVER = date.min
# What one can sort by: heading, and the value to sort by. Who has never been there comes first.
SORTS = {
    "number": (gettext_lazy("Volunteer"), lambda row: row.volunteer.number),
    "signs": (gettext_lazy("Worth noticing"), lambda row: (-len(row.signs), row.volunteer.number)),
    "service": (gettext_lazy("With us"), lambda row: -(row.service.days if row.service else 0)),
    "supervision": (gettext_lazy("Last supervision"), lambda row: row.last_supervision or _NEVER),
    "together": (gettext_lazy("Last meeting or social event"), lambda row: row.last_together or _NEVER),
    "thanks": (gettext_lazy("Last thank-you"), lambda row: row.thanked or _NEVER),
    "matches": (gettext_lazy("Matches"), lambda row: row.matches),
}


def _button(row):
    """Return ``(label, address)`` of the one thing to do: what the first sign asks for."""
    volunteer = row.volunteer
    codes = [sign.code for sign in row.signs]
    if not codes:
        return _("Open"), person_url(volunteer)
    if codes[0] == "wish":
        return _("Plan a course"), reverse("peer_support_courses:new")
    if codes[0] == "thanks":
        return _("Say thank you"), person_url(volunteer)
    if codes[0] == "expiry":
        return _("See the skills"), url("skills", volunteer.pk)
    return _("Talk together"), people_url("conversation", volunteer)


class KeepingBoard(KeepingScreen):
    template_name = "peer_support/followup/keeping.html"

    def get_page_title(self):
        return _("Volunteers we would like to keep")

    def get(self, request):
        day = timezone.localdate()
        sort = request.GET.get("sort", "signs")
        turned = sort.startswith("-")
        key = SORTS.get(sort.lstrip("-"))
        if key is None:
            raise Http404
        rows = rows_of(day=day, initiative=self.initiative)
        noticed = sum(bool(row.signs) for row in rows)
        rows.sort(key=key[1], reverse=turned)
        self.log([row.volunteer for row in rows])
        return self.render_to_response(
            {
                **self.get_context_data(),
                "lines": [self._line(row) for row in rows],
                "noticed": noticed,
                "sorts": [
                    {
                        "label": label,
                        "url": f"?sort={'-' if sort == code else ''}{code}",
                        "now": ("descending" if turned else "ascending") if sort.lstrip("-") == code else "",
                    }
                    for code, (label, __) in SORTS.items()
                ],
                "social": social_year(self.initiative, day),
                "gatherings": [
                    {
                        "gathering": one,
                        "next": words.day_in_sentence(one.next_session.date) if one.next_session else "",
                    }
                    for one in gatherings_of(self.initiative, day)
                ],
                "new_course_url": reverse("peer_support_courses:new"),
            }
        )

    def _line(self, row):
        text = row.volunteer.expectations or ""
        short = text if len(text) <= EXPECTATIONS_SHOWN else text[: EXPECTATIONS_SHOWN - 1].rstrip() + "…"
        return Line(row, [sign.sentence for sign in row.signs], short, *_button(row))


class EverybodyView(KeepingScreen):
    """Put all volunteers on the list of a gathering that is open to everybody."""

    http_method_names = ["post"]

    @cached_property
    def course(self):
        return get_object_or_404(GroupCourse, pk=self.kwargs["pk"])

    def post(self, request, pk):
        try:
            listed = services.put_everybody_on_the_list(course=self.course, user=request.user)
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
            return HttpResponseRedirect(url("board"))
        text = ngettext(
            "%(count)s volunteer was put on the list. Nobody has been written to.",
            "%(count)s volunteers were put on the list. Nobody has been written to.",
            listed.added,
        )
        messages.success(request, text % {"count": listed.added})
        for volunteer, reason in listed.refused:
            messages.warning(request, f"{volunteer}: {reason}")
        return HttpResponseRedirect(reverse("peer_support_courses:course", args=[self.course.pk]))


class SkillForm(forms.Form):
    """One skill of one volunteer: wished, held, or both."""

    skill = forms.ModelChoiceField(
        label=gettext_lazy("Skill"),
        queryset=Skill.objects.none(),
        empty_label=gettext_lazy("Choose one"),
        error_messages=CHOOSE,
    )
    wished = forms.BooleanField(label=gettext_lazy("Would like to learn it"), required=False)
    held_on = DayField(label=gettext_lazy("Can it since"), required=False)
    held_until = DayField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Empty: as long as the list of skills says."),
    )

    def __init__(self, *args, volunteer, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["skill"].queryset = Skill.objects.filter(initiative=volunteer.initiative_id, in_use=True)


class VolunteerSkillsPage(KeepingScreen):
    """What one volunteer can and would like to learn."""

    template_name = "peer_support/followup/skills.html"

    @cached_property
    def volunteer(self):
        rows = Volunteer.objects.select_related("initiative")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.volunteer.initiative

    def get_page_title(self):
        return str(self.volunteer)

    def crumbs(self):
        return [(person_url(self.volunteer), str(self.volunteer)), ("", _("Skills"))]

    def get(self, request, pk):
        return self.page(SkillForm(volunteer=self.volunteer))

    def post(self, request, pk):
        if request.POST.get("do") == "remove":
            row = get_object_or_404(
                VolunteerSkill, pk=key_of(request.POST.get("row")), volunteer=self.volunteer
            )
            services.remove_skill(row=row, user=request.user)
            messages.success(request, _("It is taken off the list."))
            return HttpResponseRedirect(url("skills", pk))
        form = SkillForm(request.POST, volunteer=self.volunteer)
        if not form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self.page(form)
        try:
            services.save_skill(volunteer=self.volunteer, user=request.user, **form.cleaned_data)
        except ValidationError as fault:
            for name, faults in fault.error_dict.items():
                form.add_error(name, faults)
            return self.page(form)
        messages.success(request, _("It is written down."))
        return HttpResponseRedirect(url("skills", pk))

    def page(self, form):
        day = timezone.localdate()
        said = list(self.volunteer.skills.select_related("skill"))
        row = rows_of(day=day, volunteers=[self.volunteer])[0]
        self.log([self.volunteer, *said], Action.READ)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "volunteer": self.volunteer,
                "form": form,
                "said": said,
                "through_courses": [held for held in row.held if held.through_course],
                "has_words": form.fields["skill"].queryset.exists(),
                "words_url": reverse("people_skill_modeladmin_index"),
                "record_url": person_url(self.volunteer),
            }
        )
