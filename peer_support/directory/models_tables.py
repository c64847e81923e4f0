"""Tables that the directory and the map lean on: regions, municipalities, postcodes, and the words of the filters."""

from itertools import chain, count

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .search import words_of


class Region(models.TextChoices):
    """The five regions, by the code the state uses."""

    NORDJYLLAND = "1081", "Region Nordjylland"
    MIDTJYLLAND = "1082", "Region Midtjylland"
    SYDDANMARK = "1083", "Region Syddanmark"
    HOVEDSTADEN = "1084", "Region Hovedstaden"
    SJAELLAND = "1085", "Region Sjælland"


class Municipality(models.Model):
    """One of the 98 municipalities; filled from the built-in table. The seat is the town of the town hall;
    ``latitude`` and ``longitude`` (degrees) are those of its postcode."""

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    region = models.CharField(_("region"), max_length=4, choices=Region.choices)
    seat = models.CharField(_("seat"), max_length=60)
    seat_postcode = models.CharField(_("postcode of the seat"), max_length=4)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Postcode(models.Model):
    """A postcode with its place on the map. ``x`` and ``y`` are metres in a flat projection of Denmark."""

    number = models.CharField(_("postcode"), max_length=4, primary_key=True)
    place = models.CharField(_("place"), max_length=80)
    municipality = models.ForeignKey(
        Municipality,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="postcodes",
        verbose_name=_("municipality"),
    )
    x = models.FloatField()
    y = models.FloatField()

    class Meta:
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        ordering = ["number"]

    def __str__(self):
        return f"{self.number} {self.place}"


class DirectoryTerm(models.Model):
    """A word that readers filter initiatives by. Editors may add their own; the built-in ones keep their code."""

    class Kind(models.TextChoices):
        FORM = "form", _("form of support")
        SETTING = "setting", _("setting")
        AUDIENCE = "audience", _("who it is for")
        RELATION = "relation", _("the peers' relation to the workplace")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("directory term")
        verbose_name_plural = _("directory terms")
        ordering = ["kind", "order", "name"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="peer_term_code")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        if not self.code:
            self.code = self._free_code()
        super().save(*args, **kwargs)

    def _free_code(self):
        stem = slugify(" ".join(words_of(self.name)))[:34] or "term"
        taken = set(DirectoryTerm.objects.filter(kind=self.kind).values_list("code", flat=True))
        return next(code for code in chain([stem], (f"{stem}-{n}" for n in count(2))) if code not in taken)
