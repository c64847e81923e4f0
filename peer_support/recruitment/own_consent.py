"""What a person has said yes to, on their own page of rights: the words as they were, and a button to take it back."""

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..people.own_rights import Right, register_own_right
from ..privacy.retention import rules
from .models_consent import Consent
from .rules_consent import own_consents
from .services_consent import withdraw_consent

VALUE = "take_back-"
ROUTE = "recruitment.own_consent"


def consent_rights(person):
    """Return a :class:`Right` for each yes that ``person`` gave, newest first; those taken back can still be read."""
    rows = own_consents(person).select_related("text")
    return [_right(consent, person) for consent in rows]


def _right(consent, person):
    lines = [_("You said yes on %(day)s.") % {"day": date_format(localtime(consent.given_at), "j. F Y")}]
    title = capfirst(_("your yes %(purpose)s") % {"purpose": consent.get_purpose_display()})
    if consent.withdrawn_at:
        day = date_format(localtime(consent.withdrawn_at), "j. F Y")
        lines.append(_("You took it back on %(day)s. It is not used any more.") % {"day": day})
        return Right(title, lines, consent.text.paragraphs)
    return Right(
        title,
        lines,
        consent.text.paragraphs,
        label=_("Take my yes back"),
        value=f"{VALUE}{consent.pk}",
        hint=" ".join(
            [
                _(
                    "It works at once. We do not propose or offer you anything, and we do not write to you about it."
                ),
                _then(person),
            ]
        ),
    )


def _then(person):
    """What becomes of the record when it was the last yes, with the months that hold on this site."""
    months = rules()[f"{person._meta.model_name}_taken_back"].months_now
    text = ngettext(
        "When no yes of yours is left, we delete what we have about you within %(count)d month.",
        "When no yes of yours is left, we delete what we have about you within %(count)d months.",
        months,
    )
    return text % {"count": months}


def take_back(person, value):
    """Take back the yes that the button names, if it is one of the person's own; returns whether it was."""
    key = value.removeprefix(VALUE)
    if key == value or not key.isdecimal() or len(key) > 18:
        return False
    consent = own_consents(person).filter(pk=int(key)).first()
    if consent is None:
        return False
    withdraw_consent(consent=consent, how=Consent.How.FORM, user=None, route=ROUTE)
    return True


register_own_right(parts=consent_rights, press=take_back)
