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


class Assignment(models.Model):
    """A Wagtail user's task for one initiative. Without one, nobody sees a single person, not even a superuser."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        DEPUTY = "deputy", _("deputy")
        LEADER = "leader", _("leader")

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

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["initiative_id", "role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "initiative"], name="peer_assignment_once"),
        ]

    def clean(self):
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day lies before the first.")})

    def __str__(self):
        name = getattr(self.user, "get_full_name", str)() or self.user.get_username()
        return f"{name} – {self.get_role_display()}"
