"""How an initiative matches (versioned), what a run found, and which pairs are ruled out."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..people.models import Citizen, Volunteer


class Aim(models.TextChoices):
    MOST_PEOPLE = "most_people", _("most people get a match")
    BEST_FIT = "best_fit", _("the best possible matches")


def _weight(label, default):
    return models.PositiveSmallIntegerField(label, default=default, validators=[MaxValueValidator(1000)])


class MatchingPolicy(models.Model):
    """Weights and rules of one initiative. A change makes a new version, so that an old score can be explained."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+", verbose_name=_("initiative"))
    version = models.PositiveIntegerField(_("version"), editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    weight_interests = _weight(_("shared interests"), 400)
    weight_distance = _weight(_("distance"), 250)
    weight_time = _weight(_("times in the week"), 200)
    weight_hours = _weight(_("hours a week"), 100)
    weight_preferences = _weight(_("wishes"), 50)
    waiting_points = models.PositiveSmallIntegerField(
        _("points for each day of waiting"), default=3, validators=[MaxValueValidator(100)]
    )
    waiting_cap_days = models.PositiveSmallIntegerField(
        _("longest wait that gives points, in days"), default=365
    )
    hysteresis = models.PositiveSmallIntegerField(_("points for staying with the last plan"), default=50)
    aim = models.CharField(_("aim"), max_length=12, choices=Aim.choices, default=Aim.MOST_PEOPLE)
    contract_required = models.BooleanField(_("a signed contract is required"), default=True)
    certificate_required = models.BooleanField(_("a certificate is required"), default=False)
    months = models.PositiveSmallIntegerField(
        _("length of a match, in months"), default=6, validators=[MaxValueValidator(6)]
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("matching policy")
        verbose_name_plural = _("matching policies")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["initiative", "version"], name="peer_policy_version")]

    def __str__(self):
        return gettext("Weights, version %(version)s") % {"version": self.version}

    @classmethod
    def current(cls, initiative):
        """Return the policy in force: the newest version, or an unsaved one with the defaults (version 0).

        ``initiative`` is an :class:`Initiative` or its id.
        """
        pk = getattr(initiative, "pk", initiative)
        return cls.objects.filter(initiative_id=pk).first() or cls(initiative_id=pk, version=0)

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A policy is not changed: save a copy, which becomes the next version.")
        with transaction.atomic():
            Initiative.objects.select_for_update(no_key=True).get(pk=self.initiative_id)
            top = MatchingPolicy._base_manager.filter(initiative_id=self.initiative_id).aggregate(
                n=models.Max("version")
            )["n"]
            self.version = (top or 0) + 1
            return super().save(*args, **kwargs)


POLICY_VALUES = tuple(
    field.name
    for field in MatchingPolicy._meta.concrete_fields
    if field.editable and field.name not in ("id", "initiative")
)


def policy_with(policy, values):
    """Return an unsaved copy of ``policy`` with ``values`` in the fields that an initiative can set.

    Raises ``ValueError`` for any other name. For trying weights before they are saved.
    """
    unknown = sorted(set(values) - set(POLICY_VALUES))
    if unknown:
        raise ValueError(f"a policy has no value called {unknown[0]!r}")
    kept = {name: getattr(policy, name) for name in POLICY_VALUES}
    return MatchingPolicy(initiative_id=policy.initiative_id, version=0, **{**kept, **values})


class MatchRun(models.Model):
    """A saved plan for all who waited at a moment: its inputs' digest, its weights, its pairs and their points.

    ``result`` is the engine's own ``as_dict()``: numbers and codes about ids, never a name.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+", verbose_name=_("initiative"))
    policy = models.ForeignKey(MatchingPolicy, models.PROTECT, related_name="runs", verbose_name=_("weights"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    aim = models.CharField(_("aim"), max_length=12, choices=Aim.choices)
    engine_version = models.CharField(max_length=20)
    input_digest = models.CharField(max_length=64)
    count = models.PositiveIntegerField(_("matches"))
    points = models.PositiveIntegerField(_("points"))
    result = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-made_at"]

    def __str__(self):
        return gettext("Plan %(number)s") % {"number": self.pk}


class Exclusion(models.Model):
    """A pair that is not proposed (again). An ended or declined match makes one; a coordinator can add or lift one."""

    class Kind(models.TextChoices):
        DECLINED = "declined", _("one of them said no")
        ENDED = "ended", _("they have been matched before")
        RELATIVE = "relative", _("they are related or know each other")
        OTHER = "other", _("the coordinator has ruled it out")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+", verbose_name=_("initiative"))
    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="exclusions", verbose_name=_("citizen"))
    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="exclusions", verbose_name=_("volunteer")
    )
    kind = models.CharField(_("why"), max_length=10, choices=Kind.choices, default=Kind.OTHER)
    made_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("ruled-out pair")
        verbose_name_plural = _("ruled-out pairs")
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint(fields=["citizen", "volunteer"], name="peer_exclusion_once")]

    def __str__(self):
        return f"{self.citizen} / {self.volunteer}"
