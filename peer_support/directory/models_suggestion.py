"""What an initiative's own people would like to have changed in its entry. Kept apart until an editor has looked."""

import json

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..privacy.fields import EncryptedCharField, EncryptedTextField
from .models_initiative import Initiative

# The fields of an entry that a visitor may write anew, in the order of the form.
OPEN_FIELDS = (
    "title",
    "summary",
    "description",
    "operator",
    "for_whom",
    "status",
    "started",
    "peer_count",
    "recruitment",
    "training",
    "supervision",
    "evaluation",
)


class InitiativeSuggestion(models.Model):
    """A suggestion from outside: nobody has checked it and nothing of it is public.

    Texts and contact are encrypted: people write names and numbers where none are asked for. It is no snippet and
    has no revisions; editors read it in an admin list that logs each look.
    """

    class State(models.TextChoices):
        NEW = "new", _("new")
        DRAFTED = "drafted", _("made into a draft")
        DONE = "done", _("done")
        DECLINED = "declined", _("not used")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="suggestions", verbose_name=_("initiative")
    )
    state = models.CharField(_("status"), max_length=10, choices=State.choices, default=State.NEW)
    # JSON: {field: {"wish": new text, "was": digest of the text the sender saw}}.
    changes_json = EncryptedTextField(_("suggested texts"), blank=True, editable=False)
    message = EncryptedTextField(_("in their own words"), blank=True)
    contact = EncryptedCharField(_("how to reach them"), blank=True)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["state"], name="peer_suggestion_state")]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def changes(self):
        """Return ``{field: {"wish", "was"}}``; empty where nothing can be read."""
        try:
            found = json.loads(self.changes_json or "{}")
        except ValueError:
            return {}  # the key is missing
        return {name: found[name] for name in OPEN_FIELDS if name in found}
