"""When something happens to a match, a place in a course or a person, their questionnaires follow. Connected by import."""

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from ...access.scopes import scope_of
from ...courses.models import Enrolment
from ...courses.signals import course_started, enrolment_changed
from ...matching.listeners import register_step_listener
from ...people.listeners import register_pause_listener
from ...people.models import PersonStep
from ...people.models_steps import Step
from ...recruitment.rules_consent import has_taken_back
from .models import Kind
from .services_planning import keep_enrolments, keep_in_step, leave_in_peace


@register_step_listener
def follow_match(match, event, user):
    """In the transaction that took the step: begun, ended, and either of them taken back."""
    if match.active_from:  # before a match has begun nothing of this room's is about it
        keep_in_step(Kind.MATCH, [match], user)


@receiver(enrolment_changed, dispatch_uid="peer_support_questionnaires_enrolment")
def follow_enrolment(sender, enrolment, user, **kwargs):
    """After the commit: what gets lost between the two, the nightly job brings into step."""
    with scope_of(enrolment.initiative_id):
        keep_enrolments(Enrolment.objects.filter(pk=enrolment.pk), user)


@receiver(course_started, dispatch_uid="peer_support_questionnaires_course")
def follow_course(sender, course, user, **kwargs):
    """After the commit: everybody who has a place begins."""
    with scope_of(course.initiative_id):
        keep_enrolments(Enrolment.objects.filter(course=course), user)


@register_pause_listener
def follow_pause(person, user):
    """A pause puts questions off by itself, as nothing is due while it lasts; a yes taken back ends them."""
    if has_taken_back(person):
        leave_in_peace(person, user)


@receiver(post_save, sender=PersonStep, dispatch_uid="peer_support_questionnaires_ended")
def follow_goodbye(sender, instance, created, **kwargs):
    """Whoever we have said goodbye to is asked nothing more."""
    if created and instance.step == Step.ENDED:
        with transaction.atomic():
            leave_in_peace(instance.citizen or instance.volunteer, instance.user)
