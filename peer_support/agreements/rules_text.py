"""Who may write which text: editors the standard ones, coordinators those of their own initiatives."""

from django.utils.translation import gettext as _

from ..access.decisions import Decision
from ..access.scopes import current_initiative_ids

WRITES, WRITES_STANDARD = "peer_support.change_papertext", "peer_support.standard_papertext"


def may_write_text(user, initiative):
    """Whether ``user`` may write a text for ``initiative``, or the standard text (``None``)."""
    if not user.has_perm(WRITES):
        return Decision.no("permission", _("You may not write these texts."))
    if user.has_perm(WRITES_STANDARD):
        return Decision.yes()
    if initiative is None:
        return Decision.no(
            "standard", _("An editor writes the standard. You can make one for your initiative.")
        )
    if initiative.pk not in current_initiative_ids():
        return Decision.no("other_initiative", _("This is another initiative's text."))
    return Decision.yes()
