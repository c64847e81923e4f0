"""Legal holds: what is kept although a rule of retention would take it, who said so, why and until when."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..privacy.fields import EncryptedTextField
from ..privacy.models import AppendOnlyModel, AppendOnlyQuerySet
from .models_people import Citizen, Volunteer


class LegalHoldQuerySet(AppendOnlyQuerySet):
    def of(self, person):
        """The history of one person, newest first."""
        return self.filter(**{person._meta.model_name: person}).order_by("-pk")

    def newest(self):
        """The last word about each person."""
        later = type(self)(self.model).filter(
            Q(citizen=OuterRef("citizen")) | Q(volunteer=OuterRef("volunteer")), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(later))

    def current(self, day=None):
        """The holds that stand on ``day`` (default: today)."""
        return self.newest().filter(until__gte=day or timezone.localdate()).exclude(act=LegalHold.Act.LIFTED)


class LegalHold(AppendOnlyModel):
    """One step in the history of a hold on a person: set, renewed or lifted. The newest row says what holds now."""

    class Act(models.TextChoices):
        SET = "set", _("set")
        RENEWED = "renewed", _("renewed")
        LIFTED = "lifted", _("lifted")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    citizen = models.ForeignKey(
        Citizen, models.PROTECT, null=True, blank=True, related_name="legal_holds", verbose_name=_("citizen")
    )
    volunteer = models.ForeignKey(
        Volunteer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="legal_holds",
        verbose_name=_("volunteer"),
    )
    act = models.CharField(_("what"), max_length=8, choices=Act.choices)
    reason = EncryptedTextField(_("why"), blank=True)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    until = models.DateField(_("until"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager(base=models.Manager.from_queryset(LegalHoldQuerySet))

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["-pk"]
        default_permissions = ("add", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(citizen__isnull=False, volunteer__isnull=True)
                | Q(citizen__isnull=True, volunteer__isnull=False),
                name="peer_hold_of_one_person",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("starts_on")), name="peer_hold_ends_after_start"),
        ]

    def __str__(self):
        return gettext("Legal hold %(number)s") % {"number": self.pk}

    @property
    def person(self):
        """The citizen or the volunteer."""
        return self.citizen or self.volunteer
