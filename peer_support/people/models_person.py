"""What volunteers and citizens have in common, and the places where they can meet.

Contact data and free text are encrypted. What matching needs is kept on the row as numbers, where the database
can filter on it: a place in metres, and bits for languages, channels, times and interests. Empty means *unknown*.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative, Postcode
from ..privacy.blind_index import index_text
from ..privacy.fields import EncryptedCharField, EncryptedTextField, Unreadable
from . import times
from .contact import contact_index
from .fields import FlagsField, WeeklyTimesField, validate_year
from .models_vocabulary import Interest, Language


class Channel(models.IntegerChoices):
    IN_PERSON = 1, _("in person")
    PHONE = 2, _("by telephone")
    VIDEO = 4, _("by video")
    CHAT = 8, _("by chat")


class Gender(models.IntegerChoices):
    UNKNOWN = 0, _("not stated")
    WOMAN = 1, _("woman")
    MAN = 2, _("man")
    OTHER = 3, _("other")


class GenderWish(models.IntegerChoices):
    OPEN = 0, _("no wish")
    WOMAN = 1, _("a woman")
    MAN = 2, _("a man")
    OTHER = 3, _("other")


class OnMap(models.Model):
    """Something with a postcode. ``x`` and ``y`` (metres) follow from it; both empty where it is not known."""

    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    x = models.FloatField(null=True, blank=True, editable=False)
    y = models.FloatField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def place_on_map(self):
        """Set ``x`` and ``y`` from the postcode table."""
        found = Postcode.objects.filter(pk=self.postcode).first() if self.postcode else None
        self.x, self.y = (found.x, found.y) if found else (None, None)


class MeetingPlace(OnMap):
    """A public place where pairs can meet, such as a library; belongs to an initiative, says nothing about a person."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="meeting_places", verbose_name=_("initiative")
    )
    name = models.CharField(_("name"), max_length=100)
    address = models.CharField(_("address"), max_length=200, blank=True)

    objects = scoped_manager()

    class Meta:
        verbose_name = _("meeting place")
        verbose_name_plural = _("meeting places")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.place_on_map()
        super().save(*args, **kwargs)


class NotErased(models.Manager):
    """Leaves out the empty rows of those who were erased. (What points at such a row still finds it.)"""

    def get_queryset(self):
        return super().get_queryset().filter(erased_on=None)


