"""A match: one citizen and one volunteer, from proposal to ending."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..people.models import Citizen, Volunteer
from ..privacy.fields import EncryptedCharField, EncryptedTextField
from ..privacy.models import AppendOnlyModel, AppendOnlyQuerySet
from .models_policy import MatchRun


class State(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("both have said yes")
    MET = "met", _("have met")
    ACTIVE = "active", pgettext_lazy("a match", "active")
    PAUSED = "paused", _("paused")
    ENDED = "ended", _("ended")
    DECLINED = "declined", _("one of them said no")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN_STATES = (State.PROPOSED, State.ACCEPTED, State.MET, State.ACTIVE, State.PAUSED)


class Answer(models.TextChoices):
    WAITING = "", _("not answered yet")
    YES = "yes", _("yes")
    NO = "no", _("no")


class EndingReason(models.TextChoices):
    GOAL_REACHED = "goal", _("what was wished for has been reached")
    TIME_UP = "time", _("the agreed time is over")
    CITIZEN_WISH = "citizen", _("the citizen wishes to stop")
    VOLUNTEER_WISH = "volunteer", _("the volunteer wishes to stop")
    CHEMISTRY = "chemistry", _("they did not find each other")
    HEALTH = "health", _("illness or lack of strength")
    MOVED = "moved", _("one of them has moved")
    NO_TIME = "no_time", _("times or hours no longer fit")
    NO_CONTACT = "no_contact", _("contact was lost")
    OTHER = "other", _("something else")


class AgreedEvery(models.TextChoices):
    """How often a pair means to meet."""

    WEEK = "week", _("every week")
    FORTNIGHT = "fortnight", _("every other week")
    MONTH = "month", _("every month")


class OneMore(models.TextChoices):
    """Why a volunteer takes one more than their places, when a pause ends."""

    WISH = "wish", _("the volunteer wishes it")
    ENDS_SOON = "ends_soon", _("another of their matches ends soon")
    LITTLE_TIME = "little_time", _("the two together take little time")


class Match(models.Model):
    """One citizen and one volunteer. Changes of state go through :mod:`peer_support.matching.services` only."""

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, related_name="matches", verbose_name=_("initiative")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="matches", verbose_name=_("citizen"))
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="matches", verbose_name=_("volunteer")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PROPOSED, db_index=True
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    run = models.ForeignKey(MatchRun, models.SET_NULL, null=True, blank=True, related_name="matches")
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    parts = models.JSONField(default=dict, blank=True)
    citizen_answer = models.CharField(
        _("the citizen's answer"), max_length=3, choices=Answer.choices, default="", blank=True
    )
    citizen_answered_on = models.DateField(_("answered on"), null=True, blank=True)
    volunteer_answer = models.CharField(
        _("the volunteer's answer"), max_length=3, choices=Answer.choices, default="", blank=True
    )
    volunteer_answered_on = models.DateField(_("answered on"), null=True, blank=True)
    first_meeting_on = models.DateField(_("first meeting"), null=True, blank=True)
    first_meeting_at = models.TimeField(_("at what time"), null=True, blank=True)
    first_meeting_place = EncryptedCharField(_("where"), max_length=200, blank=True)
    # The day each has said "I come" to; it counts only while it is the day of the first meeting.
    citizen_coming = models.DateField(_("the citizen comes on"), null=True, blank=True)
    volunteer_coming = models.DateField(_("the volunteer comes on"), null=True, blank=True)
    citizen_after = models.CharField(
        _("the citizen, the day after"), max_length=3, choices=Answer.choices, default="", blank=True
    )
    volunteer_after = models.CharField(
        _("the volunteer, the day after"), max_length=3, choices=Answer.choices, default="", blank=True
    )
    active_from = models.DateField(_("active from"), null=True, blank=True)
    trial_until = models.DateField(_("trial until"), null=True, blank=True)
    planned_end = models.DateField(_("agreed until"), null=True, blank=True)
    hours_a_week = models.DecimalField(
        _("hours a week"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    agreed_every = models.CharField(
        _("how often they meet"), max_length=10, choices=AgreedEvery.choices, default=AgreedEvery.WEEK
    )
    place = EncryptedCharField(_("where you meet"), max_length=200, blank=True)
    goals = EncryptedTextField(_("what you want from it"), blank=True)
    paused_from = models.DateField(_("pause from"), null=True, blank=True)
    paused_until = models.DateField(_("pause until"), null=True, blank=True)
    pause_reason = EncryptedCharField(_("reason for the pause"), max_length=200, blank=True)
    place_free_from = models.DateField(
        _("the volunteer's place is free from"),
        null=True,
        blank=True,
        help_text=_("While the match is on pause."),
    )
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    ended_by = models.CharField(
        _("who ended it"),
        max_length=12,
        blank=True,
        choices=[
            ("citizen", _("the citizen")),
            ("volunteer", _("the volunteer")),
            ("both", _("both")),
            ("coordinator", _("the coordinator")),
        ],
    )
    ending_reasons = models.JSONField(_("reasons"), default=list, blank=True)
    ending_note = EncryptedTextField(_("about the ending"), blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering = ["-proposed_at", "-pk"]
        permissions = [("make_match", "Can propose and follow matches")]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="peer_match_number"),
            models.UniqueConstraint(
                fields=["citizen"],
                condition=Q(state__in=["proposed", "accepted", "met", "active", "paused"]),
                name="peer_match_one_open_per_citizen",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "met", "active", "paused"])
                | Q(citizen_answer="yes", volunteer_answer="yes"),
                name="peer_match_both_said_yes",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(active_from__isnull=False),
                name="peer_match_active_has_start",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_on__isnull=False), name="peer_match_ended_has_date"
            ),
        ]

    def __str__(self):
        return gettext("Match %(number)s") % {"number": self.number}

    @property
    def is_open(self):
        return self.state in OPEN_STATES


class MatchEvent(AppendOnlyModel):
    """One step of a match: what, from which state to which, when, by whom. Facts only, no free text."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+")
    match = models.ForeignKey(Match, models.CASCADE, related_name="events")
    at = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    action = models.CharField(_("what"), max_length=24)
    from_state = models.CharField(_("from"), max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    facts = models.JSONField(default=dict, blank=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager(base=models.Manager.from_queryset(AppendOnlyQuerySet))

    class Meta:
        verbose_name = _("step of a match")
        verbose_name_plural = _("steps of a match")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.action} {self.pk}"
