"""Fill in the sign-up pages as a visitor does."""

import datetime
import re

import time_machine
from django.test import Client
from django.utils import timezone

from peer_support.pages.models import SignUpPage
from peer_support.recruitment.models_consent import ConsentText

ANSWERS = {
    "support": {"first_name": "Solveig", "phone": "20 30 40 50", "message": "En at gå ture med"},
    "volunteer": {"first_name": "Gorm", "email": "gorm@example.com", "message": "Jeg vil gerne give igen"},
    "course": {"first_name": "Solveig", "phone": "20 30 40 50"},
    "referral": {
        "first_name": "Birk",
        "phone": "20 30 40 51",
        "agreed_to": "name",
        "writer_name": "Dagny",
        "writer_contact": "dagny@example.com",
        "relation": "professional",
        "writer_work": "Biblioteket",
    },
    "talk": {
        "organisation": "Skovlunden Skole",
        "contact_name": "Idun",
        "email": "idun@example.com",
        "date_wish": "En tirsdag i marts",
        "about": "At få det bedre",
    },
}


def page_of(front, kind, **values):
    """Return a published sign-up page of ``kind`` below ``front``."""
    values = {"title": "Skriv til os", "slug": f"skriv-{kind}", "enquiry_kind": kind, **values}
    return front.add_child(instance=SignUpPage(**values))


def hidden_of(html):
    """Return the hidden fields of a form that was drawn."""
    found = re.findall(
        r'<input type="hidden" name="(form_mark|form_seen|consent_text)" value="([^"]*)"', html
    )
    return dict(found)


def opened(kind, seconds=60):
    """Return what the page's form holds that was opened some seconds ago."""
    from peer_support.public.forms import MARK, PublicForm

    with time_machine.travel(timezone.now() - datetime.timedelta(seconds=seconds), tick=False):
        mark = PublicForm().initial[MARK]
    return {MARK: mark, "consent_text": ConsentText.objects.current(kind).pk, "consent": "on"}


def send(page, changes=None, *, client=None, address="203.0.113.5", **headers):
    """Fill in and send; ``changes`` replace answers, ``None`` leaves one out."""
    kind = page.enquiry_kind
    data = {**ANSWERS[kind], **opened(kind), **(changes or {})}
    data = {name: value for name, value in data.items() if value is not None}
    return (client or Client()).post(page.get_url(), data, REMOTE_ADDR=address, **headers)
