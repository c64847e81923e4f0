from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeerSupportPagesConfig(AppConfig):
    name = "peer_support.pages"
    label = "peer_support_pages"
    verbose_name = _("Pages of the peer support")
    default_auto_field = "django.db.models.BigAutoField"
