from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    """The centre's front page."""

    intro = models.CharField("indledning", max_length=300, blank=True)
    body = RichTextField("tekst", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    template = "example_site/home_page.html"

    class Meta:
        verbose_name = "forside"
