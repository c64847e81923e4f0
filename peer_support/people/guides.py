"""Which questions a conversation asks, and what was answered to them."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .models import Citizen, GuideVersion, Volunteer
from .models_guide import QuestionType

# A field of the conversation form that holds an answer is called "talk_answer_…"; on the conversation it is "answer_…".
ANSWER = "answer_"
# Facts of the profile that a question may ask for: each is a field of the conversation form.
_FACTS = (
    "expectations",
    "interests",
    "channels",
    "times",
    "hours_min",
    "hours_max",
    "travel_km",
    "languages",
    "gender_wish",
    "heard_of_us",
    "notes",
)
FACTS = {
    "citizen": ("wish", "special_knowledge", *_FACTS),
    "volunteer": ("motivation", "resources", "readiness", "training_wishes", "capacity", *_FACTS),
}
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Question:
    """One question of a guide; see :class:`~.models_guide.GuideVersion` for what each part means."""

    key: str
    text: str
    type: str
    help: str = ""
    options: tuple = ()
    fact: str = ""

    @property
    def is_fact(self):
        return self.type == QuestionType.FACT

    @property
    def field_name(self):
        """The name of its field on the conversation form."""
        return self.fact if self.is_fact else f"talk_{ANSWER}{self.key}"


def questions_of(version):
    """Return the :class:`Question` list of a version; none for ``None``."""
    if version is None:
        return []
    return [
        Question(
            key=entry["key"],
            text=entry["text"],
            type=entry["type"],
            help=entry.get("help", ""),
            options=tuple(entry.get("options", ())),
            fact=entry.get("fact", ""),
        )
        for entry in version.questions
    ]


def fact_choices(who):
    """Return ``[(name, label)]`` of the facts that a question to ``who`` may ask for."""
    model = Volunteer if who == "volunteer" else Citizen
    return [(name, capfirst(model._meta.get_field(name).verbose_name)) for name in FACTS[who]]


def _asked(who, kind, initiative_id):
    """The versions that are asked in such a conversation, the initiative's own and the newest first."""
    mine = Q(guide__initiative=initiative_id) | Q(guide__initiative=None)
    return (
        GuideVersion.objects.filter(mine, guide__who=who, guide__kind=kind, guide__in_use=True)
        .order_by(F("guide__initiative").asc(nulls_last=True), "-number")
        .select_related("guide")
    )


def version_for(talk):
    """Return the :class:`GuideVersion` whose questions ``talk`` asks, or ``None``.

    A conversation keeps the version it began with. One that has none yet asks the newest of its initiative's own guide,
    or else of the standard.
    """
    if talk.guide_version_id:
        return talk.guide_version
    who = "volunteer" if talk.volunteer_id else "citizen"
    return _asked(who, talk.kind, talk.initiative_id).first()


def posted_version(talk, key):
    """Return the version that a page was built from, where it is one that ``talk`` may ask; else :func:`version_for`."""
    if not talk.guide_version_id and str(key).isdecimal() and len(str(key)) < 19:
        who = "volunteer" if talk.volunteer_id else "citizen"
        allowed = Q(guide__initiative=talk.initiative_id) | Q(guide__initiative=None)
        found = (
            GuideVersion.objects.filter(allowed, pk=int(key), guide__who=who).select_related("guide").first()
        )
        if found is not None:
            return found
    return version_for(talk)


def in_words(question, answer):
    """Return an answer as a reader sees it."""
    if question.type == QuestionType.YES_NO:
        return {YES: _("yes"), NO: _("no")}.get(answer, "")
    return answer


def answered(talk):
    """Return ``[(question, answer)]`` in words, as they were asked in ``talk``; only those with an answer."""
    answers = talk.answers
    return [
        (question.text, in_words(question, answers[question.key]))
        for question in questions_of(talk.guide_version if talk.guide_version_id else None)
        if answers.get(question.key)
    ]


class AnswerSheet:
    """The answers of a conversation as attributes, so that they are merged like every other value."""

    def __init__(self, talk, version):
        self._answers = talk.answers
        self._keys = {question.key for question in questions_of(version) if not question.is_fact}

    def __getattr__(self, name):
        if name.startswith(ANSWER):
            return self._answers.get(name.removeprefix(ANSWER), "")
        raise AttributeError(name)

    def own(self, values):
        """Return those of ``values`` that answer a question of this version."""
        return {name: value for name, value in values.items() if name.removeprefix(ANSWER) in self._keys}

    def names(self):
        """Return the name of every answer."""
        return [f"{ANSWER}{key}" for key in sorted(self._keys)]

    def with_changes(self, changes):
        """Return the answers with ``changes`` in them, by the questions' keys."""
        return {**self._answers, **{name.removeprefix(ANSWER): value for name, value in changes.items()}}
