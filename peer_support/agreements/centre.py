"""The name of the centre, as it stands on its papers."""

from django.conf import settings
from wagtail.models import Site


def centre_name():
    """Return the name of the default site, or of the admin; empty where neither was given."""
    site = Site.objects.filter(is_default_site=True).first()
    return (site.site_name if site else "") or getattr(settings, "WAGTAIL_SITE_NAME", "")
