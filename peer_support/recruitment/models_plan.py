"""The recruitment plan of an initiative, row by row, and the five steps that an initiative starts with."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..privacy.fields import EncryptedCharField, EncryptedTextField
from .models_enquiry import EnquirySource

__all__ = ["RecruitmentPlan", "StartUpStep"]


class RecruitmentPlan(models.Model):
    """One row of the plan: where, what, who, when, what it costs, what one hopes for, and what came of it.

    ``who`` and ``result`` may name a person, so they are encrypted, and only coordinators read them. ``source`` is the
    answer to "where did you hear of us" that belongs to the row: enquiries that name it from ``starts_on`` to
    ``ends_on`` (both included; no end: until today) are counted.
    """

    class Seeks(models.TextChoices):
        VOLUNTEERS = "volunteers", _("volunteers")
        CITIZENS = "citizens", _("citizens")
        BOTH = "both", _("volunteers and citizens")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="recruitment_plan", verbose_name=_("initiative")
    )
    seeks = models.CharField(
        _("whom you look for"), max_length=10, choices=Seeks.choices, default=Seeks.VOLUNTEERS
    )
    channel = models.CharField(_("where"), max_length=120)
    what = models.CharField(_("what"), max_length=300, blank=True)
    who = EncryptedCharField(_("who does it"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    cost = models.PositiveIntegerField(
        _("price in kroner"), null=True, blank=True, validators=[MaxValueValidator(9_999_999)]
    )
    goal = models.PositiveSmallIntegerField(
        _("goal"), null=True, blank=True, validators=[MaxValueValidator(9_999)]
    )
    source = models.ForeignKey(
        EnquirySource,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answer to “where did you hear of us”"),
    )
    result = EncryptedTextField(_("what came of it"), blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("row of the recruitment plan")
        verbose_name_plural = _("recruitment plan")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="peer_recruitment_plan_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return gettext("Row %(number)s of the recruitment plan") % {"number": self.pk}


class StartUpStep(models.Model):
    """One of the five steps of an initiative's start; a step without a row has not been looked at yet."""

    class Step(models.TextChoices):
        PLAN = "plan", _("A plan, and who is responsible")
        INVOLVE = "involve", _("Involve those it is for")
        AMBASSADORS = "ambassadors", _("Find ambassadors")
        PAPERS = "papers", _("Contract and papers")
        RECRUIT = "recruit", _("Find the volunteers first")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="start_up_steps", verbose_name=_("initiative")
    )
    step = models.CharField(_("step"), max_length=12, choices=Step.choices)
    done_on = models.DateField(_("done"), null=True, blank=True)
    responsible = EncryptedCharField(_("who is responsible"), max_length=120, blank=True)
    note = EncryptedTextField(_("note"), blank=True)
    next_step = EncryptedCharField(_("next step"), max_length=200, blank=True)
    next_on = models.DateField(_("by when"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("start-up step")
        verbose_name_plural = _("start-up steps")
        ordering = ["initiative", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "step"], name="peer_start_up_step_once"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
