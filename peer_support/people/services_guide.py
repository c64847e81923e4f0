"""Changing the questions: what has been asked stays as it was asked, and a change becomes a new version."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..access.decisions import Decision, NotAllowed
from ..access.scopes import current_initiative_ids
from .guides import FACTS
from .models import Conversation, ConversationGuide, GuideVersion
from .models_guide import QuestionType, new_key

STANDARD = "peer_support.publish_conversationguide"
MOST = 40


def may_change(guide, user):
    """Whether ``user`` may change ``guide``: their own initiative's, and all of them for those who keep the standard."""
    if user.has_perm(STANDARD) or guide.initiative_id in current_initiative_ids():
        return Decision.yes()
    return Decision.no(
        "standard", _("The standard is the same for every initiative. Make your own copy, and change that.")
    )


def is_used(version):
    """Whether a conversation has asked these questions, in whichever initiative; nothing else of it is looked at."""
    return Conversation._base_manager.filter(guide_version=version).exists()


def tidy_questions(who, questions):
    """Return ``questions`` as they are stored; raises ``ValidationError`` with a sentence where one cannot be asked."""
    kept, facts = [], set()
    if len(questions) > MOST:
        raise ValidationError(_("That is more than %(most)d questions. Take some out.") % {"most": MOST})
    for question in questions:
        entry = _tidy(who, question)
        if entry["type"] == QuestionType.FACT and entry["fact"] in facts:
            raise ValidationError(
                _("Two questions ask for the same fact: “%(question)s”.") % {"question": entry["text"]}
            )
        facts.add(entry.get("fact"))
        kept.append(entry)
    return kept


def _tidy(who, question):
    entry = {
        "key": question.get("key") or new_key(),
        "text": question["text"].strip(),
        "help": question.get("help", "").strip(),
        "type": QuestionType(question["type"]).value,
    }
    if not entry["text"]:
        raise ValidationError(_("A question has no words."))
    named = {"question": entry["text"]}
    if entry["type"] == QuestionType.CHOICE:
        options = [option.strip() for option in question.get("options", ()) if option.strip()]
        entry["options"] = list(dict.fromkeys(options))
        if len(entry["options"]) < 2:
            raise ValidationError(_("“%(question)s” needs at least two answers to choose from.") % named)
    if entry["type"] == QuestionType.FACT:
        entry["fact"] = question.get("fact", "")
        if entry["fact"] not in FACTS[who]:
            raise ValidationError(_("Choose which fact “%(question)s” asks for.") % named)
    return entry


@transaction.atomic
def save_questions(*, guide, questions, user):
    """Save the questions of ``guide``; returns the :class:`GuideVersion` that is asked from now on.

    Unchanged questions change nothing. Questions that nobody was asked yet are changed in place; otherwise a new version
    is made, and earlier conversations keep theirs.
    """
    guide = ConversationGuide.objects.select_for_update().get(pk=guide.pk)
    decision = may_change(guide, user)
    if not decision:
        raise NotAllowed(decision)
    kept = tidy_questions(guide.who, questions)
    newest = guide.newest()
    if newest is not None and newest.questions == kept:
        return newest
    if newest is not None and not is_used(newest):
        newest.questions, newest.made_by = kept, user
        newest.save()
        return newest
    number = newest.number + 1 if newest else 1
    return GuideVersion.objects.create(guide=guide, number=number, questions=kept, made_by=user)


@transaction.atomic
def adapt(*, who, kind, initiative, user):
    """Give ``initiative`` a guide of its own, which begins as the standard; returns it. An earlier one is taken up again."""
    if initiative.pk not in current_initiative_ids():
        raise PermissionError("This initiative is not in the open scope.")
    guide, created = ConversationGuide.objects.get_or_create(who=who, kind=kind, initiative=initiative)
    if not guide.in_use:
        guide.in_use = True
        guide.save()
    if created:
        standard = ConversationGuide.objects.filter(who=who, kind=kind, initiative=None).first()
        newest = standard.newest() if standard else None
        GuideVersion.objects.create(
            guide=guide, questions=newest.questions if newest else [], number=1, made_by=user
        )
    return guide


@transaction.atomic
def back_to_standard(*, guide, user):
    """Ask the standard's questions again; the initiative's own are kept, and can be taken up again."""
    decision = may_change(guide, user)
    if not decision:
        raise NotAllowed(decision)
    if guide.initiative_id is None:
        raise NotAllowed(Decision.no("is_standard", _("This is the standard already.")))
    guide.in_use = False
    guide.save()
    return guide
