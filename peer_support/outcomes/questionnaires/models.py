"""What a person is asked, and answers; an initiative's plan of when; and the series that outlives the person.

Answers and scores are encrypted: they are health data, and nothing in the database asks for them. A row tells only that
somebody was asked, and when. What is left of a person in the series has a random key, a month and a score, and nothing
that leads back.
"""

import json
import secrets
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...access.scopes import scoped_manager
from ...courses.models import Enrolment
from ...directory.models import Initiative
from ...matching.models import Match
from ...people.models import Citizen, Volunteer
from ...privacy.fields import EncryptedCharField, EncryptedTextField, Unreadable
from ...privacy.keys import fernet

__all__ = ["Questionnaire", "QuestionnairePlan", "QuestionnaireRefusal", "SeriesScore"]

# A questionnaire some weeks after the end; later than this, nobody remembers what it was about.
MOST_WEEKS = 52


class Kind(models.TextChoices):
    """What a questionnaire belongs to. Empty: to the person alone."""

    MATCH = "match", _("a match")
    COURSE = "course", _("a group course")


class Moment(models.TextChoices):
    START = "start", _("at the start")
    END = "end", _("when it ends")
    FOLLOW_UP = "follow_up", _("some weeks later")
    EXTRA = "extra", _("in between")


class State(models.TextChoices):
    PLANNED = "planned", _("planned")
    ASKED = "asked", _("asked")
    BEGUN = "begun", _("begun")
    ANSWERED = "answered", _("answered")
    SKIPPED = "skipped", _("would rather not, this time")
    EXPIRED = "expired", _("not answered in time")


OPEN_STATES = (State.PLANNED, State.ASKED, State.BEGUN)
WAITING_STATES = (State.ASKED, State.BEGUN)


class Way(models.TextChoices):
    LINK = "link", _("by link")
    PAPER = "paper", _("on paper")
    TOGETHER = "together", _("together with the coordinator")


class QuestionnairePlan(models.Model):
    """One line of an initiative's plan: one instrument, for its matches or its courses, and at which moments.

    There is no plan until a coordinator makes one. ``follow_up_weeks``: so many weeks after the end; empty: not at all.
    """

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="questionnaire_plan", verbose_name=_("initiative")
    )
    kind = models.CharField(_("what for"), max_length=6, choices=Kind.choices)
    instrument = models.CharField(_("questionnaire"), max_length=30)
    at_start = models.BooleanField(_("at the start"), default=False)
    at_end = models.BooleanField(_("when it ends"), default=False)
    follow_up_weeks = models.PositiveSmallIntegerField(
        _("weeks after the end"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)],
    )
    citizens = models.BooleanField(_("citizens"), default=True)
    volunteers = models.BooleanField(_("volunteers"), default=False)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("plan of questionnaires")
        verbose_name_plural = _("plans of questionnaires")
        ordering = ["initiative", "kind", "instrument"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "kind", "instrument"], name="peer_questionnaire_plan_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.instrument}"

    def asks(self, moment):
        """Whether the line has the ``moment``."""
        return {
            Moment.START: self.at_start,
            Moment.END: self.at_end,
            Moment.FOLLOW_UP: self.follow_up_weeks is not None,
        }.get(moment, False)


