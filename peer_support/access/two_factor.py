"""A second proof at sign-in: a code from a telephone (TOTP, RFC 6238), kept by ``django-otp``.

An extra: ``pip install wagtail-peer-support[two-factor]``, see ``docs/hosts.md``. With ``PEER_SUPPORT["TWO_FACTOR"]``
on, whoever works with people sees nobody until the code is given. A code counts once, and after some wrong ones it takes
longer and longer until the next may be tried; both are the library's.
"""

import secrets
from urllib.parse import urlencode

from django.apps import apps
from django.db import transaction
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _

from ..conf import peer_settings
from .decisions import Decision

PHONE = "default"
RESERVE = "reserve"
RESERVE_CODES, RESERVE_LENGTH = 10, 8


def is_installed():
    """Whether the library is there, and its two kinds of codes with it."""
    return all(
        apps.is_installed(f"django_otp{part}") for part in ("", ".plugins.otp_totp", ".plugins.otp_static")
    )


def is_missing(user):
    """Whether ``user`` has still to give a code in this session; also where nobody can be asked for one."""
    return peer_settings.TWO_FACTOR and not getattr(user, "is_verified", bool)()


# What works before the code is given: to give it, to go again, and what Wagtail's pages are drawn with.
_OPEN = {
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
}
_ROOM = "peer_support_signing_in"


def page_to_go_to(request):
    """Return the address of the page that asks for the code, or ``None`` where ``request`` may go where it is going."""
    if not is_installed() or not request.path.startswith(reverse("wagtailadmin_home")):
        return None
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    if match.url_name in _OPEN or match.namespace == _ROOM:
        return None
    wanted = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
    return f"{reverse(f'{_ROOM}:code')}?{urlencode({'next': wanted})}"


def phone_of(user):
    """Return the telephone that ``user`` has set up, or ``None``."""
    from django_otp.plugins.otp_totp.models import TOTPDevice

    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


@transaction.atomic
def phone_to_set_up(user):
    """Return the telephone that ``user`` is about to set up: the one begun before, or a new one."""
    from django_otp.plugins.otp_totp.models import TOTPDevice

    begun = TOTPDevice.objects.filter(user=user, confirmed=False, name=PHONE).first()
    return begun or TOTPDevice.objects.create(user=user, confirmed=False, name=PHONE)


@transaction.atomic
def set_up(user, code):
    """Take the telephone into use where ``code`` is right. Returns it and the reserve codes, each good for one time.

    Returns ``(None, [])`` where the code is wrong. Earlier telephones and codes go.
    """
    from django_otp.plugins.otp_static.models import StaticDevice
    from django_otp.plugins.otp_totp.models import TOTPDevice

    begun = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False, name=PHONE).first()
    if begun is None or not begun.verify_is_allowed()[0] or not begun.verify_token(code):
        return None, []
    TOTPDevice.objects.filter(user=user).exclude(pk=begun.pk).delete()
    StaticDevice.objects.filter(user=user).delete()
    begun.confirmed = True
    begun.save()
    reserve = StaticDevice.objects.create(user=user, name=RESERVE)
    codes = [f"{secrets.randbelow(10**RESERVE_LENGTH):0{RESERVE_LENGTH}d}" for __ in range(RESERVE_CODES)]
    for one in codes:
        reserve.token_set.create(token=one)
    return begun, codes


def check_code(user, code):
    """Try ``code``; returns ``(device or None, Decision)``.

    Six numbers are a telephone's and eight a reserve code, so that a wrong one of the first makes nobody wait for the
    other.
    """
    from django_otp import devices_for_user

    code = "".join(code.split())
    waits = False
    with transaction.atomic():
        for device in devices_for_user(user, for_verify=True):
            if (len(code) == RESERVE_LENGTH) != (device.name == RESERVE):
                continue
            allowed, __ = device.verify_is_allowed()
            waits = waits or not allowed
            if allowed and device.verify_token(code):
                return device, Decision.yes()
    if waits:
        return None, Decision.no(
            "wait", _("There were some wrong codes. Wait a minute, and try the next code.")
        )
    return None, Decision.no(
        "wrong", _("That code does not fit. Wait for the next one, and write its six numbers.")
    )


@transaction.atomic
def forget(user):
    """Forget the telephone and the reserve codes of ``user``, who sets up anew at the next sign-in; returns how many."""
    from django_otp import devices_for_user

    devices = list(devices_for_user(user, confirmed=None))
    for device in devices:
        device.delete()
    return len(devices)
