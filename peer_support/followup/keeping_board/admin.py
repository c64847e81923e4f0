"""The centre's own list of skills. Imported by ``wagtail_hooks`` only."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from ...access.admin_base import SecureModelAdmin
from ..models_keeping import Skill


class SkillAdmin(SecureModelAdmin):
    """Words such as first aid; no personal data."""

    model = Skill
    menu_label = _("Skills")
    menu_icon = "tag"
    menu_order = 330
    add_to_admin_menu = False  # its tab stands beside the volunteers
    base_url_path = "people/skill"
    list_display = ("name", "months", "in_use", "initiative")
    list_select_related = ("initiative",)
    panels = [
        FieldPanel("initiative"),
        FieldPanel("name"),
        FieldPanel("months"),
        FieldPanel("templates", widget=forms.CheckboxSelectMultiple),
        FieldPanel("in_use"),
    ]
    empty_text = _(
        "A skill is something your volunteers would like to learn, or can, such as first aid. There is none yet. "
        "Add a few: you tick them on a volunteer's page."
    )
