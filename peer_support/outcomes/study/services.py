"""Making a study, sealing it, and the steps of its life. Each one transaction, written as an event, and logged."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...privacy.cpr import refuse_cpr
from . import rules, seals, sight
from .models import (
    ParticipantState,
    Study,
    StudyMeasure,
    StudyParticipant,
    StudySite,
    StudyState,
    StudyText,
    WhyNot,
)
from .models_study import hash_of
from .writing import known, locked_study, require, wrote

FIELDS = (
    "title",
    "question",
    "template",
    "population",
    "others_may_have_places",
    "control_may_have_place",
    "control_weeks",
)
MOST_SITES, MOST_MEASURES = 98, 20


def _filled(study, values):
    for name in FIELDS:
        if name in values:
            setattr(study, name, values[name])
    refuse_cpr(study.question)
    study.full_clean(exclude=["initiative", "template"])
    return study


@transaction.atomic
def make_study(*, initiative, values, user, route=""):
    """Begin a study that ``initiative`` leads; ``values`` by the names in :data:`FIELDS`. Returns it, a draft."""
    study = _filled(Study(initiative=initiative), values)
    study.save()
    wrote(study, "make", user, was="", route=route, created=True)
    return study


@transaction.atomic
def change_study(*, study, values, user, route=""):
    """Change a draft. Raises :class:`~peer_support.access.decisions.NotAllowed` after the seal."""
    study = locked_study(study.pk)
    require(rules.may_change(study))
    _filled(study, values)
    study.version += 1
    study.save()
    wrote(study, "change", user, route=route)
    return study


@transaction.atomic
def set_sites(*, study, sites, user, route=""):
    """Let ``sites``, ``[(initiative, town, planned), …]``, be the towns of a draft. Returns the rows."""
    study = locked_study(study.pk)
    require(rules.may_change(study))
    kept, seen = [], set()
    for initiative, town, planned in sites:
        town = " ".join((town or "").split())
        if not town:
            continue
        key = (initiative.pk, town.casefold())
        if key in seen:
            raise ValidationError(_("%(town)s stands there twice.") % {"town": town})
        seen.add(key)
        kept.append((initiative, town, planned))
    if len(kept) > MOST_SITES:
        raise ValidationError(_("A study has at most %(most)s towns.") % {"most": MOST_SITES})
    sight.sites_of(study).select_related(None).delete()
    rows = []
    for number, (initiative, town, planned) in enumerate(kept, 1):
        row = StudySite(initiative=initiative, study=study, code=f"S{number}", town=town, planned=planned)
        row.full_clean(exclude=["initiative", "study"])
        row.save()
        rows.append(row)
    wrote(study, "towns", user, route=route, towns=len(rows))
    return rows


@transaction.atomic
def set_measures(*, study, measures, user, route=""):
    """Let ``measures``, ``[(instrument, week, is primary), …]``, be the plan of a draft. Returns the rows."""
    study = locked_study(study.pk)
    require(rules.may_change(study))
    if len(measures) > MOST_MEASURES:
        raise ValidationError(
            _("That is more than anybody can answer. Use at most %(most)s.") % {"most": MOST_MEASURES}
        )
    if len({(code, week) for code, week, __ in measures}) < len(measures):
        raise ValidationError(_("The same questionnaire stands in the same week twice."))
    StudyMeasure._base_manager.filter(study=study).delete()
    rows = []
    for code, week, is_primary in measures:
        row = StudyMeasure(
            initiative_id=study.initiative_id, study=study, instrument=code, week=week, is_primary=is_primary
        )
        row.full_clean(exclude=["initiative", "study"])
        row.save()
        rows.append(row)
    wrote(study, "plan", user, route=route, lines=len(rows))
    return rows


@transaction.atomic
def write_text(*, study, text, user, route=""):
    """Write the consent text: a new version, or over the last one where nobody has said yes to it. Returns the row."""
    study = locked_study(study.pk)
    require(rules.may_write_text(study))
    text = (text or "").strip()
    if not text:
        raise ValidationError(_("Write the text. People must know what they say yes to."))
    if len(text) > 6000:
        raise ValidationError(_("The text is too long. Use at most 6,000 signs, and short words."))
    last = sight.texts_of(study).first()
    if last is not None and last.text_hash == hash_of(text):
        return last
    if last is not None and not sight.is_used(last):
        last.text, last.user = text, known(user)
        last.save()
        row = last
    else:
        row = StudyText(
            initiative_id=study.initiative_id, study=study, version=(last.version if last else 0) + 1
        )
        row.text, row.user = text, known(user)
        row.save()
    wrote(study, "text", user, route=route, version=row.version)
    return row


def _step(study, rule, state, **values):
    require(rule(study))
    was, study.state = study.state, state
    for name, value in values.items():
        setattr(study, name, value)
    study.version += 1
    study.save()
    return was


@transaction.atomic
def seal_study(*, study, user, route=""):
    """Draw the seed and lock it away; from now on nothing that a draw rests on changes. Returns the study."""
    study = locked_study(study.pk)
    was = _step(study, rules.may_seal, StudyState.SEALED, sealed_on=timezone.localdate())
    row = seals.seal(study, user)
    wrote(study, "seal", user, was=was, route=route, commitment=row.commitment)
    return study


@transaction.atomic
def begin_recruiting(*, study, user, route=""):
    """From now on people can be asked and drawn."""
    study = locked_study(study.pk)
    was = _step(study, rules.may_begin, StudyState.RECRUITING, recruiting_from=timezone.localdate())
    wrote(study, "begin", user, was=was, route=route)
    return study


@transaction.atomic
def close_study(*, study, user, route=""):
    """Take nobody in any more. Whoever has not been drawn is let go, with the reason."""
    study = locked_study(study.pk)
    was = _step(study, rules.may_close, StudyState.CLOSED, closed_on=timezone.localdate())
    # Every town's people, also those of other initiatives than the one that closes the study.
    waiting = StudyParticipant._base_manager.select_for_update(no_key=True, of=("self",)).filter(
        study=study, state__in=(ParticipantState.ASKED, ParticipantState.CONSENTED), left=""
    )
    let_go = list(waiting)
    for participant in let_go:
        participant.state, participant.excluded_why = ParticipantState.EXCLUDED, WhyNot.CLOSED
        participant.excluded_on = timezone.localdate()
        participant.save()
    wrote(study, "close", user, was=was, about=[study, *let_go], route=route, let_go=len(let_go))
    return study


@transaction.atomic
def unseal_study(*, study, user, route=""):
    """Open the envelope, for good: the seed is shown, and anybody can check the draw."""
    study = locked_study(study.pk)
    was = _step(study, rules.may_unseal, StudyState.UNSEALED, unsealed_on=timezone.localdate())
    seals.reveal(study, user)
    wrote(study, "unseal", user, was=was, route=route)
    return study
