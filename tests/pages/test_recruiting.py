"""Front page, recruitment and the professional's page: what is pulled from elsewhere, and what it costs to show."""

import pytest
from django.urls import reverse
from wagtail.blocks.base import Block
from wagtail.models import PageViewRestriction

from peer_support.pages.blocks import Previewed
from peer_support.pages.models import SignUpPage
from peer_support.pages.stories import shown_stories
from peer_support.testing import factories as make
from peer_support.testing.factories_courses import GroupCourseFactory

from . import building as build
from .states_stories import every_block

pytestmark = pytest.mark.django_db


def test_the_next_workshop_and_course_come_from_the_courses(front, client):
    course = build.courses()
    recruiting, professional = build.recruitment(front), build.professional(front)
    for address in ("/", recruiting.get_url(), professional.get_url()):
        text = client.get(address).content.decode()
        assert "Biblioteket, sal 2" in text, address
    text = client.get(professional.get_url()).content.decode()
    assert course.title in text and "Frivilligcentret, indgang B" in text
    assert "Op til 8 deltagere" in text and "Det, vi siger, bliver her." in text
    assert "70 201 201" in text


def test_a_course_that_is_not_public_stays_inside(front, client):
    GroupCourseFactory(initiative=make.InitiativeFactory(), sessions=10, title="Hemmeligt forløb")
    for address in ("/", build.professional(front).get_url()):
        assert "Hemmeligt forløb" not in client.get(address).content.decode()


def test_a_page_may_be_about_one_initiative_only(front, client):
    mine, other = make.InitiativeFactory(title="Åens peers"), make.InitiativeFactory(title="Fjordens peers")
    build.courses(other)
    page = build.professional(front, initiative=mine)
    assert "Biblioteket" not in client.get(page.get_url()).content.decode()
    build.courses(mine)
    assert "Biblioteket" in client.get(page.get_url()).content.decode()


def test_coordinators_stand_town_by_town(front, client):
    people = build.coordinators(2)
    text = client.get(build.professional(front).get_url()).content.decode()
    for person in people:
        town = person.municipalities.get().name
        assert text.index(f"<dt>{town}</dt>") < text.index(person.name)
        assert person.phone_link in text


def test_a_button_to_a_page_that_is_not_published_is_left_out(front, client):
    target = build.recruitment(front, title="Målet")
    action = {**build.ACTION, "url": "", "page": target.pk}
    page = build.recruitment(front, action=build.stream(("action", action)))
    assert f'href="{target.get_url()}"' in client.get(page.get_url()).content.decode()
    target.unpublish()
    assert "Jeg vil høre mere" not in client.get(page.get_url()).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?word=%00",
        "?word=" + "x" * 5000,
        "?page=-1",
        "?page=9e9",
        "?page=<script>",
        "?word=h%C3%A5b&word=x",
        "?word[]=1",
    ],
)
def test_a_hostile_query_is_answered(front, client, query):
    build.story(front)
    answer = client.get(f"/fortaellinger/{query}")
    assert answer.status_code == 200 and "<script>" not in answer.content.decode()


def test_a_key_word_narrows_the_list(front, client):
    hope, work = build.story(front, words="håb"), build.story(front, words="Arbejde, håb ")
    text = client.get("/fortaellinger/?word=arbejde").content.decode()
    assert work.title in text and hope.title not in text
    both = client.get("/fortaellinger/?word=H%C3%A5b").content.decode()
    assert work.title in both and hope.title in both


def test_the_newest_stories_come_first_and_in_the_chosen_order_where_one_chose(front):
    first, second = build.story(front), build.story(front)
    for page in (first, second):
        page.save_revision().publish()
    assert [page.pk for page in shown_stories()] == [second.pk, first.pk]
    assert [page.pk for page in shown_stories(ids=[first.pk, second.pk])] == [first.pk, second.pk]


def test_a_story_behind_a_password_is_not_shown_elsewhere(front, client):
    told, open_story = build.story(front), build.story(front)
    PageViewRestriction.objects.create(page=told, restriction_type="password", password="x")
    text = client.get("/").content.decode()
    assert told.title not in text and open_story.title in text
    PageViewRestriction.objects.create(page=told.get_parent(), restriction_type="login")
    assert open_story.title not in client.get("/").content.decode()


def test_the_talk_button_carries_the_story(front, client):
    told = build.full_story(front)
    assert "Bed om et oplæg" not in client.get(told.get_url()).content.decode(), "nowhere to ask yet"
    talk = build.recruitment(front)
    index = told.get_parent().specific
    index.talk = build.stream(("page", talk.pk))
    index.save()
    assert f"{talk.get_url()}?story={told.pk}" in client.get(told.get_url()).content.decode()


def test_the_sites_own_page_for_talks_is_found(front, client):
    told = build.full_story(front)
    page = SignUpPage(title="Bed om et oplæg", slug="oplaeg", enquiry_kind="talk")
    front.add_child(instance=page)
    assert f"/oplaeg/?story={told.pk}" in client.get(told.get_url()).content.decode()
    page.unpublish()
    assert "/oplaeg/" not in client.get(told.get_url()).content.decode()


def test_every_block_has_a_preview_and_a_description(front, client_for):
    user = make.UserFactory(is_superuser=True)
    admin = client_for(user)
    front.body = every_block(front)
    front.save()
    assert admin.get(reverse("wagtailadmin_pages:edit", args=[front.pk])).status_code == 200
    blocks = [block for block in Block.definition_registry.values() if isinstance(block, Previewed)]
    kinds = {}
    for block in blocks:
        kinds.setdefault(type(block), block)
    assert len(kinds) >= 12
    for block in kinds.values():
        assert str(block.get_description()), block
        answer = admin.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert answer.status_code == 200, block
        assert "peer-block-preview" in answer.content.decode()
