"""The everyday screens of a coordinator, an editor and a leader show no English."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import gettext_lazy, override
from wagtail.models import Page

from peer_support.access.scopes import scope_of
from peer_support.courses.models import Enrolment, GroupCourse, IntroWorkshop
from peer_support.directory.models import Initiative
from peer_support.matching.models import Match
from peer_support.matching.models_match import OPEN_STATES
from peer_support.matching.presenting import plans_for, ranking_for
from peer_support.outcomes.questionnaires.models import Questionnaire
from peer_support.outcomes.study.models import Study, StudyParticipant
from peer_support.people.models import Citizen, Volunteer
from peer_support.people.rules import may_end
from peer_support.testing.factories_study import StudyFactory

from .untranslated import recording

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# Words that stand in nearly every English sentence or button and in no Danish one.
ENGLISH = re.compile(
    r"\b(the|and|with|your|you|this|that|are|was|has|have|been|not|from|add|edit|delete|save|search|choose|select|filter by|"
    r"unpublish|publish|draft|settings|reports|history|usage|actions|more|show|hide|open|close|toggle|sort|status is|date|name|"
    r"title|page|pages|image|images|document|documents|snippets|help|account|log out|sign in|username|password)\b",
    re.I,
)
# Words that are both: a Danish reader does not stumble on them.
BOTH_LANGUAGES = {"status", "filter", "open", "show", "date", "name", "help", "are", "has", "have"}
# Wagtail writes this one into its page headers without asking the catalogue (the name of a button for a screen reader).
WRITTEN_BY_WAGTAIL = {"Actions"}
# django-filter asks for the name of a look-up before it decides not to show one.
ASKED_FOR_AND_NOT_SHOWN = {"exact"}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Fill the database once for the whole module, inside a transaction that is rolled back."""
    with django_db_blocker.unblock(), override_settings(DEBUG=True), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


WORD_LISTS = ("interest", "interestgroup", "language", "directoryterm")


def signed_in(username):
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    return client


def coordinator_screens():
    initiative = Initiative.objects.get(title="Peer-støtte Nordkysten")
    with scope_of(initiative.pk):
        waiting = Citizen.objects.filter(status="waiting").order_by("pk")
        citizen = waiting.exclude(
            pk__in=Match.objects.filter(state__in=OPEN_STATES).values("citizen")
        ).first()
        leaving = next(person for person in Citizen.objects.order_by("pk") if may_end(person))
        free = Volunteer.objects.filter(status="approved", matches=None)
        volunteer = free.exclude(enrolments__state="enrolled").first()
        first, second = ranking_for(citizen).candidates[:2]
        swapped = plans_for(initiative)["most_people"].rows[0].citizen
        matches = {match.state: match.pk for match in Match.objects.all()}
    yield from [
        "/admin/",
        "/admin/matching/",
        "/admin/matching/plan/",
        "/admin/matching/matches/",
        "/admin/matching/weights/",
        "/admin/today/",
        "/admin/numbers/",
        "/admin/numbers/?by=town",
        "/admin/numbers/rows/?figure=enquiries&at=5",
        "/admin/numbers/waiting/",
        "/admin/numbers/recruitment/",
        "/admin/today/away/",
        "/admin/people/way-in/",
        "/admin/people/way-in/volunteers/",
        "/admin/people/guides/",
        "/admin/people/purge/",
        "/admin/people/holds/",
        "/admin/data-protection/",
        "/admin/data-protection/dpia/",
        f"/admin/people/citizen/{citizen.pk}/hold/",
        f"/admin/people/citizen/{citizen.pk}/everything/",
        "/admin/people/mails/",
        "/admin/papers/",
        "/admin/papers/texts/",
        "/admin/accompaniment/",
        "/admin/keeping/",
        "/admin/enquiries/plan/",
        "/admin/changes/",
        "/admin/enquiries/start-up/",
        f"/admin/pairs/match/{matches['ended']}/ending/",
        f"/admin/people/citizen/{citizen.pk}/book/",
    ]
    yield f"/admin/matching/citizen/{citizen.pk}/"
    for pk in matches.values():
        yield f"/admin/matching/matches/{pk}/"
    yield f"/admin/matching/citizen/{citizen.pk}/compare/?a={first.volunteer.pk}&b={second.volunteer.pk}"
    yield f"/admin/matching/plan/swap/{swapped.pk}/"
    for model, person in (("citizen", citizen), ("volunteer", volunteer)):
        yield f"/admin/people/{model}/"
        yield f"/admin/people/{model}/new/"
        for view in ("inspect", "edit", "history"):
            yield f"/admin/people/{model}/{view}/{person.pk}/"
        for view in ("conversation", "pause", "who-has-looked"):
            yield f"/admin/people/{model}/{person.pk}/{view}/"
    yield f"/admin/people/citizen/{leaving.pk}/end/"
    yield from change_screens(initiative)
    yield f"/admin/people/volunteer/{volunteer.pk}/end/"
    yield from [
        "/admin/people/places/",
        "/admin/people/places/create/",
        "/admin/people/import/",
        "/admin/account/",
    ]
    yield "/admin/snippets/peer_support/initiative/"
    yield from report_screens(initiative)
    yield from course_screens(initiative)
    yield from questionnaire_screens(initiative)


