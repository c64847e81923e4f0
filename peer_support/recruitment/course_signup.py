"""Sign up for one course from its page: an enquiry with its consent, and the interest in the course, or neither."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..access.scopes import scope_of
from ..courses.models import GroupCourse, IntroWorkshop, WayIn
from ..courses.public import course_facts
from ..courses.rules_enrolment import has_free_place
from ..courses.services_enrolment import register_interest, sign_up
from ..directory.models import Initiative
from .forms_signup import CourseInterestForm
from .models_consent import ConsentText, Purpose

ANOTHER_DAY = "later"


class CourseSignUpForm(CourseInterestForm):
    """The form of a course's page. It asks for an intro workshop too, where there is one with a place left."""

    button = gettext_lazy("Send to us")
    button_line = gettext_lazy("We ring you about the group. You have promised nothing.")

    def __init__(self, data=None, *, facts, **kwargs):
        initiative = Initiative.objects.get(pk=facts.initiative_id)
        self.facts = facts
        super().__init__(data, initiative=initiative, **kwargs)
        choices = [
            (str(one.pk), ", ".join(filter(None, (f"{one.day} ({one.week})", one.hours, one.place))))
            for one in facts.workshops
            if facts.wants_intro and not one.is_full
        ]
        if choices:
            self.fields["workshop"] = forms.ChoiceField(
                label=_("Which intro workshop can you come to?"),
                choices=[*choices, (ANOTHER_DAY, _("None of these days. Ring me about another."))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose a day, or the last line.")},
            )
            self.asked = (("", ("first_name", "phone", "email", "workshop", "message")),)
            self.order_fields([*self.asked[0][1], *self.more])

    def take(self):
        """Take the enquiry in and write the interest; both or neither."""
        with scope_of(self.facts.initiative_id), transaction.atomic():
            enquiry = super().take()
            course = self._course()
            return _interested(course, enquiry.subject, self._workshop())

    def _course(self):
        facts = course_facts(self.facts.pk)
        if facts is None or not facts.intake_open:
            raise ValidationError(
                _("This group no longer takes new people in. Look at the others, or ring us.")
            )
        return GroupCourse.objects.get(pk=facts.pk)

    def _workshop(self):
        asked = self.cleaned_data.get("workshop", "")
        return IntroWorkshop.objects.filter(pk=int(asked)).first() if asked.isdecimal() else None

    @property
    def answers(self):
        answers = super().answers
        answers.pop("workshop", None)
        return answers


def _interested(course, person, workshop):
    """Write the interest: with the workshop that was chosen, or in the queue of a full course, or until we have rung."""
    way = WayIn.PUBLIC
    if workshop is not None or (not course.wants_intro and not has_free_place(course)):
        return sign_up(course=course, person=person, way=way, workshop=workshop)
    return register_interest(course=course, person=person, way=way)


def course_form(facts, data=None):
    """Return the sign-up form of a course, or ``None`` where there is no text to say yes to."""
    text = ConsentText.objects.current(Purpose.COURSE)
    return CourseSignUpForm(data, facts=facts, text=text) if text is not None else None
