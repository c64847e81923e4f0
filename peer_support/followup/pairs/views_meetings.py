"""Meetings on the page of a match: write one down, and note that a call that was asked for is made."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...matching.board.base import BoardView
from ...matching.board.forms import DayField
from ...matching.models import Match
from ...privacy.cpr import CarefulForm
from .. import rules_meeting as rules
from ..models_meeting import Meeting, MeetingSide, MeetingWay, Outcome
from ..services_meeting import LONGEST, SHORTEST, close_call, log_meeting
from .base import QuestionView, match_url


class AdminMeetingForm(CarefulForm):
    """A meeting as the coordinator heard of it on the telephone."""

    on = DayField(label=gettext_lazy("Which day?"), initial=timezone.localdate)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Did they meet?"),
        widget=forms.RadioSelect,
        choices=[
            (Outcome.MET, gettext_lazy("They met")),
            (Outcome.MOVED, gettext_lazy("They moved it")),
            (Outcome.NOT_MET, gettext_lazy("They did not meet")),
        ],
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes?"),
        required=False,
        min_value=SHORTEST,
        max_value=LONGEST,
        error_messages={"invalid": gettext_lazy("Write the minutes as a number, such as 45.")},
    )
    note = forms.CharField(
        label=gettext_lazy("What is good to remember?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("No diagnoses and no CPR numbers."),
    )

    def __init__(self, data=None):
        super().__init__(data, label_suffix="")


class LogMeetingView(QuestionView):
    """Write a meeting down for the pair."""

    title = gettext_lazy("Write a meeting down")

    def rows(self):
        return Match.objects.select_related("citizen", "volunteer", "initiative")

    def match(self):
        return self.object

    def refusal(self):
        decision = rules.may_log(self.object)
        return None if decision else decision

    def form(self, data=None):
        return AdminMeetingForm(data)

    def take(self, form):
        log_meeting(
            match=self.object,
            side=MeetingSide.COORDINATOR,
            way=MeetingWay.ADMIN,
            user=self.request.user,
            **form.cleaned_data,
        )
        return _("The meeting is written down."), f"{match_url(self.object)}#meetings"


class RungView(BoardView):
    """The call that somebody asked for at a meeting has been made. Only takes what is sent."""

    http_method_names = ["post"]

    def post(self, request, pk):
        meeting = get_object_or_404(Meeting.objects.select_related("match"), pk=pk)
        close_call(meeting=meeting, user=request.user)
        messages.success(request, _("The call is written down."))
        return HttpResponseRedirect(f"{match_url(meeting.match)}#meetings")
