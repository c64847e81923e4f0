"""The links of a person: what fits me, a pause, and everything that is kept about me. One of each for both kinds of people.

The addresses stand in ``urls_links``. They say what the page is for, never whose it is.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..access.links import register_purpose
from ..mailing.registry import register_mail
from .link_offers import LinkOffer, mail_parts, offer_link
from .standing import is_left_alone
from .stopping import keep_open

PROFILE, PAUSE, DATA, RIGHTS, STILL = "own_profile", "own_pause", "own_data", "own_rights", "own_still"
KINDS = ("citizen", "volunteer")
# How many days a link holds. The one to all that is kept is made fresh, and holds an hour once it is opened.
DAYS = {PROFILE: 90, PAUSE: 180, DATA: 3, RIGHTS: 180, STILL: 90}
# These open for somebody whose record is left alone too: there one sees it, and decides.
keep_open(*(f"{what}_{kind}" for what in (DATA, RIGHTS) for kind in KINDS))
OPENED_MINUTES = 60

_LABELS = {
    PROFILE: _("Change what fits: times, interests, how to meet"),
    PAUSE: _("Take a pause, and end it"),
    DATA: _("See and print everything that is kept about the person"),
    STILL: _("Answer: do you still want to be registered?"),
    RIGHTS: _("Decide: take the yes back, or have the record left alone"),
}
_HINTS = {
    PROFILE: _("What the person changes stands here with “changed by the person”."),
    PAUSE: _("No reason is asked. The place in the queue is kept."),
    DATA: _(
        "The person's right to see it. Your notes are shown too. The link holds three days, and an hour once opened."
    ),
}
_HINTS[STILL] = _("Everybody is asked once in a while. The page has two buttons, and a third to be rung.")
_HINTS[RIGHTS] = _(
    "No reason is asked, and it works at once. The person can change it again on the same page."
)
_CONFIRM = {
    DATA: _("I have read the notes. Nothing in them is about somebody else."),
}
_MAILS = {
    PROFILE: (
        _("Does this still fit?"),
        _(
            "Hello\n\n"
            "Here you can change when you have time, and what you like to do:\n{link}\n\n"
            "You need not change anything. The link is only for you. Do not send it on."
        ),
    ),
    PAUSE: (
        _("Do you need a pause?"),
        _(
            "Hello\n\n"
            "Here you can take a pause, and end it again:\n{link}\n\n"
            "You need give no reason. The link is only for you. Do not send it on."
        ),
    ),
    RIGHTS: (
        _("You decide"),
        _(
            "Hello\n\n"
            "Here you can take your yes back, or ask us to leave your record alone:\n{link}\n\n"
            "You need give no reason. The link is only for you. Do not send it on."
        ),
    ),
    STILL: (
        _("Shall we keep your place?"),
        _(
            "Hello\n\n"
            "Once in a while we ask: shall we go on keeping what you have told us?\n{link}\n\n"
            "Press yes or no. You can also ask us to ring. The link is only for you. Do not send it on."
        ),
    ),
    DATA: (
        _("What you asked for"),
        _(
            "Hello\n\n"
            "You asked to see what we keep about you. You can see it and print it here:\n{link}\n\n"
            "The link holds for three days. Once you have opened the page, it holds for an hour.\n"
            "The link is only for you. Do not send it on."
        ),
    ),
}


def purpose_of(what, kind):
    """Return the purpose's code: "own_data_citizen" and so on. The page it opens has the same name."""
    return f"{what}_{kind}"


def view_of(what, kind):
    """Return the name of the page."""
    return f"{purpose_of(what, kind)}_link"


def _itself(person):
    return person


def _offered(person):
    return person.status != "ended" and not is_left_alone(person)


def _is_asked(person):
    return _offered(person) and person.still_here.filter(answer__in=["", "ring"]).exists()


def _register(what, kind):
    purpose = purpose_of(what, kind)
    register_purpose(purpose, f"peer_support.{kind}", days=DAYS[what])
    offer_link(
        LinkOffer(
            purpose=purpose,
            label=_LABELS[what],
            hint=_HINTS[what],
            view=view_of(what, kind),
            person=_itself,
            # Whoever has stopped may still see what is kept.
            offered=_is_asked
            if what == STILL
            else (lambda person: True)
            if what in (DATA, RIGHTS)
            else _offered,
            confirm=_CONFIRM.get(what, ""),
            fresh=what == DATA,
        )
    )
    subject, body = _MAILS[what]
    register_mail(
        purpose,
        label=_LABELS[what],
        audience=kind,
        placeholders=("link", "phone"),
        subject=subject,
        body=body,
        # The question goes out by itself only where an editor has switched it on.
        by_itself=False if what == STILL else None,
        **mail_parts(purpose, view_of(what, kind), _itself),
    )


for _what in DAYS:
    for _kind in KINDS:
        _register(_what, _kind)


def hold_an_hour(link):
    """Let a link that was opened hold for an hour from now, and never longer than it would have held."""
    until = timezone.now() + timedelta(minutes=OPENED_MINUTES)
    if link.used_at is None:
        earlier = min(until, link.expires_at or until)
        type(link).objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now(), expires_at=earlier)
