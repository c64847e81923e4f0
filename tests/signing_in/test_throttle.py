"""Guessing at passwords: five tries, then the door is closed for a while, with words that frighten nobody."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
RIGHT = "helt-nyt-og-langt-7"


@pytest.fixture
def guess(coordinator, client):
    coordinator.set_password(RIGHT)
    coordinator.save()

    def post(password, address="203.0.113.7", username=coordinator.username):
        data = {"username": username, "password": password}
        return client.post(reverse("wagtailadmin_login"), data, REMOTE_ADDR=address)

    return post


def test_after_five_wrong_passwords_the_right_one_has_to_wait(guess):
    answers = [guess("forkert") for __ in range(5)]
    assert [a.status_code for a in answers] == [200] * 4 + [429]
    closed = guess(RIGHT)
    assert closed.status_code == 429 and "Vent lidt" in closed.content.decode()


def test_nobody_can_lock_a_coordinator_out_from_elsewhere(guess):
    for __ in range(6):
        guess("forkert", address="198.51.100.9")
    assert guess(RIGHT, address="203.0.113.7").status_code == 302


def test_the_control_without_the_library_one_may_guess_for_ever(guess, settings):
    settings.AXES_ENABLED = False
    assert {guess("forkert").status_code for __ in range(30)} == {200}
    assert guess(RIGHT).status_code == 302


def test_nothing_of_the_password_is_kept(guess):
    from axes.models import AccessAttempt

    guess("mit-rigtige-kodeord-i-forkert-felt")
    kept = AccessAttempt.objects.get()
    assert "mit-rigtige" not in f"{vars(kept)}"
