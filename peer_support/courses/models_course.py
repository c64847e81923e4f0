"""A course that runs or will run, its sessions, and the intro workshops that lead to it.

Dates and times are those of the clock on the wall in Denmark: a date and a time of day, never a moment in UTC, so
that a course at 19.00 stays at 19.00 when the clock changes.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative, LocalCoordinator, Municipality
from ..people.models import MeetingPlace, Volunteer
from ..privacy.fields import EncryptedTextField
from ..privacy.models import AppendOnlyModel, AppendOnlyQuerySet
from .models_template import CourseNumbers, CourseTemplate, SessionPlan


class State(models.TextChoices):
    PLANNED = "planned", _("being planned")
    OPEN = "open", _("open to new people")
    RUNNING = "running", _("has begun")
    COMPLETED = "completed", _("completed")
    CANCELLED = "cancelled", _("called off")


LIVE_STATES = (State.PLANNED, State.OPEN, State.RUNNING)
# States in which somebody can come in at all; whether the intake is still open is a rule.
INTAKE_STATES = (State.OPEN, State.RUNNING)


class SessionState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("called off")


class CalledOff(models.TextChoices):
    """Why a course, session or workshop was called off. Says nothing of any person."""

    TOO_FEW = "too_few", _("too few have signed up")
    FACILITATORS = "facilitators", _("the volunteers cannot come")
    PLACE = "place", _("the place cannot be used")
    CLOSED = "closed", _("holiday or closed")
    WEATHER = "weather", _("the weather")
    OTHER = "other", _("something else")


class WithPlace(models.Model):
    """Where something is held. What readers see is ``place_text``, and the place's own name where it is empty."""

    place = models.ForeignKey(
        MeetingPlace, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    place_text = models.CharField(
        _("place, as readers see it"),
        max_length=200,
        blank=True,
        help_text=_("For example the address and which door. Empty: the name and address of the place."),
    )
    town = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    coordinator = models.ForeignKey(
        LocalCoordinator,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("coordinator, as readers see them"),
    )

    class Meta:
        abstract = True

    @property
    def place_words(self):
        """Where it is, in words that anybody may read; empty where it is not known yet."""
        if self.place_text or self.place is None:
            return self.place_text
        return ", ".join(filter(None, (self.place.name, self.place.address)))


class GroupCourse(WithPlace, CourseNumbers):
    """Weekly meetings led by volunteers. Changed through :mod:`peer_support.courses.services` only.

    ``starts_on``, ``ends_on`` and ``intake_until`` follow from the sessions and are written by the services.
    """

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, related_name="courses", verbose_name=_("initiative")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    template = models.ForeignKey(
        CourseTemplate,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="courses",
        verbose_name=_("course template"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLANNED, db_index=True
    )
    start_time = models.TimeField(_("begins at"))
    starts_on = models.DateField(_("first session"), null=True, blank=True, db_index=True)
    ends_on = models.DateField(_("last session"), null=True, blank=True, editable=False)
    intake_until = models.DateField(
        _("open to new people until"), null=True, blank=True, editable=False, help_text=_("Empty: no end.")
    )
    go_no_go_on = models.DateField(
        _("decide whether it starts"),
        null=True,
        blank=True,
        help_text=_("On this day you look at how many there are, and say yes or no to starting."),
    )
    is_public = models.BooleanField(_("shown on the website"), default=False)
    opened_on = models.DateField(_("opened"), null=True, blank=True, editable=False)
    started_on = models.DateField(_("begun"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("ended"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(
        _("why it was called off"), max_length=12, choices=CalledOff.choices, blank=True, editable=False
    )
    notes = EncryptedTextField(_("your own notes"), blank=True, help_text=_("Only coordinators see them."))
    # Offered and taken places. The one service of enrolments keeps it; the constraint is the last wall.
    seats_taken = models.PositiveSmallIntegerField(_("places taken"), default=0, editable=False)
    external_source = models.CharField(max_length=60, blank=True, editable=False)
    external_id = models.CharField(max_length=100, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("group course")
        verbose_name_plural = _("group courses")
        ordering = ["-starts_on", "-number"]
        permissions = [("export_groupcourse", "Can export group courses")]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="peer_course_number"),
            models.UniqueConstraint(
                fields=["initiative", "external_source", "external_id"],
                condition=~Q(external_id=""),
                name="peer_course_external",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(seats_taken__lte=F("capacity")),
                name="peer_course_no_more_than_its_places",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["running", "completed"]) | Q(started_on__isnull=False),
                name="peer_course_begun_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["completed", "cancelled"]) | Q(ended_on__isnull=False),
                name="peer_course_ended_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
                name="peer_course_cancelled_has_reason",
            ),
        ]

    def __str__(self):
        return gettext("Course %(number)s") % {"number": self.number}

    @property
    def is_live(self):
        """Whether it is still to be held or under way."""
        return self.state in LIVE_STATES


class Session(models.Model):
    """One meeting of a course. ``number`` counts those that are held, in the order they fall; a cancelled one has none.

    The plan's words are copied, so that a course keeps the manual it was made with. ``checklist_done`` holds
    positions in ``checklist``, from 0.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    course = models.ForeignKey(GroupCourse, models.CASCADE, related_name="sessions", verbose_name=_("course"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True, editable=False)
    plan = models.ForeignKey(SessionPlan, models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=120, blank=True)
    aim = models.TextField(_("aim"), blank=True)
    checklist = models.JSONField(_("checklist"), default=list, blank=True)
    date = models.DateField(_("date"), db_index=True)
    start_time = models.TimeField(_("begins at"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=120, validators=[MinValueValidator(10), MaxValueValidator(1440)]
    )
    place = models.ForeignKey(
        MeetingPlace,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("another place than usual"),
    )
    place_text = models.CharField(_("another place, as readers see it"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=SessionState.choices, default=SessionState.PLANNED
    )
    moved_from = models.DateField(_("moved from"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(
        _("why it was called off"), max_length=12, choices=CalledOff.choices, blank=True, editable=False
    )
    tail_followed = models.BooleanField(default=False, editable=False)
    note = EncryptedTextField(_("note"), blank=True, help_text=_("No diagnoses and no CPR numbers."))
    checklist_done = models.JSONField(_("done"), default=list, blank=True)
    guests = models.PositiveSmallIntegerField(
        _("came without being signed up"), null=True, blank=True, validators=[MaxValueValidator(1000)]
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    saved_by_volunteer = models.ForeignKey(
        Volunteer, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["date", "start_time", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="peer_session_number"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | ~Q(state="cancelled"),
                name="peer_session_cancelled_has_no_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
                name="peer_session_cancelled_has_reason",
            ),
        ]

    def __str__(self):
        if self.number is None:
            return gettext("Session called off")
        return gettext("Session %(number)s") % {"number": self.number}

    @property
    def is_cancelled(self):
        return self.state == SessionState.CANCELLED


class IntroWorkshop(WithPlace):
    """Where people hear what a course is, and sign up for it."""

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, related_name="workshops", verbose_name=_("initiative")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    title = models.CharField(_("title"), max_length=120, blank=True)
    date = models.DateField(_("date"), db_index=True)
    start_time = models.TimeField(_("begins at"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=120, validators=[MinValueValidator(10), MaxValueValidator(1440)]
    )
    capacity = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: everybody can come.")
    )
    courses = models.ManyToManyField(
        GroupCourse, blank=True, related_name="workshops", verbose_name=_("courses it leads to")
    )
    is_public = models.BooleanField(_("shown on the website"), default=True)
    state = models.CharField(
        _("state"), max_length=10, choices=SessionState.choices, default=SessionState.PLANNED
    )
    cancel_reason = models.CharField(
        _("why it was called off"), max_length=12, choices=CalledOff.choices, blank=True, editable=False
    )
    notes = EncryptedTextField(_("your own notes"), blank=True, help_text=_("Only coordinators see them."))
    version = models.PositiveIntegerField(default=0, editable=False)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("intro workshop")
        verbose_name_plural = _("intro workshops")
        ordering = ["-date", "-start_time", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="peer_workshop_number"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
                name="peer_workshop_cancelled_has_reason",
            ),
        ]

    def __str__(self):
        return gettext("Intro workshop %(number)s") % {"number": self.number}


class CourseEvent(AppendOnlyModel):
    """One step of a course: what, when, by whom. ``facts`` are codes, dates and keys; no words about anybody."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+")
    course = models.ForeignKey(GroupCourse, models.CASCADE, related_name="events")
    at = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    action = models.CharField(_("what"), max_length=24)
    from_state = models.CharField(_("from"), max_length=10, blank=True)
    to_state = models.CharField(max_length=10, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager(base=models.Manager.from_queryset(AppendOnlyQuerySet))

    class Meta:
        verbose_name = _("step of a course")
        verbose_name_plural = _("steps of a course")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.action} {self.pk}"
