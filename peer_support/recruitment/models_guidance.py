"""What visitors read before they decide: rules per benefit, words, and ideas. Kept by editors, about nobody."""

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .freshness import needs_check

__all__ = ["BenefitRule", "GlossaryTerm", "IdeaArea"]

web_address = URLValidator(schemes=("http", "https"))


class BenefitRule(models.Model):
    """What a person on one public benefit should know before they volunteer. A notice, never a verdict.

    Empty ``hours`` means that no limit is known, not that there is none.
    """

    name = models.CharField(_("benefit"), max_length=80, unique=True)
    slug = models.SlugField(
        _("name in the address"),
        max_length=60,
        unique=True,
        help_text=_("Stands in the link that people share. Best left alone once it is published."),
    )
    also_called = models.CharField(
        _("also called"), max_length=200, blank=True, help_text=_("Other names, with commas between.")
    )
    rule = models.TextField(
        _("rule"), help_text=_("Short sentences, to “you”. An empty line begins a new paragraph.")
    )
    hours = models.CharField(
        _("hours"),
        max_length=200,
        blank=True,
        help_text=_("Leave it empty if you do not know. The page then says that the limit is not known."),
    )
    ask_first = models.CharField(
        _("whom to ask first"), max_length=200, help_text=_("For example: your unemployment fund.")
    )
    source_name = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(
        _("address of the source"), max_length=400, blank=True, validators=[web_address]
    )
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("The day somebody last compared this with the source. After a year visitors are warned."),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("The lowest stands first.")
    )

    class Meta:
        verbose_name = _("rule for a benefit")
        verbose_name_plural = _("rules for benefits")
        ordering = ["sort_order", "name"]

    def __str__(self):
        return self.name

    @property
    def must_be_checked(self):
        """Whether nobody has compared the rule with its source for a year, or ever."""
        return needs_check(self.checked_on)


class GlossaryTerm(models.Model):
    """A word of the field, explained so that one need not know the field."""

    term = models.CharField(_("word"), max_length=80, unique=True)
    slug = models.SlugField(_("name in the address"), max_length=60, unique=True)
    explanation = models.TextField(
        _("explanation"), help_text=_("Two or three short sentences. Use no other hard words.")
    )
    also_called = models.CharField(
        _("also called"), max_length=200, blank=True, help_text=_("Other names, with commas between.")
    )

    class Meta:
        verbose_name = _("word in the glossary")
        verbose_name_plural = _("words in the glossary")
        ordering = ["term"]

    def __str__(self):
        return self.term


class IdeaArea(models.Model):
    """A place or an occasion where peer support helps: what it is, who can do it with whom, and a first step."""

    title = models.CharField(_("title"), max_length=80, unique=True)
    slug = models.SlugField(_("name in the address"), max_length=60, unique=True)
    what = models.TextField(_("what it is"))
    who = models.TextField(_("who it is for, and who joins in"), blank=True)
    how_to_begin = models.TextField(
        _("how to begin"), blank=True, help_text=_("One step on each line. They become a list.")
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("The lowest stands first.")
    )

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ["sort_order", "title"]

    def __str__(self):
        return self.title

    @property
    def steps(self):
        """The lines of ``how_to_begin``, without the empty ones."""
        return [line.strip() for line in self.how_to_begin.splitlines() if line.strip()]
