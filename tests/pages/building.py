"""Builds pages of every kind for the tests of stories, recruitment and posters. Everybody here is invented."""

import datetime
import itertools
import json

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from peer_support.directory.models import LocalCoordinator, Municipality
from peer_support.pages.models import (
    AmbassadorStoryPage,
    ProfessionalPage,
    RecruitmentPage,
    StoryIndexPage,
)
from peer_support.testing import factories as make
from peer_support.testing.factories_courses import GroupCourseFactory, IntroWorkshopFactory
from peer_support.testing.factories_stories import StoryConsentFactory

_number = itertools.count(1)
SENTENCE = "Den første aften sad jeg længst fra døren og sagde ikke et ord til nogen."


def stream(*blocks):
    """Return a stream's value as JSON, from ``(type, value)`` pairs."""
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def image(title="Et ansigt", size=(600, 400), colour="#7aa58f"):
    file = get_test_image_file(filename=f"billede-{next(_number)}.png", size=size, colour=colour)
    return get_image_model().objects.create(title=title, file=file)


def document(name="lyd.mp3", content=b"lyd"):
    file = ContentFile(content, name=name)
    return get_document_model().objects.create(title=name, file=file, file_size=len(content))


def picture(of=None, alt="Mia smiler til os"):
    return {"image": (of or image()).pk, "alt": alt, "caption": "", "credit": ""}


def index_below(front, **fields):
    """Return the page of stories below ``front``, making it if there is none."""
    found = StoryIndexPage.objects.child_of(front).first()
    values = {
        "title": "Fortællinger",
        "slug": "fortaellinger",
        "intro": "Mennesker, der selv har prøvet det.",
    }
    return found or front.add_child(instance=StoryIndexPage(**{**values, **fields}))


def story(front, *, consent=True, live=True, **fields):
    """Return a story with everything on it. ``consent`` is False, or values of the consent."""
    number = next(_number)
    values = {
        "title": f"Dagen, hvor jeg åbnede døren {number}",
        "slug": f"mia-{number}",
        "who": "Mia",
        "quote": "Pludselig var jeg ikke alene med det mere.",
        "words": "håb, arbejde",
        "body": stream(("text", f"<p>{SENTENCE}</p><p>Nu går jeg derned hver uge.</p>")),
    }
    page = AmbassadorStoryPage(live=live, **{**values, **fields})
    index_below(front).add_child(instance=page)
    if consent:
        StoryConsentFactory(page_id=page.pk, **(consent if isinstance(consent, dict) else {}))
    return AmbassadorStoryPage.objects.get(pk=page.pk)


def full_story(front, **fields):
    """Return a story with portrait, film, sound, a picture in the text and talks."""
    return story(
        front,
        **{
            "portrait": stream(("picture", picture())),
            "media": stream(
                ("film", film(address="https://vimeo.com/123456")),
                ("sound", {"title": "Mia læser højt", "file": document().pk, "words": "<p>Hej.</p>"}),
            ),
            "body": stream(
                ("text", f"<h2>Før</h2><p>{SENTENCE}</p>"),
                ("quote", {"words": "Jeg blev hørt.", "who": "Mia"}),
                ("picture", picture(alt="En dør, der står åben")),
            ),
            "gives_talks": True,
            **fields,
        },
    )


def film(address="", file=None):
    return {
        "title": "Mia fortæller",
        "poster": image("Stillbillede").pk,
        "address": address,
        "file": file.pk if file else None,
        "words": "<p>Hun siger goddag.</p>",
    }


def points(*pairs):
    return stream(*(("point", {"title": title, "text": text}) for title, text in pairs))


ACTION = {
    "label": "Jeg vil høre mere",
    "page": None,
    "url": "https://frivillig.example/",
    "next": "Vi ringer til dig inden for en uge. Du bestemmer bagefter.",
}


def recruitment(front, **fields):
    """Return a recruitment page with every part but faces."""
    number = next(_number)
    values = {
        "title": "Brug det, du har været igennem",
        "slug": f"bliv-frivillig-{number}",
        "intro": "Du har haft det svært. Nu kan du være der for en anden, et par timer om ugen.",
        "picture": stream(("picture", picture(alt="To mennesker på en bænk"))),
        "gains": points(("Du lærer noget", "Kurser i at lytte."), ("Du får selskab", "Vi mødes hver måned.")),
        "asks": points(
            ("To timer om ugen", "Du vælger selv hvornår."), ("Tavshed", "Det, I taler om, bliver hos jer.")
        ),
        "action": stream(("action", ACTION)),
        "downloads": stream(
            ("file", {"document": document("aftale.pdf").pk, "text": "Det skriver vi under på."})
        ),
    }
    page = RecruitmentPage(**{**values, **fields})
    front.add_child(instance=page)
    return RecruitmentPage.objects.get(pk=page.pk)


def faces(*stories):
    return stream(*(("story", page.pk) for page in stories))


def professional(front, **fields):
    number = next(_number)
    values = {
        "title": "Til dig, der møder borgere i dit arbejde",
        "slug": f"fagfolk-{number}",
        "intro": "Kender du en, der kunne have glæde af at møde andre, der selv har haft det svært?",
        "for_whom": points(
            ("Voksne over 18 år", "Med eller uden diagnose."), ("Ikke ved akut fare", "Ring 112.")
        ),
        "refer": points(
            ("Spørg personen først", "Det er frivilligt hele vejen."),
            ("Ring sammen til koordinatoren", "Et fornavn er nok."),
            ("Personen kommer til introworkshop", "Og siger ja eller nej bagefter."),
        ),
        "action": stream(("action", {**ACTION, "label": "Skriv til os"})),
    }
    page = ProfessionalPage(**{**values, **fields})
    front.add_child(instance=page)
    return ProfessionalPage.objects.get(pk=page.pk)


def courses(initiative=None):
    """Make a public course of ten weeks with an intro workshop before it; returns the course."""
    initiative = initiative or make.InitiativeFactory()
    course = GroupCourseFactory(
        initiative=initiative, state="open", sessions=10, place_text="Frivilligcentret, indgang B"
    )
    IntroWorkshopFactory(initiative=initiative, courses=[course], place_text="Biblioteket, sal 2")
    return course


def coordinators(count=3):
    """Make local coordinators, each with a town of their own."""
    towns = list(Municipality.objects.order_by("name")[:count])
    made = []
    for number, town in enumerate(towns, start=1):
        person = LocalCoordinator(
            name=f"Bodil {number}",
            role="lokal koordinator",
            phone=f"12 34 56 7{number}",
            email=f"bodil{number}@example.com",
            when="Mandag til torsdag, 9–15",
        )
        person.save()
        person.municipalities.add(town)
        person.save()
        made.append(person)
    return made


def yesterday():
    return make.today() - datetime.timedelta(days=1)


def numbers(**values):
    """Return the value of a block with numbers, of which last year's are kept."""
    from peer_support.outcomes.report.models import PublicNumbers

    kept = {"enquiries": 120, "matches_started": 31, "volunteers": None}
    day = timezone.localdate()
    for period in (str(day.year - 1), "last12"):
        PublicNumbers.objects.get_or_create(
            initiative=None, period=period, defaults={"counted_on": day, "values": kept}
        )
    chosen = {"title": "Vores tal", "figures": list(kept), "period": "year", "year": None, "initiative": None}
    return {**chosen, **values}
