"""What a person has changed on their own record, by link."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..privacy.models import AppendOnlyModel, AppendOnlyQuerySet
from .models_people import Citizen, Volunteer


class OwnChange(AppendOnlyModel):
    """One change a person made to their own record: when, and which fields; never what they held.

    ``fields`` are names of fields of the person ("times", "interests", "paused_from", …).
    """

    class What(models.TextChoices):
        PROFILE = "profile", _("changed what fits")
        PAUSE = "pause", _("took a pause")
        RESUME = "resume", _("ended the pause")
        STOP = "stop", _("asked for the record to be left alone")
        GO_ON = "go_on", _("let the record be used again")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    citizen = models.ForeignKey(Citizen, models.CASCADE, null=True, blank=True, related_name="own_changes")
    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, null=True, blank=True, related_name="own_changes"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    what = models.CharField(_("what"), max_length=8, choices=What.choices)
    fields = models.JSONField(default=list, blank=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager(base=models.Manager.from_queryset(AppendOnlyQuerySet))

    class Meta:
        verbose_name = _("change made by the person")
        verbose_name_plural = _("changes made by the person")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(citizen__isnull=False, volunteer__isnull=True)
                | Q(citizen__isnull=True, volunteer__isnull=False),
                name="peer_own_change_of_one_person",
            ),
        ]

    def __str__(self):
        return gettext("Change %(number)s") % {"number": self.pk}
