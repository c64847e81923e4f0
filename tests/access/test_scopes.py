"""Row scope: outside it a query raises, inside it sees its own initiatives and nothing else."""

import datetime

import pytest
from asgiref.sync import async_to_sync
from django import forms
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.db import connection, models
from django.db.models import Exists, OuterRef, Subquery
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import AsyncClient, Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django_scopes import ScopeError

from peer_support.access.scopes import (
    InitiativeScopeMiddleware,
    all_initiatives,
    current_initiative_ids,
    for_each_initiative,
    initiative_ids_for,
    is_scoped,
    scope_of,
)
from peer_support.checks import person_models
from peer_support.directory.models import Initiative
from peer_support.people.models import Citizen
from peer_support.testing.factories import (
    PASSWORD,
    AssignmentFactory,
    CitizenFactory,
    CoordinatorFactory,
    MeetingPlaceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ASKING = {
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "all": lambda rows: list(rows.all()),
    "filter": lambda rows: rows.filter(pk=1),
    "exclude": lambda rows: list(rows.exclude(pk=1)),
    "exclude and exists": lambda rows: rows.exclude(pk=1).exists(),
    "get": lambda rows: rows.get(pk=1),
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "contains": lambda rows: rows.contains(Citizen(pk=1)),
    "first": lambda rows: rows.first(),
    "values": lambda rows: rows.values("pk"),
    "aggregate": lambda rows: rows.aggregate(),
    "distinct": lambda rows: rows.distinct().count(),
    "select_related": lambda rows: list(rows.select_related("initiative")),
    "prefetch_related": lambda rows: list(rows.prefetch_related("interests")),
    "defer": lambda rows: list(rows.defer("first_name")),
    "alias": lambda rows: rows.alias(),
    "update": lambda rows: rows.update(travel_km=1),
    "delete": lambda rows: rows.get_queryset().delete(),
    "raw": lambda rows: rows.raw("SELECT 1"),
    "union": lambda rows: rows.union(rows),
    "iterator": lambda rows: list(rows.iterator()),
    "explain": lambda rows: rows.explain(),
    "as a subquery": lambda rows: Initiative.objects.filter(pk__in=rows.get_queryset()).count(),
    "in Exists": lambda rows: Initiative.objects.filter(
        Exists(rows.get_queryset()), pk=OuterRef("pk")
    ).count(),
    "in Subquery": lambda rows: Initiative.objects.annotate(n=Subquery(rows.get_queryset())).count(),
    "its SQL": lambda rows: str(rows.get_queryset().query),
}


@pytest.mark.parametrize("ask", ASKING.values(), ids=ASKING)
def test_outside_a_scope_nothing_can_be_asked(ask, initiative):
    CitizenFactory(initiative=initiative)
    with pytest.raises(ScopeError):
        ask(Citizen.objects)


@pytest.mark.parametrize("model", person_models(), ids=lambda model: model.__name__)
def test_every_person_model_is_closed_outside_a_scope(model):
    with pytest.raises(ScopeError):
        model.objects.count()
    with pytest.raises(ScopeError):
        model.objects.exists()
    with scope_of():
        assert model.objects.count() == 0


def test_the_person_models_are_the_ones_we_think():
    expected = {"Citizen", "Volunteer", "Conversation", "MeetingPlace", "Match", "MatchEvent", "MatchRun"}
    expected |= {"MatchingPolicy", "Exclusion", "GroupCourse", "Session", "IntroWorkshop", "CourseEvent"}
    expected |= {"Facilitator", "SessionStandIn", "GuidanceDate", "Enrolment", "EnrolmentEvent", "Attendance"}
    assert expected <= {model.__name__ for model in person_models()}
    assert not is_scoped(Initiative)


def test_outside_a_scope_a_row_can_be_made_and_an_empty_set_had(initiative):
    assert list(Citizen.objects.none()) == []
    assert "ClosedQuerySet" in repr(Citizen.objects.get_queryset())
    citizen = Citizen.objects.create(initiative=initiative, first_name="Alma", phone="20202020")
    with scope_of(initiative.pk):
        assert Citizen.objects.get() == citizen


def test_a_form_declared_outside_a_scope_offers_the_rows_of_the_scope_it_is_used_in(
    initiative, other_initiative
):
    class PlaceForm(forms.ModelForm):
        class Meta:
            model = Citizen
            fields = ["phone", "meeting_places"]

    own, foreign = (
        MeetingPlaceFactory(initiative=initiative),
        MeetingPlaceFactory(initiative=other_initiative),
    )
    with scope_of(initiative.pk):
        form = PlaceForm({"phone": "20202020", "meeting_places": [foreign.pk]})
        assert list(form.fields["meeting_places"].queryset) == [own]
        assert not form.is_valid()
        assert PlaceForm({"phone": "20202020", "meeting_places": [own.pk]}).is_valid()
    with scope_of(other_initiative.pk):
        assert list(PlaceForm().fields["meeting_places"].queryset) == [foreign]
    with pytest.raises(ScopeError):
        list(PlaceForm().fields["meeting_places"].queryset)


def test_inside_a_scope_only_its_own_rows_are_seen(initiative, other_initiative):
    own = CitizenFactory(initiative=initiative)
    foreign = CitizenFactory(initiative=other_initiative)
    with scope_of(initiative.pk):
        assert list(Citizen.objects.all()) == [own]
        assert not Citizen.objects.filter(pk=foreign.pk).exists()
        assert Citizen.objects.filter(pk=foreign.pk).update(travel_km=3) == 0
    with scope_of(initiative.pk, other_initiative.pk):
        assert Citizen.objects.count() == 2


def test_the_people_of_an_initiative_are_asked_for_through_the_scope_too(initiative, other_initiative):
    CitizenFactory(initiative=other_initiative)
    with pytest.raises(ScopeError):
        other_initiative.citizens.count()
    with scope_of(initiative.pk):
        assert other_initiative.citizens.count() == 0


def test_a_scope_of_nothing_is_empty(initiative):
    CitizenFactory(initiative=initiative)
    with scope_of():
        assert Citizen.objects.count() == 0


@pytest.mark.parametrize("wrong", [[None], [1, None], ["x"]])
def test_a_scope_needs_ids(wrong):
    with pytest.raises(ValueError, match="|".join(["ids of initiatives", "invalid literal"])):
        scope_of(*wrong)


def test_every_initiative_needs_a_reason(initiative, other_initiative):
    CitizenFactory(initiative=initiative), CitizenFactory(initiative=other_initiative)
    with pytest.raises(ValueError, match="why"), all_initiatives(""):
        pass
    with all_initiatives("the test counts everybody"):
        assert Citizen.objects.count() == 2
        with scope_of(initiative.pk):
            assert Citizen.objects.count() == 1


def test_a_job_sees_one_initiative_at_a_time(initiative, other_initiative):
    CitizenFactory(initiative=initiative)
    CitizenFactory.create_batch(2, initiative=other_initiative)

    @for_each_initiative
    def count(initiative_id):
        return current_initiative_ids(), Citizen.objects.count()

    ids = (initiative.pk, other_initiative.pk)
    assert count(ids) == {ids[0]: ((ids[0],), 1), ids[1]: ((ids[1],), 2)}
    assert current_initiative_ids() == ()


# Whose initiatives


def test_an_assignment_counts_from_its_first_to_its_last_day(initiative):
    day = datetime.date(2026, 8, 3)
    user = UserFactory()
    AssignmentFactory(
        user=user, initiative=initiative, valid_from=day, valid_until=day + datetime.timedelta(days=1)
    )
    current = type(user.peer_assignments.get()).objects.current
    assert [current(day + datetime.timedelta(days=n)).exists() for n in (-1, 0, 1, 2)] == [
        False,
        True,
        True,
        False,
    ]


def test_nobody_has_initiatives_without_an_assignment(initiative):
    assert initiative_ids_for(UserFactory(is_superuser=True)) == ()
    assert initiative_ids_for(CoordinatorFactory(initiative=initiative)) == (initiative.pk,)
    assert initiative_ids_for(CoordinatorFactory(initiative=initiative, is_active=False)) == ()
    assert initiative_ids_for(CoordinatorFactory(initiative=initiative), roles=["leader"]) == ()


# The web


def _count(request):
    return HttpResponse(Citizen.objects.count())


async def _count_async(request):
    return HttpResponse(await Citizen.objects.acount())


def _stream(request):
    def lines():
        yield f"{Citizen.objects.count()} "
        yield str(Citizen.objects.count())

    return StreamingHttpResponse(lines())


async def _stream_async(request):
    async def lines():
        yield f"{await Citizen.objects.acount()} "
        yield str(await Citizen.objects.acount())

    return StreamingHttpResponse(lines())


urlpatterns = [
    path("count/", _count),
    path("count-async/", _count_async),
    path("stream/", _stream),
    path("stream-async/", _stream_async),
]


@pytest.fixture
def small_site():
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def one_and_two(initiative, other_initiative):
    CitizenFactory(initiative=initiative)
    CitizenFactory.create_batch(2, initiative=other_initiative)


def test_a_request_sees_the_users_initiatives(small_site, one_and_two, coordinator_client, client_for):
    assert coordinator_client.get("/count/").content == b"1"
    assert client_for(UserFactory(is_superuser=True)).get("/count/").content == b"0"
    assert current_initiative_ids() == ()


def test_a_leader_sees_no_people_also_where_they_coordinate_another_initiative(
    small_site, one_and_two, coordinator, other_initiative, client_for
):
    AssignmentFactory(user=coordinator, initiative=other_initiative, role="leader")
    assert client_for(coordinator).get("/count/").content == b"1"


def test_a_visitor_gets_no_scope(small_site, one_and_two):
    with pytest.raises(ScopeError):
        Client().get("/count/")


def test_a_forged_session_gets_no_scope(small_site, one_and_two, settings):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "made-up"
    with pytest.raises(ScopeError):
        client.get("/count/")


def test_the_session_cookie_may_have_another_name(small_site, one_and_two, coordinator):
    with override_settings(SESSION_COOKIE_NAME="centre_session"):
        client = Client()
        client.force_login(coordinator)
        assert client.get("/count/").content == b"1"


def test_an_assignment_that_ends_is_gone_at_the_next_click(
    small_site, one_and_two, coordinator, coordinator_client
):
    assert coordinator_client.get("/count/").content == b"1"
    coordinator.peer_assignments.update(valid_until=datetime.date(2020, 1, 1))
    assert coordinator_client.get("/count/").content == b"0"


def test_signing_in_opens_nothing_before_the_next_request(initiative, coordinator):
    client = Client()
    response = client.post("/admin/login/", {"username": coordinator.username, "password": PASSWORD})
    assert response.status_code == 302
    assert client.session[SESSION_KEY] == str(coordinator.pk)
    assert current_initiative_ids() == ()


def test_a_stream_is_made_inside_the_scope_and_leaves_it_closed(small_site, one_and_two, coordinator_client):
    response = coordinator_client.get("/stream/")
    chunks = iter(response.streaming_content)
    assert next(chunks) == b"1 "
    with pytest.raises(ScopeError):
        Citizen.objects.count()
    assert list(chunks) == [b"1"]


@pytest.mark.parametrize("address", ["/count-async/", "/stream-async/", "/count/"])
def test_async_views_run_in_the_scope(address, small_site, one_and_two, coordinator):
    client = AsyncClient()
    client.force_login(coordinator)

    async def ask():
        response = await client.get(address)
        if not response.streaming:
            return response.content
        return b"".join([chunk async for chunk in response.streaming_content])

    # The sync parts then run in this thread, on the connection whose transaction is rolled back.
    assert async_to_sync(ask)() in (b"1", b"1 1")


def test_two_requests_at_once_keep_their_scopes_apart(small_site, one_and_two, coordinator, other_initiative):
    """Two coordinators' streams, read in turns, each stay in their own scope."""
    first, second = Client(), Client()
    first.force_login(coordinator)
    second.force_login(CoordinatorFactory(initiative=other_initiative))
    streams = [iter(client.get("/stream/").streaming_content) for client in (first, second)]
    assert [next(streams[0]), next(streams[1]), next(streams[0]), next(streams[1])] == [
        b"1 ",
        b"2 ",
        b"1",
        b"2",
    ]


def test_the_middleware_leaves_a_visitors_page_cacheable(rf):
    class Untouchable:
        @property
        def is_authenticated(self):
            raise AssertionError("asked who is signed in")

    request = rf.get("/")
    request.user = Untouchable()
    assert InitiativeScopeMiddleware(lambda request: HttpResponse("ok"))(request).content == b"ok"


# What is closed stays closed


def test_a_closed_set_is_neither_true_nor_false_and_takes_no_query(initiative):
    CitizenFactory(initiative=initiative)
    with scope_of(initiative.pk):
        query = Citizen.objects.all().query
    closed = Citizen.objects.get_queryset()
    with pytest.raises(ScopeError):
        bool(closed)
    closed.query = query
    with pytest.raises(ScopeError):
        list(closed)
    assert repr(closed) == "<ClosedQuerySet of peer_support.Citizen>"


def test_a_closed_set_opens_in_a_scope_on_the_database_it_was_asked_for(initiative):
    closed = Citizen.objects.using("default")
    own = Citizen.objects.get_queryset()
    with scope_of(initiative.pk):
        assert own.all().query.model is Citizen and closed.all().db == "default"
        assert list(own.all()) == list(Citizen.objects.all())
    copied = own.all()
    assert type(copied) is type(own) and copied is not own and copied.model is Citizen
    assert copied.missing_scopes == own.missing_scopes
    assert own.none().model is Citizen and type(own.none()) is models.QuerySet


def test_only_a_model_behind_a_scope_is_scoped():
    assert is_scoped(Citizen) is True and is_scoped(Initiative) is False


def test_nobody_and_whoever_is_not_signed_in_has_no_initiatives():
    assert initiative_ids_for(None) == () == initiative_ids_for(AnonymousUser())


def test_ids_are_sorted_and_chosen_by_role(initiative, other_initiative):
    user = UserFactory()
    for one in (other_initiative, initiative):
        AssignmentFactory(user=user, initiative=one, role="leader" if one is other_initiative else "deputy")
    expected = tuple(sorted([initiative.pk, other_initiative.pk]))
    assert initiative_ids_for(user) == expected
    assert initiative_ids_for(user, roles=["deputy"]) == (initiative.pk,)


def test_a_scope_takes_ids_as_text_and_says_what_it_needs():
    with scope_of("7", 8):
        assert current_initiative_ids() == (7, 8)
    with pytest.raises(ValueError, match=r"^A scope needs ids of initiatives\.$"):
        scope_of(None)
    with (
        pytest.raises(ValueError, match=r"^Say why every initiative's people are needed\.$"),
        all_initiatives(""),
    ):
        pass


def test_a_job_gets_what_it_is_called_with(initiative):
    @for_each_initiative
    def count(initiative_id, more, *, again):
        """What it is for."""
        return initiative_id, more, again

    assert count([initiative.pk], 1, again=2) == {initiative.pk: (initiative.pk, 1, 2)}
    assert (count.__name__, count.__doc__) == ("count", "What it is for.")


def test_a_file_is_sent_as_it_is(rf, coordinator, settings, tmp_path):
    """A file on the disk holds nothing that needs a scope, and the server may send it in its own way."""
    (tmp_path / "file").write_bytes(b"x")
    answer = FileResponse((tmp_path / "file").open("rb"))
    kept = answer._iterator
    request = rf.get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    request.user, request.session = coordinator, {}
    assert InitiativeScopeMiddleware(lambda request: answer)(request)._iterator is kept
    answer.close()


def test_every_task_is_asked_for_once_and_only_those_with_people_open_the_scope(rf, client):
    """The limits of a session ask for every role, and the scope for two of them: one query for both."""
    user = CoordinatorFactory()
    own = AssignmentFactory(user=user).initiative_id
    for role in ("officer", "leader", "analyst"):
        AssignmentFactory(user=user, role=role)
    request = rf.get("/")
    request.user, request.session = user, client.session
    request.COOKIES["sessionid"] = "x"
    seen = []

    def look(request):
        seen.append(current_initiative_ids())
        return HttpResponse("ok")

    with CaptureQueriesContext(connection) as queries:
        InitiativeScopeMiddleware(look)(request)
    assert seen == [(own,)]
    assert len([query for query in queries if "peer_support_assignment" in query["sql"]]) == 1
    assert len(initiative_ids_for(user)) == 4 and initiative_ids_for(user, ["officer"]) != (own,)
