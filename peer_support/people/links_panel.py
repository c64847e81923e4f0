"""The panel "Links" on the page of a match or of a person: make, copy, send, see when it was opened, take back.

One panel for both; the screens that take its buttons are in ``views/links.py`` and the matching board.
"""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..access.links import make_link, revoke_links
from ..mailing.models import MailJob
from ..privacy.access_log import Action, log_access
from .link_offers import held_link, mail_of, offer_of, offers_for, send_link
from .standing import is_left_alone

TEMPLATE = "peer_support/people/links_panel.html"
MAKE, FRESH, SEND, TAKE_BACK = "make", "fresh", "send", "take_back"
_NOT_SENT = (MailJob.State.FAILED, MailJob.State.BOUNCED, MailJob.State.DROPPED)


def panel_of(target, action_url):
    """Return the context of the panel for ``target``; ``None`` where there is nothing to make or to take back.

    An offer that makes no sense now stands there only while a link of its kind still opens.
    """
    now = timezone.now()
    rows = [_row(offer, target, held_link(target, offer.purpose, now)) for offer in offers_for(target)]
    rows = [row for row in rows if row["offered"] or row["link"]]
    return {"rows": rows, "action_url": action_url} if rows else None


def _row(offer, target, link):
    person = offer.person(target)
    mail = mail_of(target, offer.purpose)
    return {
        "purpose": offer.purpose,
        "label": offer.label,
        "hint": offer.hint,
        "confirm": offer.confirm,
        "offered": offer.offered(target),
        "link": link,
        "path": reverse(f"peer_support:{offer.view}", args=[link.token]) if link else "",
        "facts": _facts(link) if link else [],
        "has_email": bool(person.email) and not is_left_alone(person),
        "left_alone": is_left_alone(person),
        "mail": _mail_words(mail) if mail else "",
        "mail_failed": bool(mail and mail.state in _NOT_SENT),
        "sent": bool(mail and link and mail.event == f"link-{link.pk}"),
    }


def _moment(at):
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def _facts(link):
    facts = [_("Made %(when)s") % {"when": _moment(link.created_at)}]
    if link.last_opened_at:
        facts.append(_("last opened %(when)s") % {"when": _moment(link.last_opened_at)})
    else:
        facts.append(_("not opened yet"))
    if link.used_at:
        facts.append(_("used %(when)s") % {"when": _moment(link.used_at)})
    if link.expires_at:
        facts.append(_("holds until %(when)s") % {"when": _moment(link.expires_at)})
    return facts


def _mail_words(mail):
    return _("Mail %(when)s: %(state)s") % {
        "when": _moment(mail.done_at or mail.created_at),
        "state": mail.get_state_display(),
    }


def take_button(request, target, route):
    """Do what a button of the panel asks for, and say what came of it. An offer that is not there is not found."""
    offer = offer_of(target, request.POST.get("purpose", ""))
    action = request.POST.get("do", "")
    if offer is None or action not in (MAKE, FRESH, SEND, TAKE_BACK):
        raise Http404
    if action == TAKE_BACK:
        revoke_links(target=target, purpose=offer.purpose)
        messages.success(request, _("The link is taken back. It opens nothing any more."))
    elif not offer.offered(target):
        messages.warning(request, _("This link makes no sense just now."))
        return
    elif action != SEND and offer.confirm and request.POST.get("confirm") != "yes":
        messages.warning(request, _("Read the notes first, and tick that you have."))
        return
    else:
        _make_or_send(request, offer, target, action)
    log_access(user=request.user, action=Action.CHANGE, objects=[target], route=route)


@transaction.atomic
def _make_or_send(request, offer, target, action):
    held = held_link(target, offer.purpose, timezone.now())
    if action == SEND and offer.confirm and held is None:
        messages.warning(request, _("Make the link first."))
        return
    fresh = action == FRESH or (action == MAKE and offer.fresh)
    link = (
        held
        if held and not fresh
        else make_link(purpose=offer.purpose, target=target, user=request.user, fresh=fresh)
    )
    if action != SEND:
        messages.success(request, _("The link is ready. Copy it, or send it by mail."))
    elif is_left_alone(offer.person(target)):
        messages.warning(
            request, _("We write to nobody who is left alone. Copy the link, and give it when you are asked.")
        )
    elif not offer.person(target).email:
        messages.warning(request, _("No e-mail address is written down here. Copy the link instead."))
    else:
        send_link(offer=offer, target=target, link=link, user=request.user)
        messages.success(request, _("The mail is on its way. It says nothing about what it is for."))
