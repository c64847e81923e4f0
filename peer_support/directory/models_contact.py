"""Whom to ask at an initiative: names and numbers of people, kept out of the public entry."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..privacy.fields import EncryptedTextField


class InitiativeContact(models.Model):
    """Contact text that an import took out of the public fields, or that the centre was given. Staff only."""

    initiative = models.OneToOneField(
        "peer_support.Initiative",
        models.CASCADE,
        related_name="restricted_contact",
        verbose_name=_("initiative"),
    )
    text = EncryptedTextField(
        _("contact"),
        blank=True,
        help_text=_("Names, telephone numbers and addresses. Never shown to visitors."),
    )
    source = models.CharField(_("where it comes from"), max_length=200, blank=True)
    # Keyed hash of what the import wrote, so that a later import can tell whether somebody has changed it.
    import_digest = models.CharField(max_length=64, blank=True, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("restricted contact")
        verbose_name_plural = _("restricted contacts")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
