"""What every screen of the board shares."""

from django.utils.translation import gettext_lazy as _

from ...people.screens import SESSION_KEY, InitiativeScreen, key_of

__all__ = ["PERMISSION", "SESSION_KEY", "BoardView", "key_of"]

PERMISSION = "peer_support.make_match"


class BoardView(InitiativeScreen):
    """A screen of the board of matches."""

    permission = PERMISSION
    header_icon = "link"
    home = ("peer_support_matching:waiting", _("Matching"))
    tabs = (
        ("peer_support_matching:waiting", _("Waiting")),
        ("peer_support_matching:plan", _("Plan for all")),
        ("peer_support_matching:matches", _("Matches")),
        ("peer_support_matching:weights", _("Weights")),
    )
