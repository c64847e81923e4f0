"""A second proof: without the code nobody sees anybody, and a code counts once."""

import time
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from peer_support.access import two_factor
from peer_support.access.scopes import scope_of
from peer_support.testing.factories import CitizenFactory, EditorFactory

pytestmark = pytest.mark.django_db
WAITING = "peer_support_matching:waiting"
CODE, PHONE = (f"peer_support_signing_in:{name}" for name in ("code", "phone"))


@pytest.fixture(autouse=True)
def asked_for(settings):
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "TWO_FACTOR": True}


def shown_by(device, steps=0):
    """The code that the telephone shows, or will show ``steps`` later."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + steps * device.step
    return f"{totp.token():06d}"


@pytest.fixture
def phone(coordinator):
    return TOTPDevice.objects.create(user=coordinator, name=two_factor.PHONE, confirmed=True)


def test_nobody_is_seen_before_the_code_is_given(coordinator_client, phone, initiative):
    citizen = CitizenFactory(initiative=initiative, first_name="Zakarina")
    pages = [reverse(WAITING), f"/admin/people/citizens/inspect/{citizen.pk}/", "/admin/", "/admin/pages/"]
    for address in pages:
        answer = coordinator_client.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"] == f"{reverse(CODE)}?next={quote(address, safe='')}"
    answer = coordinator_client.post(f"/admin/people/citizens/delete/{citizen.pk}/")
    assert answer["Location"].startswith(reverse(CODE))
    with scope_of(initiative.pk):
        assert type(citizen).objects.filter(pk=citizen.pk, erased_on=None).exists()


def test_the_code_opens_the_door_and_counts_once(coordinator_client, coordinator, client_for, phone):
    code = shown_by(phone)
    spaced = f"{code[:3]} {code[3:]}"
    answer = coordinator_client.post(reverse(CODE), {"code": spaced, "next": reverse(WAITING)})
    assert answer.status_code == 302 and answer["Location"] == reverse(WAITING)
    assert coordinator_client.get(reverse(WAITING)).status_code == 200
    again = client_for(coordinator)
    assert again.post(reverse(CODE), {"code": code}).status_code == 400
    assert again.get(reverse(WAITING)).status_code == 302


@pytest.mark.parametrize("wrong", ["", "12345", "abcdef", "٣٤٥٦٧٨", "0" * 20])
def test_a_wrong_code_gets_a_sentence(coordinator_client, phone, wrong):
    answer = coordinator_client.post(reverse(CODE), {"code": wrong})
    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()
    assert coordinator_client.get(reverse(WAITING)).status_code == 302


def test_guessing_takes_longer_and_longer(coordinator_client, phone):
    coordinator_client.post(reverse(CODE), {"code": "000000"})
    assert TOTPDevice.objects.get().throttling_failure_count == 1
    TOTPDevice.objects.update(throttling_failure_count=7, throttling_failure_timestamp=timezone.now())
    answer = coordinator_client.post(reverse(CODE), {"code": shown_by(phone)})
    assert answer.status_code == 400 and "Vent et minut" in answer.content.decode()


def test_who_has_no_phone_yet_sets_one_up(coordinator_client, coordinator):
    first = coordinator_client.get(reverse(WAITING), follow=True)
    page = first.content.decode()
    begun = TOTPDevice.objects.get(user=coordinator, confirmed=False)
    assert "<svg" in page and coordinator_client.get(reverse(PHONE)).status_code == 200
    assert TOTPDevice.objects.filter(user=coordinator).count() == 1
    assert coordinator_client.post(reverse(PHONE), {"code": "000000"}).status_code == 400
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    done = coordinator_client.post(reverse(PHONE), {"code": shown_by(begun)})
    codes = list(StaticToken.objects.values_list("token", flat=True))
    assert done.status_code == 200 and len(set(codes)) == 10
    assert all(f"{code[:4]} {code[4:]}" in done.content.decode() for code in codes)
    assert "no-store" in done["Cache-Control"]
    assert coordinator_client.get(reverse(WAITING)).status_code == 200


def test_a_reserve_code_counts_once(coordinator_client, coordinator, client_for):
    device = two_factor.phone_to_set_up(coordinator)
    __, codes = two_factor.set_up(coordinator, shown_by(device))
    assert coordinator_client.post(reverse(CODE), {"code": codes[0]}).status_code == 302
    assert coordinator_client.get(reverse(WAITING)).status_code == 200
    other = client_for(coordinator)
    assert other.post(reverse(CODE), {"code": codes[0]}).status_code == 400
    assert other.get(reverse(WAITING)).status_code == 302


def test_only_who_has_given_the_code_changes_the_phone(coordinator_client, phone):
    answer = coordinator_client.get(reverse(PHONE))
    assert answer.status_code == 302 and answer["Location"].startswith(reverse(CODE))
    assert coordinator_client.post(reverse(PHONE), {"code": "000000"}).status_code == 302
    coordinator_client.post(reverse(CODE), {"code": shown_by(phone)})
    assert coordinator_client.get(reverse(PHONE)).status_code == 200


def test_the_way_on_leads_to_no_other_site(coordinator_client, phone):
    sent = {"code": shown_by(phone), "next": "https://evil.example/admin/"}
    assert coordinator_client.post(reverse(CODE), sent)["Location"] == reverse("wagtailadmin_home")


def test_who_works_with_nobody_is_not_asked(client_for):
    assert client_for(EditorFactory()).get("/admin/").status_code == 200


def test_one_can_always_sign_out(coordinator_client, phone):
    assert coordinator_client.post(reverse("wagtailadmin_logout")).status_code == 302
    assert "_auth_user_id" not in coordinator_client.session


def test_the_page_of_ones_account_shows_the_way(coordinator_client, phone):
    coordinator_client.post(reverse(CODE), {"code": shown_by(phone)})
    assert reverse(PHONE) in coordinator_client.get(reverse("wagtailadmin_account")).content.decode()


def test_a_lost_phone_is_forgotten_by_whoever_runs_the_site(coordinator, phone, capsys):
    call_command("reset_two_factor", coordinator.username)
    assert not TOTPDevice.objects.exists()
    assert "Glemt: 1" in capsys.readouterr().out
    call_command("reset_two_factor", coordinator.username)
    assert "ingen telefon" in capsys.readouterr().out
    with pytest.raises(CommandError, match="ingen bruger"):
        call_command("reset_two_factor", "findes-ikke")


def test_the_control_without_the_setting_no_code_is_asked_for(coordinator_client, settings):
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "TWO_FACTOR": False}
    assert coordinator_client.get(reverse(WAITING)).status_code == 200


def test_without_the_library_everything_stays_closed(coordinator_client, settings, monkeypatch, initiative):
    CitizenFactory(initiative=initiative, first_name="Zakarina")
    monkeypatch.setattr(two_factor, "is_installed", bool)
    answer = coordinator_client.get("/admin/people/citizens/")
    assert "Zakarina" not in answer.content.decode()
