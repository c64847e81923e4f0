"""The words of a report to Datatilsynet, made from what was counted; every one can be changed before it is printed."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..people.models import Citizen, Volunteer
from .breach import LINKS


def _when(moment):
    return date_format(timezone.localtime(moment), "j. F Y H.i")


def window_words(since, until):
    """Return the time that a breach is about, in words."""
    if since and until:
        return _("between %(since)s and %(until)s") % {"since": _when(since), "until": _when(until)}
    if since:
        return _("since %(since)s") % {"since": _when(since)}
    return _("until %(until)s") % {"until": _when(until)} if until else _("at a time that is not known yet")


def initial_words(extent, *, since, until, account, officer):
    """Return the first draft, ``{field of the report: words}``. Square brackets stand where somebody must write."""
    return {
        "nature": _nature(since or extent.first, until or extent.last, account),
        "people": _people(extent),
        "data": _data(extent),
        "consequences": _(
            "Those affected are adults with mental difficulties, or have had them. That they are with us says something "
            "about their health. Somebody may learn of it who should not. It can lead to shame, to talk in the family or "
            "at work, and to less trust in getting help. [Is there more? Could anybody be in danger?]"
        ),
        "measures": _(
            "[What have you done to stop it: closed the account, changed passwords, taken links back?] We have looked the "
            "access log through and counted who may be affected. Text about people is encrypted in the database. [What will "
            "you do so that it does not happen again?]"
        ),
        "told": _(
            "[Yes, on the …, by telephone or letter. Or: no, because …] The law asks us to tell them without delay where the "
            "risk is high. With data about health it mostly is."
        ),
        "contact": officer,
    }


def _nature(since, until, account):
    how = _(
        "[How did it happen? Has somebody used an account, lost a computer, sent a list to the wrong place?]"
    )
    if account == LINKS:
        what = _("Pages behind personal links may have been opened by somebody else, %(when)s.")
    elif account:
        what = _("A colleague's account was used by somebody else, or not as it should, %(when)s.")
    else:
        what = _("Somebody may have had access to personal data without a right to it, %(when)s.")
    return f"{what % {'when': window_words(since, until)}} {how}"


def _people(extent):
    citizens = extent.by_kind_of_person.get(Citizen, 0)
    volunteers = extent.by_kind_of_person.get(Volunteer, 0)
    first = ngettext(
        "At most %(count)d person is affected: %(citizens)d who seek or get peer support, and %(volunteers)d volunteers.",
        "At most %(count)d people are affected: %(citizens)d who seek or get peer support, and %(volunteers)d volunteers.",
        extent.at_most,
    )
    second = ngettext(
        "The record of %(count)d of them was opened. The others have stood in a list.",
        "The records of %(count)d of them were opened. The others have stood in a list.",
        extent.opened,
    )
    said = first % {"count": extent.at_most, "citizens": citizens, "volunteers": volunteers}
    return said if extent.opened == extent.at_most else f"{said} {second % {'count': extent.opened}}"


def _data(extent):
    lines = [
        _("%(kind)s: %(opened)d opened, %(most)d at most")
        % {"kind": kind.title, "opened": kind.opened, "most": kind.at_most}
        for kind in extent.kinds
    ]
    sensitive = _(
        "All of it says something about health (article 9), because of what we do. We keep no CPR numbers."
    )
    rows = ngettext("%(count)d row in the access log.", "%(count)d rows in the access log.", extent.rows) % {
        "count": extent.rows
    }
    return "\n".join([*lines, rows, sensitive])
