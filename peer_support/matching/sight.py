"""Whom a match shows a person to, for the person's own data: a little at a time, and only while it lasts."""

from django.utils.translation import gettext as _

from ..people.seen import register_sight
from .models_match import OPEN_STATES, Match, State


@register_sight
def the_other_one(person):
    """What the other one of a match sees today."""
    side = person._meta.model_name
    states = set(
        Match.objects.filter(**{side: person}, state__in=OPEN_STATES).values_list("state", flat=True)
    )
    who = _("The one you may meet") if side == "citizen" else _("The ones you may meet")
    if not states:
        step = _(
            "Nobody yet. First they are told nothing that says who you are. When you have both said yes: your first name."
        )
        return [(who, step)]
    rows = []
    if State.PROPOSED in states:
        rows.append(
            (
                who,
                _(
                    "What you both like, about how old you are and around where you live. Not your name, and not your number."
                ),
            )
        )
    if states - {State.PROPOSED}:
        rows.append(
            (
                _("Your match"),
                _(
                    "Your first name, and what you agree on together. Your number only if you give it yourself."
                ),
            )
        )
    return rows
