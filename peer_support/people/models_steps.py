"""Where a person has stood on the way from the first contact to the ending: one row per change, never rewritten."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..privacy.models import AppendOnlyModel, AppendOnlyQuerySet
from .models_people import Citizen, Volunteer


class Step(models.TextChoices):
    """A step of the pipeline. It follows from the status, the pause, the booking and the matches; see ``pipeline.py``.

    ``APPROVED`` is a volunteer's and ``WAITING`` a citizen's name for the same place on the way.
    """

    ENQUIRY = "enquiry", _("enquiry")
    BOOKED = "booked", _("conversation booked")
    HELD = "held", _("in conversation")
    APPROVED = "approved", _("approved")
    WAITING = "waiting", _("waiting for a match")
    ACTIVE = "active", pgettext_lazy("a person in the pipeline", "in a match")
    PAUSED = "paused", _("on pause")
    ENDED = "ended", _("ended")


class PersonStep(AppendOnlyModel):
    """One change of step: from where to where, when, by whom, and which way it came (the service or the clock).

    ``at`` is the moment the step counts from, which may lie before the moment it was written (``noted_at``) and is
    never before the row that precedes it. ``code`` is the code of the decision that let it happen. No free text.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+")
    citizen = models.ForeignKey(Citizen, models.CASCADE, null=True, blank=True, related_name="steps")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, null=True, blank=True, related_name="steps")
    from_step = models.CharField(_("from"), max_length=10, choices=Step.choices, blank=True)
    step = models.CharField(_("step"), max_length=10, choices=Step.choices)
    at = models.DateTimeField(_("when"), default=timezone.now)
    noted_at = models.DateTimeField(default=timezone.now, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    way = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=40, default="ok")

    wagtail_reference_index_ignore = True
    objects = scoped_manager(base=models.Manager.from_queryset(AppendOnlyQuerySet))

    class Meta:
        verbose_name = _("step of a person")
        verbose_name_plural = _("steps of people")
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(citizen__isnull=True) ^ Q(volunteer__isnull=True), name="peer_step_one_person"
            ),
            models.CheckConstraint(condition=~Q(step=models.F("from_step")), name="peer_step_is_a_change"),
        ]

    def __str__(self):
        return f"{self.step} {self.pk}"