class Person(OnMap):
    """What volunteers and citizens have in common. Nothing is required but a name or alias and one way to reach them."""

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, related_name="%(class)ss", verbose_name=_("initiative")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    first_name = EncryptedCharField(_("first name or alias"), max_length=80)
    last_name = EncryptedCharField(_("last name"), max_length=80, blank=True)
    phone = EncryptedCharField(_("telephone"), max_length=30, blank=True)
    email = EncryptedCharField(_("e-mail"), max_length=200, blank=True)
    name_index = models.TextField(blank=True, editable=False)
    contact_index = models.CharField(max_length=80, blank=True, default="", editable=False)
    gender = models.PositiveSmallIntegerField(
        _("gender"), choices=Gender.choices, default=Gender.UNKNOWN, blank=True
    )
    birth_year = models.PositiveSmallIntegerField(
        _("year of birth"), null=True, blank=True, validators=[validate_year]
    )
    travel_km = models.PositiveSmallIntegerField(
        _("travels up to (km)"), null=True, blank=True, validators=[MaxValueValidator(500)]
    )
    meeting_places = models.ManyToManyField(
        MeetingPlace, blank=True, related_name="+", verbose_name=_("can also meet at")
    )
    channels = FlagsField(_("how to meet"), flags=Channel.choices)
    languages = models.ManyToManyField(Language, blank=True, related_name="+", verbose_name=_("languages"))
    interests = models.ManyToManyField(Interest, blank=True, related_name="+", verbose_name=_("interests"))
    times = WeeklyTimesField(_("when in the week"))
    hours_min = models.DecimalField(
        _("hours a week, from"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    hours_max = models.DecimalField(
        _("hours a week, to"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    gender_wish = models.PositiveSmallIntegerField(
        _("wishes to be matched with"), choices=GenderWish.choices, default=GenderWish.OPEN, blank=True
    )
    age_wish_min = models.PositiveSmallIntegerField(_("wished age, from"), null=True, blank=True)
    age_wish_max = models.PositiveSmallIntegerField(_("wished age, to"), null=True, blank=True)
    heard_of_us = models.CharField(_("heard of us"), max_length=100, blank=True)
    expectations = EncryptedTextField(_("expectations"), blank=True)
    notes = EncryptedTextField(_("notes"), blank=True, help_text=_("No diagnoses and no CPR numbers."))
    paused_from = models.DateField(_("pause from"), null=True, blank=True)
    paused_until = models.DateField(
        _("pause until"), null=True, blank=True, help_text=_("Empty: until further notice.")
    )
    pause_reason = EncryptedCharField(_("reason for the pause"), max_length=200, blank=True)
    # GDPR art. 18: what is kept is kept, and used for nothing. See :mod:`.standing`.
    restricted_on = models.DateField(
        _("the record is left alone since"), null=True, blank=True, editable=False
    )
    # Written by the room that keeps the consents, so that every reader can ask the row.
    match_stopped_on = models.DateField(
        _("the yes to a match was taken back"), null=True, blank=True, editable=False
    )
    course_stopped_on = models.DateField(
        _("the yes to courses was taken back"), null=True, blank=True, editable=False
    )
    enquired_on = models.DateField(_("first contact"), default=timezone.localdate)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    # Set when everything about the person was taken out; the empty row only keeps last year's numbers right.
    erased_on = models.DateField(null=True, blank=True, editable=False)
    external_source = models.CharField(max_length=60, blank=True, editable=False)
    external_id = models.CharField(max_length=100, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    # Derived columns: the matching adapter and its SQL prefilter read these and nothing else.
    language_bits = models.PositiveBigIntegerField(default=0, editable=False)
    interest_bits = models.CharField(max_length=64, default="", blank=True, editable=False)
    time_bits = models.CharField(max_length=84, default="", blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        from .validation import check_person

        check_person(self)

    def _index(self):
        """Make the person findable by name and number; what cannot be read stays found by what it was found by."""
        if not any(isinstance(name, Unreadable) for name in (self.first_name, self.last_name)):
            self.name_index = index_text(self.first_name, self.last_name)
        if not any(isinstance(way, Unreadable) for way in (self.phone, self.email)):
            self.contact_index = contact_index(self.phone, self.email)

    def save(self, *args, **kwargs):
        self._index()
        self.time_bits = f"{times.bits_of(times.parse(self.times)):x}" if self.times else ""
        self.place_on_map()
        if self.number is not None:
            return super().save(*args, **kwargs)
        with transaction.atomic():
            # The initiative's row is the lock: two people taken in at once get two numbers.
            # Not against those who only refer to the initiative: whoever holds a course's lock writes such rows.
            Initiative.objects.select_for_update(no_key=True).get(pk=self.initiative_id)
            top = (
                type(self)
                ._base_manager.filter(initiative_id=self.initiative_id)
                .aggregate(n=models.Max("number"))["n"]
            )
            self.number = (top or 0) + 1
            return super().save(*args, **kwargs)

    def refresh_bits(self):
        """Write the bits of languages and interests from the rows they point to."""
        languages = sum(1 << bit for bit in self.languages.values_list("bit", flat=True))
        interests = sum(1 << bit for bit in self.interests.values_list("bit", flat=True))
        self.language_bits, self.interest_bits = languages, f"{interests:x}" if interests else ""
        type(self)._base_manager.filter(pk=self.pk).update(
            language_bits=self.language_bits, interest_bits=self.interest_bits
        )

    def is_paused(self, day=None):
        """Whether a pause holds on ``day`` (default: today)."""
        day = day or timezone.localdate()
        return bool(
            self.paused_from
            and self.paused_from <= day
            and (self.paused_until is None or day <= self.paused_until)
        )

    @property
    def display_name(self):
        """The person's name, for staff inside the scope only; never in a log, a title or a mail."""
        return f"{self.first_name} {self.last_name}".strip()
