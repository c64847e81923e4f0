"""Accompaniment: a volunteer goes along once, to and from an appointment or activity. It is not representation.

A request is offered to some volunteers at once, and the first who says yes goes along. Changed through
:mod:`peer_support.followup.services_accompaniment` only.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..courses.models import Enrolment
from ..directory.models import Initiative
from ..people.models import Citizen, Volunteer
from ..people.models_person import GenderWish
from ..privacy.fields import EncryptedCharField, EncryptedTextField
from ..privacy.models import AppendOnlyModel, AppendOnlyQuerySet

__all__ = ["Accompaniment", "AccompanimentEvent", "AccompanimentOffer"]


class TripState(models.TextChoices):
    """Where a request is. Every state has a way on: what is closed can be opened again, or planned anew."""

    OPEN = "open", _("looking for somebody to go along")
    ACCEPTED = "accepted", _("somebody goes along")
    DONE = "done", _("they went")
    NOT_DONE = "not_done", _("it did not happen")
    CANCELLED = "cancelled", pgettext_lazy("accompaniment", "called off")


OPEN_TRIPS = (TripState.OPEN, TripState.ACCEPTED)


class AskedBy(models.TextChoices):
    CITIZEN = "citizen", _("the citizen")
    VOLUNTEER = "volunteer", _("the citizen's volunteer")
    COURSE = "course", _("those who lead the course")
    PROFESSIONAL = "professional", _("a professional")
    RELATIVE = "relative", _("a relative")
    COORDINATOR = "coordinator", _("the coordinator")


class TripEnding(models.TextChoices):
    """Why it did not happen, or was called off. Blames nobody."""

    CITIZEN_WISH = "citizen", _("the citizen did not want to after all")
    ILLNESS = "illness", _("illness or lack of strength")
    MOVED = "moved", _("the appointment was moved or called off")
    NOBODY = "nobody", _("there was nobody to go along")
    VOLUNTEER = "volunteer", _("the volunteer could not")
    MISSED = "missed", _("they did not find each other")
    OTHER = "other", _("something else")


class LedTo(models.TextChoices):
    """What an accompaniment led to. Several can be true."""

    GOT_THERE = "got_there", _("the person got there")
    CALMER = "calmer", _("it was easier than feared")
    ALONE_NEXT = "alone", _("next time the person can go alone")
    AGAIN = "again", _("the person would like company again")
    ACTIVITY = "activity", _("the person goes on with the activity")
    COURSE = "course", _("a group course")
    MATCH = "match", _("a wish for one-to-one support")
    NOTHING = "nothing", _("nothing more for now")


class OfferState(models.TextChoices):
    ASKED = "asked", _("asked")
    ACCEPTED = "accepted", pgettext_lazy("an offer to go along", "goes along")
    DECLINED = "declined", pgettext_lazy("an offer to go along", "said no thank you")
    LATE = "late", pgettext_lazy("an offer to go along", "somebody else was first")
    RELEASED = "released", pgettext_lazy("an offer to go along", "could not after all")
    TAKEN_BACK = "taken_back", pgettext_lazy("an offer to go along", "taken back")


class Accompaniment(models.Model):
    """One trip of one citizen. Where, what for and how to meet are encrypted; a postcode is the rough area.

    ``minutes`` is how long the volunteer is needed, from when they meet until they part.
    """

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, related_name="accompaniments", verbose_name=_("initiative")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    citizen = models.ForeignKey(
        Citizen, models.PROTECT, related_name="accompaniments", verbose_name=_("citizen")
    )
    enrolment = models.ForeignKey(
        Enrolment,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="accompaniments",
        verbose_name=_("in connection with a course"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=TripState.choices, default=TripState.OPEN, db_index=True
    )
    day = models.DateField(_("day"), db_index=True)
    start_time = models.TimeField(_("they meet at"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes in all"), default=120, validators=[MinValueValidator(15), MaxValueValidator(1440)]
    )
    from_place = EncryptedCharField(_("from where"), max_length=200, blank=True)
    from_postcode = models.CharField(_("postcode where they meet"), max_length=4, blank=True)
    to_place = EncryptedCharField(_("to where"), max_length=200, blank=True)
    to_postcode = models.CharField(_("postcode where they are going"), max_length=4, blank=True)
    there_and_back = models.BooleanField(_("the way home too"), default=True)
    purpose = EncryptedTextField(_("what for, in the citizen's own words"), blank=True)
    what_is_asked = EncryptedTextField(
        _("what the volunteer is asked to do"),
        blank=True,
        help_text=_("Everybody you ask reads this. No name, no address and no word of illness."),
    )
    how_to_meet = EncryptedTextField(
        _("how they find each other"),
        blank=True,
        help_text=_(
            "Only the one who says yes reads this. For example the address, a telephone, a red scarf."
        ),
    )
    gender_wish = models.PositiveSmallIntegerField(
        _("wishes company of"), choices=GenderWish.choices, default=GenderWish.OPEN, blank=True
    )
    asked_by = models.CharField(
        _("who asked"), max_length=12, choices=AskedBy.choices, default=AskedBy.CITIZEN
    )
    closed_on = models.DateField(_("closed"), null=True, blank=True, editable=False)
    ending = models.CharField(_("why not"), max_length=10, choices=TripEnding.choices, blank=True)
    # Values of LedTo, sorted.
    led_to = models.JSONField(_("what it led to"), default=list, blank=True)
    led_to_note = EncryptedTextField(
        _("about what it led to"), blank=True, help_text=_("No diagnoses and no CPR numbers.")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("accompaniment")
        verbose_name_plural = _("accompaniments")
        ordering = ["day", "start_time", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="peer_trip_number"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "accepted"]) | Q(closed_on__isnull=False),
                name="peer_trip_closed_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["not_done", "cancelled"]) | ~Q(ending=""),
                name="peer_trip_not_done_has_reason",
            ),
        ]

    def __str__(self):
        return gettext("Accompaniment %(number)s") % {"number": self.number}

    @property
    def starts_at(self):
        """When they meet, on the clock on the wall in Denmark."""
        return timezone.make_aware(datetime.combine(self.day, self.start_time))

    @property
    def ends_at(self):
        return self.starts_at + timedelta(minutes=self.minutes)

    def has_begun(self, now=None):
        return self.starts_at <= (now or timezone.now())


class AccompanimentOffer(models.Model):
    """One volunteer who is asked to go along. The constraint says that at most one of a request goes along.

    ``answered_at`` on a late one: the volunteer said yes, and somebody else was first.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    accompaniment = models.ForeignKey(
        Accompaniment, models.CASCADE, related_name="offers", verbose_name=_("accompaniment")
    )
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="accompaniment_offers", verbose_name=_("volunteer")
    )
    state = models.CharField(_("state"), max_length=10, choices=OfferState.choices, default=OfferState.ASKED)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("offer to go along")
        verbose_name_plural = _("offers to go along")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["accompaniment", "volunteer"], name="peer_trip_asked_once"),
            models.UniqueConstraint(
                fields=["accompaniment"], condition=Q(state="accepted"), name="peer_trip_one_goes_along"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined", "released"]) | Q(answered_at__isnull=False),
                name="peer_trip_answer_has_time",
            ),
        ]

    def __str__(self):
        return gettext("Offer %(number)s") % {"number": self.pk}


class AccompanimentEvent(AppendOnlyModel):
    """One step of a request: what, from which state to which, when, by whom. ``facts`` are codes and keys."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+")
    accompaniment = models.ForeignKey(Accompaniment, models.CASCADE, related_name="events")
    at = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    volunteer = models.ForeignKey(Volunteer, models.SET_NULL, null=True, blank=True, related_name="+")
    action = models.CharField(_("what"), max_length=12)
    from_state = models.CharField(_("from"), max_length=10, blank=True)
    to_state = models.CharField(max_length=10, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager(base=models.Manager.from_queryset(AppendOnlyQuerySet))

    class Meta:
        verbose_name = _("step of an accompaniment")
        verbose_name_plural = _("steps of an accompaniment")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.action} {self.pk}"
