"""Lines of today's list that somebody has put off."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...access.scopes import scoped_manager

__all__ = ["PutOff"]

# A line that came back is remembered for so many days more.
DAYS_KEPT = 30


class PutOff(models.Model):
    """ "Not today": one line comes back on the morning of ``until``. It holds no words, only a digest of the line."""

    initiative = models.ForeignKey("peer_support.Initiative", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=40, editable=False)
    until = models.DateField(_("back on"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("line put off")
        verbose_name_plural = _("lines put off")
        ordering = ["until", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "digest"], name="peer_put_off_once"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
