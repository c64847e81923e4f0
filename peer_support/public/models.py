"""The texts of the crisis box that an editor may change. The numbers themselves stand in the template."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting

from .models_throttle import PublicCounter, SentForm

__all__ = ["CrisisHelp", "PublicCounter", "SentForm"]


class CrisisHelp(BaseGenericSetting):
    """Opening hours and one more way to get help. The box itself cannot be taken off a page.

    Hours are shown with the day on which somebody checked them, and not at all before that.
    """

    hours = models.CharField(
        _("when the line answers"),
        max_length=200,
        blank=True,
        help_text=_("Shown only together with the day you checked it."),
    )
    hours_checked_on = models.DateField(_("checked on"), null=True, blank=True)
    second_way = models.CharField(
        _("one more way to get help"),
        max_length=300,
        blank=True,
        help_text=_("For example the psychiatric emergency line of your region. One short sentence."),
    )

    class Meta:
        verbose_name = _("crisis box")

    def __str__(self):
        return str(self._meta.verbose_name)
