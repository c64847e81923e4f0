"""States of the front page, recruitment, professionals, stories and posters."""

from peer_support.pages.withdrawing import withdraw_story

from . import building as build
from .states import state


def _url(page, query=""):
    return page.get_url() + query


@state("front page: ways in, stories and courses")
def _front(front):
    build.coordinators()
    build.courses()
    build.full_story(front)
    build.story(front)
    target = build.recruitment(front)
    front.picture = build.stream(("picture", build.picture(alt="To mennesker på en bænk")))
    front.ways = build.stream(
        *(
            ("way", {"who": who, "title": "", "text": "Kom og hør, hvad det er.", "page": target.pk})
            for who in ("support", "volunteer", "professional")
        )
    )
    front.body = every_block(front)
    front.save()
    return _url(front)


def every_block(front):
    """Return a body with one block of each kind."""
    told = build.story(front)
    words = "<p>Hej.</p>"
    return build.stream(
        ("text", "<h2>Hvad er det?</h2><p>Du møder en, der selv har prøvet det.</p><ul><li>Gratis</li></ul>"),
        ("quote", {"words": "Jeg blev hørt.", "who": "Mia", "story": told.pk}),
        ("picture", build.picture(alt="En sti ved vandet")),
        ("stories", {"title": "Flere fortællinger", "stories": [], "count": 2}),
        ("facts", {"title": "Kort", "facts": [{"term": "Pris", "text": "Det koster ikke noget"}]}),
        (
            "steps",
            {"title": "Sådan går det", "steps": [{"title": "Du ringer", "text": "Et fornavn er nok."}]},
        ),
        ("action", build.ACTION),
        (
            "downloads",
            {
                "title": "Tag med",
                "files": [{"document": build.document("folder.pdf").pk, "text": "To sider"}],
            },
        ),
        ("film", build.film(address="https://www.youtube.com/watch?v=abc_DEF-123")),
        ("sound", {"title": "Lyt", "file": build.document().pk, "words": words}),
        ("coordinators", {"title": "Ring"}),
        ("workshop", {"title": "Kom og hør", "initiative": None}),
        ("numbers", build.numbers()),
    )


@state("recruitment: plain")
def _recruitment_plain(front):
    return _url(build.recruitment(front, picture="[]", gains="[]", asks="[]", action="[]", downloads="[]"))


@state("recruitment: faces and a workshop")
def _recruitment(front):
    build.courses()
    build.coordinators()
    return _url(build.recruitment(front, faces=build.faces(build.full_story(front), build.story(front))))


@state("recruitment: a face withdrawn")
def _recruitment_withdrawn(front):
    told = build.full_story(front)
    page = build.recruitment(front, faces=build.faces(told))
    withdraw_story(story=told, user=None)
    return _url(page)


@state("professionals: no course")
def _professional_plain(front):
    return _url(build.professional(front, for_whom="[]", refer="[]", action="[]"))


@state("professionals: course, workshop and towns")
def _professional(front):
    build.courses()
    build.coordinators()
    return _url(build.professional(front))


@state("stories: none yet")
def _index_empty(front):
    return _url(build.index_below(front))


@state("stories: several, one word chosen")
def _index(front):
    for __ in range(13):
        build.story(front)
    build.full_story(front)
    talk = build.recruitment(front)
    index = build.index_below(front)
    index.talk = build.stream(("page", talk.pk))
    index.save()
    return _url(index, "?word=h%C3%A5b&page=2")


@state("story: plain")
def _story_plain(front):
    return _url(build.story(front, quote="", words="", who=""))


@state("story: portrait, film, sound, talks")
def _story(front):
    talk = build.recruitment(front)
    index = build.index_below(front)
    index.talk = build.stream(("page", talk.pk))
    index.save()
    return _url(build.full_story(front))


@state("story: own film file")
def _story_film(front):
    film = build.film(file=build.document("film.mp4"))
    return _url(build.story(front, media=build.stream(("film", film))))


@state("story: consent covers the text only")
def _story_text_only(front):
    only = {"covers_picture": False, "covers_film": False, "covers_elsewhere": False}
    return _url(build.full_story(front, consent=only))


@state("poster: recruitment, A4")
def _poster(front):
    build.coordinators(1)
    return _url(build.recruitment(front, faces=build.faces(build.full_story(front))), "?print=a4")


@state("flyer: recruitment, A5")
def _flyer(front):
    build.coordinators(1)
    return _url(build.recruitment(front, faces=build.faces(build.full_story(front))), "?print=a5")


@state("poster: story, A4")
def _story_poster(front):
    return _url(build.full_story(front), "?print=a4")