def questionnaire_screens(initiative):
    """Yield the overview and the plan, and a questionnaire and its person in each state."""
    with scope_of(initiative.pk):
        rows = {row.state: row for row in Questionnaire.objects.order_by("pk")}
    yield from ("/admin/questionnaires/", "/admin/questionnaires/plan/")
    for state, row in rows.items():
        side = "citizen" if row.citizen_id else "volunteer"
        yield f"/admin/questionnaires/?state={'due' if state == 'planned' else 'asked'}"
        yield f"/admin/questionnaires/{row.pk}/"
        yield f"/admin/questionnaires/{side}/{row.person.pk}/"


def change_screens(initiative):
    """Yield what has changed: of somebody who answered, of a course, and of everybody."""
    with scope_of(initiative.pk):
        answered = Questionnaire.objects.filter(state="answered", citizen__isnull=False).first().citizen_id
        course = GroupCourse.objects.filter(state="completed", kind="course").first().pk
    yield f"/admin/changes/citizen/{answered}/"
    yield f"/admin/changes/citizen/{answered}/print/"
    yield f"/admin/changes/?group=course-{course}"
    yield f"/admin/changes/?group={initiative.pk}-all&period=this"
    yield from study_screens(initiative)


def study_screens(initiative):
    """Yield every screen of effect studies, and one of somebody in each state."""

    def at(name, *args):
        return reverse(f"peer_support_study:{name}", args=args)

    with scope_of(initiative.pk):
        study = Study.objects.get()
        people = {row.state: row.pk for row in StudyParticipant.objects.all()}
        draft = StudyFactory(initiative=initiative)
    yield from (at("studies"), at("new"))
    for name in ("study", "text", "paper", "people", "flow"):
        yield at(name, study.pk)
    for pk in people.values():
        yield at("participant", study.pk, pk)
    for state, code in (("asked", "consent"), ("asked", "exclude"), ("allocated", "withdraw")):
        yield at("participant_step", study.pk, people[state], code)
    for name in ("study", "change", "towns", "measures"):
        yield at(name, draft.pk)


def report_screens(initiative):
    for name in ("choose", "print"):
        yield reverse(f"peer_support_report:{name}") + f"?who={initiative.pk}"


def course_screens(initiative):
    """Yield every screen of courses: a course in each state, and somebody in each state of the way in."""

    def at(name, *args):
        return reverse(f"peer_support_courses:{name}", args=args)

    with scope_of(initiative.pk):
        courses = {course.state: course.pk for course in GroupCourse.objects.order_by("-pk")}
        enrolments = {row.state: row.pk for row in Enrolment.objects.order_by("pk")}
        running = GroupCourse.objects.filter(state="running", kind="course").first()
        ahead = running.sessions.filter(state="planned").last()
        written = running.sessions.filter(state="held").first()
        workshop = IntroWorkshop.objects.first()
    yield from (at("overview"), at("new"), at("week"), at("workshops"), at("workshop_new"))
    for pk in courses.values():
        yield at("course", pk)
    for pk in enrolments.values():
        yield at("enrolment", pk)
    for name in ("change", "add", "sessions", "team"):
        yield at(name, running.pk)
    for step in ("move", "change", "cancel"):
        yield at("session_step", running.pk, ahead.pk, step)
    for session in (ahead, written):
        yield at("attendance", session.pk)
    yield from (at("after", enrolments["enrolled"]), at("after", enrolments["completed"]))
    yield from (at("workshop", workshop.pk), at("workshop_change", workshop.pk))
    yield from ("/admin/courses/all/", "/admin/courses/enrolments/", "/admin/courses/import/")


