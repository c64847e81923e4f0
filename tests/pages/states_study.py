"""One's own page of a study behind its link, in every state."""

import datetime

from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.outcomes.study.links import address_of, study_link
from peer_support.testing import factories as make
from peer_support.testing.factories_study import (
    AllocationFactory,
    StudyConsentFactory,
    StudyFactory,
    StudyParticipantFactory,
    StudySiteFactory,
    StudyTextFactory,
)

from .states import Pressed, state


def address(participant):
    with scope_of(participant.initiative_id):
        return address_of(study_link(participant))


def somebody(arm="", study_state="recruiting", **values):
    """Make somebody in a study; ``arm`` draws for them."""
    study = StudyFactory(initiative=make.InitiativeFactory(runs_here=True), state=study_state)
    text = StudyTextFactory(study=study)
    if arm:
        values = {"state": "allocated", **values}
    participant = StudyParticipantFactory(site=StudySiteFactory(study=study), **values)
    if participant.state in ("consented", "allocated"):
        StudyConsentFactory(participant=participant, text=text)
    if arm:
        AllocationFactory(participant=participant, arm=arm)
    return participant


def today():
    return timezone.localdate()


@state("study: asked")
def _asked(front):
    return address(somebody())


@state("study: asked, pressed without the tick")
def _unsure(front):
    return Pressed(address(somebody()))


@state("study: asked, after the study closed")
def _closed(front):
    return address(somebody(study_state="closed"))


@state("study: said no")
def _no(front):
    return address(somebody(state="excluded", excluded_on=today(), excluded_why="said_no")) + "?told=no"


@state("study: said yes")
def _yes(front):
    return address(somebody(state="consented")) + "?told=yes"


@state("study: drawn, not told")
def _untold(front):
    return address(somebody("control"))


@state("study: place")
def _place(front):
    return address(somebody("place", told_on=today()))


@state("study: control group")
def _control(front):
    return address(somebody("control", told_on=today()))


@state("study: control group, no more questions")
def _measured(front):
    values = {"left": "measurement", "left_on": today() - datetime.timedelta(days=3), "left_why": "not_said"}
    return address(somebody("control", told_on=today(), **values))
