"""“Let us talk”: somebody who got a question by link would rather be rung."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from .models_match import Match


class MatchCall(models.Model):
    """A call that one side of a match has asked for. Nothing else about the match changes with it.

    ``about``: what the question was. One open call for each side and question, however often it is asked for.
    """

    class About(models.TextChoices):
        PROPOSAL = "proposal", _("the proposal")
        FIRST_MEETING = "first_meeting", _("the first meeting")
        DAY_AFTER = "day_after", _("how the first meeting was")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    match = models.ForeignKey(Match, models.CASCADE, related_name="calls", verbose_name=_("match"))
    side = models.CharField(
        _("who"), max_length=9, choices=[("citizen", _("the citizen")), ("volunteer", _("the volunteer"))]
    )
    about = models.CharField(_("what about"), max_length=13, choices=About.choices)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    done_at = models.DateTimeField(_("rung"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("call that was asked for")
        verbose_name_plural = _("calls that were asked for")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["match", "side", "about"],
                condition=Q(done_at=None),
                name="peer_match_call_one_open",
            ),
        ]

    def __str__(self):
        return gettext("Call %(number)s") % {"number": self.pk}