def editor_screens():
    home = Page.objects.get(slug="forside")
    initiative = Initiative.objects.filter(has_questionnaire=True).first()
    names = "wagtailsnippets_peer_support_initiative"
    yield from [
        "/admin/",
        f"/admin/pages/{home.pk}/",
        f"/admin/pages/{home.pk}/edit/",
        f"/admin/pages/{home.pk}/history/",
    ]
    yield from [
        "/admin/images/",
        "/admin/images/add/",
        "/admin/documents/",
        "/admin/reports/workflow_tasks/",
    ]
    yield reverse(f"{names}:list")
    yield reverse(f"{names}:add")
    yield reverse(f"{names}:edit", args=[initiative.pk])
    yield reverse(f"{names}:history", args=[initiative.pk])
    yield reverse(f"{names}:delete", args=[initiative.pk])
    for model in (*WORD_LISTS, "benefitrule", "glossaryterm", "ideaarea"):
        yield reverse(f"wagtailsnippets_peer_support_{model}:list")
        yield reverse(f"wagtailsnippets_peer_support_{model}:add")
    yield from (f"/admin/snippets/peer_support/instrumenttext/{view}" for view in ("", "add/"))
    yield "/admin/initiatives/import/"
    yield "/admin/account/"


def leader_screens():
    yield from ["/admin/", "/admin/peer_support/assignment/", "/admin/peer_support/assignment/create/"]
    yield "/admin/report/"
    yield from ["/admin/numbers/", "/admin/numbers/?by=initiative"]


def officer_screens():
    yield from ["/admin/", "/admin/oversight/", "/admin/oversight/seals/", "/admin/oversight/review/"]
    yield from ["/admin/oversight/log/", "/admin/oversight/log/?case=7", "/admin/oversight/log/?case=x"]
    yield from ["/admin/oversight/breach/", "/admin/oversight/breach/?since=2020-01-01T00:00"]


SCREENS = {
    "koordinator": coordinator_screens,
    "redaktor": editor_screens,
    "leder": leader_screens,
    "databeskytter": officer_screens,
}


def visible_text(html):
    """Return what a person can see or hear: text, labels, placeholders and titles, without people's own words."""
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup(["script", "style", "template"]):
        hidden.decompose()
    for title in soup.select("[lang=en]"):  # the title of a paper stays as its authors wrote it
        title.decompose()
    texts = [text.strip() for text in soup.stripped_strings]
    for attribute in ("aria-label", "title", "placeholder", "alt"):
        texts += [tag[attribute].strip() for tag in soup.find_all(attrs={attribute: True})]
    return texts


def english_in(texts):
    found = set()
    for text in texts:
        words = {word.lower() for word in ENGLISH.findall(text)} - BOTH_LANGUAGES
        if words and text not in WRITTEN_BY_WAGTAIL:
            found.add(text[:80])
    return found


@pytest.mark.parametrize("username", SCREENS)
def test_everyday_screens_ask_for_no_string_without_danish(demo, username):
    client, missing = signed_in(username), {}
    for path in SCREENS[username]():
        with override("da"), recording() as asked:
            answer = client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.headers.get('Location', '')}"
        if asked - ASKED_FOR_AND_NOT_SHOWN:
            missing[path] = sorted(asked)
    assert missing == {}


@pytest.mark.parametrize("username", SCREENS)
def test_everyday_screens_show_no_english_words(demo, username):
    client, found = signed_in(username), {}
    for path in SCREENS[username]():
        texts = english_in(visible_text(client.get(path).content.decode()))
        if texts:
            found[path] = sorted(texts)
    assert found == {}


def test_the_sign_in_page_is_danish(client):
    with override("da"), recording() as asked:
        answer = client.get("/admin/login/")
    assert asked == set()
    assert english_in(visible_text(answer.content.decode())) == set()


def test_control_an_untranslated_string_and_an_english_word_are_seen():
    with override("da"), recording() as asked:
        str(gettext_lazy("A sentence that nobody has put into Danish"))
    assert asked == {"A sentence that nobody has put into Danish"}
    assert english_in(["Choose a page", "Vælg en side"]) == {"Choose a page"}