class Questionnaire(models.Model):
    """One instrument that one person is to answer, or has answered.

    ``answers_text`` is JSON, ``{"number of the item, from 1": value, or null for "skipped"}``; an item that is not in it
    has not been asked about yet. ``text`` is chosen when the person is asked. ``care_text`` is "no", "open" or "done":
    whether somebody is to ring and hear how things are. It is encrypted too, as it says something about the score.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    citizen = models.ForeignKey(
        Citizen,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="questionnaires",
        verbose_name=_("citizen"),
    )
    volunteer = models.ForeignKey(
        Volunteer,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="questionnaires",
        verbose_name=_("volunteer"),
    )
    match = models.ForeignKey(
        Match, models.CASCADE, null=True, blank=True, related_name="questionnaires", verbose_name=_("match")
    )
    enrolment = models.ForeignKey(
        Enrolment,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="questionnaires",
        verbose_name=_("enrolment"),
    )
    instrument = models.CharField(_("questionnaire"), max_length=30)
    text = models.ForeignKey(
        "peer_support.InstrumentText",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("text"),
    )
    moment = models.CharField(_("when"), max_length=9, choices=Moment.choices)
    due_on = models.DateField(_("from which day"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    way = models.CharField(_("way"), max_length=8, choices=Way.choices, blank=True)
    answers_text = EncryptedTextField(_("answers"), blank=True, editable=False)
    score_text = EncryptedCharField(_("result"), max_length=20, blank=True, editable=False)
    care_text = EncryptedCharField(_("somebody rings"), max_length=4, blank=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="peer_questionnaire_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(citizen__isnull=True) ^ Q(volunteer__isnull=True),
                name="peer_questionnaire_one_person",
            ),
            models.CheckConstraint(
                condition=Q(match__isnull=True) | Q(enrolment__isnull=True),
                name="peer_questionnaire_one_belonging",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["asked", "begun"]) | Q(asked_at__isnull=False, text__isnull=False),
                name="peer_questionnaire_asked_has_text",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_on__isnull=False, text__isnull=False),
                name="peer_questionnaire_answered_has_date",
            ),
            models.UniqueConstraint(
                fields=["match", "citizen", "instrument", "moment"],
                condition=~Q(moment="extra"),
                name="peer_questionnaire_citizen_once",
            ),
            models.UniqueConstraint(
                fields=["match", "volunteer", "instrument", "moment"],
                condition=~Q(moment="extra"),
                name="peer_questionnaire_volunteer_once",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "instrument", "moment"],
                condition=~Q(moment="extra"),
                name="peer_questionnaire_enrolment_once",
            ),
        ]

    def __str__(self):
        return gettext("Questionnaire %(number)s") % {"number": self.pk}

    @property
    def person(self):
        return self.citizen or self.volunteer

    @property
    def kind(self):
        """The :class:`Kind` it belongs to, or "" where it belongs to the person alone."""
        return Kind.MATCH if self.match_id else Kind.COURSE if self.enrolment_id else ""

    @property
    def is_open(self):
        return self.state in OPEN_STATES

    @property
    def is_readable(self):
        """Whether the key is there; what cannot be read is neither shown nor written over."""
        return not any(
            isinstance(text, Unreadable) for text in (self.answers_text, self.score_text, self.care_text)
        )

    @property
    def answers(self):
        """``{number of the item, from 1: value, or None where it was skipped}``; empty where the key is missing."""
        if not self.answers_text or not self.is_readable:
            return {}
        return {int(number): value for number, value in json.loads(self.answers_text).items()}

    @answers.setter
    def answers(self, values):
        self.answers_text = json.dumps(
            {str(number): value for number, value in sorted(values.items())}, separators=(",", ":")
        )

    @property
    def score(self):
        """The result by the instrument's own rule, a ``Decimal``, or ``None`` where there is none."""
        return Decimal(self.score_text) if self.score_text and self.is_readable else None

    @score.setter
    def score(self, value):
        self.score_text = "" if value is None else str(value)

    @property
    def care(self):
        """Whether somebody is to ring: "open", "done" where somebody has, else "no"."""
        return self.care_text if self.care_text and self.is_readable else "no"


class QuestionnaireRefusal(models.Model):
    """Somebody would rather not have questionnaires. None is planned for them while the row stands."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    citizen = models.OneToOneField(
        Citizen,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="questionnaire_refusal",
        verbose_name=_("citizen"),
    )
    volunteer = models.OneToOneField(
        Volunteer,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="questionnaire_refusal",
        verbose_name=_("volunteer"),
    )
    since = models.DateField(_("since"), default=timezone.localdate)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("no to questionnaires")
        verbose_name_plural = _("noes to questionnaires")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(citizen__isnull=True) ^ Q(volunteer__isnull=True),
                name="peer_questionnaire_no_one_person",
            ),
        ]

    def __str__(self):
        return gettext("No to questionnaires %(number)s") % {"number": self.pk}


def _random_key():
    return secrets.token_hex(16)


def _random_number():
    return secrets.randbelow(2**62) + 1


class TimelessField(EncryptedCharField):
    """Encrypted text whose token does not say when it was written: that moment stands in the list of erasures too."""

    def get_prep_value(self, value):
        if not value or isinstance(value, Unreadable):
            return super().get_prep_value(value)
        return fernet().encrypt_at_time(str(value).encode(), 0).decode()


class SeriesScore(models.Model):
    """What is left of a questionnaire when its person has gone: a random key, a month, what came of it, a score.

    ``key`` is the same for the questionnaires that belonged together, and is made when they are detached; no table
    holds what it was made from. ``place`` is the order within the key. Nor does the row's own number say in which order
    people left.
    """

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("answered")
        MISSING = "missing", _("not answered")
        DECLINED = "declined", _("would rather not")

    id = models.BigIntegerField(primary_key=True, default=_random_number, editable=False)
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    key = models.CharField(max_length=32, default=_random_key, editable=False)
    place = models.PositiveSmallIntegerField(default=1, editable=False)
    instrument = models.CharField(_("questionnaire"), max_length=30)
    kind = models.CharField(_("what for"), max_length=6, choices=Kind.choices, blank=True)
    moment = models.CharField(_("when"), max_length=9, choices=Moment.choices)
    month = models.DateField(_("month"), help_text=_("The first day of the month."))
    outcome = models.CharField(_("what came of it"), max_length=8, choices=Outcome.choices)
    score_text = TimelessField(_("result"), max_length=20, blank=True, editable=False)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("number in a series")
        verbose_name_plural = _("numbers in series")
        ordering = ["month", "key", "instrument", "place"]
        constraints = [
            models.UniqueConstraint(fields=["key", "instrument", "place"], name="peer_series_place"),
            models.CheckConstraint(condition=Q(month__day=1), name="peer_series_month_only"),
        ]

    def __str__(self):
        return gettext("Number %(number)s of a series") % {"number": self.pk}

    @property
    def score(self):
        """The score, a ``Decimal``, or ``None``."""
        if not self.score_text or isinstance(self.score_text, Unreadable):
            return None
        return Decimal(self.score_text)
