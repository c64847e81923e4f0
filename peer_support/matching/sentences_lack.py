"""Why somebody is not possible, what small change would help, and where too many share too few."""

from django.utils.translation import gettext, ngettext, ngettext_lazy

from .sentences import language_inside, listed, number
from .sentences_fit import DAYS, PART_OF_DAY, SPANS

IMPOSSIBLE = {
    "pause_citizen": ngettext_lazy(
        "%(count)s has to wait until the citizen's pause is over",
        "%(count)s have to wait until the citizen's pause is over",
        "count",
    ),
    "pause_volunteer": ngettext_lazy("%(count)s is on pause", "%(count)s are on pause", "count"),
    "contract": ngettext_lazy("%(count)s has no valid contract", "%(count)s have no valid contract", "count"),
    "certificate": ngettext_lazy(
        "%(count)s has no valid certificate", "%(count)s have no valid certificate", "count"
    ),
    "capacity": ngettext_lazy("%(count)s has no free place", "%(count)s have no free place", "count"),
    "declined": ngettext_lazy(
        "%(count)s has been proposed before, and one of the two said no",
        "%(count)s have been proposed before, and one of the two said no",
        "count",
    ),
    "ended": ngettext_lazy(
        "%(count)s has been matched with the citizen before",
        "%(count)s have been matched with the citizen before",
        "count",
    ),
    "relative": ngettext_lazy(
        "%(count)s is a relative or knows the citizen",
        "%(count)s are relatives or know the citizen",
        "count",
    ),
    "excluded": ngettext_lazy(
        "%(count)s has been ruled out by a coordinator",
        "%(count)s have been ruled out by a coordinator",
        "count",
    ),
    "language": ngettext_lazy("%(count)s shares no language", "%(count)s share no language", "count"),
    "channel": ngettext_lazy(
        "%(count)s does not want to meet in the same way",
        "%(count)s do not want to meet in the same way",
        "count",
    ),
    "gender": ngettext_lazy(
        "%(count)s does not fit a wish about gender", "%(count)s do not fit a wish about gender", "count"
    ),
    "age": ngettext_lazy(
        "%(count)s does not fit a wish about age", "%(count)s do not fit a wish about age", "count"
    ),
    "distance": ngettext_lazy("%(count)s lives too far away", "%(count)s live too far away", "count"),
}
CHANGES = {
    ("channel", 1): ngettext_lazy(
        "If it is all right to meet in person: %(count)s more volunteer",
        "If it is all right to meet in person: %(count)s more volunteers",
        "count",
    ),
    ("channel", 2): ngettext_lazy(
        "If it is all right to talk by telephone: %(count)s more volunteer",
        "If it is all right to talk by telephone: %(count)s more volunteers",
        "count",
    ),
    ("channel", 4): ngettext_lazy(
        "If it is all right to talk by video: %(count)s more volunteer",
        "If it is all right to talk by video: %(count)s more volunteers",
        "count",
    ),
    ("channel", 8): ngettext_lazy(
        "If it is all right to write by chat: %(count)s more volunteer",
        "If it is all right to write by chat: %(count)s more volunteers",
        "count",
    ),
    ("gender", "request"): ngettext_lazy(
        "If the citizen leaves the wish about gender open: %(count)s more volunteer",
        "If the citizen leaves the wish about gender open: %(count)s more volunteers",
        "count",
    ),
    ("gender", "offer"): ngettext_lazy(
        "If the volunteers leave their wish about gender open: %(count)s more volunteer",
        "If the volunteers leave their wish about gender open: %(count)s more volunteers",
        "count",
    ),
    ("age", "offer"): ngettext_lazy(
        "If the volunteers leave their wish about age open: %(count)s more volunteer",
        "If the volunteers leave their wish about age open: %(count)s more volunteers",
        "count",
    ),
    ("distance", "offer"): ngettext_lazy(
        "If the volunteers travel further than they have said: %(count)s more volunteer",
        "If the volunteers travel further than they have said: %(count)s more volunteers",
        "count",
    ),
    ("pause_volunteer", "offer"): ngettext_lazy(
        "When their pause is over: %(count)s more volunteer",
        "When their pause is over: %(count)s more volunteers",
        "count",
    ),
    ("contract", "offer"): ngettext_lazy(
        "When their contract is signed: %(count)s more volunteer",
        "When their contract is signed: %(count)s more volunteers",
        "count",
    ),
    ("certificate", "offer"): ngettext_lazy(
        "When their certificate is there: %(count)s more volunteer",
        "When their certificate is there: %(count)s more volunteers",
        "count",
    ),
    ("capacity", "offer"): ngettext_lazy(
        "If one who is full can take one more: %(count)s more volunteer to choose from",
        "If one who is full can take one more: %(count)s more volunteers to choose from",
        "count",
    ),
}


def impossible(code, count):
    """How many volunteers one rule stops, as a sentence without a full stop."""
    return IMPOSSIBLE[code] % {"count": count}


