"""Every write on a progress star: one transaction each, logged, by the person's link or together with a coordinator.

Refusals raise :class:`~peer_support.access.decisions.NotAllowed`; faults in what was written raise ``ValidationError``.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.decisions import NotAllowed
from ..people.models import Citizen
from ..privacy.access_log import Action, log_access
from ..privacy.cpr import refuse_cpr
from . import rules
from .models import AREA_LENGTH, HIGHEST, LOWEST, MOST_AREAS, ProgressStar, StarReading

# Somebody who stopped half way goes on with the same day for a week; after that it would be another day's numbers.
GOES_ON_FOR = timedelta(days=7)


def _require(decision):
    if not decision:
        raise NotAllowed(decision)


def star_of(person):
    """Return the star of ``person`` with its readings, or ``None``."""
    link = "citizen" if isinstance(person, Citizen) else "volunteer"
    rows = ProgressStar.objects.filter(**{link: person})
    return rows.select_related("citizen", "volunteer").prefetch_related("readings").first()


def _locked_star(star):
    return ProgressStar.objects.select_for_update().get(pk=star.pk)


def clean_areas(pairs):
    """Return ``pairs`` of ``(key or None, name)`` tidied: no empty names, none twice, at most ten.

    Raises ``ValidationError`` with a sentence for the one who writes.
    """
    kept, seen = [], set()
    for key, name in pairs:
        name = " ".join((name or "").split())
        if not name or name.casefold() in seen:
            continue
        if len(name) > AREA_LENGTH:
            raise ValidationError(
                _("“%(name)s …” is a little long. Please use at most %(most)s letters.")
                % {"name": name[:20], "most": AREA_LENGTH}
            )
        refuse_cpr(name)
        seen.add(name.casefold())
        kept.append((key, name))
    if not kept:
        raise ValidationError(_("Choose at least one area, or write one of your own."))
    if len(kept) > MOST_AREAS:
        raise ValidationError(
            _("You have chosen %(count)s areas. Please keep at most %(most)s.")
            % {"count": len(kept), "most": MOST_AREAS}
        )
    return kept


@transaction.atomic
def set_areas(*, person, areas, user=None, route=""):
    """Let ``areas``, pairs of ``(key or None, name)``, be those of ``person``'s star; the first time makes the star.

    An area that is not among them goes, and what was answered about it goes with it. Returns the star.
    """
    person = type(person).objects.select_for_update().get(pk=person.pk)
    star = star_of(person)
    _require(rules.may_write(person, star))
    kept = clean_areas(areas)
    created = star is None
    if created:
        link = "citizen" if isinstance(person, Citizen) else "volunteer"
        star = ProgressStar(initiative_id=person.initiative_id, **{link: person})
    known, pairs = dict(star.areas), []
    for key, name in kept:
        if key not in known:
            key, star.next_key = star.next_key, star.next_key + 1
        pairs.append((key, name))
    star.areas = pairs
    star.save()
    _forget(star, known.keys() - dict(pairs).keys())
    action = Action.CREATE if created else Action.CHANGE
    log_access(user=user, action=action, objects=[star], route=route)
    return star


def _forget(star, keys):
    """Take the answers about areas that are gone out of every reading of ``star``; a day with none left goes too."""
    if not keys:
        return
    for reading in star.readings.select_for_update():
        left = {key: value for key, value in reading.answers.items() if key not in keys}
        if not left:
            reading.delete()
        elif left != reading.answers:
            reading.answers = left
            reading.save()


def going_on(star, today=None):
    """Return the reading that answers of ``today`` belong to, or ``None`` where they begin a new one.

    That is today's, or one of the last week that was not finished.
    """
    today = today or timezone.localdate()
    last = max(star.readings.all(), key=lambda reading: (reading.on, reading.pk), default=None)
    if last is None or last.on == today:
        return last
    finished = {key for key, __ in star.areas} <= last.answers.keys()
    return last if not finished and today - last.on <= GOES_ON_FOR else None


@transaction.atomic
def save_answers(*, star, answers, way, user=None, route=""):
    """Write ``answers``, ``{key: 1–10, or None for "not stated"}``; keys that are no area of the star are left out.

    Returns the reading, or ``None`` where there was nothing to write. Raises ``ValidationError`` for another number.
    """
    star = _locked_star(star)
    _require(rules.may_write(star.person, star))
    keys = {key for key, __ in star.areas}
    given = {key: value for key, value in answers.items() if key in keys}
    if any(value is not None and not LOWEST <= value <= HIGHEST for value in given.values()):
        raise ValidationError(_("Choose a number from 1 to 10, or skip the area."))
    if not given:
        return None
    reading = going_on(star)
    created = reading is None
    if created:
        reading = StarReading(initiative_id=star.initiative_id, star=star)
    reading.answers = {**reading.answers, **given}
    reading.way, reading.user = way, user if getattr(user, "pk", None) else None
    reading.save()
    star.save(update_fields=["updated_at"])
    log_access(
        user=user, action=Action.CREATE if created else Action.CHANGE, objects=[star, reading], route=route
    )
    return reading


@transaction.atomic
def show_to_volunteer(*, star, shown, user=None, route=""):
    """Note whether the citizen's volunteer may see the star; only the citizen says so, by link or to the coordinator."""
    star = _locked_star(star)
    _require(rules.may_show(star))
    if star.shown_to_volunteer != shown:
        star.shown_to_volunteer = shown
        star.save()
        log_access(user=user, action=Action.CHANGE, objects=[star], route=route)
    return star


@transaction.atomic
def delete_star(*, star, user=None, route=""):
    """Delete the star and all its days. Needs no key, and asks nobody."""
    star = _locked_star(star)
    log_access(user=user, action=Action.ERASE, objects=[star, *star.readings.all()], route=route)
    star.delete()
