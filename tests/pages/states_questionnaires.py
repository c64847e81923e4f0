"""The pages behind the link to one's own questionnaires, in every state."""

import datetime

from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.outcomes.questionnaires import services
from peer_support.outcomes.questionnaires.links import address_of, questionnaire_link
from peer_support.testing import factories as make
from peer_support.testing.factories_questionnaires import AskedTextFactory, QuestionnaireFactory

from .states import state

WORDS = "Aldrig\nNogle få gange\nUnder halvdelen af tiden\nOver halvdelen af tiden\nDet meste af tiden\nHele tiden"
ITEMS = "\n".join(
    f"Jeg har haft det godt med det, jeg laver. (Opdigtet sætning nummer {n})" for n in range(1, 6)
)


def asked(answers=(), kind="citizen", **values):
    """Make somebody who was asked, and answered so much; returns the questionnaire."""
    AskedTextFactory(items_text=ITEMS, words_text=WORDS)
    initiative = make.InitiativeFactory(runs_here=True)
    factory = make.CitizenFactory if kind == "citizen" else make.VolunteerFactory
    row = QuestionnaireFactory(
        **{kind: factory(initiative=initiative)}, moment="extra", state="asked", **values
    )
    with scope_of(initiative.pk):
        for number, value in enumerate(answers, 1):
            services.save_answer(questionnaire=row, number=number, value=value)
    return row


def address(row, page="page", query=""):
    with scope_of(row.initiative_id):
        link = questionnaire_link(row.person)
        return address_of(link, page, None if page == "page" else row) + query


@state("questions: asked")
def _asked(front):
    return address(asked())


@state("questions: asked, a volunteer")
def _volunteer(front):
    return address(asked(kind="volunteer"))


@state("questions: begun, and stopped")
def _begun(front):
    return f"{address(asked((3, None)))}?told=stopped"


@state("questions: two wait")
def _two(front):
    row = asked()
    AskedTextFactory(instrument="loneliness3", title="Selskab")
    QuestionnaireFactory(citizen=row.citizen, moment="extra", state="asked", instrument="loneliness3")
    return address(row)


@state("questions: nothing to answer")
def _nothing(front):
    long_ago = timezone.localdate() - datetime.timedelta(days=90)
    return address(asked((3, 3, 3, 3, 3), due_on=long_ago))


@state("questions: no thank you, this one")
def _skipped(front):
    row = asked()
    with scope_of(row.initiative_id):
        services.skip(questionnaire=row)
    return f"{address(row)}?told=skipped"


@state("questions: would rather not have any")
def _refused(front):
    row = asked()
    with scope_of(row.initiative_id):
        services.refuse(person=row.citizen)
    return address(row)


@state("questions: one question")
def _one(front):
    return address(asked(), "answer")


@state("questions: one question, answered before")
def _again(front):
    return address(asked((3, None)), "answer", "&q=1")


@state("questions: one question, skipped before")
def _skipped_before(front):
    return address(asked((3, None)), "answer", "&q=2")


@state("questions: thank you")
def _thanks(front):
    return address(asked((3, 3, 3, 3, 3)), "thanks")


@state("questions: thank you, all skipped")
def _thanks_skipped(front):
    return address(asked((None,) * 5), "thanks")
