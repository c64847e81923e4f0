"""What volunteers would like to learn and what they can. What they attend stands in the room of courses."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..courses.models import CourseTemplate
from ..directory.models import Initiative
from ..people.models import Volunteer

__all__ = ["Skill", "VolunteerSkill"]


class Skill(models.Model):
    """A word of a centre's own list, such as first aid or handling a conflict. Says nothing about a person."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="skills", verbose_name=_("initiative")
    )
    name = models.CharField(_("name"), max_length=80)
    months = models.PositiveSmallIntegerField(
        _("months it is good for"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_("Empty: it does not expire. First aid: 24."),
    )
    templates = models.ManyToManyField(
        CourseTemplate,
        blank=True,
        related_name="+",
        verbose_name=_("courses that teach it"),
        help_text=_("Whoever completes one of them holds the skill. You write nothing down."),
    )
    in_use = models.BooleanField(_("in use"), default=True)

    objects = scoped_manager()

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["initiative", "name"], name="peer_skill_name")]

    def __str__(self):
        return self.name


class VolunteerSkill(models.Model):
    """One volunteer and one skill: wished since a day, or held from a day and perhaps until one, or both."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="skills", verbose_name=_("volunteer")
    )
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="volunteers", verbose_name=_("skill"))
    wished_on = models.DateField(_("wished since"), null=True, blank=True)
    held_on = models.DateField(_("held since"), null=True, blank=True)
    held_until = models.DateField(
        _("held until"), null=True, blank=True, help_text=_("Empty: it does not expire.")
    )
    updated_at = models.DateTimeField(_("updated"), default=timezone.now, editable=False)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("skill of a volunteer")
        verbose_name_plural = _("skills of a volunteer")
        ordering = ["skill__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "skill"], name="peer_volunteer_skill_once"),
            models.CheckConstraint(
                condition=Q(wished_on__isnull=False) | Q(held_on__isnull=False),
                name="peer_volunteer_skill_says_something",
            ),
            models.CheckConstraint(
                condition=Q(held_until__isnull=True) | Q(held_on__isnull=False, held_until__gte=F("held_on")),
                name="peer_volunteer_skill_days_in_order",
            ),
        ]

    def __str__(self):
        return gettext("Skill %(number)s") % {"number": self.pk}

    def is_held(self, day=None):
        """Whether the skill is held on ``day`` (default: today)."""
        day = day or timezone.localdate()
        return bool(
            self.held_on and self.held_on <= day and (self.held_until is None or day <= self.held_until)
        )
