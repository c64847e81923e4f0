"""A meeting of a pair, logged in twenty seconds by one of them or by the coordinator."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..matching.models import Match
from ..privacy.fields import EncryptedTextField


class Outcome(models.TextChoices):
    MET = "met", _("we met")
    MOVED = "moved", _("we moved it")
    NOT_MET = "not_met", _("we did not meet")


class Feeling(models.IntegerChoices):
    HEAVY = 1, _("heavy")
    ALL_RIGHT = 2, _("all right")
    GOOD = 3, _("good")


class MeetingSide(models.TextChoices):
    CITIZEN = "citizen", _("the citizen")
    VOLUNTEER = "volunteer", _("the volunteer")
    COORDINATOR = "coordinator", _("the coordinator")


class MeetingWay(models.TextChoices):
    LINK = "link", _("by link")
    ADMIN = "admin", _("in the admin")


class Meeting(models.Model):
    """One meeting as one side tells it: ``on`` (day), ``minutes`` and ``feeling`` only where they met.

    One row a day for each side: writing the same day again the same day corrects it, so that a double press makes
    one meeting. ``call_me``: the side would like the coordinator to ring; ``call_done_at`` closes that.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    match = models.ForeignKey(Match, models.CASCADE, related_name="meetings", verbose_name=_("match"))
    on = models.DateField(_("day"), default=timezone.localdate)
    outcome = models.CharField(_("how it went"), max_length=8, choices=Outcome.choices)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), null=True, blank=True, validators=[MinValueValidator(5), MaxValueValidator(720)]
    )
    feeling = models.PositiveSmallIntegerField(
        _("how it felt"), choices=Feeling.choices, null=True, blank=True
    )
    call_me = models.BooleanField(_("would like a call"), default=False)
    call_done_at = models.DateTimeField(_("rung"), null=True, blank=True)
    call_done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = EncryptedTextField(_("note"), blank=True, help_text=_("No diagnoses and no CPR numbers."))
    side = models.CharField(_("who wrote it"), max_length=11, choices=MeetingSide.choices)
    way = models.CharField(_("how it was written"), max_length=5, choices=MeetingWay.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("meeting of a pair")
        verbose_name_plural = _("meetings of pairs")
        ordering = ["-on", "-created_at", "-pk"]
        indexes = [models.Index(fields=["match", "outcome", "on"], name="peer_meeting_last")]
        constraints = [
            models.UniqueConstraint(fields=["match", "side", "on"], name="peer_meeting_one_a_day_and_side"),
            models.CheckConstraint(
                condition=Q(outcome="met") | Q(minutes__isnull=True, feeling__isnull=True),
                name="peer_meeting_length_only_where_met",
            ),
        ]

    def __str__(self):
        return gettext("Meeting %(number)s") % {"number": self.pk}

    @property
    def wants_call(self):
        """Whether somebody asked for a call here that nobody has made."""
        return self.call_me and self.call_done_at is None
