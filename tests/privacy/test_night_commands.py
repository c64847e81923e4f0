"""What the commands of the night say of what they did, and that they say nothing when they are told not to."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from peer_support.directory.models import LocalCoordinator
from peer_support.people.erasing import erase_person
from peer_support.public.models import PublicCounter
from peer_support.recruitment.erasing import leave_proof_alone
from peer_support.testing.factories import CitizenFactory

pytestmark = pytest.mark.django_db
PURGED = """\
0 gamle overførsler er slettet.
2 gamle tællere er slettet.
0 gamle forslag er slettet.
0 gamle samtykker slettet.
0 fortællinger taget ned.
0 gamle mails glemt.
0 gamle rækker i adgangsloggen er slettet.
"""


def said(*command, **options):
    out = StringIO()
    with translation.override("da"):
        call_command(*map(str, command), stdout=out, **options)
    return out.getvalue()


def counters():
    """Two whose time is over, and one that counts still."""
    for number, minutes in enumerate((-60, -1, 60)):
        PublicCounter.objects.create(
            key=f"k{number}", ends_at=timezone.now() + timedelta(minutes=minutes), count=1
        )


@pytest.mark.parametrize(("verbosity", "lines"), [(1, PURGED), (0, "")])
def test_what_is_over_is_counted_line_by_line_or_in_silence(verbosity, lines):
    counters()
    assert said("purge_expired", verbosity=verbosity) == lines
    assert [row.key for row in PublicCounter.objects.all()] == ["k2"]


@pytest.mark.parametrize("verbosity", [1, 0])
def test_the_ledger_is_saved_loaded_and_carried_out_in_words_or_in_silence(
    verbosity, initiative, in_scope, tmp_path
):
    file = tmp_path / "sletninger.json"
    person = CitizenFactory(initiative=initiative, status="ended")
    erase_person(person=person, user=None)
    told = [
        said("erasure_ledger", "--save", file, verbosity=verbosity),
        said("erasure_ledger", "--load", file, verbosity=verbosity),
        said("reapply_erasures", verbosity=verbosity),
    ]
    words = [
        f"1 sletning gemt i {file}.",
        "0 sletninger lagt til. Kør nu reapply_erasures.",
        "0 er slettet igen.",
    ]
    assert told == ([f"{line}\n" for line in words] if verbosity else ["", "", ""])
    assert file.exists()


def test_the_proof_of_a_yes_is_nobodys_who_can_give_none(django_assert_num_queries):
    """Whoever else a site erases by the registry has no consent here to look for."""
    with django_assert_num_queries(0):
        leave_proof_alone(LocalCoordinator(pk=1))
