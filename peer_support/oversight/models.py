"""What the data officer has written about a line of the review list."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..privacy.fields import EncryptedTextField
from ..privacy.log_guard import guarded
from ..privacy.models import AppendOnlyModel

__all__ = ["ReviewNote"]


@guarded
class ReviewNote(AppendOnlyModel):
    """Somebody has looked at one line of the review list. Written once; who thinks again writes another.

    The line is found again by its ``digest``: the rule, the colleague, the initiative, the day and how much there was. So
    a line that grows after somebody has looked at it comes back.
    """

    class Verdict(models.TextChoices):
        FINE = "fine", _("All right")
        TALK = "talk", _("Needs a talk")

    at = models.DateTimeField(_("when"), default=timezone.now)
    initiative_number = models.BigIntegerField(_("initiative"), db_index=True)
    rule = models.CharField(_("what stood out"), max_length=20)
    day = models.DateField(_("day"))
    # Numbers of accounts and no foreign keys: the note must outlive them, as the log does.
    about_number = models.BigIntegerField(_("about the colleague"), null=True, blank=True)
    by_number = models.BigIntegerField(_("written by"))
    digest = models.CharField(max_length=64, db_index=True)
    verdict = models.CharField(_("what it was"), max_length=5, choices=Verdict.choices)
    note = EncryptedTextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("note on the review list")
        verbose_name_plural = _("notes on the review list")
        ordering = ["pk"]
        default_permissions = ("add", "view")

    def __str__(self):
        return f"{self.rule} {self.day}"
