"""A large centre's morning: 500 citizens, 700 volunteers and 400 pairs cost as many queries as half of them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.followup.models import FollowUp, Meeting
from peer_support.followup.today.listing import todays_list
from peer_support.mailing.models import MailJob
from peer_support.matching.models import Match
from peer_support.people.models import Citizen, Conversation, Volunteer

pytestmark = pytest.mark.django_db
CITIZENS, VOLUNTEERS, PAIRS = 500, 700, 400


def people(model, initiative, first, count, day, **more):
    """Most wait or are approved; every tenth has just written, every tenth is in conversation."""
    kinds = [("enquiry", {}), ("conversation", {})] + [more["ready"]] * 8
    rows = []
    for number in range(first, first + count):
        status, values = kinds[number % 10] if number > more["pairs"] else more["ready"]
        enquired = day - datetime.timedelta(days=number % 40)
        rows.append(
            model(initiative=initiative, number=number, status=status, enquired_on=enquired, **values)
        )
    return model.objects.bulk_create(rows)


def grow(initiative, step, day):
    """Put half of everything in: ``step`` 0 is the first half, 1 the second."""
    long_ago = day - datetime.timedelta(days=150)
    citizens = people(
        Citizen, initiative, 1 + step * CITIZENS // 2, CITIZENS // 2, day,
        ready=("waiting", {"waiting_since": long_ago}), pairs=(step * CITIZENS + PAIRS) // 2,
    )  # fmt: skip
    volunteers = people(
        Volunteer, initiative, 1 + step * VOLUNTEERS // 2, VOLUNTEERS // 2, day,
        ready=("approved", {"approved_on": long_ago, "contract_on": long_ago, "contract_until": day}),
        pairs=(step * VOLUNTEERS + PAIRS) // 2,
    )  # fmt: skip
    Conversation.objects.bulk_create(
        Conversation(initiative=initiative, citizen=citizen, held_on=long_ago) for citizen in citizens[::7]
    )
    states = ("active",) * 8 + ("paused", "active")
    yes = {
        "citizen_answer": "yes",
        "volunteer_answer": "yes",
        "active_from": long_ago,
        "agreed_every": "week",
    }
    matches = Match.objects.bulk_create(
        Match(
            initiative=initiative, number=step * PAIRS + number, citizen=citizen, volunteer=volunteer,
            state=states[number % 10], first_meeting_on=long_ago, **yes,
        )
        for number, (citizen, volunteer) in enumerate(zip(citizens[: PAIRS // 2], volunteers, strict=False))
    )  # fmt: skip
    FollowUp.objects.bulk_create(
        FollowUp(initiative=initiative, match=match, side=side, kind="month", anchor=long_ago, due_on=day)
        for match in matches[::5]
        for side in ("citizen", "volunteer")
    )
    Meeting.objects.bulk_create(
        Meeting(
            initiative=initiative,
            match=match,
            on=day,
            outcome="met",
            side="volunteer",
            way="link",
            call_me=True,
        )
        for match in matches[::9]
    )
    MailJob.objects.bulk_create(
        MailJob(
            initiative=initiative, code="enquiry_thanks", target_model="peer_support.citizen", target_id=citizen.pk,
            state="failed", done_at=timezone.now(),
        )
        for citizen in citizens[::50]
    )  # fmt: skip


def test_a_large_centres_morning_costs_as_many_queries_as_a_half_of_it(coordinator_client, initiative, day):
    addresses = [reverse("peer_support_today:today"), "/admin/"]
    counts, sizes = [], []
    for step in (0, 1):
        with scope_of(initiative.pk):
            grow(initiative, step, day)
        for address in addresses:
            coordinator_client.get(address)  # what is kept in memory from the first time on
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert coordinator_client.get(address).status_code == 200
            counts.append(len(queries))
        with scope_of(initiative.pk):
            found = todays_list(day)
        assert found.unread == []
        sizes.append({group.code: len(group.items) for group in found.groups})
    assert counts[:2] == counts[2:]
    assert sizes[1]["ring"] > 1.8 * sizes[0]["ring"] > 100 and sizes[1]["answer"] > sizes[0]["answer"]
    with scope_of(initiative.pk):
        assert (Citizen.objects.count(), Volunteer.objects.count()) == (CITIZENS, VOLUNTEERS)
        assert Match.objects.filter(state__in=("active", "paused")).count() == PAIRS
