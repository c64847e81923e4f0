"""What the scanners are given: one of each kind, and every parameter once."""

import pytest

from .scan_targets import Target, largest


def at(path, data=""):
    return Target(f"http://127.0.0.1:8000{path}", data)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/admin/matching/matches/11/agreement/?a=1", "/admin/matching/matches/24/agreement/?a=x"),
        ("/fortaellinger/malthe/?print=a4", "/fortaellinger/bente/?print=a4"),
        ("/nowhere/12/?q=1", "/nowhere/13/?q=2"),
    ],
)
def test_two_addresses_of_the_same_code_are_of_one_kind(one, other):
    assert at(one).kind == at(other).kind


def test_other_parameters_other_code_and_a_form_are_another_kind():
    kinds = {
        at("/admin/people/citizen/?p=1").kind,
        at("/admin/people/citizen/?q=1").kind,
        at("/admin/people/volunteer/?p=1").kind,
        at("/admin/people/citizen/", "p=1").kind,
    }
    assert len(kinds) == 4


def test_what_is_ours_is_told_from_wagtails():
    assert at("/admin/people/citizen/?p=1").is_ours and at("/stoette/?print=a4").is_ours
    assert not at("/admin/account/", "name=x").is_ours


def test_an_address_is_left_out_only_where_its_parameters_are_tried_together():
    both, one = at("/admin/people/citizen/?p=1&ordering=name"), at("/admin/people/citizen/?p=1")
    elsewhere, form = at("/admin/people/volunteer/?p=1"), at("/admin/people/citizen/", "p=1")
    assert largest([one, both, elsewhere, form]) == [both, elsewhere, form]
    assert largest([one, at("/admin/people/citizen/?q=1")]) == [one, at("/admin/people/citizen/?q=1")]
