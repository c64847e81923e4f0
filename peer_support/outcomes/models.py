"""The progress star: a person's own areas, and how they stood on each of several days.

The areas, and every number, are encrypted. A number from 1 to 10 beside "sleep" is health data, and nothing in the
database ever asks for it: stars are drawn one at a time, for the one they belong to, and are never summed up. So there
is no list of stars, no filter and no figure for those who fund, and a row tells only that there is a star and when.
"""

import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..people.models import Citizen, Volunteer
from ..privacy.fields import EncryptedTextField, Unreadable

__all__ = ["AreaSuggestion", "ProgressStar", "StarReading"]

# More than ten areas are a questionnaire, and no drawing one can read.
MOST_AREAS = 10
LOWEST, HIGHEST = 1, 10
AREA_LENGTH = 40


class AreaSuggestion(models.Model):
    """An area to choose for one's star, in everyday words. Kept by editors; people may write others of their own."""

    name = models.CharField(_("area"), max_length=AREA_LENGTH, unique=True)
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("The lowest stands first.")
    )
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("area of the progress star")
        verbose_name_plural = _("areas of the progress star")
        ordering = ["sort_order", "name"]

    def __str__(self):
        return self.name


class ProgressStar(models.Model):
    """One person's star. ``shown_to_volunteer``: the citizen said that their volunteer may see it; nobody else says so.

    ``areas_text`` is JSON, ``[{"key": 1, "name": "…"}, …]`` in the order the person gave them. A key is never used for
    another area of the same star; ``next_key`` sees to that.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    citizen = models.OneToOneField(
        Citizen, models.CASCADE, null=True, blank=True, related_name="star", verbose_name=_("citizen")
    )
    volunteer = models.OneToOneField(
        Volunteer, models.CASCADE, null=True, blank=True, related_name="star", verbose_name=_("volunteer")
    )
    areas_text = EncryptedTextField(_("areas"), blank=True, editable=False)
    next_key = models.PositiveSmallIntegerField(default=1, editable=False)
    shown_to_volunteer = models.BooleanField(_("the volunteer may see it"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("progress star")
        verbose_name_plural = _("progress stars")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(citizen__isnull=True) ^ Q(volunteer__isnull=True), name="peer_star_one_person"
            ),
            models.CheckConstraint(
                condition=Q(shown_to_volunteer=False) | Q(citizen__isnull=False),
                name="peer_star_shown_by_a_citizen",
            ),
        ]

    def __str__(self):
        return gettext("Progress star %(number)s") % {"number": self.pk}

    @property
    def person(self):
        return self.citizen or self.volunteer

    @property
    def is_readable(self):
        """Whether the key is there; what cannot be read is neither drawn nor written over."""
        return not isinstance(self.areas_text, Unreadable)

    @property
    def areas(self):
        """The areas as ``[(key, name), …]``; empty where the key is missing."""
        if not self.areas_text or not self.is_readable:
            return []
        return [(area["key"], area["name"]) for area in json.loads(self.areas_text)]

    @areas.setter
    def areas(self, pairs):
        self.areas_text = json.dumps(
            [{"key": key, "name": name} for key, name in pairs], ensure_ascii=False, separators=(",", ":")
        )


class StarReading(models.Model):
    """How a person stood on one day. ``answers_text`` is JSON, ``{"key of the area": 1–10, or null for "not stated"}``.

    An area that is not in it has not been asked about yet.
    """

    class Way(models.TextChoices):
        LINK = "link", _("by link")
        TOGETHER = "together", _("together with the coordinator")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    star = models.ForeignKey(ProgressStar, models.CASCADE, related_name="readings", verbose_name=_("star"))
    on = models.DateField(_("date"), default=timezone.localdate)
    answers_text = EncryptedTextField(_("answers"), blank=True, editable=False)
    way = models.CharField(_("way"), max_length=10, choices=Way.choices, default=Way.LINK)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("day of a progress star")
        verbose_name_plural = _("days of progress stars")
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["star", "on"], name="peer_star_one_reading_a_day")]

    def __str__(self):
        return gettext("Day %(number)s of a progress star") % {"number": self.pk}

    @property
    def is_readable(self):
        return not isinstance(self.answers_text, Unreadable)

    @property
    def answers(self):
        """``{key: 1–10 or None}``; empty where the key to the text is missing."""
        if not self.answers_text or not self.is_readable:
            return {}
        return {int(key): value for key, value in json.loads(self.answers_text).items()}

    @answers.setter
    def answers(self, values):
        self.answers_text = json.dumps(
            {str(key): value for key, value in values.items()}, separators=(",", ":")
        )
