"""Dates, steps of a match and rules that stop a pair, as plain sentences."""

from django.utils import dateparse
from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _


def day(date):
    """A date as people write it."""
    return date_format(date, "DATE_FORMAT")


def listed(words):
    """ "a, b and c"."""
    # Translators: the last word of a list, as in "music, cycling and coffee".
    return get_text_list([str(word) for word in words], gettext("and"))


def inside(name):
    """A word of a vocabulary inside a sentence: "Music" becomes "music", "IT" stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def language_inside(name):
    """A language's name inside a sentence. English is one of the few that write it with a capital everywhere."""
    return name if (get_language() or "").startswith("en") else inside(name)


def named(person):
    """A person inside a sentence, first name and case number: "Kirsten (Volunteer 7)". Only for eyes inside the scope."""
    return f"{person.first_name} ({person})" if person.first_name else str(person)


def kilometres(metres):
    """Whole kilometres, because a postcode says no more than that; at least 1 where it is not the same place."""
    return number_format(max(round(metres / 1000), 1))


def number(value):
    """A number as people write it, without empty decimals."""
    whole = float(value).is_integer()
    return number_format(int(value) if whole else round(float(value), 1))


# Steps

_STEPS = {
    ("propose", None): _("The match was proposed."),
    ("first_meeting", "accepted"): _("A first meeting was booked for %(on)s."),
    ("first_meeting", "met"): _("They met for the first time on %(on)s."),
    ("start", None): _("The match started on %(active_from)s, agreed until %(planned_end)s."),
    ("agreement", None): _("The agreement was changed; it now runs until %(planned_end)s."),
    ("resume", None): _("The pause ended."),
    ("end", None): _("The match ended on %(on)s."),
    ("withdraw", None): _("The proposal was withdrawn."),
    ("reopen", None): _("The last step was taken back."),
}
_ANSWERS = {
    ("answer", "citizen", "yes"): _("The citizen said yes."),
    ("answer", "citizen", "no"): _("The citizen said no."),
    ("answer", "citizen", ""): _("The citizen's answer was taken back."),
    ("answer", "volunteer", "yes"): _("The volunteer said yes."),
    ("answer", "volunteer", "no"): _("The volunteer said no."),
    ("answer", "volunteer", ""): _("The volunteer's answer was taken back."),
    ("day_after", "citizen", "yes"): _("The day after, the citizen said yes."),
    ("day_after", "citizen", "no"): _("The day after, the citizen said no."),
    ("day_after", "citizen", ""): _("The citizen's answer from the day after was taken back."),
    ("day_after", "volunteer", "yes"): _("The day after, the volunteer said yes."),
    ("day_after", "volunteer", "no"): _("The day after, the volunteer said no."),
    ("day_after", "volunteer", ""): _("The volunteer's answer from the day after was taken back."),
}


def event(step):
    """One :class:`MatchEvent` as a sentence."""
    facts = step.facts
    if step.action in ("answer", "day_after"):
        said = str(_ANSWERS[step.action, facts.get("side"), facts.get("answer")])
        if facts.get("way") != "link":
            return said
        # Translators: after a sentence such as "The citizen said yes."
        by_link = gettext("It came by link.")
        return f"{said} {by_link}"
    dates = {name: _fact_day(value) for name, value in facts.items() if isinstance(value, str)}
    if step.action == "pause":
        if facts.get("paused_until"):
            return gettext("A pause from %(paused_from)s to %(paused_until)s was agreed.") % dates
        return gettext("A pause from %(paused_from)s was agreed, until further notice.") % dates
    sentence = _STEPS.get((step.action, None)) or _STEPS[step.action, step.to_state]
    return str(sentence) % dates


def _fact_day(value):
    try:
        found = dateparse.parse_date(value)
    except ValueError:
        return value
    return day(found) if found else value


# Rules about one pair

_PAIR = {
    "pause_citizen": _("%(citizen)s is on pause."),
    "pause_volunteer": _("%(volunteer)s is on pause."),
    "contract": _("%(volunteer)s has no valid contract."),
    "certificate": _("%(volunteer)s has no valid certificate."),
    "capacity": _("%(volunteer)s has no free place."),
    "declined": _("%(citizen)s and %(volunteer)s have been proposed before, and one of them said no."),
    "ended": _("%(citizen)s and %(volunteer)s have been matched before."),
    "relative": _("%(citizen)s and %(volunteer)s are related or know each other."),
    "excluded": _("The pair %(citizen)s and %(volunteer)s has been ruled out."),
    "language": _("%(citizen)s and %(volunteer)s share no language."),
    "channel": _("%(citizen)s and %(volunteer)s do not want to meet in the same way."),
    "gender": _("A wish about gender stands between %(citizen)s and %(volunteer)s."),
    "age": _("A wish about age stands between %(citizen)s and %(volunteer)s."),
    "distance": _("%(citizen)s and %(volunteer)s live too far from each other."),
}


def rule_for_pair(code, citizen, volunteer):
    """Why these two cannot be proposed to each other, as a sentence. ``code`` is one of the engine's rules."""
    return str(_PAIR[code]) % {"citizen": citizen, "volunteer": volunteer}
