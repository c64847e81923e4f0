"""The invented centre's public pages: built in one go, front page first, with pictures made for the purpose."""

import datetime
import json
from importlib.resources import files

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Site

from ..directory.models import LocalCoordinator, Municipality
from ..pages import models as kinds
from ..public.models import CrisisHelp
from ..recruitment.models_guidance import BenefitRule
from ..recruitment.services_story_consent import record_consent
from ..recruitment.story_texts import VERSION, consent_words
from . import pages_texts as texts
from .pages_stories import STORIES

SITE_NAME = "Frivilligcenter Eksempelby"
# name, what they do, telephone, when, towns, position of their initiative
COORDINATORS = (
    ("Kim", "koordinator i Nordsjælland", "0000 1001", "Mandag til torsdag 9–15.", ("Helsingør", "Fredensborg", "Hillerød"), 0),
    ("Kaya", "koordinator i Trekantområdet", "0000 1002", "Mandag til fredag 10–14.", ("Fredericia", "Kolding", "Vejle"), 1),
    ("Bodil", "koordinator i Østjylland", "0000 1003", "Tirsdag og torsdag 12–18.", ("Aarhus", "Randers", "Skanderborg"), None),
    ("Nadia", "koordinator på Fyn", "0000 1004", "Mandag og onsdag 10–16.", ("Odense", "Nyborg"), None),
)  # fmt: skip


def stream(*blocks):
    """Return a stream's value as JSON, from ``(type, value)`` pairs."""
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def points(pairs):
    return stream(*(("point", {"title": title, "text": text}) for title, text in pairs))


class SiteBuilder:
    """Adds the pages below one front page. Pages that point at each other are filled in when all of them stand."""

    def __init__(self, root, user):
        self.user = user
        self.pictures = {}
        self.pages = {}
        self.front = self.add(
            root,
            kinds.PeerFrontPage,
            **self.basics(texts.FRONT),
            picture=self.picture(*texts.FRONT["picture"]),
        )

    # Small things

    def add(self, parent, kind, *, in_menu=False, **fields):
        """Publish a page of ``kind`` below ``parent`` and remember it by its slug."""
        page = parent.add_child(instance=kind(show_in_menus=in_menu, owner=self.user, live=False, **fields))
        return self.publish(page)

    def publish(self, page):
        page.save_revision(user=self.user).publish()
        self.pages[page.slug] = page = type(page).objects.get(pk=page.pk)
        return page

    @staticmethod
    def basics(words):
        names = ("title", "slug", "seo_title", "search_description", "intro")
        return {name: words[name] for name in names if name in words}

    def image(self, name, title):
        """Return the picture ``name`` from the demo's folder, put into the picture library once."""
        if name not in self.pictures:
            content = files(__package__).joinpath("data", f"{name}.webp").read_bytes()
            self.pictures[name] = get_image_model().objects.create(
                title=title,
                file=ContentFile(content, name=f"{name}.webp"),
                uploaded_by_user=self.user,
            )
        return self.pictures[name]

    def picture(self, name, alt):
        return stream(("picture", self.picture_value(name, alt)))

    def picture_value(self, name, alt):
        return {"image": self.image(name, alt).pk, "alt": alt, "caption": "", "credit": ""}

    def action(self, label, then, slug):
        """Return the one step; it leads to the page ``slug``, or to the coordinator where there is no such page."""
        page = self.pages.get(slug)
        value = {"label": label, "page": page.pk if page else None, "url": "", "next": then}
        return stream(("action", value))

    # Pages

    def stories(self):
        """The stories; each gets its consent first, for without one it is not published."""
        index = self.add(self.front, kinds.StoryIndexPage, in_menu=True, **self.basics(texts.STORY_INDEX))
        for told in reversed(STORIES):
            page = index.add_child(
                instance=kinds.AmbassadorStoryPage(
                    **{
                        name: told[name] for name in ("slug", "title", "who", "quote", "words", "gives_talks")
                    },
                    owner=self.user,
                    live=False,
                    search_description=told["quote"],
                    portrait=self.picture(told["picture"], told["alt"]),
                    body=stream(*told["body"]),
                )
            )
            self.consent(page, told["who"].partition(",")[0])
            self.publish(page)

    def consent(self, page, name):
        record_consent(
            page_id=page.pk,
            user=self.user,
            values={
                "name": f"{name} (opfundet)",
                "contact": "0000 2000",
                "given_on": timezone.localdate() - datetime.timedelta(days=40),
                "how": "signed",
                "kept_where": "Mappen i skabet",
                "covers_picture": True,
                "covers_film": True,
                "covers_elsewhere": True,
                "text_version": VERSION,
                "text": consent_words(),
            },
            route="demo",
        )

    def linked(self, text):
        """Return ``text`` with each ``{slug}`` as a link to that page."""
        for slug, page in self.pages.items():
            text = text.replace(f"{{{slug}}}", f'<a linktype="page" id="{page.pk}">{page.title}</a>')
        return text

    def directory(self):
        words = texts.DIRECTORY
        fields = {**self.basics(words), "booklet_title": words["booklet_title"]}
        self.add(self.front, kinds.DirectoryPage, in_menu=True, **fields)
        self.add(self.front, kinds.CourseIndexPage, in_menu=True, **self.basics(texts.COURSES))

    def sign_ups(self):
        for words in texts.SIGN_UPS:
            self.add(self.front, kinds.SignUpPage, enquiry_kind=words["kind"], **self.basics(words))

    def guidance(self):
        """What somebody reads before they volunteer, the ideas, and the words."""
        under = self.pages["bliv-frivillig"]
        self.add(under, kinds.PeerRolePage, **self.basics(texts.ROLE))
        for kind, words in ((kinds.SelfCheckPage, texts.SELF_CHECK), (kinds.BenefitRulesPage, texts.RULES)):
            self.add(under, kind, **self.basics(words), action=self.action(*words["action"]))
        self.add(self.front, kinds.IdeasPage, **self.basics(texts.IDEAS))
        self.add(self.front, kinds.GlossaryPage, **self.basics(texts.GLOSSARY))
        self.add_text("bliv-frivillig", ("text", self.linked(texts.BEFORE_YOU_START)))
        self.add_text(
            "fagfolk",
            ("picture", self.picture_value("telefon", "En koordinator taler i telefon ved sit skrivebord.")),
            ("text", self.linked(texts.FOR_TEAMS)),
        )

    def add_text(self, slug, *blocks):
        page = type(self.pages[slug]).objects.get(pk=self.pages[slug].pk)
        page.body = stream(*blocks)
        self.publish(page)

    def recruitment(self):
        for words in texts.RECRUITMENT:
            title, text = words["poster"]
            self.add(
                self.front,
                kinds.RecruitmentPage,
                in_menu=True,
                **self.basics(words),
                audience=words["audience"],
                picture=self.picture(*words["picture"]),
                gains=points(words["gains"]),
                asks=points(words["asks"]),
                faces=stream(*(("story", self.pages[slug].pk) for slug in words["faces"])),
                action=self.action(*words["action"]),
                poster_title=title,
                poster_text=text,
            )

    def professionals(self):
        words = texts.PROFESSIONAL
        self.add(
            self.front,
            kinds.ProfessionalPage,
            in_menu=True,
            **self.basics(words),
            for_whom=points(words["for_whom"]),
            refer=points(words["refer"]),
            action=self.action(*words["action"]),
        )

    def order_menu(self):
        """Bring the pages below the front page into the order of the menu."""
        for slug in texts.MENU:
            if slug in self.pages:
                page = type(self.front).objects.get(pk=self.front.pk)
                self.pages[slug].move(page, pos="last-child")

    def fill_front(self):
        """Give the front page its ways in, now that the pages they lead to are there."""
        ways = [
            ("way", {"who": who, "title": title, "text": text, "page": self.pages[slug].pk})
            for who, title, text, slug in texts.WAYS
            if slug in self.pages
        ]
        self.front = type(self.front).objects.get(pk=self.front.pk)
        self.front.ways = stream(*ways)
        self.front.body = stream(
            ("text", texts.WHAT + self.linked(texts.AFTER_WHAT)),
            ("steps", texts.STEPS),
            ("facts", texts.FACTS),
            ("numbers", texts.NUMBERS),
        )
        self.front.save_revision(user=self.user).publish()


