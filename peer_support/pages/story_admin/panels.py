"""The state of the consent, on top of the story's form."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from ...recruitment.rules_story_consent import may_be_shown, standing_consent


class ConsentPanel(Panel):
    """Says whether the story may be published, and leads to the consent. It has no fields of its own."""

    def __init__(self, heading="", **kwargs):
        super().__init__(heading=heading or _("Consent"), **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "peer_support/pages/admin/consent_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            page_id = self.instance.pk
            if page_id:
                context["decision"] = may_be_shown(page_id)
                context["consent"] = standing_consent(page_id)
                context["may_see"] = self.request is not None and self.request.user.has_perm(
                    "peer_support.view_storyconsent"
                )
                for name in ("consent", "withdraw"):
                    context[f"{name}_url"] = reverse(f"peer_support_stories:{name}", args=[page_id])
            return context
