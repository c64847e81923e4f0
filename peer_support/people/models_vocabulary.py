"""Interests and languages: short lists that editors keep. Each word has a bit of its own that is never reused."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class InterestGroup(models.Model):
    """A heading that interests stand under, such as music or movement."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("interest group")
        verbose_name_plural = _("interest groups")
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class WithBit(models.Model):
    """Gives each row a stable bit position, so that a set of rows fits in one number on a person's row."""

    # How many bits fit in the column on a person's row.
    most = 63

    bit = models.PositiveSmallIntegerField(unique=True, editable=False)

    class Meta:
        abstract = True

    def _next_bit(self):
        used = type(self)._base_manager.aggregate(top=models.Max("bit"))["top"]
        return 0 if used is None else used + 1

    def clean(self):
        super().clean()
        if self.bit is None and self._next_bit() >= self.most:
            raise ValidationError(
                _("There is room for %(most)s words in this list. Rename one that nobody uses."),
                params={"most": self.most},
            )

    def save(self, *args, **kwargs):
        if self.bit is None:
            with transaction.atomic():
                self.bit = self._next_bit()
                if self.bit >= self.most:
                    raise ValueError(f"{self._meta.label} has no bit left beyond {self.most}")
                return super().save(*args, **kwargs)
        return super().save(*args, **kwargs)


class Interest(WithBit):
    """Something two people can do or talk about together."""

    most = 256

    group = models.ForeignKey(
        InterestGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="interests",
        verbose_name=_("group"),
    )
    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        ordering = ["group__order", "name"]

    def __str__(self):
        return self.name


class Language(WithBit):
    """A language two people can talk in."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    code = models.CharField(_("code"), max_length=8, blank=True)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["bit"]

    def __str__(self):
        return self.name
