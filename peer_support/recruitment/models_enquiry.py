"""Where people heard of us, and requests for a talk."""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..privacy.fields import EncryptedCharField, EncryptedTextField

__all__ = ["EnquirySource", "TalkRequest"]


class EnquirySource(models.Model):
    """One answer to "where did you hear of us". Kept by editors; an answer that is out of use stays in old records."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("The lowest stands first.")
    )
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("source of enquiries")
        verbose_name_plural = _("sources of enquiries")
        ordering = ["sort_order", "name"]

    def __str__(self):
        return self.name


class TalkRequest(models.Model):
    """Somebody asks for a talk by an ambassador: a school, a job centre, an association."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        ANSWERED = "answered", _("answered")
        AGREED = "agreed", _("agreed")
        HELD = "held", _("held")
        DECLINED = "declined", _("declined")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="talk_requests", verbose_name=_("initiative")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    state = models.CharField(
        _("status"), max_length=10, choices=State.choices, default=State.NEW, editable=False
    )
    organisation = EncryptedCharField(_("from whom"), max_length=120)
    contact_name = EncryptedCharField(_("contact person"), max_length=80)
    phone = EncryptedCharField(_("telephone"), max_length=30, blank=True)
    email = EncryptedCharField(_("e-mail"), max_length=200, blank=True)
    about = EncryptedTextField(_("what it is about"), blank=True)
    date_wish = EncryptedCharField(_("wishes for the date"), max_length=200, blank=True)
    audience_size = models.PositiveIntegerField(_("how many listen"), null=True, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    # The page of a story, without a foreign key: a site may have swapped its pages, and stories are taken off.
    story_id = models.BigIntegerField(_("story"), null=True, blank=True, editable=False)
    heard_of_us = models.CharField(_("heard of us"), max_length=100, blank=True)
    received_on = models.DateField(_("received"), default=timezone.localdate)
    agreed_for = models.DateField(_("agreed for"), null=True, blank=True)
    notes = EncryptedTextField(_("notes"), blank=True, help_text=_("No diagnoses and no CPR numbers."))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("request for a talk")
        verbose_name_plural = _("requests for talks")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="peer_talk_number"),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "held"]) | Q(agreed_for__isnull=False),
                name="peer_talk_agreed_has_a_date",
            ),
        ]

    def __str__(self):
        return gettext("Request for a talk %(number)s") % {"number": self.number}

    def clean(self):
        super().clean()
        from .validation import check_talk

        check_talk(self)

    def save(self, *args, **kwargs):
        if self.number is not None:
            return super().save(*args, **kwargs)
        with transaction.atomic():
            # The initiative's row is the lock: two requests at once get two numbers.
            Initiative.objects.select_for_update(no_key=True).get(pk=self.initiative_id)
            own = type(self)._base_manager.filter(initiative_id=self.initiative_id)
            self.number = (own.aggregate(n=models.Max("number"))["n"] or 0) + 1
            return super().save(*args, **kwargs)