def change(rule, side, facts, count, languages):
    """What one relaxed rule would open, as a sentence; "" where it is not for a coordinator to relax.

    ``facts`` as in the engine's ``Change``; ``languages``: bit -> name.
    """
    if rule == "distance" and side == "request":
        return ngettext(
            "If the travel distance is %(to)s km instead of %(from)s: %(count)s more volunteer",
            "If the travel distance is %(to)s km instead of %(from)s: %(count)s more volunteers",
            count,
        ) % {"to": number(facts["to"] / 1000), "from": number(facts["from"] / 1000), "count": count}
    if rule == "language":
        if facts["language"] not in languages:
            return ""
        return ngettext(
            "If they can talk in %(language)s: %(count)s more volunteer",
            "If they can talk in %(language)s: %(count)s more volunteers",
            count,
        ) % {"language": language_inside(languages[facts["language"]]), "count": count}
    if rule == "age" and side == "request":
        youngest, oldest = facts["ages"]
        return ngettext(
            "If the other person may be %(ages)s years old: %(count)s more volunteer",
            "If the other person may be %(ages)s years old: %(count)s more volunteers",
            count,
        ) % {"ages": youngest if youngest == oldest else f"{youngest}–{oldest}", "count": count}
    sentence = CHANGES.get((rule, facts["channel"] if rule == "channel" else side))
    return sentence % {"count": count} if sentence else ""


def usual_times(masks):
    """Parts of the week that more than half of the people can, most people first, at most two; unknown masks apart."""
    known = [mask for mask in masks if mask]
    found = []
    for weekday in range(7):
        for part, (start, end) in SPANS.items():
            window = ((1 << (end - start)) - 1) << (48 * weekday + start)
            people = sum((mask & window).bit_count() >= 2 for mask in known)
            if people and people * 2 > len(known) and len(known) * 2 > len(masks):
                name = gettext("%(day)s %(part)s") % {"day": DAYS[weekday], "part": PART_OF_DAY[part]}
                found.append((name, people))
    return [name for name, __ in sorted(found, key=lambda one: -one[1])[:2]]


def crowd(citizens, places, place, times):
    """Too many share too few: ``place`` (name or "") and ``times`` (names) where they are known."""
    values = {"citizens": citizens, "places": places, "place": place, "times": listed(times)}
    if place and times:
        sentence = ngettext(
            "%(citizens)s citizens share %(places)s place around %(place)s, most of them on %(times)s. "
            "One more volunteer there would help.",
            "%(citizens)s citizens share %(places)s places around %(place)s, most of them on %(times)s. "
            "One more volunteer there would help.",
            places,
        )
    elif place:
        sentence = ngettext(
            "%(citizens)s citizens share %(places)s place around %(place)s. "
            "One more volunteer there would help.",
            "%(citizens)s citizens share %(places)s places around %(place)s. "
            "One more volunteer there would help.",
            places,
        )
    elif times:
        sentence = ngettext(
            "%(citizens)s citizens share %(places)s place, most of them on %(times)s. "
            "One more volunteer then would help.",
            "%(citizens)s citizens share %(places)s places, most of them on %(times)s. "
            "One more volunteer then would help.",
            places,
        )
    else:
        sentence = ngettext(
            "%(citizens)s citizens share %(places)s place. One more volunteer would help.",
            "%(citizens)s citizens share %(places)s places. One more volunteer would help.",
            places,
        )
    return sentence % values


def other_choice(first, holders, people, points):
    """Not the first choice: who has it, and what forcing it would cost the plan in all."""
    values = {"first": first, "holders": listed(holders), "people": people, "points": points}
    if not holders:
        return gettext("First choice is %(first)s; the plan keeps what was proposed last time.") % values
    if people is None:
        return gettext("First choice was %(first)s, who goes to %(holders)s.") % values
    if people > 0:
        return (
            ngettext(
                "First choice was %(first)s, who goes to %(holders)s; forcing it leaves %(people)s more "
                "citizen without a match.",
                "First choice was %(first)s, who goes to %(holders)s; forcing it leaves %(people)s more "
                "citizens without a match.",
                people,
            )
            % values
        )
    return (
        ngettext(
            "First choice was %(first)s, who goes to %(holders)s; forcing it costs %(points)s point in all.",
            "First choice was %(first)s, who goes to %(holders)s; forcing it costs %(points)s points in all.",
            points,
        )
        % values
    )


def around(metres_x, metres_y, postcodes):
    """The place name of the nearest of ``postcodes`` (place, x, y), or "" where it is more than 15 km away."""
    best = min(postcodes, key=lambda one: (one[1] - metres_x) ** 2 + (one[2] - metres_y) ** 2, default=None)
    if best is None or (best[1] - metres_x) ** 2 + (best[2] - metres_y) ** 2 > 15_000**2:
        return ""
    return best[0]
