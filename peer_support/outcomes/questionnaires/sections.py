"""What questionnaires show on the pages of a person, a match and a place in a course: how far, and what comes next."""

from django.utils.translation import gettext as _

from ...courses.sections import register_enrolment_section
from ...matching.sections import register_match_section
from ...people.presenting import register_section
from . import rules, services
from .models import Questionnaire
from .presenting import person_page, row_of
from .views_base import PERMISSION, WITH

TEMPLATE = "peer_support/outcomes/questionnaires/section.html"


def _context(title, rows, pages, plain):
    shown = [row_of(row) for row in rows]
    coming = next((row for row in shown if row.is_open), None)
    return {
        "title": title,
        "rows": shown,
        "next": coming,
        "pages": pages,
        "heading": "peer-facts__heading" if plain else "",
        "ident": "questionnaires",
    }


@register_section
def person_section(person, user):
    """The newest few, and the way to all of them."""
    if not user.has_perm(PERMISSION):
        return None
    rows = list(services.of_person(person).order_by("-due_on", "-pk")[:4])
    if not rows and not rules.may_be_asked(person):
        return None
    context = _context(_("Questionnaires"), rows, [(person, person_page(person))], True)
    context["next"] = next((row for row in reversed(context["rows"]) if row.is_open), None)
    context["refused"] = services.has_refused(person)
    return TEMPLATE, context


@register_match_section
def match_section(match, user):
    """Both sides' questionnaires about this match. What they answered is on a page of its own."""
    if not user.has_perm(PERMISSION):
        return None
    rows = list(Questionnaire.objects.filter(match=match).select_related(*WITH).order_by("due_on", "pk"))
    if not rows:
        return None
    people = dict.fromkeys(row.person for row in rows)
    return TEMPLATE, _context(
        _("Questionnaires"), rows, [(person, person_page(person)) for person in people], False
    )


@register_enrolment_section
def enrolment_section(enrolment, user):
    """The questionnaires of a place in a course."""
    if not user.has_perm(PERMISSION):
        return None
    rows = list(
        Questionnaire.objects.filter(enrolment=enrolment).select_related(*WITH).order_by("due_on", "pk")
    )
    if not rows:
        return None
    pages = [(enrolment.person, person_page(enrolment.person))]
    return TEMPLATE, _context(_("Questionnaires"), rows, pages, False)
