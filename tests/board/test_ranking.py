"""A citizen's page: who fits and why, comparing two, ruling out a pair, and proposing."""

import re

import pytest
from django.utils.html import escape
from django.utils.translation import gettext, override

from peer_support.access.scopes import scope_of
from peer_support.matching.models import Exclusion, Match
from peer_support.people.models import Volunteer
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import CitizenFactory, MatchFactory, VolunteerFactory

from .conftest import at, text_of, told


def test_volunteers_stand_best_first_with_a_sentence_and_every_part(page, town):
    text = page("ranking", town.asta.pk)
    assert text.index("Vilma") < text.index("Walther") < text.index("Xenia")
    card = text[text.index(f'id="volunteer-{town.vilma.pk}"') :]
    card = card[: card.index("</li>")]
    assert "Musik for to".lower() in card.lower()
    assert card.count('<th scope="row">') == 6  # five criteria and the sum


def test_an_unknown_part_is_drawn_dashed_and_named_with_a_link(page, town):
    text = page("ranking", town.asta.pk)
    card = text[text.index(f'id="volunteer-{town.xenia.pk}"') :]
    assert "board-bar__room--unknown" in card[: card.index("</svg>")]
    assert f"/people/volunteer/{town.xenia.pk}/conversation/" in card


def test_a_bar_is_as_full_as_the_points(page, town):
    text = page("ranking", town.asta.pk)
    widths = [int(w) for w in re.findall(r'board-bar__room[^"]*" x="\d+" y="2" width="(\d+)"', text)[:5]]
    assert widths == sorted(widths, reverse=True) and 950 < sum(widths) <= 1000


def test_who_cannot_stands_folded_with_the_reason_and_the_name(page, town):
    text = page("ranking", town.asta.pk)
    fold = text[text.index("data-board-impossible") :]
    assert "Ymer" in fold[: fold.index("</details>")]
    assert f'id="volunteer-{town.ymer.pk}"' not in text


def test_ten_are_shown_first_and_the_rest_on_request(page, town):
    for _n in range(9):
        VolunteerFactory(initiative=town.initiative)
    assert page("ranking", town.asta.pk).count('<li class="board-card candidate"') == 10
    assert page("ranking", town.asta.pk, all="").count('<li class="board-card candidate"') == 12


def test_where_nobody_fits_the_page_says_so_and_what_would_help(page, initiative):
    citizen = CitizenFactory(initiative=initiative, channels=1, travel_km=1, postcode="3000")
    VolunteerFactory(initiative=initiative, channels=1, postcode="3400")
    text = page("ranking", citizen.pk)
    assert "board-empty" in text and "board-changes" in text


def test_proposing_makes_a_match_and_tells_what_is_next(send, town):
    text = send("propose", town.asta.pk, volunteer=town.vilma.pk)
    with scope_of(town.initiative.pk):
        match = Match.objects.get()
        assert (match.citizen, match.volunteer, match.state) == (town.asta, town.vilma, "proposed")
    assert "match-next" in text and "tel:" in text


def test_the_second_click_of_a_double_click_leads_to_the_same_proposal(send, town):
    send("propose", town.asta.pk, volunteer=town.vilma.pk)
    text = send("propose", town.asta.pk, volunteer=town.vilma.pk)
    with scope_of(town.initiative.pk):
        assert Match.objects.count() == 1
    assert "match-next" in text


def test_a_refusal_is_a_sentence_and_makes_nothing(send, town):
    send("propose", town.asta.pk, volunteer=town.vilma.pk)
    text = send("propose", town.asta.pk, volunteer=town.walther.pk)
    with scope_of(town.initiative.pk):
        assert Match.objects.count() == 1
    assert told(text, "warning") and str(town.asta) in text
    assert "ymer" not in send("propose", town.bror.pk, volunteer=town.ymer.pk).lower().split("board-fold")[0]


@pytest.mark.parametrize("given", ["", "0", "x", "-1", "9" * 30])
def test_a_volunteer_that_is_not_there_is_not_found(coordinator_client, town, given):
    response = coordinator_client.post(at("propose", town.asta.pk), {"volunteer": given})
    assert response.status_code == 404


