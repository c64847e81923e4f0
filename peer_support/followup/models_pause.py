"""The history of pauses: when, who kept contact meanwhile, and when it was over. Why is never kept here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..matching.models import Match
from ..people.models import Citizen, Volunteer


class Pause(models.Model):
    """One pause of a citizen, a volunteer or a match. A row per pause; it is closed, never taken out.

    The reason stands on the person or the match while the pause lasts, encrypted, and is forgotten with it.
    ``ask_on``: the day on which to ask whether they are ready again.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    citizen = models.ForeignKey(
        Citizen,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="pauses",
        verbose_name=_("citizen"),
    )
    volunteer = models.ForeignKey(
        Volunteer,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="pauses",
        verbose_name=_("volunteer"),
    )
    match = models.ForeignKey(
        Match, models.CASCADE, null=True, blank=True, related_name="pauses", verbose_name=_("match")
    )
    starts = models.DateField(_("pause from"))
    until = models.DateField(_("pause until"), null=True, blank=True)
    ask_on = models.DateField(_("ask on"))
    covered_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("colleague who keeps contact"),
    )
    covered_by_volunteer = models.ForeignKey(
        Volunteer,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("volunteer who keeps contact"),
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    over_on = models.DateField(_("over"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["-starts", "-pk"]
        indexes = [models.Index(fields=["over_on", "ask_on"], name="peer_pause_to_ask")]
        constraints = [
            models.CheckConstraint(
                condition=Q(citizen__isnull=False, volunteer__isnull=True, match__isnull=True)
                | Q(citizen__isnull=True, volunteer__isnull=False, match__isnull=True)
                | Q(citizen__isnull=True, volunteer__isnull=True, match__isnull=False),
                name="peer_pause_of_one",
            ),
            models.CheckConstraint(
                condition=Q(covered_by_user__isnull=True) | Q(covered_by_volunteer__isnull=True),
                name="peer_pause_one_covers",
            ),
            *(
                models.UniqueConstraint(
                    fields=[name], condition=Q(over_on__isnull=True), name=f"peer_pause_one_open_{name}"
                )
                for name in ("citizen", "volunteer", "match")
            ),
        ]

    def __str__(self):
        return gettext("Pause %(number)s") % {"number": self.pk}

    @property
    def target(self):
        """The citizen, volunteer or match that pauses."""
        return self.match or self.citizen or self.volunteer

    @property
    def is_over(self):
        return self.over_on is not None
