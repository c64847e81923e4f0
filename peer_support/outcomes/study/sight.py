"""Which studies somebody sees, and how much of them: their people, their numbers, or their numbers with the small ones hidden."""

from django.db.models import Q

from ...access.models import Assignment
from ...access.reach import reach_of
from ...access.scopes import current_initiative_ids, initiative_ids_for
from .models import Allocation, Study, StudyConsent, StudyMeasure, StudySite, StudyText


def _of(initiative_ids):
    # Not through the scope: a study belongs to every initiative that has a town in it, and leaders and analysts have no
    # scope of people. A study's own row names nobody.
    sites = StudySite._base_manager.filter(initiative__in=initiative_ids)
    return Study._base_manager.filter(Q(initiative__in=initiative_ids) | Q(pk__in=sites.values("study")))


def studies_for(user):
    """Return the studies that ``user`` has a task in, of whatever kind."""
    own = set(current_initiative_ids()) | set(reach_of(user, "peer_support.view_study"))
    return _of(own).select_related("initiative", "template")


def initiatives_of(study):
    """Return the keys of every initiative in ``study``: the leading one, and those of its towns."""
    sites = StudySite._base_manager.filter(study=study)
    return {study.initiative_id, *sites.values_list("initiative_id", flat=True)}


def sites_of(study):
    """Return every town of ``study``, whoever's."""
    return StudySite._base_manager.filter(study=study).select_related("initiative").order_by("pk")


def measures_of(study):
    """Return the measurement plan of ``study``, whoever asks: it belongs to the study and names nobody."""
    return list(StudyMeasure._base_manager.filter(study=study).order_by("week", "instrument"))


def texts_of(study):
    """Return the consent texts of ``study``, the newest first."""
    return StudyText._base_manager.filter(study=study).order_by("-version")


def is_used(text):
    """Whether somebody has said yes to ``text``, in whichever town."""
    return StudyConsent._base_manager.filter(text=text).exists()


def drawn_in(site):
    """Return how many have been drawn in a town."""
    return Allocation._base_manager.filter(site=site).count()


def works_with_people(study):
    """Whether the open scope holds a town of ``study``, or the initiative that leads it."""
    return bool(initiatives_of(study) & set(current_initiative_ids()))


def knows_everybody(study):
    """Whether the open scope holds every town of ``study``: only then a small number tells nothing new."""
    return initiatives_of(study) <= set(current_initiative_ids())


def manages(user, study):
    """Whether ``user`` may write in ``study`` as the one who leads it."""
    return study.initiative_id in current_initiative_ids() and user.has_perm("peer_support.change_study")


def counts_for(user, study):
    """Whether ``user`` may have the pseudonymous export: an analyst of the study who knows none of its people.

    Whoever works with the people could put codes and names together, so the two tasks are never one person's.
    """
    analyst = set(initiative_ids_for(user, [Assignment.Role.ANALYST]))
    return (
        user.has_perm("peer_support.export_study")
        and bool(analyst & initiatives_of(study))
        and not works_with_people(study)
    )
