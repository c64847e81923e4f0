"""A dated talk with a volunteer or a citizen."""

import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..privacy.fields import EncryptedTextField, Unreadable
from .models_conversation_kind import Kind
from .models_guide import GuideVersion
from .models_people import Citizen, Volunteer


class Conversation(models.Model):
    """Initial, follow-up or closing talk. What is said is encrypted; facts go to the person's own fields."""

    Kind = Kind

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    citizen = models.ForeignKey(
        Citizen,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="conversations",
        verbose_name=_("citizen"),
    )
    volunteer = models.ForeignKey(
        Volunteer,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="conversations",
        verbose_name=_("volunteer"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.INITIAL)
    held_on = models.DateField(_("date"), default=timezone.localdate)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    notes = EncryptedTextField(
        _("what was said"), blank=True, help_text=_("No diagnoses and no CPR numbers.")
    )
    next_step = EncryptedTextField(_("agreed next step"), blank=True)
    guide_version = models.ForeignKey(
        GuideVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("questions")
    )
    answers_json = EncryptedTextField(_("answers"), blank=True, default="", editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(citizen__isnull=True) ^ Q(volunteer__isnull=True),
                name="peer_conversation_one_person",
            ),
        ]

    def __str__(self):
        return gettext("Conversation %(number)s") % {"number": self.pk}

    @property
    def answers_are_readable(self):
        """Whether the answers can be read; without their key they are kept and not written over."""
        return not isinstance(self.answers_json, Unreadable)

    @property
    def answers(self):
        """The answers to the centre's own questions, ``{key of the question: text}``.

        They are kept as rows that name their question in words, so that whoever gets their data reads both.
        """
        if not self.answers_json or not self.answers_are_readable:
            return {}
        return {row["key"]: row["answer"] for row in json.loads(self.answers_json)}

    @answers.setter
    def answers(self, answers):
        if not self.answers_are_readable:
            raise ValueError("Answers whose key is missing are not written over.")
        asked = {entry["key"]: entry["text"] for entry in self.guide_version.questions}
        rows = [
            {"key": key, "question": asked.get(key, ""), "answer": text}
            for key, text in answers.items()
            if text
        ]
        self.answers_json = json.dumps(rows, ensure_ascii=False) if rows else ""
