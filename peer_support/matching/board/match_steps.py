"""Which form belongs to which step of a match, and which service takes it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .. import services
from ..rules import Action
from . import forms

TAKE_BACK_ANSWER, TAKE_BACK_AFTER = "take_back_answer", "take_back_after"

# What the address says -> (form, service, what to say when it is done).
STEPS = {
    TAKE_BACK_ANSWER: (forms.TakeBackForm, services.record_answer, _("The answer is taken back.")),
    TAKE_BACK_AFTER: (forms.TakeBackForm, services.record_day_after, _("The answer is taken back.")),
    Action.ANSWER: (forms.AnswerForm, services.record_answer, _("The answer is written down.")),
    Action.FIRST_MEETING: (
        forms.FirstMeetingForm,
        services.record_first_meeting,
        _("The first meeting is written down."),
    ),
    Action.DAY_AFTER: (forms.DayAfterForm, services.record_day_after, _("The answer is written down.")),
    Action.START: (forms.AgreementForm, services.start_match, _("The match has begun. Good work.")),
    Action.AGREEMENT: (forms.ChangedAgreementForm, services.change_agreement, _("The agreement is changed.")),
    Action.PAUSE: (
        forms.PauseForm,
        services.pause_match,
        _("The pause is written down. They keep each other."),
    ),
    Action.RESUME: (forms.ResumeForm, services.resume_match, _("The pause is over.")),
    Action.END: (forms.EndForm, services.end_match, _("The match has ended. Thank them both.")),
    Action.WITHDRAW: (
        forms.StepForm,
        services.withdraw,
        _("The proposal is withdrawn. The place is free again."),
    ),
    Action.REOPEN: (forms.StepForm, services.reopen_match, _("The last step is taken back.")),
}


@dataclass(frozen=True)
class StepPanel:
    """A step that can be taken now, with its form. ``opened``: shown unfolded."""

    step: object
    form: forms.StepForm
    opened: bool = False

    @property
    def key(self):
        return f"{self.step.action}-{self.step.side}" if self.step.side else self.step.action


def form_for(match, action, side="", data=None, months=6):
    """Return the form of ``action``, empty or with ``data``."""
    form_class = STEPS[action][0]
    extra = {"months": months} if issubclass(form_class, forms.AgreementForm) else {}
    prefix = f"{action}-{side}" if side else action
    return form_class(data, match=match, side=side, auto_id=f"id_{prefix}_%s", **extra)


def panels_of(match, steps, months, bound=None, wants_a_step=()):
    """Return a :class:`StepPanel` per step, the one to do next first; ``bound`` is the form that was sent, if any.

    The first is open where the match's state is one of ``wants_a_step``, unless another one was sent and has faults.
    """
    panels = []
    for place, step in enumerate(steps):
        sent = bound is not None and (bound.action, bound.side) == (step.action, step.side)
        form = bound.form if sent else form_for(match, step.action, step.side, months=months)
        panels.append(
            StepPanel(
                step, form, opened=sent or (bound is None and place == 0 and match.state in wants_a_step)
            )
        )
    return panels


@dataclass(frozen=True)
class Sent:
    """A form as it was sent."""

    action: str
    side: str
    form: forms.StepForm


def is_thinking(form):
    """Whether the answer was that there is none yet."""
    return form.cleaned_data.get("answer") == forms.THINKING


def take(match, sent, user):
    """Hand what was sent to its service, and return what to say."""
    __, service, done = STEPS[sent.action]
    service(
        match=match, user=user, expected_version=sent.form.cleaned_data.get("version"), **sent.form.values()
    )
    return done
