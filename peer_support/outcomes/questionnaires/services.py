"""Every write on a questionnaire: asking, answering, saying no, and the call that care asks for.

Each is one transaction, holds the row's lock, and is logged. Answers come one at a time, and each touches its own item
only: two telephones at once lose nothing. Refusals raise :class:`~peer_support.access.decisions.NotAllowed`.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.decisions import Decision, NotAllowed
from ...courses.models import Enrolment
from ...mailing.services import goes_by_itself, queue_mail
from ...matching.models import Match
from ...privacy.access_log import Action, log_access
from ..instruments.models import InstrumentText
from ..instruments.registry import instrument_of
from . import rules, scoring
from .links import questionnaire_link
from .mails import QUESTIONNAIRE, REMINDER
from .models import WAITING_STATES, Moment, Questionnaire, QuestionnaireRefusal, State, Way
from .services_planning import close, keep_enrolments, keep_matches, leave_in_peace

ROUTE = "outcomes.questionnaires"
SKIP = None


def _require(decision):
    if not decision:
        raise NotAllowed(decision)


def _user(user):
    return user if getattr(user, "pk", None) else None


def _locked(questionnaire):
    row = Questionnaire.objects.select_for_update(of=("self",)).filter(pk=questionnaire.pk).first()
    if row is None:
        raise NotAllowed(Decision.no("over", _("There is nothing to answer any more. Thank you.")))
    return row


def _lock_person(person):
    return type(person).objects.select_for_update(no_key=True).get(pk=person.pk)


def of_person(person):
    """Return the questionnaires of ``person``, with what a page shows of them."""
    rows = Questionnaire.objects.filter(**{person._meta.model_name: person})
    return rows.select_related("citizen", "volunteer", "text", "match", "enrolment__course")


# Asking


def _put_text(row):
    """Give the questionnaire the words in use; from now on nobody can change those words."""
    if row.text_id is None:
        row.text = InstrumentText.objects.current(row.instrument)
        row.text.mark_used()


@transaction.atomic
def ask(*, person, user=None, day=None, by_mail=False, route=f"{ROUTE}.ask"):
    """Put everything to ``person`` that is due on ``day``; returns ``(the rows, the link)``.

    ``by_mail`` sends the link as well. Asked again, what waits for an answer is in the same link. Raises
    :class:`NotAllowed` where there is nothing to ask, or the person is to be left in peace.
    """
    day = day or timezone.localdate()
    person = _lock_person(person)
    _require(rules.may_be_asked(person))
    due = of_person(person).select_for_update(of=("self",)).filter(state=State.PLANNED, due_on__lte=day)
    rows, refusal = [], None
    for row in due:
        decision = rules.has_text(row.instrument)
        if decision:
            rows.append(row)
        refusal = refusal or (None if decision else decision)
    waiting = list(of_person(person).filter(state__in=WAITING_STATES))
    if not rows and not waiting:
        _require(refusal or Decision.no("nothing", _("There is nothing to ask just now.")))
    if by_mail and not person.email:
        _require(Decision.no("no_address", _("There is no e-mail address. Copy the link instead.")))
    for row in rows:
        _put_text(row)
        row.state, row.asked_at, row.way = State.ASKED, timezone.now(), Way.LINK
        row.save()
    log_access(user=user, action=Action.CHANGE, objects=[*rows, person], route=route)
    link = questionnaire_link(person, user=user)
    if by_mail:
        newest = max(row.pk for row in [*rows, *waiting])
        queue_mail(QUESTIONNAIRE, person, f"asked-{newest}-link-{link.pk}", user=user)
    return [*rows, *waiting], link


@transaction.atomic
def remind(*, person, user=None, day=None, route=f"{ROUTE}.remind"):
    """Send ``person`` the one reminder of what they were asked a week ago or more; returns the rows it was about.

    A questionnaire is reminded of once, whoever presses and however often. Raises :class:`NotAllowed` where not.
    """
    person = _lock_person(person)
    rows = list(of_person(person).select_for_update(of=("self",)).filter(state__in=WAITING_STATES))
    decisions = [(row, rules.may_remind(row, day)) for row in rows]
    rows = [row for row, decision in decisions if decision]
    if not rows:
        refused = decisions[0][1] if decisions else None
        _require(refused or Decision.no("closed", _("There is nothing to remind of.")))
    if not person.email:
        _require(Decision.no("no_address", _("There is no e-mail address. Ring instead.")))
    now = timezone.now()
    for row in rows:
        row.reminded_at = now
        row.save(update_fields=["reminded_at", "updated_at"])
    log_access(user=user, action=Action.CHANGE, objects=rows, route=route)
    questionnaire_link(person, user=user)
    queue_mail(REMINDER, person, f"remind-{max(row.pk for row in rows)}", user=user)
    return rows


def send_by_itself(day=None):
    """Ask and remind where an editor has switched the mail on; returns how many people were written to.

    For the nightly job. Each person is a transaction of their own, and one who may not be asked is passed by.
    """
    day = day or timezone.localdate()
    due = Questionnaire.objects.filter(state=State.PLANNED, due_on__lte=day)
    waiting = Questionnaire.objects.filter(state__in=WAITING_STATES, reminded_at=None)
    count = 0
    for mail, rows, act in (
        (QUESTIONNAIRE, due, lambda person: ask(person=person, day=day, by_mail=True)),
        (REMINDER, waiting, lambda person: remind(person=person, day=day)),
    ):
        for person in _people(rows):
            if not person.email or not goes_by_itself(mail, person.initiative_id):
                continue
            try:
                act(person)
            except NotAllowed:
                continue
            count += 1
    return count


def _people(rows):
    return list(dict.fromkeys(row.person for row in rows.select_related("citizen", "volunteer")))


@transaction.atomic
def add_one(*, person, instrument, user, match=None, enrolment=None, moment=Moment.EXTRA, due_on=None):
    """Put one questionnaire in the plan that no plan has: in between, or the start of a study. Returns the row."""
    person = _lock_person(person)
    _require(rules.may_be_asked(person))
    _require(rules.has_text(instrument))
    row = Questionnaire.objects.create(
        initiative_id=person.initiative_id,
        instrument=instrument,
        moment=Moment(moment),
        due_on=due_on or timezone.localdate(),
        match=match,
        enrolment=enrolment,
        **{person._meta.model_name: person},
    )
    log_access(user=user, action=Action.CREATE, objects=[row], route=f"{ROUTE}.add")
    return row


# Answering


def _check(instrument, answers):
    for number, value in answers.items():
        good_value = value is SKIP or (
            isinstance(value, int) and instrument.lowest <= value <= instrument.highest
        )
        if not 1 <= number <= instrument.items or not good_value:
            raise ValidationError(_("Choose one of the answers, or skip the question."))


@transaction.atomic
def save_answer(*, questionnaire, number, value, route=f"{ROUTE}.answer"):
    """Write the answer to one item: ``value``, or ``None`` where it is skipped. By link; returns the row.

    When every item has been answered or skipped, the questionnaire is finished; each later change is scored anew.
    """
    row = _locked(questionnaire)
    _require(rules.may_answer(row))
    _check(instrument_of(row.instrument), {number: value})
    row.answers = {**row.answers, number: value}
    row.way = Way.LINK
    _judge(row, timezone.localdate())
    row.save()
    log_access(user=None, action=Action.CHANGE, objects=[row], route=route)
    return row


@transaction.atomic
def enter(*, questionnaire, answers, way, user, on=None, finished=True, route=f"{ROUTE}.enter"):
    """Write down ``answers`` (``{number: value or None}``) from paper, or as the person says them. Returns the row.

    ``finished``: what is not among them is missing, and the questionnaire is closed. Else one goes on another time.
    """
    row = _locked(questionnaire)
    _require(rules.may_enter(row))
    instrument = instrument_of(row.instrument)
    _check(instrument, answers)
    on = on or timezone.localdate()
    if on > timezone.localdate():
        raise ValidationError(_("That day has not come yet. When was it answered?"))
    _put_text(row)
    row.way, row.user = Way(way), _user(user)
    row.asked_at = row.asked_at or timezone.now()
    answers = {**row.answers, **answers}
    if finished:
        answers = {number: answers.get(number) for number in range(1, instrument.items + 1)}
    row.answers = answers
    _judge(row, on)
    if finished and row.state == State.ANSWERED:
        row.answered_on = on
    row.save()
    log_access(user=user, action=Action.CHANGE, objects=[row], route=route)
    return row


def _judge(row, on):
    """Bring the state, the score and the care in step with the answers. Every item skipped is a no, not an answer."""
    instrument, answers = instrument_of(row.instrument), row.answers
    touched = set(range(1, instrument.items + 1)) <= answers.keys()
    said = any(value is not None for value in answers.values())
    if touched and said:
        row.state, row.answered_on = State.ANSWERED, row.answered_on or on
        row.score = scoring.score_of(row)
    else:
        row.state = State.SKIPPED if touched else State.BEGUN
        row.answered_on = row.score = None
    row.care_text = scoring.care_of(row)


@transaction.atomic
def skip(*, questionnaire, user=None, route=f"{ROUTE}.skip"):
    """Note that the person would rather not, this time. What was answered half way is deleted."""
    row = _locked(questionnaire)
    if row.state == State.PLANNED and user is not None:
        row.asked_at = row.asked_at or timezone.now()
    elif row.state not in WAITING_STATES:
        _require(Decision.no("closed", _("This questionnaire is closed.")))
    _forget(row)
    log_access(user=user, action=Action.CHANGE, objects=[row], route=route)
    return row


def _forget(row):
    row.state, row.answers_text, row.score, row.care_text = State.SKIPPED, "", None, "no"
    row.save()


@transaction.atomic
def refuse(*, person, user=None, route=f"{ROUTE}.refuse"):
    """Note that ``person`` would rather not have questionnaires: none is planned, asked or reminded of any more.

    What was answered before stays; what was begun is deleted.
    """
    person = _lock_person(person)
    side = person._meta.model_name
    row, created = QuestionnaireRefusal.objects.get_or_create(
        **{side: person}, defaults={"initiative_id": person.initiative_id}
    )
    for open_one in of_person(person).select_for_update(of=("self",)).filter(state__in=WAITING_STATES):
        _forget(open_one)
    leave_in_peace(person, user)
    if created:
        log_access(user=user, action=Action.CREATE, objects=[row, person], route=route)
    return row


@transaction.atomic
def allow_again(*, person, user=None, route=f"{ROUTE}.allow"):
    """The person would like to be asked after all; what the plan has for them from now on is planned again."""
    person = _lock_person(person)
    side = person._meta.model_name
    rows = QuestionnaireRefusal.objects.filter(**{side: person})
    if rows.exists():
        log_access(user=user, action=Action.ERASE, objects=[*rows, person], route=route)
        rows.delete()
    keep_matches(Match.objects.filter(**{side: person}), user)
    keep_enrolments(Enrolment.objects.filter(**{side: person}), user)


def has_refused(person):
    """Whether ``person`` would rather not have questionnaires."""
    return QuestionnaireRefusal.objects.filter(**{person._meta.model_name: person}).exists()


# Care


@transaction.atomic
def close_care(*, questionnaire, user, route=f"{ROUTE}.care"):
    """Note that somebody has rung and heard how things are. How it went is not written here. Twice is once."""
    row = _locked(questionnaire)
    if row.care == "open":
        row.care_text = "done"
        row.save()
        log_access(user=user, action=Action.CHANGE, objects=[row], route=route)
    return row


@transaction.atomic
def delete_answers(*, questionnaire, user, route=f"{ROUTE}.delete"):
    """Delete what the person answered, because they ask for it. That they were asked stays, as a no."""
    row = _locked(questionnaire)
    if row.state == State.PLANNED:
        close(row, user)
        return None
    row.answered_on = None
    _forget(row)
    log_access(user=user, action=Action.ERASE, objects=[row], route=route)
    return row
