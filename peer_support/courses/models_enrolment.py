"""Who is on their way into a course, in it, or out of it, and who came."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..people.models import Citizen, Volunteer
from ..privacy.fields import EncryptedTextField
from ..privacy.models import AppendOnlyModel, AppendOnlyQuerySet
from .models_course import GroupCourse, IntroWorkshop, Session


class EnrolmentState(models.TextChoices):
    INTERESTED = "interested", _("interested")
    INVITED = "invited", _("invited to an intro workshop")
    ATTENDED = "attended", _("has been to an intro workshop")
    OFFERED = "offered", _("has been offered a place")
    WAITING = "waiting", _("on the waiting list")
    ENROLLED = "enrolled", _("has a place")
    COMPLETED = "completed", _("completed the course")
    LEFT = "left", _("left the course")
    DECLINED = "declined", _("said no")


# States in which a place in the course is spoken for.
SEAT_STATES = (EnrolmentState.OFFERED, EnrolmentState.ENROLLED, EnrolmentState.COMPLETED)
# On their way in: nothing is decided yet.
INCOMING_STATES = (EnrolmentState.INTERESTED, EnrolmentState.INVITED, EnrolmentState.ATTENDED)


class WayIn(models.TextChoices):
    PUBLIC = "public", _("the website")
    COORDINATOR = "coordinator", _("the coordinator")
    FACILITATOR = "facilitator", _("a volunteer who leads the course")
    IMPORT = "import", _("a list that was read in")
    MOVED = "moved", _("moved from another course")
    OFFER = "offer", _("an offer from the waiting list")


class By(models.TextChoices):
    """Who took a step, or made a mark."""

    COORDINATOR = "coordinator", _("the coordinator")
    FACILITATOR = "facilitator", _("a volunteer who leads the course")
    PARTICIPANT = "participant", _("the person themselves")
    SYSTEM = "system", _("by itself")


class WaitingWhy(models.TextChoices):
    FULL = "full", _("the course is full")
    INTAKE_CLOSED = "closed", _("the course no longer takes new people in")
    NO_ANSWER = "no_answer", _("the offer was not answered in time")
    NOT_OPEN = "not_open", _("the course is not open yet")
    CANCELLED = "cancelled", _("the course was called off")
    STUDY = "study", _("a study draws who gets a place")
    WISH = "wish", _("wishes to wait")
    OTHER = "other", _("something else")


class LeftWhy(models.TextChoices):
    WISH = "wish", _("did not want to go on")
    NOT_RIGHT = "not_right", _("it was not the right thing")
    HEALTH = "health", _("illness or lack of strength")
    TIME = "time", _("work, school or times that no longer fit")
    MOVED_AWAY = "moved_away", _("has moved")
    OTHER_COURSE = "other_course", _("has moved to another course")
    NO_CONTACT = "no_contact", _("contact was lost")
    CANCELLED = "cancelled", _("the course was called off")
    OTHER = "other", _("something else")


class WantsNext(models.TextChoices):
    NOT_ASKED = "", _("not asked yet")
    NOTHING = "nothing", _("nothing for now")
    COURSE = "course", _("another course")
    ACCOMPANIMENT = "accompaniment", _("accompaniment")
    ONE_TO_ONE = "one_to_one", _("one-to-one support")
    VOLUNTEER = "volunteer", _("to become a volunteer")


class Enrolment(models.Model):
    """One person and one course. Written by :mod:`peer_support.courses.services_enrolment` only."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    course = models.ForeignKey(
        GroupCourse, models.PROTECT, related_name="enrolments", verbose_name=_("course")
    )
    citizen = models.ForeignKey(
        Citizen, models.PROTECT, null=True, blank=True, related_name="enrolments", verbose_name=_("citizen")
    )
    volunteer = models.ForeignKey(
        Volunteer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enrolments",
        verbose_name=_("volunteer"),
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=EnrolmentState.choices,
        default=EnrolmentState.INTERESTED,
        db_index=True,
    )
    way_in = models.CharField(_("way in"), max_length=12, choices=WayIn.choices, default=WayIn.COORDINATOR)
    asked_at = models.DateTimeField(_("signed up"), default=timezone.now)
    workshop = models.ForeignKey(
        IntroWorkshop,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="enrolments",
        verbose_name=_("intro workshop"),
    )
    attended_on = models.DateField(_("came to the intro workshop"), null=True, blank=True)
    exception_reason = EncryptedTextField(_("why without an intro workshop"), blank=True)
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True)
    # Small numbers come first. Sparse, so that one can be put between two others.
    waiting_order = models.BigIntegerField(_("place in the queue"), null=True, blank=True, editable=False)
    waiting_why = models.CharField(_("why waiting"), max_length=10, choices=WaitingWhy.choices, blank=True)
    waiting_note = EncryptedTextField(_("about waiting"), blank=True)
    priority_reason = EncryptedTextField(_("why somebody was put first"), blank=True)
    offered_at = models.DateTimeField(_("offered"), null=True, blank=True)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    enrolled_on = models.DateField(_("got the place"), null=True, blank=True)
    joined_from_session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("from session")
    )
    completed_on = models.DateField(_("completed"), null=True, blank=True)
    left_on = models.DateField(_("left"), null=True, blank=True)
    # Values of LeftWhy, sorted; nobody leaves for one reason only.
    left_reasons = models.JSONField(_("why they left"), default=list, blank=True)
    left_note = EncryptedTextField(_("about leaving"), blank=True)
    declined_on = models.DateField(_("said no"), null=True, blank=True)
    wants_next = models.CharField(
        _("wants next"), max_length=14, choices=WantsNext.choices, blank=True, default=WantsNext.NOT_ASKED
    )
    follow_up_on = models.DateField(_("ask how it goes on"), null=True, blank=True)
    moved_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="moved_to", verbose_name=_("moved from")
    )
    note = EncryptedTextField(_("note"), blank=True, help_text=_("No diagnoses and no CPR numbers."))
    external_source = models.CharField(max_length=60, blank=True, editable=False)
    external_id = models.CharField(max_length=100, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["asked_at", "pk"]
        permissions = [("export_enrolment", "Can export enrolments")]
        indexes = [models.Index(fields=["course", "state", "waiting_order"], name="peer_enrolment_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(citizen__isnull=True) ^ Q(volunteer__isnull=True),
                name="peer_enrolment_one_person",
            ),
            models.UniqueConstraint(fields=["course", "citizen"], name="peer_enrolment_citizen_once"),
            models.UniqueConstraint(fields=["course", "volunteer"], name="peer_enrolment_volunteer_once"),
            models.UniqueConstraint(
                fields=["course", "waiting_order"],
                condition=Q(state="waiting"),
                name="peer_enrolment_one_place_in_queue",
            ),
            models.UniqueConstraint(
                fields=["initiative", "external_source", "external_id"],
                condition=~Q(external_id=""),
                name="peer_enrolment_external",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(waiting_order__isnull=False, waiting_since__isnull=False),
                name="peer_enrolment_waiting_has_place",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered_at__isnull=False, answer_by__isnull=False),
                name="peer_enrolment_offer_has_dates",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["enrolled", "completed"]) | Q(enrolled_on__isnull=False),
                name="peer_enrolment_place_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="left") | Q(left_on__isnull=False), name="peer_enrolment_left_has_date"
            ),
        ]

    def __str__(self):
        return gettext("Enrolment %(number)s") % {"number": self.pk}

    @property
    def person(self):
        """The citizen or the volunteer."""
        return self.citizen or self.volunteer

    @property
    def holds_seat(self):
        return self.state in SEAT_STATES


