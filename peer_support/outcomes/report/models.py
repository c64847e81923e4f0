"""What a year's report keeps: the centre's own words, and the numbers that public pages may show. No person's data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

__all__ = ["PublicNumbers", "YearReport"]


class YearReport(models.Model):
    """The centre's own words in the report of one year, of one initiative or of all of them together (none)."""

    initiative = models.ForeignKey(
        "peer_support.Initiative",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("initiative"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    foreword = models.TextField(_("your own words"), blank=True, max_length=6000)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("year's report")
        verbose_name_plural = _("years' reports")
        default_permissions = ()
        permissions = [("export_yearreport", "Can export year's report")]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "year"], name="peer_report_once"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(initiative=None), name="peer_report_all_once"
            ),
        ]

    def __str__(self):
        return str(self.year)


class PublicNumbers(models.Model):
    """The numbers that pages may show of one period, as they were when they were last counted.

    ``period`` is a year ("2026") or "last12". ``values`` is ``{code of the figure: number as text, or null where it is
    hidden}``: nothing in it was ever below 5, and a page needs no look at anybody's rows.
    """

    initiative = models.ForeignKey(
        "peer_support.Initiative", models.CASCADE, null=True, blank=True, related_name="+"
    )
    period = models.CharField(max_length=10)
    counted_on = models.DateField()
    rounded = models.BooleanField(default=False)
    values = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("public numbers")
        verbose_name_plural = _("public numbers")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["initiative", "period"], name="peer_public_numbers_once"),
            models.UniqueConstraint(
                fields=["period"], condition=Q(initiative=None), name="peer_public_numbers_all_once"
            ),
        ]

    def __str__(self):
        return self.period
