"""Who works for which initiative."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["Assignment"]


class AssignmentQuerySet(models.QuerySet):
    def current(self, day=None):
        """Return the assignments that hold on ``day`` (default: today)."""
        day = day or timezone.localdate()
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gte=day)
        )

    def tasks_on(self, user_id, day=None):
        """Return ``{initiative id: role}`` of a user's assignments that hold on ``day`` (default: today); one query.

        Every request asks this, and nobody has more than a few rows: they are read whole and their days looked at here,
        which is half the work of having the database compare them.
        """
        day = day or timezone.localdate()
        rows = self.filter(user_id=user_id).order_by()
        kept = rows.values_list("initiative_id", "role", "valid_from", "valid_until")
        return {
            initiative: role
            for initiative, role, first, last in kept
            if (first or day) <= day <= (last or day)
        }

    def away(self, day=None):
        """Return the assignments whose colleague is away on ``day`` (default: today)."""
        day = day or timezone.localdate()
        return self.filter(away_from__lte=day, away_until__gte=day)


class Assignment(models.Model):
    """A Wagtail user's task for one initiative. Without one, nobody sees a single person, not even a superuser."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        DEPUTY = "deputy", _("deputy")
        LEADER = "leader", _("leader")
        ANALYST = "analyst", _("analyst")
        # Looks after the log, and sees nobody's name.
        OFFICER = "officer", _("data officer")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="peer_assignments", verbose_name=_("user")
    )
    initiative = models.ForeignKey(
        "peer_support.Initiative", models.CASCADE, related_name="assignments", verbose_name=_("initiative")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.COORDINATOR)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)
    mail_enquiries = models.BooleanField(
        _("mail about new enquiries"),
        default=False,
        help_text=_("A number and a link, nothing about anybody. It goes to the colleague's own address."),
    )
    weekly_digest = models.BooleanField(
        _("mail once a week"),
        default=False,
        help_text=_("How much there is on today's list: numbers and a link, nothing about anybody."),
    )
    away_from = models.DateField(
        _("away from"), null=True, blank=True, help_text=_("The first day of a holiday or the like.")
    )
    away_until = models.DateField(_("away until"), null=True, blank=True, help_text=_("The last day away."))
    covered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="peer_covers",
        verbose_name=_("who stands in"),
        help_text=_("A colleague with a task for the same initiative. Empty: every deputy sees the list."),
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["initiative_id", "role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "initiative"], name="peer_assignment_once"),
            models.CheckConstraint(
                condition=Q(away_from=None, away_until=None) | Q(away_until__gte=models.F("away_from")),
                name="peer_assignment_away_ends",
            ),
        ]

    def clean(self):
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day lies before the first.")})
        if bool(self.away_from) != bool(self.away_until):
            missing = "away_until" if self.away_from else "away_from"
            raise ValidationError({missing: _("Write both the first and the last day away.")})
        if self.away_from and self.away_until < self.away_from:
            raise ValidationError({"away_until": _("The last day lies before the first.")})
        if self.covered_by_id:
            self._check_cover()

    def _check_cover(self):
        if self.covered_by_id == self.user_id:
            raise ValidationError({"covered_by": _("Somebody else must stand in.")})
        rows = Assignment.objects.filter(
            user=self.covered_by_id,
            initiative=self.initiative_id,
            role__in=(self.Role.COORDINATOR, self.Role.DEPUTY),
        )
        first, last = self.away_from or timezone.localdate(), self.away_until or timezone.localdate()
        if not (rows.current(first) & rows.current(last)).exists():
            text = _("They have no task for this initiative in that time. Give them one first.")
            raise ValidationError({"covered_by": text})

    def __str__(self):
        name = getattr(self.user, "get_full_name", str)() or self.user.get_username()
        return f"{name} – {self.get_role_display()}"
