"""What an erasure has to do here that no look-up can: a list's own words, and the clock of what stays as proof."""

from ..access.scopes import scope_of
from ..people.models import Citizen, Volunteer
from ..privacy.erasure import erased_at, register_cleaner
from .models_consent import Consent
from .models_enquiry import EnquirySource, TalkRequest


@register_cleaner
def keep_only_known_sources(subject):
    """Empty "heard of us" where it is not one of the answers on the list: who it names may say who somebody is."""
    heard = getattr(subject, "heard_of_us", "")
    if heard and not EnquirySource.objects.filter(name=heard).exists():
        type(subject)._base_manager.filter(pk=subject.pk).update(heard_of_us="")


@register_cleaner
def leave_proof_alone(subject):
    """Note on what somebody said yes to that the person is gone: from then on it is proof, and its clock runs.

    In the order of things it is before the person's row is emptied or deleted: a request for a talk leaves no trace to find
    its consents by.
    """
    if isinstance(subject, Citizen | Volunteer | TalkRequest):
        with scope_of(subject.initiative_id):
            Consent.objects.of(subject).mark_alone(at=erased_at(subject))
