"""Many rows at once, so that a page can be asked whether it costs more when there is more."""

from wagtail.models import Locale, Page

from peer_support.directory.models import LocalCoordinator, Municipality
from peer_support.pages.models import AmbassadorStoryPage
from peer_support.recruitment.models_guidance import BenefitRule, GlossaryTerm, IdeaArea
from peer_support.recruitment.models_story_consent import StoryConsent

from . import building as build
from .directory_rows import make_many


def many_stories(front, count):
    """Publish ``count`` stories with consent: the rows are written together, as no editor would."""
    index = build.index_below(front)
    index.refresh_from_db()
    kind, locale = build.story(front).content_type, Locale.get_default()
    index.refresh_from_db()
    first = index.numchild
    rows = [
        AmbassadorStoryPage(
            path=Page._get_path(index.path, index.depth + 1, first + n + 1),
            depth=index.depth + 1,
            title=f"Fortælling {first + n}",
            draft_title=f"Fortælling {first + n}",
            slug=f"fortaelling-{first + n}",
            url_path=f"{index.url_path}fortaelling-{first + n}/",
            content_type=kind,
            locale=locale,
            live=True,
            who="Mia",
            quote="Jeg blev hørt.",
            words=f"håb, ord {n % 7}",
        )
        for n in range(count)
    ]
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    pages = Page.objects.bulk_create(Page(**{name: getattr(row, name) for name in names}) for row in rows)
    for row, page in zip(rows, pages, strict=True):
        row.pk = page.pk
    AmbassadorStoryPage._base_manager.all()._insert(
        rows, fields=AmbassadorStoryPage._meta.local_concrete_fields, using="default"
    )
    Page.objects.filter(pk=index.pk).update(numchild=first + count)
    StoryConsent.objects.bulk_create(
        StoryConsent(
            page_id=row.pk,
            name="Jorun Hedelys",
            given_on="2026-01-01",
            how="signed",
            covers_picture=True,
            covers_elsewhere=True,
            text_version="1",
            text="Ja.",
        )
        for row in rows
    )


def grow(front, initiatives=1000, stories=200, rest=20):
    """Add that many rows of everything that public pages read."""
    make_many(initiatives)
    many_stories(front, stories)
    towns = list(Municipality.objects.all()[:rest])
    stem = LocalCoordinator.objects.count()
    for number, town in enumerate(towns):
        coordinator = LocalCoordinator.objects.create(
            name=f"Koordinator {stem + number}", phone="12 34 56 78"
        )
        coordinator.municipalities.set([town])
        coordinator.save()
    for model, field in ((BenefitRule, "name"), (GlossaryTerm, "term"), (IdeaArea, "title")):
        stem = model.objects.count()
        model.objects.bulk_create(
            model(**{field: f"Ekstra {stem + n}", "slug": f"ekstra-{stem + n}"}) for n in range(rest)
        )
    # Two, so that the pages where a visitor chooses have something to choose between.
    build.courses()
    build.courses()
