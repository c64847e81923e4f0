"""Do you still want to be registered? Everybody is asked once a year; a citizen without a match after five months.

One mail, and one reminder at most, where an editor has switched the mail on; otherwise a line on today's list to ring.
Whoever was asked by mail and does not answer is closed by the purge later on, a citizen who waits for nobody after six
months in all. A pause does not stop this clock: it stops the matching.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.decisions import Decision
from ..access.links import make_link
from ..mailing.services import goes_by_itself, queue_mail
from ..privacy.access_log import Action, log_access
from . import rules, services
from .links import STILL, purpose_of
from .listeners import register_lift_listener
from .models import Citizen, StillHereQuestion, Volunteer
from .queries import with_open_matches
from .staleness import months_before
from .standing import MATCH, usable

Answer = StillHereQuestion.Answer
MONTHS, MONTHS_WITHOUT_MATCH = 12, 5
REMIND_DAYS = 14
ROUTE = "people.still_here"


def open_question(person):
    """Return the question that waits for an answer, or ``None``."""
    return _of(person).filter(answer__in=["", Answer.RING]).first()


def _of(person):
    return StillHereQuestion.objects.filter(**{person._meta.model_name: person})


def months_to_next(person):
    """Return after how many months ``person`` is asked again: a citizen without a match sooner than everybody else."""
    people = with_open_matches(type(person).objects.filter(pk=person.pk))
    return _months(type(person), people.get())


def _months(model, person):
    """``person`` comes with its ``open_matches``."""
    return MONTHS_WITHOUT_MATCH if model is Citizen and not person.open_matches else MONTHS


def people_to_ask(model, day=None):
    """Return those of ``model`` in the open scope whose last yes, or first contact, is long enough ago, the oldest first.

    Whoever has stopped, is left alone, has a question open, or has a match and was asked within the year is not among them.
    """
    day = day or timezone.localdate()
    people = with_open_matches(model.objects.filter(usable(MATCH)).exclude(status="ended"))
    asked = StillHereQuestion.objects.filter(
        answer__in=["", Answer.RING], **{f"{model._meta.model_name}__isnull": False}
    )
    people = people.exclude(pk__in=asked.values(model._meta.model_name))
    people = people.annotate(said_yes=Max("still_here__answered_on"), match_over=Max("matches__ended_on"))
    found = []
    for person in people.order_by("enquired_on", "pk"):
        since = max(filter(None, (person.enquired_on, person.said_yes, person.match_over)))
        if since <= months_before(day, _months(model, person)):
            found.append(person)
    return found


def ask_due(day=None):
    """Make the questions that are due in the open scope, write where mails are on, and remind once; safe to run again.

    Returns ``(questions made, mails asked for)``.
    """
    day = day or timezone.localdate()
    made = mails = 0
    for model in (Citizen, Volunteer):
        for person in people_to_ask(model, day):
            with transaction.atomic():
                locked = type(person).objects.select_for_update().get(pk=person.pk)
                if open_question(locked) is not None:
                    continue
                question = StillHereQuestion.objects.create(
                    initiative_id=locked.initiative_id, due_on=day, **{model._meta.model_name: locked}
                )
                made += 1
                mails += _write(question, "asked_on", day)
    overdue = StillHereQuestion.objects.filter(
        answer="", reminded_on=None, asked_on__lte=day - timedelta(days=REMIND_DAYS)
    )
    for question in overdue.select_related("citizen", "volunteer"):
        with transaction.atomic():
            mails += _write(question, "reminded_on", day)
    return made, mails


def _write(question, name, day):
    """Ask for the mail, once for each of the two dates; returns whether it was wanted and possible."""
    person = question.person
    code = purpose_of(STILL, person._meta.model_name)
    if not person.email or not goes_by_itself(code, question.initiative_id):
        return False
    make_link(purpose=code, target=person)
    queue_mail(code, person, f"{name}-{question.pk}")
    setattr(question, name, day)
    question.save(update_fields=[name])
    return True


def may_answer(person):
    """Whether there is a question to answer."""
    if open_question(person) is None:
        return Decision.no("not_asked", _("There is nothing to answer just now. Thank you."))
    return Decision.yes()


@transaction.atomic
def answer(*, person, answer, user=None, route=ROUTE):
    """Write down what ``person`` answers. A no closes the record at once where nothing is open, and the purge erases it.

    Returns the question, or ``None`` where it was answered already: pressed twice is the same as once.
    """
    fresh = type(person).objects.select_for_update().get(pk=person.pk)
    question = open_question(fresh)
    if question is None:
        return None
    question.answer, question.answered_on = Answer(answer), timezone.localdate()
    question.save(update_fields=["answer", "answered_on"])
    log_access(user=user, action=Action.CHANGE, objects=[question], route=route)
    if question.answer == Answer.NO and fresh.status != "ended" and rules.may_end(fresh):
        services.end_person(person=fresh, user=user, route=route)
    return question


@register_lift_listener
def goes_on(person, user):
    """Take it for a yes that the record may be used again: a question that rested meanwhile would count as not answered."""
    if _of(person).filter(answer="").exists():
        answer(person=person, answer=Answer.YES, user=user)


def wishes_to_go(day=None):
    """Return the questions answered with a no by people whose record is still open: something of theirs is going on."""
    rows = StillHereQuestion.objects.filter(answer=Answer.NO).select_related("citizen", "volunteer")
    return [row for row in rows.order_by("pk") if row.person.status != "ended" and not row.person.erased_on]


def to_ring(day=None):
    """Return the questions that somebody has to ring about on ``day``: no mail was sent, it was not answered, or a call is wished."""
    day = day or timezone.localdate()
    rows = StillHereQuestion.objects.filter(answer__in=["", Answer.RING], due_on__lte=day)
    rows = rows.select_related("citizen", "volunteer").order_by("due_on", "pk")
    return [row for row in rows if row.answer or _is_silent(row, day)]


def _is_silent(row, day):
    if row.asked_on is None:
        return True
    # Time to answer after the mail, and again after the reminder.
    return (row.reminded_on or row.asked_on) + timedelta(days=REMIND_DAYS) < day
