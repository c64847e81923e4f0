"""What a person says is wrong in their own record (GDPR art. 16). It changes nothing until a coordinator takes it over."""

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
from .models_people import Citizen, Volunteer

# What decides who is rung and written to. Whoever holds a link could lead it elsewhere, so nobody changes it by link alone.
CORRECTED = ("first_name", "last_name", "phone", "email", "postcode")
MOST_SIGNS = 500


class Correction(models.Model):
    """One message: ``wishes_text`` is JSON, ``{"phone": "what it ought to be"}``, of :data:`CORRECTED`; ``words`` is the rest."""

    class State(models.TextChoices):
        OPEN = "open", _("not looked at yet")
        TAKEN = "taken", _("put right")
        LEFT = "left", _("left as it was")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    citizen = models.ForeignKey(
        Citizen, models.CASCADE, null=True, blank=True, related_name="corrections", verbose_name=_("citizen")
    )
    volunteer = models.ForeignKey(
        Volunteer,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("volunteer"),
    )
    wishes_text = EncryptedTextField(_("what it ought to be"), blank=True, editable=False)
    words = EncryptedTextField(_("what is wrong"), blank=True)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    state = models.CharField(_("state"), max_length=5, choices=State.choices, default=State.OPEN)
    settled_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    settled_by = models.ForeignKey(
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
        verbose_name = _("correction from the person")
        verbose_name_plural = _("corrections from people")
        ordering = ["sent_at", "pk"]
        default_permissions = ("change", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(citizen__isnull=False, volunteer__isnull=True)
                | Q(citizen__isnull=True, volunteer__isnull=False),
                name="peer_correction_of_one_person",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True)
                | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="peer_correction_settled_has_day",
            ),
        ]

    def __str__(self):
        return gettext("Correction %(number)s") % {"number": self.pk}

    @property
    def person(self):
        """The citizen or the volunteer."""
        return self.citizen or self.volunteer

    @property
    def wishes(self):
        """``{field of the person: what it ought to be}``; empty where the key to the text is missing."""
        if not self.wishes_text or isinstance(self.wishes_text, Unreadable):
            return {}
        found = json.loads(self.wishes_text)
        return {name: found[name] for name in CORRECTED if name in found}

    @wishes.setter
    def wishes(self, values):
        self.wishes_text = json.dumps(values, ensure_ascii=False) if values else ""
