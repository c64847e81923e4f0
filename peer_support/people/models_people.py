"""The two kinds of people: volunteers, who give support, and citizens, who receive it."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..privacy.fields import EncryptedCharField, EncryptedTextField
from .models_person import NotErased, Person


class Volunteer(Person):
    """A volunteer peer: gives support, has lived experience."""

    class Status(models.TextChoices):
        ENQUIRY = "enquiry", _("enquiry")
        CONVERSATION = "conversation", _("in conversation")
        APPROVED = "approved", _("approved")
        ENDED = "ended", _("ended")

    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.ENQUIRY)
    capacity = models.PositiveSmallIntegerField(
        _("matches at a time"), default=1, validators=[MaxValueValidator(10)]
    )
    motivation = EncryptedTextField(_("why peer support"), blank=True)
    resources = EncryptedTextField(_("what they bring"), blank=True)
    readiness = EncryptedTextField(_("ready to support somebody else"), blank=True)
    training_wishes = EncryptedTextField(_("courses and help they would like"), blank=True)
    approved_on = models.DateField(_("approved"), null=True, blank=True)
    contract_on = models.DateField(_("contract signed"), null=True, blank=True)
    contract_until = models.DateField(_("contract until"), null=True, blank=True)
    certificate_seen_on = models.DateField(_("certificate seen"), null=True, blank=True)
    certificate_until = models.DateField(_("certificate valid until"), null=True, blank=True)

    objects = scoped_manager(base=NotErased)

    class Meta:
        verbose_name = _("volunteer")
        verbose_name_plural = _("volunteers")
        ordering = ["number"]
        permissions = [("export_volunteer", "Can export volunteers")]
        indexes = [
            # What the prefilter of matching looks at, so that it need not read the wide rows of those who are out.
            models.Index(
                fields=[
                    "initiative",
                    "status",
                    "x",
                    "y",
                    "travel_km",
                    "channels",
                    "language_bits",
                    "gender",
                    "gender_wish",
                    "birth_year",
                    "age_wish_min",
                    "age_wish_max",
                    "capacity",
                ],
                name="peer_volunteer_shortlist",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="peer_volunteer_number"),
            models.UniqueConstraint(
                fields=["initiative", "external_source", "external_id"],
                condition=~Q(external_id=""),
                name="peer_volunteer_external",
            ),
        ]

    def __str__(self):
        return gettext("Volunteer %(number)s") % {"number": self.number}

    def has_contract(self, day=None):
        """Whether a signed contract holds on ``day``."""
        day = day or timezone.localdate()
        return bool(
            self.contract_on
            and self.contract_on <= day
            and (not self.contract_until or day <= self.contract_until)
        )

    def has_certificate(self, day=None):
        """Whether a certificate has been seen and holds on ``day``."""
        day = day or timezone.localdate()
        return bool(
            self.certificate_seen_on
            and self.certificate_seen_on <= day
            and (not self.certificate_until or day <= self.certificate_until)
        )


class Citizen(Person):
    """A citizen: receives support, and decides everything about it."""

    class Status(models.TextChoices):
        ENQUIRY = "enquiry", _("enquiry")
        CONVERSATION = "conversation", _("in conversation")
        WAITING = "waiting", _("waiting for a match")
        ENDED = "ended", _("ended")

    class CameBy(models.TextChoices):
        SELF = "self", _("came by themselves")
        PROFESSIONAL = "professional", _("through a professional")
        RELATIVE = "relative", _("through a relative")

    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.ENQUIRY)
    came_by = models.CharField(_("how they came"), max_length=12, choices=CameBy.choices, default=CameBy.SELF)
    consent_on = models.DateField(
        _("said yes to being registered"),
        null=True,
        blank=True,
        help_text=_("Needed when somebody else made the contact."),
    )
    referred_by = EncryptedCharField(
        _("who made the contact"), max_length=200, blank=True, help_text=_("Name and how to reach them.")
    )
    waiting_since = models.DateField(_("waiting since"), null=True, blank=True)
    wish = EncryptedTextField(_("need, wish or dream"), blank=True)
    special_knowledge = EncryptedTextField(
        _("what the volunteer needs to know"),
        blank=True,
        help_text=_("Only where the support needs it. No diagnoses."),
    )

    objects = scoped_manager(base=NotErased)

    class Meta:
        verbose_name = _("citizen")
        verbose_name_plural = _("citizens")
        ordering = ["number"]
        permissions = [("export_citizen", "Can export citizens")]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="peer_citizen_number"),
            models.UniqueConstraint(
                fields=["initiative", "external_source", "external_id"],
                condition=~Q(external_id=""),
                name="peer_citizen_external",
            ),
        ]

    def __str__(self):
        return gettext("Citizen %(number)s") % {"number": self.number}

    def days_waiting(self, day=None):
        """Whole days since the wait began; 0 where it has not."""
        day = day or timezone.localdate()
        return max((day - self.waiting_since).days, 0) if self.waiting_since else 0
