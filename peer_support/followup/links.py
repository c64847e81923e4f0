"""The link on which one of a pair logs their meetings. It lasts as long as the match does.

The purpose names the side. The address stands in ``urls_links``.
"""

from django.utils.translation import gettext_lazy as _

from ..access.links import register_purpose
from ..mailing.registry import register_mail
from ..people.link_offers import LinkOffer, mail_parts, offer_link
from .rules_meeting import may_log

SIDES = ("citizen", "volunteer")
_LABELS = {
    "volunteer": _("The volunteer writes down meetings"),
    "citizen": _("The citizen writes down meetings"),
}


def purpose_of(side):
    """Return the purpose's code."""
    return f"meetings_{side}"


def view_of(side):
    """Return the name of the page."""
    return f"meetings_{side}_link"


def _register(side):
    purpose = purpose_of(side)
    register_purpose(purpose, "peer_support.match", days=None)

    def person(match):
        return getattr(match, side)

    offer_link(
        LinkOffer(
            purpose=purpose,
            label=_LABELS[side],
            hint=_("Takes twenty seconds. The link holds as long as the match does."),
            view=view_of(side),
            person=person,
            offered=lambda match: bool(may_log(match)),
        )
    )
    register_mail(
        purpose,
        label=_LABELS[side],
        audience=side,
        placeholders=("link", "phone"),
        subject=_("Your page"),
        body=_(
            "Hello\n\n"
            "Here you can write down when you two have met. It takes twenty seconds:\n{link}\n\n"
            "Keep the link. You use the same one each time. It is only for you, so do not send it on."
        ),
        **mail_parts(purpose, view_of(side), person),
    )


for _side in reversed(SIDES):
    _register(_side)
