"""The privacy notice (GDPR art. 13–14), in words for the one it is about, made from the same lists that keep and erase.

The kinds of data come from the registry, the periods from the rules of retention, and who can see it from the roles, so
that the notice cannot promise what the system does not do. The centre writes only who it is and where to complain.
"""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..access.roles import COORDINATOR, DEPUTY, EDITOR, LEADER, PERMISSIONS
from ..conf import peer_settings
from ..privacy.registry import tables
from ..privacy.retention import rules
from .personal_data import CITIZEN, VOLUNTEER

CITIZENS, VOLUNTEERS = "citizen", "volunteer"
AUDIENCES = {CITIZENS: CITIZEN, VOLUNTEERS: VOLUNTEER}
TITLES = {
    CITIZENS: gettext_lazy("When you look for support: what we keep about you"),
    VOLUNTEERS: gettext_lazy("When you volunteer: what we keep about you"),
}
# What each kind of the registry is, said to the one it is about. A kind without a sentence here fails the tests.
KINDS = {
    "contact": gettext_lazy("Your name, and how we reach you. So that we can ring and write."),
    "profile": gettext_lazy("What you like, and when you have time. So that we can find one who suits you."),
    "words": gettext_lazy("What you tell us. So that you need not tell it twice."),
    "papers": gettext_lazy("What we have agreed on paper. So that you and we know it."),
    "way": gettext_lazy("Dates, and how far you are. So that nobody is forgotten."),
    "others": gettext_lazy("Who helped you to find us, if somebody did."),
    "link": gettext_lazy("Numbers that show what belongs together."),
    "staff": gettext_lazy("Who of us talked with you."),
    "index": gettext_lazy("Numbers that the computer searches with. They cannot be read as words."),
    "technical": gettext_lazy("When something was written."),
}
ROLE_WORDS = {
    COORDINATOR: gettext_lazy("your coordinator"),
    DEPUTY: gettext_lazy("the one who stands in for your coordinator"),
    LEADER: gettext_lazy("the leader of the place"),
    EDITOR: gettext_lazy("those who write the website"),
}


@dataclass(frozen=True)
class Section:
    """A heading with ``lines`` to read, and ``points`` as a list."""

    title: str
    lines: list = field(default_factory=list)
    points: list = field(default_factory=list)


def kinds_of(audience):
    """Return the codes of the kinds that any table holds about ``audience``, in the order of :data:`KINDS`."""
    label = AUDIENCES[audience]
    found = {
        kind.code
        for table in tables()
        if label in table.paths or table.rows is not None
        for kind in table.fields.values()
    }
    return [code for code in KINDS if code in found] + sorted(found - set(KINDS))


def roles_that_see(audience):
    """Return the roles that may look at ``audience``."""
    return [role for role, models in PERMISSIONS.items() if "view" in models.get(audience, ())]


def rules_for(audience):
    """Return the rules of retention that are about ``audience``: their own, and those about what both have."""
    other = {CITIZENS: VOLUNTEERS, VOLUNTEERS: CITIZENS}[audience]
    return [rule for code, rule in rules().items() if not code.startswith((other, "talk"))]


def _months(count):
    return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}


def notice(audience, *, centre="", contact=""):
    """Return the :class:`Section` list for ``audience`` ("citizen" or "volunteer") in the active language.

    ``centre`` is who answers for it, ``contact`` how to reach them; blanks to fill in where they are not given.
    """
    centre = centre or _("[the name of the centre]")
    contact = contact or _("[telephone and mail]")
    words = [str(ROLE_WORDS.get(role, role)) for role in roles_that_see(audience)]
    return [
        Section(
            _("Who we are"),
            [
                _("%(centre)s answers for what is kept here. You reach us on %(contact)s.")
                % {"centre": centre, "contact": contact}
            ],
        ),
        Section(
            _("What we keep, and why"),
            [_("We only keep what we need. We do not ask what your illness is called.")],
            [str(KINDS[code]) for code in kinds_of(audience)],
        ),
        Section(
            _("Why we may"),
            [
                _("You said yes. What you tell us can say something about your health. So we ask you first."),
                _("You can take your yes back at any time. It is as easy as to say it, and we stop at once."),
            ],
        ),
        Section(
            _("Who sees what you tell us"),
            [
                _("It is seen by: %(who)s.") % {"who": ", ".join(words)},
                _(
                    "Nobody else gets it. The one you meet hears your first name, when you have both said yes."
                ),
                _("It is locked with a code. We write down each time somebody looks, and you can ask when."),
                _("A person decides whom you meet. The computer only gives ideas."),
            ],
        ),
        Section(
            _("How long we keep it"),
            [
                _("Then it is deleted by itself. What is left are numbers without a name."),
                _("Who has looked is kept for %(months)s.")
                % {"months": _months(peer_settings.ACCESS_LOG_MONTHS)},
            ],
            [
                _("%(what)s: %(months)s.")
                % {"what": capfirst(str(rule.label)), "months": _months(rule.months_now)}
                for rule in rules_for(audience)
            ],
        ),
        Section(
            _("What you can ask for"),
            [_("Ring us, or use the link we have sent you. It costs nothing.")],
            [
                _("See all that we keep about you, and take it along."),
                _("Have it put right."),
                _("Have it deleted."),
                _("Have us leave it alone for a time."),
                _("Take your yes back."),
            ],
        ),
        Section(
            _("Are you not content?"),
            [_("Tell us. You can also complain to Datatilsynet, datatilsynet.dk.")],
        ),
    ]


def as_markdown(title, sections):
    """Return ``sections`` as Markdown."""
    lines = [f"# {title}", ""]
    for section in sections:
        lines += [f"## {section.title}", ""]
        lines += [line for text in section.lines for line in (text, "")]
        if section.points:
            lines += [*(f"- {point}" for point in section.points), ""]
    return "\n".join(lines).strip() + "\n"


def notice_as_markdown(audience, **who):
    """Return the whole notice as Markdown in the active language."""
    return as_markdown(str(TITLES[audience]), notice(audience, **who))
