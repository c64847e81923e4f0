"""What an erasure has to do here that no look-up can: words of somebody's own where a list is meant."""

from ..privacy.erasure import register_cleaner
from .models_enquiry import EnquirySource


@register_cleaner
def keep_only_known_sources(subject):
    """Empty "heard of us" where it is not one of the answers on the list: who it names may say who somebody is."""
    heard = getattr(subject, "heard_of_us", "")
    if heard and not EnquirySource.objects.filter(name=heard).exists():
        type(subject)._base_manager.filter(pk=subject.pk).update(heard_of_us="")