def test_a_citizen_with_a_proposal_shows_it_and_no_button_to_propose(page, town):
    match = MatchFactory(initiative=town.initiative, citizen=town.asta, volunteer=town.vilma)
    text = page("ranking", town.asta.pk)
    assert at("match", match.pk) in text
    assert at("propose", town.asta.pk) not in text


def test_a_pair_is_ruled_out_and_let_in_again(send, page, town):
    text = send("rule_out", town.asta.pk, volunteer=town.vilma.pk, kind="relative")
    assert 'id="ruled-out"' in text and f'id="volunteer-{town.vilma.pk}"' not in text
    text = send("rule_in", town.asta.pk, volunteer=town.vilma.pk)
    assert 'id="ruled-out"' not in text and f'id="volunteer-{town.vilma.pk}"' in text
    assert told(send("rule_in", town.asta.pk, volunteer=town.vilma.pk), "success")


def test_whoever_is_ruled_out_and_in_no_list_any_more_is_logged_once(send, page, town, coordinator):
    send("rule_out", town.asta.pk, volunteer=town.vilma.pk, kind="relative")
    rows = AccessLogEntry.objects.filter(
        user_number=coordinator.pk, route="peer_support_matching:ranking", action="list",
        model="peer_support.volunteer", object_id=town.vilma.pk,
    )  # fmt: skip
    for status in ("approved", "ended"):
        Volunteer._base_manager.filter(pk=town.vilma.pk).update(status=status)
        before = rows.count()
        assert town.vilma.display_name in page("ranking", town.asta.pk)
        assert rows.count() == before + 1


def test_ruling_out_wants_a_reason_from_the_list(send, town):
    for kind in ("", "declined", "nonsense"):
        assert told(send("rule_out", town.asta.pk, volunteer=town.vilma.pk, kind=kind), "warning")
    with scope_of(town.initiative.pk):
        assert not Exclusion.objects.exists()


def test_a_no_of_one_of_them_cannot_be_undone_as_if_the_coordinator_had_made_it(send, town):
    with scope_of(town.initiative.pk):
        Exclusion.objects.create(
            initiative=town.initiative, citizen=town.asta, volunteer=town.vilma, kind=Exclusion.Kind.DECLINED
        )
    send("rule_in", town.asta.pk, volunteer=town.vilma.pk)
    with scope_of(town.initiative.pk):
        assert Exclusion.objects.count() == 1


def test_a_wish_stands_in_the_readers_own_quotes_and_as_text(page, town):
    with scope_of(town.initiative.pk):
        town.asta.wish = "En at gå ture med & tale med"
        town.asta.save()
    with override("da"):
        quoted = gettext("“%(wish)s”") % {"wish": escape(town.asta.wish)}
    assert f'<p class="board-wish">{quoted}</p>' in page("ranking", town.asta.pk)


def test_two_are_compared_and_the_difference_is_said_in_words(page, town):
    text = page("compare", town.asta.pk, a=town.vilma.pk, b=town.walther.pk)
    assert "Vilma" in text and "Walther" in text
    assert text.count("comparison__verdict") == 5
    assert at("propose", town.asta.pk) in text


def test_ticks_without_a_script_make_the_same_comparison(coordinator_client, town):
    url = f"{at('compare', town.asta.pk)}?v={town.vilma.pk}&v={town.walther.pk}"
    assert "comparison__verdict" in text_of(coordinator_client.get(url))


@pytest.mark.parametrize("query", ["", "?a=1", "?v=x&v=y", "?v=999999&v=999998"])
def test_comparing_anything_but_two_who_fit_leads_back_with_a_word(coordinator_client, town, query):
    response = coordinator_client.get(at("compare", town.asta.pk) + query, follow=True)
    assert response.redirect_chain[-1][0] == at("ranking", town.asta.pk)
    assert told(text_of(response), "info")


def test_the_number_of_queries_does_not_grow_with_the_volunteers(
    coordinator_client, town, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = at("ranking", town.asta.pk) + "?all"
    coordinator_client.get(url)
    with CaptureQueriesContext(connection) as few:
        coordinator_client.get(url)
    for _n in range(12):
        VolunteerFactory(initiative=town.initiative)
    with django_assert_max_num_queries(len(few)):
        coordinator_client.get(url)
