"""Links that let somebody without an account do one thing."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..privacy.fields import EncryptedCharField
from .scopes import scoped_manager

__all__ = ["AccessLink"]


class AccessLink(models.Model):
    """One secret address for one purpose on one record; it expires, and can be taken back.

    The address holds a random token and nothing else. The table holds a keyed hash to find it by, and the token
    encrypted, so that a coordinator can hand out the same link again.
    """

    initiative = models.ForeignKey("peer_support.Initiative", models.CASCADE, related_name="+")
    purpose = models.CharField(_("what for"), max_length=40)
    target_model = models.CharField(max_length=60, editable=False)
    target_id = models.BigIntegerField(editable=False)
    token = EncryptedCharField(max_length=64, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    last_opened_at = models.DateTimeField(_("last opened"), null=True, blank=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("link without an account")
        verbose_name_plural = _("links without an account")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["target_model", "target_id", "purpose"], name="peer_link_target")]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
