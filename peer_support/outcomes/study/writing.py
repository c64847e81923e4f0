"""What every service of the room shares: the lock, the event, the log."""

from ...access.decisions import NotAllowed
from ...privacy.access_log import Action, log_access
from .models import Study, StudyEvent, StudyParticipant

ROUTE = "outcomes.study"


def require(decision):
    """Raise :class:`NotAllowed` where ``decision`` says no."""
    if not decision:
        raise NotAllowed(decision)


def known(user):
    """Return ``user`` where it is an account, else ``None`` (the person themselves, by link)."""
    return user if getattr(user, "pk", None) else None


def locked_study(study_id):
    """Return the study, locked until the transaction ends. Everything that draws or changes a state takes this first.

    Not through the scope: a town's own coordinator may draw in a study that another initiative leads.
    """
    return Study._base_manager.select_for_update(no_key=True).get(pk=study_id)


def locked_participant(participant):
    """Return ``participant`` read anew with its study, both locked: the study first."""
    study = locked_study(participant.study_id)
    rows = StudyParticipant.objects.select_for_update(no_key=True, of=("self",))
    fresh = rows.select_related("site", "citizen", "enrolment").get(pk=participant.pk)
    fresh.study = study
    return fresh


def wrote(study, action, user, *, was=None, about=(), route="", created=False, **facts):
    """Write the event and the access log. ``about``: the records it touched (default: the study)."""
    StudyEvent.objects.create(
        initiative_id=study.initiative_id,
        study=study,
        user=known(user),
        action=action,
        from_state=study.state if was is None else was,
        to_state=study.state,
        facts=facts,
    )
    log_access(
        user=user,
        action=Action.CREATE if created else Action.CHANGE,
        objects=list(about) or [study],
        route=route or f"{ROUTE}.{action}",
    )
