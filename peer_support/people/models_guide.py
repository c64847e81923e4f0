"""The questions of a conversation: a standard that ships with the package, and a centre's own. Nobody's data."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..directory.models import Initiative
from .models_conversation_kind import Kind


class Who(models.TextChoices):
    VOLUNTEER = "volunteer", _("volunteer")
    CITIZEN = "citizen", _("citizen")


class QuestionType(models.TextChoices):
    """How a question is answered. ``FACT``: the answer is a fact of the person's profile, where matching reads it."""

    TEXT = "text", _("in words")
    YES_NO = "yes_no", _("yes or no")
    CHOICE = "choice", _("one of several answers")
    FACT = "fact", _("a fact for the profile")


def new_key():
    """Return a key for a question, which it keeps through its versions."""
    return secrets.token_hex(4)


class ConversationGuide(models.Model):
    """What is asked in one kind of conversation. ``initiative`` empty: the standard, for those without one of their own."""

    Who = Who
    Kind = Kind

    who = models.CharField(_("with whom"), max_length=10, choices=Who.choices)
    kind = models.CharField(_("which conversation"), max_length=10, choices=Kind.choices)
    initiative = models.ForeignKey(
        Initiative,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="conversation_guides",
        verbose_name=_("initiative"),
    )

    in_use = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("conversation guide")
        verbose_name_plural = _("conversation guides")
        ordering = ["who", "kind", "pk"]
        default_permissions = ("change", "view")
        permissions = [("publish_conversationguide", "Can change the standard conversation guides")]
        constraints = [
            models.UniqueConstraint(fields=["who", "kind", "initiative"], name="peer_guide_of_initiative"),
            models.UniqueConstraint(
                fields=["who", "kind"], condition=Q(initiative=None), name="peer_guide_standard"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.get_who_display()}"

    def newest(self):
        """Return the version that is asked now."""
        return self.versions.order_by("-number").first()


class GuideVersion(models.Model):
    """The questions as they were asked from a certain day on. Once a conversation has used them they are not changed.

    ``questions``: a list of ``{"key", "text", "help", "type", "options", "fact"}``; ``type`` is a
    :class:`QuestionType`, ``options`` the answers of a choice, ``fact`` the name of a field of the person.
    """

    guide = models.ForeignKey(ConversationGuide, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"), default=1)
    questions = models.JSONField(_("questions"), default=list)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("version of a conversation guide")
        verbose_name_plural = _("versions of conversation guides")
        ordering = ["guide", "-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["guide", "number"], name="peer_guide_version"),
        ]

    def __str__(self):
        return f"{self.guide_id} · {self.number}"
