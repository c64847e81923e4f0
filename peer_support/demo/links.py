"""What people of the demo have said by link, and a few links to try."""

from datetime import time, timedelta

from django.urls import reverse
from django.utils import timezone

from ..access.links import make_link
from ..access.scopes import scope_of
from ..directory.models import Initiative
from ..followup.services_meeting import log_meeting
from ..matching import services
from ..matching.models import Match, MatchCall
from ..people.link_offers import offer_of
from . import initiatives


def say_by_link(initiative, user):
    """Let somebody log a meeting, book a first meeting, and let somebody ask for a call; inside the open scope."""
    today = timezone.localdate()
    running = Match.objects.filter(initiative=initiative, state="active").order_by("pk").first()
    if running:
        # The volunteers' meetings are told with the pairs; here a citizen would like to talk.
        log_meeting(
            match=running,
            on=today,
            outcome="met",
            minutes=45,
            feeling=2,
            call_me=True,
            side="citizen",
            way="link",
        )
    booked = Match.objects.filter(initiative=initiative, state="accepted").order_by("pk").first()
    if booked:
        services.record_first_meeting(
            match=booked, on=today + timedelta(days=3), at=time(14), place="Biblioteket, ved døren", user=user
        )
    waiting = Match.objects.filter(initiative=initiative, state="proposed", citizen_answer="").order_by("-pk")
    if waiting:
        services.ask_for_call(match=waiting[0], side="citizen", about=MatchCall.About.PROPOSAL)


def links_to_try():
    """Return ``[(what, address), …]``, one of each kind, of the demo's first initiative; nothing where it is not loaded."""
    initiative = Initiative.objects.filter(title=initiatives.entries()[0]["title"]).first()
    if initiative is None:
        return []
    with scope_of(initiative.pk):
        matches = (
            Match.objects.filter(initiative=initiative).select_related("citizen", "volunteer").order_by("pk")
        )
        proposed = matches.filter(state="proposed", citizen_answer="", volunteer_answer="").first()
        running = matches.filter(state="active").first()
        wanted = (
            (proposed, "proposal_citizen", "svar på et forslag"),
            (
                matches.filter(state="accepted").exclude(first_meeting_on=None).first(),
                "first_meeting_citizen",
                "det første møde",
            ),
            (matches.filter(state="met", citizen_after="").first(), "day_after_citizen", "dagen efter"),
            (running, "meetings_volunteer", "skriv et møde ned"),
            (running and running.citizen, "own_profile_citizen", "hvad der passer mig"),
            (running and running.citizen, "own_pause_citizen", "tag en pause"),
            (running and running.citizen, "own_data_citizen", "det, der er gemt om mig"),
        )
        found = []
        for target, purpose, what in wanted:
            if target is not None:
                link = make_link(purpose=purpose, target=target)
                found.append(
                    (what, reverse(f"peer_support:{offer_of(target, purpose).view}", args=[link.token]))
                )
    return found
