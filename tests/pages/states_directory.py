"""The public directory in every state a visitor meets it in."""

import datetime

from peer_support.directory.models import InitiativeLink, InitiativePartner, LocalCoordinator
from peer_support.directory.public_entry import slug_of
from peer_support.testing.factories import InitiativeContactFactory

from .directory_rows import make_directory, make_full, make_initiative, make_many
from .states import state


def _filled(front, many=25):
    page = make_directory(front)
    make_many(many)
    make_initiative(
        "Samtaler på havnen", ["Helsingør"], ["form:one-to-one", "audience:adults"], status="running"
    )
    make_initiative("Hele vejen rundt", nationwide=True, terms=["form:online"])
    initiative = make_full(damaged_lines=2, information_date=datetime.date(2025, 3, 1))
    initiative.links.add(InitiativeLink(url="https://example.org/haven", label="Haven"))
    initiative.links.add(InitiativeLink(url="https://example.net/tvivl", doubtful=True))
    initiative.partners.add(InitiativePartner(name="Køge Kommune", role="lokaler"))
    initiative.save()
    InitiativeContactFactory(initiative=initiative)
    LocalCoordinator.objects.create(
        name="Bodil fra centret", role="koordinator", phone="12 34 56 78", initiative=initiative
    )
    return page, initiative


def _entry(page, initiative, rest=""):
    return f"{page.url}{initiative.pk}-{slug_of(initiative)}/{rest}"


@state("directory: plain")
def _plain(front):
    return _filled(front)[0].url


@state("directory: nothing in it yet")
def _nothing(front):
    return make_directory(front).url


@state("directory: filtered, near a town")
def _filtered(front):
    return (
        _filled(front)[0].url
        + "?q=peer-st%C3%B8tte&near=3000&region=1084&region=1085&form=one-to-one&sort=near"
    )


@state("directory: page 2")
def _second(front):
    return _filled(front, 45)[0].url + "?page=2"


@state("directory: nothing fits")
def _no_fit(front):
    return _filled(front)[0].url + "?q=samtaler&form=chat&municipality=0217&near=9999"


@state("directory: entry with everything")
def _full(front):
    return _entry(*_filled(front))


@state("directory: entry with hardly anything")
def _bare(front):
    page = make_directory(front)
    return _entry(page, make_initiative("Kun et navn", summary=""))


@state("directory: entry with lost letters, ended")
def _damaged(front):
    page = make_directory(front)
    return _entry(page, make_full("Det gamle hus", damaged_lines=9, status="ended", peer_support="no"))


@state("directory: booklet")
def _booklet(front):
    return _filled(front)[0].url + "booklet/"


@state("directory: empty booklet")
def _empty_booklet(front):
    return _filled(front)[0].url + "booklet/?q=findes-ikke"


@state("directory: suggest a change")
def _suggest(front):
    return _entry(*_filled(front), "suggest/")


@state("directory: suggestion received")
def _thanks(front):
    return _entry(*_filled(front), "suggest/thanks/?number=1")
