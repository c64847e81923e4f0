"""Whom a visitor can ring in their town. Meant for publishing: staff, with the contact the centre gives out."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel

from .models_tables import Municipality


class LocalCoordinator(ClusterableModel):
    """A coordinator as visitors see them. No link to a user: what is public is what an editor wrote here."""

    name = models.CharField(_("name"), max_length=100, help_text=_("As it may be shown to everybody."))
    role = models.CharField(_("what they do"), max_length=100, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    when = models.CharField(
        _("when to ring"),
        max_length=120,
        blank=True,
        help_text=_("For example: Mondays to Thursdays, 9 to 15."),
    )
    municipalities = ParentalManyToManyField(
        Municipality, blank=True, related_name="local_coordinators", verbose_name=_("towns")
    )
    initiative = models.ForeignKey(
        "peer_support.Initiative",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="local_coordinators",
        verbose_name=_("initiative"),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("The lowest stands first.")
    )

    class Meta:
        verbose_name = _("local coordinator")
        verbose_name_plural = _("local coordinators")
        ordering = ["sort_order", "name", "pk"]

    def __str__(self):
        return self.name

    @property
    def phone_link(self):
        """The number for a ``tel:`` link: digits, and a plus in front where one was written; Danish without one."""
        digits = "".join(c for c in self.phone if c.isdigit())
        if self.phone.strip().startswith("+"):
            return f"+{digits}"
        return f"+45{digits}" if len(digits) == 8 else digits
