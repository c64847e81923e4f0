"""When each side of a pair is rung, and what came of it."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..matching.models import Match
from ..privacy.fields import EncryptedTextField


class Side(models.TextChoices):
    CITIZEN = "citizen", _("the citizen")
    VOLUNTEER = "volunteer", _("the volunteer")


class Kind(models.TextChoices):
    DAY_AFTER = "day_after", _("the day after the first meeting")
    WEEK = "week", _("after the first week")
    MONTH = "month", _("after the first month")
    QUARTER = "quarter", _("after three months")
    TRIAL = "trial", _("when the trial ends")
    BEFORE_END = "before_end", _("before the agreed end")
    AGREED = "agreed", _("as you agreed")


PLANNED_KINDS = (Kind.DAY_AFTER, Kind.WEEK, Kind.MONTH, Kind.QUARTER, Kind.TRIAL, Kind.BEFORE_END)


class FollowUpPlan(models.Model):
    """One line of an initiative's plan: how many ``days`` from what ``kind`` counts from, and for which sides.

    An initiative without a line for a kind has the default of :mod:`.planning`. The days count from the first meeting
    (day after), from the start (week, month, quarter), and back from the trial's or the agreement's last day.
    """

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="follow_up_plan", verbose_name=_("initiative")
    )
    kind = models.CharField(_("when"), max_length=10, choices=[(k.value, k.label) for k in PLANNED_KINDS])
    days = models.PositiveSmallIntegerField(_("days"), validators=[MaxValueValidator(366)])
    citizen = models.BooleanField(_("the citizen"), default=True)
    volunteer = models.BooleanField(_("the volunteer"), default=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("follow-up plan")
        verbose_name_plural = _("follow-up plans")
        ordering = ["initiative", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "kind"], name="peer_follow_up_plan_kind"),
        ]

    def __str__(self):
        return self.get_kind_display()


class FollowUp(models.Model):
    """One call to one side of a match: due on a day, done with an outcome, or cancelled with the match.

    ``round`` tells apart several of the same kind: a new try after nobody answered, or a new end date. ``anchor`` is
    the day the due day was counted from. ``own_day``: a person chose the day, so that no plan moves it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("to come")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    class Outcome(models.TextChoices):
        GOING_WELL = "well", _("It goes well")
        TALK = "talk", _("Would like to talk")
        CHANGE = "change", _("Something is to change")
        STOP = "stop", _("Would like to stop")
        NOT_REACHED = "not_reached", _("I did not reach them")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    match = models.ForeignKey(Match, models.CASCADE, related_name="follow_ups", verbose_name=_("match"))
    side = models.CharField(_("who"), max_length=9, choices=Side.choices)
    kind = models.CharField(_("when"), max_length=10, choices=Kind.choices)
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.OPEN)
    anchor = models.DateField(editable=False)
    due_on = models.DateField(_("due"))
    own_day = models.BooleanField(default=False, editable=False)
    outcome = models.CharField(_("how it went"), max_length=11, choices=Outcome.choices, blank=True)
    note = EncryptedTextField(_("note"), blank=True, help_text=_("No diagnoses and no CPR numbers."))
    done_on = models.DateField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="peer_follow_up_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["match", "side", "kind", "round"], name="peer_follow_up_never_twice"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False) & ~Q(outcome=""),
                name="peer_follow_up_done_has_outcome",
            ),
        ]

    def __str__(self):
        return gettext("Follow-up %(number)s") % {"number": self.pk}

    @property
    def person(self):
        """The citizen or the volunteer whom it is about."""
        return getattr(self.match, self.side)
