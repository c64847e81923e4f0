"""What is kept about a volunteer's service besides papers: certificates that were seen, thanks, and what is asked for."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..people.models import Volunteer
from ..privacy.fields import EncryptedTextField
from .kinds import CertificateKind


class PaperPolicy(models.Model):
    """What an initiative asks of its volunteers, and what stands in its contracts when nothing else is typed."""

    initiative = models.OneToOneField(
        Initiative, models.CASCADE, related_name="+", verbose_name=_("initiative")
    )
    certificates = models.JSONField(_("certificates that are asked for"), default=list, blank=True)
    contract_months = models.PositiveSmallIntegerField(
        _("length of a contract, in months"),
        null=True,
        blank=True,
        default=12,
        validators=[MaxValueValidator(60)],
        help_text=_("Empty: until further notice."),
    )
    work = models.TextField(_("what the work is"), blank=True, max_length=600)
    place = models.CharField(_("where"), max_length=200, blank=True)
    hours = models.CharField(
        _("least number of hours"),
        max_length=100,
        blank=True,
        help_text=_("For example: 4 hours a month."),
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("what is asked of volunteers")
        verbose_name_plural = _("what is asked of volunteers")
        default_permissions = ("change", "view")

    def __str__(self):
        return gettext("What is asked of volunteers")

    @classmethod
    def of(cls, initiative_id):
        """Return what an initiative asks for; an unsaved one with the defaults where nothing was chosen."""
        return cls.objects.filter(initiative_id=initiative_id).first() or cls(initiative_id=initiative_id)


class Certificate(models.Model):
    """A certificate that somebody has seen: its kind, when, by whom, and until when. Never a file, never what it says."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="certificates", verbose_name=_("volunteer")
    )
    kind = models.CharField(_("kind of certificate"), max_length=10, choices=CertificateKind.choices)
    about = models.CharField(
        _("which"), max_length=80, blank=True, help_text=_("Only for a course or another: its name.")
    )
    seen_on = models.DateField(_("seen"), default=timezone.localdate)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seen by"),
    )
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    taken_out_at = models.DateTimeField(_("taken out"), null=True, blank=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-seen_on", "-pk"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("seen_on")),
                name="peer_certificate_days_in_order",
            ),
        ]
        indexes = [models.Index(fields=["volunteer", "kind"], name="peer_certificate_kind")]

    def __str__(self):
        return gettext("Certificate %(number)s") % {"number": self.pk}

    @property
    def label(self):
        """The kind, and which where that was written."""
        return f"{self.get_kind_display()}: {self.about}" if self.about else str(self.get_kind_display())

    def holds(self, day=None):
        """Whether it holds on ``day`` (default: today)."""
        day = day or timezone.localdate()
        return (
            self.taken_out_at is None and self.seen_on <= day and (not self.valid_to or day <= self.valid_to)
        )


class Thanks(models.Model):
    """A thank-you to a volunteer: the day, and the words on the card."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="thanks", verbose_name=_("volunteer")
    )
    on = models.DateField(_("day"), default=timezone.localdate)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("from"),
    )
    words = EncryptedTextField(_("what you want to say"), max_length=1200)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("thank-you")
        verbose_name_plural = _("thank-yous")
        ordering = ["-on", "-pk"]
        default_permissions = ("add", "view")

    def __str__(self):
        return gettext("Thank-you %(number)s") % {"number": self.pk}
