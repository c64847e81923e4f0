"""The jobs that are killed, each with a careless version of itself: the control in which a half must show."""

from django.core.management import call_command
from django.db import connection
from django.db.transaction import Atomic
from django.utils import timezone

from peer_support.access.scopes import all_initiatives, scope_of
from peer_support.mailing import services
from peer_support.mailing.models import MailJob
from peer_support.mailing.registry import register_mail
from peer_support.privacy import rotation

from .letter_box import LetterBox

MAIL = "killed_mail"


def prepare():
    """Register the kind of mail that the mail job sends."""
    register_mail(
        MAIL,
        label="A test",
        to=lambda target: [target.email],
        context=lambda target: {"day": "tirsdag"},
        placeholders=("day",),
        subject="Nyt til dig om {day}",
        body="Hej",
    )


def people(file, initiative):
    call_command("import_people", file, initiative=str(initiative), kind="citizen", apply=True, verbosity=0)


def participants(file, course):
    call_command("import_participants", file, course=course, apply=True, without_intro="Har talt med os")


def initiatives(file):
    call_command("import_initiatives", file)


def purge():
    call_command("purge", apply=True, verbosity=0)


def mails(letters):
    LetterBox.path = letters
    call_command("send_mails", verbosity=0)


def rotate():
    rotation.rotate(batch=1)


JOBS = {job.__name__: job for job in (people, participants, initiatives, purge, mails, rotate)}


def make_careless(name):
    """Take away what makes the job whole: for the mails the claim, for all others the transaction."""
    if name == "mails":
        services.send_job = send_without_claim
        return
    Atomic.__enter__ = lambda self: None
    Atomic.__exit__ = lambda self, *error: None
    # Outside a transaction PostgreSQL has no row locks to give.
    type(connection.features).has_select_for_update = False


def send_without_claim(job_id):
    """Send first and write it down afterwards, as one would without thinking of power cuts."""
    with all_initiatives("a control"):
        job = MailJob.objects.get(pk=job_id)
        if job.state != MailJob.State.QUEUED:
            return job.state
        with scope_of(job.initiative_id):
            services._deliver(job)
        MailJob.objects.filter(pk=job_id).update(state=MailJob.State.SENT, done_at=timezone.now())
    return MailJob.State.SENT
