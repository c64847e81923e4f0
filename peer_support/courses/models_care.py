"""A call to somebody who has not come. It is care, never a penalty, and nothing else in the system looks at it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from .models_course import Session
from .models_enrolment import Enrolment


class CaringCall(models.Model):
    """Somebody rang a participant who did not come. Which sessions it was about, and how it went, as a code."""

    class Outcome(models.TextChoices):
        TALKED = "talked", _("we talked")
        COMES_BACK = "comes_back", _("we talked; they come again")
        STOPS = "stops", _("we talked; they would like to stop")
        NOT_REACHED = "not_reached", _("did not answer; I try again")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="caring_calls", verbose_name=_("enrolment")
    )
    # The last session that was missed; those before it in the same row of absences are in ``sessions``.
    up_to = models.ForeignKey(Session, models.CASCADE, related_name="+", verbose_name=_("session"))
    sessions = models.JSONField(_("sessions that were missed"), default=list, blank=True)
    outcome = models.CharField(_("how it went"), max_length=12, choices=Outcome.choices)
    done_at = models.DateTimeField(_("rung"), default=timezone.now)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("caring call")
        verbose_name_plural = _("caring calls")
        ordering = ["-done_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "up_to"],
                condition=~Q(outcome="not_reached"),
                name="peer_call_once_for_a_row_of_absences",
            ),
        ]

    def __str__(self):
        return gettext("Caring call %(number)s") % {"number": self.pk}