def make_coordinators(rows):
    """Put the local coordinators into the directory; ``rows`` are the initiatives."""
    for order, (name, role, phone, when, towns, position) in enumerate(COORDINATORS):
        coordinator = LocalCoordinator(
            name=name,
            role=role,
            phone=phone,
            email=f"{name.lower()}@example.org",
            when=when,
            initiative=None if position is None else rows[position],
            sort_order=order,
        )
        coordinator.save()
        coordinator.municipalities.set(Municipality.objects.filter(name__in=towns))
        coordinator.save()


def make_crisis_help():
    """Fill in what an editor may change in the crisis box."""
    box = CrisisHelp.load()
    box.hours = "Livslinien svarer hver dag, også om aftenen."
    box.hours_checked_on = timezone.localdate() - datetime.timedelta(days=12)
    box.second_way = "Er din læge lukket, så ring til lægevagten i din region."
    box.save()


def make_checked_rules():
    """Let the centre have checked most of the rules lately, one long ago, and leave the last as it came."""
    today = timezone.localdate()
    rules = list(BenefitRule.objects.order_by("pk"))
    for number, rule in enumerate(rules[:-1]):
        rule.checked_on = today - datetime.timedelta(days=500 if number == 2 else 20)
        rule.save()


def make_pages(root, rows, user):
    """Build the pages below ``root``, make the front page the site's, and return ``{slug: page}``."""
    make_coordinators(rows)
    make_crisis_help()
    builder = SiteBuilder(root, user)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": builder.front, "site_name": SITE_NAME},
    )
    builder.sign_ups()
    builder.stories()
    builder.directory()
    builder.recruitment()
    builder.professionals()
    builder.guidance()
    make_checked_rules()
    builder.order_menu()
    builder.fill_front()
    return builder.pages
