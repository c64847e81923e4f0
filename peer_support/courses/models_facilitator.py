"""Who leads a course, who stands in for them, and when they get guidance."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..people.models import Volunteer
from ..privacy.fields import EncryptedCharField, EncryptedTextField
from .models_course import GroupCourse, Session, SessionState


class Facilitator(models.Model):
    """A volunteer who leads a course, from a day and perhaps until one."""

    class Role(models.TextChoices):
        LEAD = "lead", _("leads")
        CO = "co", _("leads together with another")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    course = models.ForeignKey(
        GroupCourse, models.CASCADE, related_name="facilitators", verbose_name=_("course")
    )
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="facilitating", verbose_name=_("volunteer")
    )
    role = models.CharField(_("part"), max_length=4, choices=Role.choices, default=Role.CO)
    from_on = models.DateField(_("from"), default=timezone.localdate)
    until_on = models.DateField(_("until"), null=True, blank=True)
    trained_on = models.DateField(
        _("trained"),
        null=True,
        blank=True,
        help_text=_(
            "Where the training was held elsewhere. A completed training course here counts by itself."
        ),
    )
    trained_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("facilitator")
        verbose_name_plural = _("facilitators")
        ordering = ["-role", "from_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "volunteer"],
                condition=Q(until_on__isnull=True),
                name="peer_facilitator_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="peer_facilitator_days_in_order",
            ),
        ]

    def __str__(self):
        return gettext("Facilitator %(number)s") % {"number": self.pk}

    def is_on(self, day):
        """Whether they lead the course on ``day``."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class SessionStandIn(models.Model):
    """A facilitator cannot come to a session. ``volunteer`` stands in; empty where nobody has been found yet."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    session = models.ForeignKey(Session, models.CASCADE, related_name="stand_ins", verbose_name=_("session"))
    facilitator = models.ForeignKey(
        Facilitator, models.CASCADE, related_name="absences", verbose_name=_("who cannot come")
    )
    volunteer = models.ForeignKey(
        Volunteer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="standing_in",
        verbose_name=_("who stands in"),
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("stand-in")
        verbose_name_plural = _("stand-ins")
        ordering = ["session__date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "facilitator"], name="peer_standin_once"),
            models.UniqueConstraint(fields=["session", "volunteer"], name="peer_standin_for_one_at_a_time"),
        ]

    def __str__(self):
        return gettext("Stand-in %(number)s") % {"number": self.pk}


class GuidanceDate(models.Model):
    """A day on which those who lead a course get guidance or supervision."""

    class Kind(models.TextChoices):
        GUIDANCE = "guidance", _("guidance")
        SUPERVISION = "supervision", _("supervision")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    course = models.ForeignKey(
        GroupCourse, models.CASCADE, related_name="guidance_dates", verbose_name=_("course")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.GUIDANCE)
    date = models.DateField(_("date"))
    start_time = models.TimeField(_("begins at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60, validators=[MaxValueValidator(1440)])
    given_by = EncryptedCharField(_("who gives it"), max_length=120, blank=True)
    place_text = models.CharField(_("place"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=SessionState.choices, default=SessionState.PLANNED
    )
    note = EncryptedTextField(_("note"), blank=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("guidance date")
        verbose_name_plural = _("guidance dates")
        ordering = ["date", "start_time", "pk"]

    def __str__(self):
        return gettext("Guidance %(number)s") % {"number": self.pk}