class EnrolmentEvent(AppendOnlyModel):
    """One step of an enrolment: what, from which state to which, when, by whom. Codes only, no free text."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="events")
    at = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.CharField(_("by"), max_length=12, choices=By.choices, blank=True)
    action = models.CharField(_("what"), max_length=24)
    from_state = models.CharField(_("from"), max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    facts = models.JSONField(default=dict, blank=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager(base=models.Manager.from_queryset(AppendOnlyQuerySet))

    class Meta:
        verbose_name = _("step of an enrolment")
        verbose_name_plural = _("steps of an enrolment")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.action} {self.pk}"


class Attendance(models.Model):
    """Whether somebody came. No row means that nobody has said."""

    class Mark(models.TextChoices):
        PRESENT = "present", _("came")
        LATE = "late", _("came late")
        APOLOGIES = "apologies", _("sent word")
        ABSENT = "absent", _("did not come")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    session = models.ForeignKey(Session, models.CASCADE, related_name="attendance", verbose_name=_("session"))
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="attendance", verbose_name=_("enrolment")
    )
    mark = models.CharField(_("mark"), max_length=10, choices=Mark.choices)
    by = models.CharField(_("by"), max_length=12, choices=By.choices, default=By.FACILITATOR)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["session__date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="peer_attendance_once"),
        ]

    def __str__(self):
        return gettext("Attendance %(number)s") % {"number": self.pk}


CAME = (Attendance.Mark.PRESENT, Attendance.Mark.LATE)
