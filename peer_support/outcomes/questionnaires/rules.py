"""Who may be asked, who may answer, and who may be reminded. Asking is never a duty to answer."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.decisions import Decision
from ...people.standing import may_be_used
from ...recruitment.models_consent import Consent
from ..instruments.models import InstrumentText
from ..instruments.registry import instrument_of
from .models import WAITING_STATES, QuestionnaireRefusal, State
from .planning import ANSWER_DAYS, REMIND_DAYS

# How long after answering the person may still change an answer: they are about these days, not about next month.
CHANGE_DAYS = 14
# Why a person is left in peace who has stopped us altogether (GDPR art. 18).
RESTRICTED = "restricted"


def left_in_peace(people):
    """Return ``{(kind of person, pk): why}`` of those among ``people`` whom no questionnaire is for any more.

    ``why`` is "refused", "taken_back", "ended", or :data:`RESTRICTED`, which comes before the others: then nothing may be
    written about the person either. Four queries, whatever their number.
    """
    found = {}
    for kind in ("citizen", "volunteer"):
        ids = {person.pk: person for person in people if person._meta.model_name == kind}
        if not ids:
            continue
        consents = Consent.objects.filter(by_writer=False, **{f"{kind}__in": ids})
        once, standing = set(), set()
        for pk, withdrawn in consents.values_list(kind, "withdrawn_at"):
            once.add(pk)
            if withdrawn is None:
                standing.add(pk)
        refused = QuestionnaireRefusal.objects.filter(**{f"{kind}__in": ids})
        found |= {(kind, pk): "refused" for pk in refused.values_list(kind, flat=True)}
        found |= {(kind, pk): "taken_back" for pk in once - standing}
        found |= {(kind, pk): "ended" for pk, person in ids.items() if person.status == "ended"}
        found |= {(kind, pk): RESTRICTED for pk, person in ids.items() if person.restricted_on is not None}
    return found


def may_be_asked(person):
    """Whether ``person`` may be asked at all, just now."""
    why = left_in_peace([person]).get((person._meta.model_name, person.pk))
    if why == RESTRICTED:
        return may_be_used(person)
    if why == "refused":
        return Decision.no("refused", _("The person would rather not have questionnaires."))
    if why == "taken_back":
        return Decision.no("taken_back", _("The person has taken their yes back, so nothing is asked."))
    if why == "ended":
        return Decision.no("ended", _("You have said goodbye, so nothing is asked any more."))
    if person.is_paused():
        return Decision.no("paused", _("The person is on a pause and is left in peace until it is over."))
    return Decision.yes(_("Nobody has to answer. Each question can be skipped."))


def may_ask(questionnaire):
    """Whether this questionnaire can be put to its person today."""
    if questionnaire.state not in (State.PLANNED, *WAITING_STATES):
        return Decision.no("closed", _("This questionnaire is closed."))
    decision = may_be_asked(questionnaire.person)
    return decision and has_text(questionnaire.instrument) if decision else decision


def has_text(instrument):
    """Whether the centre has put in the words of ``instrument``."""
    if InstrumentText.objects.current(instrument) is None:
        known = instrument_of(instrument)
        return Decision.no(
            "no_text",
            _("The words of %(name)s are missing. An editor puts them in under “Texts of questionnaires”.")
            % {"name": known.name if known else instrument},
        )
    return Decision.yes()


def may_remind(questionnaire, day=None):
    """Whether the one reminder may be sent: a week after the question, and once."""
    day = day or timezone.localdate()
    if questionnaire.state not in WAITING_STATES:
        return Decision.no("closed", _("There is nothing to remind of."))
    if questionnaire.reminded_at:
        return Decision.no("reminded", _("You have reminded them once. That is enough."))
    asked = timezone.localdate(questionnaire.asked_at)
    if day < asked + timedelta(days=REMIND_DAYS):
        return Decision.no("too_soon", _("Give them a week before you remind them."))
    return may_be_asked(questionnaire.person)


def may_answer(questionnaire, day=None):
    """Whether the person may answer by link: what was asked, and for some days what they have answered."""
    day = day or timezone.localdate()
    if not questionnaire.is_readable:
        return Decision.no(
            "unreadable",
            _("Your answers cannot be shown just now. They are not lost. Please ring the coordinator."),
        )
    why = left_in_peace([questionnaire.person])
    if why and "refused" not in why.values():
        return Decision.no("over", _("There is nothing to answer any more. Thank you."))
    asked = questionnaire.asked_at and timezone.localdate(questionnaire.asked_at)
    open_still = asked and (day - asked).days <= ANSWER_DAYS
    if questionnaire.state in WAITING_STATES or (questionnaire.state == State.SKIPPED and open_still):
        return Decision.yes(_("Each press is saved. You may stop at any time."))
    changeable = questionnaire.answered_on and (day - questionnaire.answered_on).days <= CHANGE_DAYS
    if questionnaire.state == State.ANSWERED and changeable:
        return Decision.yes(_("You can still change your answers. Each press is saved."))
    return Decision.no("over", _("There is nothing to answer any more. Thank you."))


def may_enter(questionnaire, day=None):
    """Whether a coordinator may type the answers in: from paper, or while the person says them."""
    day = day or timezone.localdate()
    if not questionnaire.is_readable:
        return Decision.no(
            "unreadable", _("The answers cannot be read: the key is missing. Nothing is written over.")
        )
    why = left_in_peace([questionnaire.person])
    if why:
        return Decision.no("over", may_be_asked(questionnaire.person).reason)
    if questionnaire.state == State.ANSWERED:
        if (day - questionnaire.answered_on).days > CHANGE_DAYS:
            return Decision.no("old", _("It was answered long ago, so the answers stay as they are."))
        return Decision.yes(_("Only correct what was written wrong."))
    if questionnaire.text_id is None:
        return has_text(questionnaire.instrument)
    return Decision.yes(_("Leave out what the person does not want to answer."))
