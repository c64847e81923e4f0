"""The state of the consent, on top of the story's form."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from ...recruitment.rules_story_consent import may_be_shown, standing_consent


class ConsentPanel(Panel):
    """Says whether the story may be published, and leads to the consent. It has no fields of its own."""

    def __init__(self, heading=_("Consent"), **kwargs):
        super().__init__(heading=heading, **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "peer_support/pages/admin/consent_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            page_id = self.instance.pk
            if page_id:
                context["decision"] = may_be_shown(page_id)
                context["consent"] = standing_consent(page_id)
            return context
