"""The coordinator's pages of change, and the editor's of texts, in a real browser: nothing wrong on them, wide or narrow."""

import pytest
from django.urls import reverse

from peer_support.access.roles import EDITOR, ensure_roles, group_for
from peer_support.testing.factories import InitiativeFactory, UserFactory
from peer_support.testing.factories_courses import GroupCourseFactory
from peer_support.testing.factories_outcomes import InstrumentTextFactory
from tests.browser.looking import broken_rules, faults_at
from tests.outcomes.changes.answered import active_match, course_answers, match_answers

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.browser,
    pytest.mark.one_database,
]
PAIRS = [(20, 60), (40, 60), (40, 44), (60, 40), (40, 60), (20, None)]


def test_one_person_and_a_group(sign_in, coordinator, initiative):
    match = active_match(initiative)
    match_answers(match, (36, 44, 56))
    match_answers(match, (50, 55), code="inspire_o")
    course = GroupCourseFactory(initiative=initiative, state="running", title="Ti uger sammen")
    course_answers(course, PAIRS)
    course_answers(course, PAIRS[:4], code="qpr15")
    person = reverse("peer_support_changes:person", args=["citizen", match.citizen.pk])
    empty = reverse("peer_support_changes:person", args=["volunteer", match.volunteer.pk])
    group = reverse("peer_support_changes:group")
    page = sign_in(coordinator)
    page.set_default_timeout(60_000)
    faults = []
    for address in (
        person,
        empty,
        group,
        f"{group}?group=course-{course.pk}",
        f"{group}?group={initiative.pk}-match",
    ):
        page.goto(address)
        faults += faults_at(page, ("desktop", "phone"), address)
    assert not faults, "\n".join(faults)
    page.goto(group)
    page.select_option("#id_group", f"course-{course.pk}")
    page.locator(".change-choose button").click()
    page.locator("svg.change").wait_for()
    assert page.locator("svg.change").count() == 1, "the group of four is not drawn"


def test_an_editor_pastes_words_in(sign_in):
    ensure_roles()
    InitiativeFactory()
    editor = UserFactory()
    editor.groups.add(group_for(EDITOR))
    text = InstrumentTextFactory(in_use=True)
    page = sign_in(editor)
    page.set_default_timeout(60_000)
    base = "/admin/snippets/peer_support/instrumenttext"
    faults = []
    for address in (f"{base}/", f"{base}/add/", f"{base}/edit/{text.pk}/"):
        page.goto(address)
        # Wagtail's own listing and its map of a form are not ours to mend.
        faults += broken_rules(page, leave_out=(".w-minimap", "#w-minimap-toggle"))
    assert not faults, "\n".join(faults)
