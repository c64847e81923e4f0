"""How often something was done from one place, and which forms were sent already. No address and no word is kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["PublicCounter", "SentForm"]


class PublicCounter(models.Model):
    """How many times in one window of time. ``key`` is a keyed hash: who it was cannot be read from it."""

    key = models.CharField(max_length=64, unique=True, editable=False)
    count = models.PositiveIntegerField(default=0, editable=False)
    ends_at = models.DateTimeField(db_index=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        default_permissions = ()

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class SentForm(models.Model):
    """One form that was sent and taken: a second press on the button finds it here and does nothing more."""

    key = models.CharField(max_length=64, unique=True, editable=False)
    ends_at = models.DateTimeField(db_index=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        default_permissions = ()

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
