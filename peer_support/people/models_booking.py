"""A conversation that is agreed on and not held yet."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..privacy.fields import EncryptedCharField
from .models_conversation import Conversation
from .models_people import Citizen, Volunteer


class ConversationBooking(models.Model):
    """A time that was agreed for a conversation, and what came of it.

    One may be open per person. Moving it keeps the row and counts ``version`` up, so that a calendar moves its entry too.
    """

    class How(models.TextChoices):
        PHONE = "phone", _("by telephone")
        CENTRE = "centre", _("at the centre")
        VIDEO = "video", _("by video")

    class State(models.TextChoices):
        BOOKED = "booked", _("booked")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("called off")
        NOT_MET = "not_met", _("you did not meet")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+")
    citizen = models.ForeignKey(Citizen, models.CASCADE, null=True, blank=True, related_name="bookings")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, null=True, blank=True, related_name="bookings")
    kind = models.CharField(
        _("which conversation"),
        max_length=10,
        choices=Conversation.Kind.choices,
        default=Conversation.Kind.INITIAL,
    )
    booked_for = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=60, validators=[MinValueValidator(10), MaxValueValidator(240)]
    )
    how = models.CharField(_("how"), max_length=8, choices=How.choices, default=How.PHONE)
    place = EncryptedCharField(_("where"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    conversation = models.OneToOneField(
        Conversation, models.SET_NULL, null=True, blank=True, related_name="booking"
    )
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("booked conversation")
        verbose_name_plural = _("booked conversations")
        ordering = ["booked_for", "pk"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(citizen__isnull=True) ^ Q(volunteer__isnull=True), name="peer_booking_one_person"
            ),
            models.UniqueConstraint(
                fields=["citizen"], condition=Q(state="booked"), name="peer_booking_open_citizen"
            ),
            models.UniqueConstraint(
                fields=["volunteer"], condition=Q(state="booked"), name="peer_booking_open_volunteer"
            ),
        ]
        indexes = [models.Index(fields=["state", "booked_for"], name="peer_booking_due")]

    def __str__(self):
        return gettext("Booking %(number)s") % {"number": self.pk}

    @property
    def person(self):
        """The citizen or volunteer it is with."""
        return self.citizen or self.volunteer

    @property
    def day(self):
        """The local day."""
        return timezone.localtime(self.booked_for).date()

    @property
    def ends(self):
        """When it is expected to be over."""
        return self.booked_for + timedelta(minutes=self.minutes)
