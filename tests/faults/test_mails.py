"""A mail job that is killed: every mail leaves at most once by itself, and one that may have left is shown to a person.

No program can do better alone: the mail server and the database do not commit together, so whoever dies between the two
cannot know. Before it is sent a mail is claimed, in a transaction of its own; a claimed mail is never sent again by
itself. After twenty minutes it stands among those that were not sent, as "interrupted", and a person decides.
"""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from peer_support.access.scopes import all_initiatives
from peer_support.mailing.models import MailJob
from peer_support.mailing.services import ABANDONED
from peer_support.testing.factories import CitizenFactory
from tests.soak import BOTH_RUNS

from .conftest import KILLS, Reader
from .jobs import MAIL

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), *BOTH_RUNS]
MAILS = 4 + KILLS


@pytest.fixture
def letters(tmp_path, initiative):
    """Mails that wait, and the file that stands for the mail server."""
    for number in range(MAILS):
        citizen = CitizenFactory(initiative=initiative, email=f"alma{number}@example.com")
        with all_initiatives("a test"):
            MailJob.objects.create(
                initiative=initiative, code=MAIL, target_model="peer_support.citizen", target_id=citizen.pk
            )
    return tmp_path / "letters"


def jobs():
    with all_initiatives("a test looks"):
        return {str(job.pk): job for job in MailJob.objects.all()}


def sent(letters):
    return Counter(letters.read_text().split() if letters.exists() else ())


def twenty_minutes_pass():
    with all_initiatives("a test"):
        MailJob.objects.filter(state="sending").update(
            claimed_at=timezone.now() - ABANDONED - timedelta(seconds=1)
        )


def test_a_killed_mail_job_sends_nothing_twice_and_loses_sight_of_nothing(letters, killer):
    def look():
        with all_initiatives("a test looks"):
            return MailJob.objects.count()

    with Reader(look) as reader:
        # Claim, before the mail, after the mail, note: a mail has four points.
        for deadly in killer.draw(8):
            assert killer.run("mails", deadly, letters=str(letters)).killed
            twenty_minutes_pass()
        killer.run("mails", letters=str(letters))
        killer.run("mails", letters=str(letters))
    taken, found = sent(letters), jobs()
    assert max(taken.values()) == 1, "a mail went out twice"
    assert Counter(job.state for job in found.values()).keys() <= {"sent", "failed"}
    for key, job in found.items():
        if job.state == "sent":
            assert taken[key] == 1, "a mail that is said to be sent never left"
        else:
            assert job.fault == "Interrupted" and job.needs_a_look, "a mail was lost from sight"
    assert 1 <= sum(job.state == "failed" for job in found.values()) <= KILLS
    assert reader.faults == [] and reader.seen == {MAILS}


def test_control_without_its_claim_a_mail_goes_out_twice(letters, killer):
    assert killer.run("mails", "sent", careless=True, letters=str(letters)).killed
    killer.run("mails", careless=True, letters=str(letters))
    assert max(sent(letters).values()) == 2
