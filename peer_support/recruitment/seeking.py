"""The board's "search for a volunteer here" leads to a new row of the recruitment plan, filled in with what is lacking."""

from django.urls import reverse

from ..matching.seeking import register_seeking


@register_seeking
def new_row_address(user):
    """Return the address that takes ``wish`` and ``initiative``, for those who may write in the plan."""
    if not user.has_perm("peer_support.add_recruitmentplan"):
        return None
    return reverse("peer_support_recruitment:plan_new")
