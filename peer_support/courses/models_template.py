"""The words of the centre's courses: templates with their session plans, and the school holidays. Nobody's data."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from ..directory.models import Municipality


class Kind(models.TextChoices):
    """What it is. One engine runs them all; the numbers differ."""

    COURSE = "course", _("group course")
    OPEN_GROUP = "open", _("open group")
    CAFE = "cafe", _("drop-in café")
    WORKSHOP = "workshop", _("workshop")
    TRAINING = "training", _("training for volunteers")
    SUPERVISION = "supervision", _("supervision")
    MEETING = "meeting", _("meeting for volunteers")
    SOCIAL = "social", _("social event for volunteers")


class ForWhom(models.TextChoices):
    CITIZENS = "citizens", _("citizens")
    VOLUNTEERS = "volunteers", _("volunteers")


def _number(label, default, least=1, most=1000, **kwargs):
    validators = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(label, default=default, validators=validators, **kwargs)


class CourseNumbers(models.Model):
    """What a template says and a course copies, so that a course can differ and a template can change."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.COURSE)
    for_whom = models.CharField(
        _("for whom"), max_length=10, choices=ForWhom.choices, default=ForWhom.CITIZENS
    )
    title = models.CharField(_("title"), max_length=120, help_text=_("Readers see it on the website."))
    about = models.TextField(_("what it is"), blank=True, help_text=_("Readers see it on the website."))
    what_happens = models.TextField(
        _("what happens when we meet"), blank=True, help_text=_("Readers see it on the website.")
    )
    group_rules = models.TextField(
        _("rules of the group"), blank=True, help_text=_("One on each line. Readers see them on the website.")
    )
    minutes = _number(_("minutes each time"), 120, least=10, most=1440)
    interval_weeks = _number(_("weeks from one session to the next"), 1, most=52)
    capacity = _number(_("places"), 8, null=True, blank=True, help_text=_("Empty: everybody can come."))
    minimum = _number(_("fewest to start with"), 4, least=0)
    facilitators_needed = _number(_("volunteers who lead it"), 2, least=0, most=20)
    intake_sessions = _number(
        _("open to new people through session number"),
        3,
        most=520,
        null=True,
        blank=True,
        help_text=_("Empty: people can join all the way."),
    )
    wants_intro = models.BooleanField(
        _("begins with an intro workshop"),
        default=True,
        help_text=_("People come to an intro workshop before they get a place."),
    )
    answer_days = _number(_("days to answer an offer of a place"), 7, most=60)
    auto_offer = models.BooleanField(
        _("offers a free place to the next on the waiting list by itself"),
        default=True,
        help_text=_("Otherwise you offer it yourself. You can always choose somebody else and write why."),
    )

    class Meta:
        abstract = True

    @property
    def is_for_volunteers(self):
        return self.for_whom == ForWhom.VOLUNTEERS

    @property
    def rules(self):
        """The rules of the group as a list."""
        return [line.strip() for line in self.group_rules.splitlines() if line.strip()]


NUMBERS = tuple(field.name for field in CourseNumbers._meta.fields)


class CourseTemplate(CourseNumbers, ClusterableModel):
    """A manual: what a course is, its numbers, and a plan for each session. Kept by editors, read by coordinators."""

    session_count = _number(_("sessions"), 10, most=520)
    in_use = models.BooleanField(
        _("in use"), default=True, help_text=_("Only then can new courses be made from it.")
    )

    class Meta:
        verbose_name = _("course template")
        verbose_name_plural = _("course templates")
        ordering = ["title"]

    def __str__(self):
        return self.title

    def numbers(self):
        """Return what a course copies, ``{field: value}``."""
        return {name: getattr(self, name) for name in NUMBERS}

    def numbered_plans(self):
        """Return ``{session number: SessionPlan}``, in the order the editor gave them, from 1."""
        plans = sorted(self.plans.all(), key=lambda plan: (plan.sort_order or 0, plan.pk or 0))
        return dict(enumerate(plans, start=1))


class SessionPlan(Orderable):
    """What one session is about. Its number is its place in the template."""

    template = ParentalKey(CourseTemplate, on_delete=models.CASCADE, related_name="plans")
    title = models.CharField(_("title"), max_length=120)
    aim = models.TextField(_("aim"), blank=True)
    checklist = models.TextField(
        _("checklist"),
        blank=True,
        help_text=_("What the volunteers tick off afterwards. One thing on each line."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("session plan")
        verbose_name_plural = _("session plans")

    def __str__(self):
        return self.title

    @property
    def items(self):
        """The checklist as a list."""
        return [line.strip() for line in self.checklist.splitlines() if line.strip()]


class SchoolHoliday(models.Model):
    """Days on which courses do not meet, because schools are closed. No list of them is published for all towns."""

    name = models.CharField(_("name"), max_length=80)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    municipalities = models.ManyToManyField(
        Municipality,
        blank=True,
        related_name="+",
        verbose_name=_("municipalities"),
        help_text=_("Empty: everywhere."),
    )

    class Meta:
        verbose_name = _("school holiday")
        verbose_name_plural = _("school holidays")
        ordering = ["first_day", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="peer_holiday_days_in_order"
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day is before the first.")})
