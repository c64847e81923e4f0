"""Once in a while everybody is asked whether they still want to be registered: the question, and what came of it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from .models_people import Citizen, Volunteer


class StillHereQuestion(models.Model):
    """One time a person is asked. ``asked_on`` is empty until a mail has gone, or somebody has rung and got no answer."""

    class Answer(models.TextChoices):
        YES = "yes", _("wants to go on")
        NO = "no", _("wants to be erased")
        RING = "ring", _("would like a call")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    citizen = models.ForeignKey(
        Citizen, models.CASCADE, null=True, blank=True, related_name="still_here", verbose_name=_("citizen")
    )
    volunteer = models.ForeignKey(
        Volunteer,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="still_here",
        verbose_name=_("volunteer"),
    )
    due_on = models.DateField(_("to be asked from"), default=timezone.localdate)
    asked_on = models.DateField(_("asked by mail"), null=True, blank=True)
    reminded_on = models.DateField(_("reminded once"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=4, choices=Answer.choices, blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("question whether to stay registered")
        verbose_name_plural = _("questions whether to stay registered")
        ordering = ["-pk"]
        default_permissions = ("change", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(citizen__isnull=False, volunteer__isnull=True)
                | Q(citizen__isnull=True, volunteer__isnull=False),
                name="peer_still_here_of_one",
            ),
            # Nobody is asked twice at once.
            models.UniqueConstraint(
                fields=["citizen"], condition=Q(answer__in=["", "ring"]), name="peer_still_here_citizen"
            ),
            models.UniqueConstraint(
                fields=["volunteer"], condition=Q(answer__in=["", "ring"]), name="peer_still_here_volunteer"
            ),
        ]

    def __str__(self):
        return gettext("Question %(number)s") % {"number": self.pk}

    @property
    def person(self):
        """The citizen or the volunteer."""
        return self.citizen or self.volunteer
