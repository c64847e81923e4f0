"""A spreadsheet on its way in: kept encrypted between the steps of an import, and emptied when it is over."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..privacy.fields import EncryptedTextField

LIFETIME = timedelta(hours=2)


def _expiry():
    return timezone.now() + LIFETIME


class PeopleUpload(models.Model):
    """The rows of one file (``content``, JSON) and what was chosen for them (``choices``, JSON); one user's.

    ``content`` is emptied when the import is confirmed or given up; ``result`` then holds counts only.
    """

    class Kind(models.TextChoices):
        CITIZEN = "citizen", _("citizens")
        VOLUNTEER = "volunteer", _("volunteers")
        # The room of courses reads these; the two above are people's own.
        PARTICIPANTS = "course", _("participants of a course")
        DATES = "dates", _("the sessions of a course")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+", verbose_name=_("initiative"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user")
    )
    kind = models.CharField(_("who"), max_length=10, choices=Kind.choices)
    content = EncryptedTextField(blank=True)
    choices = EncryptedTextField(blank=True)
    result = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"), default=_expiry)
    done_at = models.DateTimeField(_("imported"), null=True, blank=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("uploaded spreadsheet")
        verbose_name_plural = _("uploaded spreadsheets")
        ordering = ["-pk"]
        default_permissions = ()  # whoever may add the people may import them

    def __str__(self):
        return gettext("Import %(number)s") % {"number": self.pk}
