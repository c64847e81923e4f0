"""What a person has decided about seeing, and showing, how their numbers have changed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...access.scopes import scoped_manager
from ...directory.models import Initiative
from ...people.models import Citizen, Volunteer

__all__ = ["ChangeChoice"]


class ChangeChoice(models.Model):
    """One person's choice. No row: the person sees their change, and their volunteer does not.

    ``hidden``: the person would rather not see it. ``shown_to_volunteer``: a citizen said that their volunteer may look
    at it with them; nobody else says so. Neither tells anything of how the person is.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    citizen = models.OneToOneField(
        Citizen,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="change_choice",
        verbose_name=_("citizen"),
    )
    volunteer = models.OneToOneField(
        Volunteer,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="change_choice",
        verbose_name=_("volunteer"),
    )
    hidden = models.BooleanField(_("would rather not see the change"), default=False)
    shown_to_volunteer = models.BooleanField(_("the volunteer may see the change"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("choice about one's change")
        verbose_name_plural = _("choices about one's change")
        ordering = ["-updated_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(citizen__isnull=True) ^ Q(volunteer__isnull=True),
                name="peer_change_choice_one_person",
            ),
            models.CheckConstraint(
                condition=Q(shown_to_volunteer=False) | Q(citizen__isnull=False),
                name="peer_change_choice_by_a_citizen",
            ),
        ]

    def __str__(self):
        return gettext("Choice about change %(number)s") % {"number": self.pk}
