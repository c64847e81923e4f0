"""What belongs to a good ending: for each side a closing talk, a thank-you, and what comes next."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..matching.models import Match, MatchEvent
from ..people.models import Conversation
from .models_follow_up import Side


class EndingStep(models.Model):
    """One step of the ending of a match: open until it is done, or skipped because it is not wished.

    ``event`` is the step of the match that ended it: one that is taken back and ended again gets steps of its own.
    ``choice`` is the way of the thank-you, or what comes next.
    """

    class Kind(models.TextChoices):
        TALK = "talk", _("closing conversation")
        THANKS = "thanks", _("thank-you")
        NEXT = "next", _("what comes next")

    class State(models.TextChoices):
        OPEN = "open", _("to come")
        DONE = "done", _("done")
        SKIPPED = "skipped", _("not wished")
        TAKEN_BACK = "taken_back", _("taken back")

    class Choice(models.TextChoices):
        SPOKEN = "spoken", _("Said it")
        WRITTEN = "written", _("Wrote a card or a letter")
        TOGETHER = "together", _("Marked it together, with coffee or the like")
        ANOTHER = "another", _("Another match")
        COURSE = "course", _("A course")
        VOLUNTEER = "volunteer", _("Become a volunteer")
        PAUSE = "pause", _("A pause")
        STOP = "stop", _("Enough for now")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    match = models.ForeignKey(Match, models.CASCADE, related_name="ending_steps", verbose_name=_("match"))
    event = models.ForeignKey(MatchEvent, models.CASCADE, related_name="+")
    side = models.CharField(_("who"), max_length=9, choices=Side.choices)
    kind = models.CharField(_("what"), max_length=8, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    due_on = models.DateField(_("due"))
    choice = models.CharField(_("how"), max_length=10, choices=Choice.choices, blank=True)
    conversation = models.ForeignKey(
        Conversation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("conversation"),
    )
    done_on = models.DateField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("step of an ending")
        verbose_name_plural = _("steps of an ending")
        ordering = ["match", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="peer_ending_step_due")]
        constraints = [
            models.UniqueConstraint(fields=["event", "side", "kind"], name="peer_ending_step_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "skipped"]) | Q(done_on__isnull=False),
                name="peer_ending_step_done_has_date",
            ),
        ]

    def __str__(self):
        return gettext("Step %(number)s of an ending") % {"number": self.pk}

    @property
    def person(self):
        """The citizen or the volunteer whom it is about."""
        return getattr(self.match, self.side)
