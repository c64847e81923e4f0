"""Film addresses: only allowed hosts, made here, and nothing that could become another address."""

import pytest
from django.test import override_settings

from peer_support.pages.film import frame_source, player_address

from . import building as build


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=abc_DEF-123", "https://www.youtube-nocookie.com/embed/abc_DEF-123"),
        ("https://youtu.be/abc_DEF-123?t=9", "https://www.youtube-nocookie.com/embed/abc_DEF-123"),
        ("https://www.youtube.com/shorts/abc", "https://www.youtube-nocookie.com/embed/abc"),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?dnt=1"),
        ("https://player.vimeo.com/video/99", "https://player.vimeo.com/video/99?dnt=1"),
        ("http://vimeo.com/123456", ""),
        ("https://youtube.com.evil.example/watch?v=abc", ""),
        ("https://evil.example/?https://vimeo.com/1", ""),
        ("https://vimeo.com@evil.example/1", ""),
        ("https://user:secret@vimeo.com/1", ""),
        ("https://vimeo.com:8443/1", ""),
        ('https://www.youtube.com/watch?v=a"><script>', ""),
        ("https://www.youtube.com/watch?v=../../x", ""),
        ("https://www.youtube.com/", ""),
        ("javascript:alert(1)", ""),
        ("https://[", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_player_of_an_address(address, player):
    assert player_address(address) == player


def test_a_host_may_name_others_or_none():
    own = "https://film.centret.example/en-film"
    assert player_address(own) == ""
    with override_settings(PEER_SUPPORT={"FILM_HOSTS": ["film.centret.example"]}):
        assert player_address(own) == own and frame_source(own) == "https://film.centret.example"
        assert player_address("https://vimeo.com/1") == ""


@pytest.mark.django_db
def test_nothing_is_fetched_from_the_films_host_before_the_click(front, client):
    page = build.full_story(front)
    answer = client.get(page.get_url())
    text = answer.content.decode()
    assert "<iframe" not in text
    assert 'href="https://vimeo.com/123456"' in text, "a plain link without JavaScript"
    assert 'data-peer-film="https://player.vimeo.com/video/123456?dnt=1"' in text
    assert "frame-src 'self' https://player.vimeo.com" in answer.headers["Content-Security-Policy"]
    other = client.get(build.story(front).get_url())
    assert "vimeo" not in other.headers["Content-Security-Policy"] and "film.js" not in other.content.decode()


@pytest.mark.django_db
def test_a_film_of_ones_own_needs_nobody_else(front, client):
    film = build.film(file=build.document("film.mp4"))
    answer = client.get(build.story(front, media=build.stream(("film", film))).get_url())
    assert (
        "<video" in answer.content.decode() and "frame-src" not in answer.headers["Content-Security-Policy"]
    )
