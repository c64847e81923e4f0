"""The words of a paper: few tags in, plain text in every part, and places that reach nothing they were not given."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from peer_support.agreements import text_format as words
from peer_support.agreements.builtin import TEXTS
from peer_support.agreements.kinds import PLACES
from peer_support.agreements.models_text import check_body
from peer_support.recruitment.readability import measure
from tests.pages.test_lix import FORBIDDEN

pytestmark = pytest.mark.one_database


def shown(blocks):
    return render_to_string("peer_support/agreements/_blocks.html", {"blocks": blocks})


def test_only_headings_paragraphs_lists_and_bold_come_through():
    html = (
        '<h2 onclick="x()">Titel</h2><p data-block-key="a">Kære <b>du</b> &amp; <a href="//e">jeg</a></p>'
        "<script>alert(1)</script><ul><li><p>et</p></li><li>to</li></ul><img src=x onerror=y><table><td>tal</td></table>"
    )
    assert words.to_html(words.parse(html)) == (
        "<h2>Titel</h2><p>Kære <b>du</b> &amp; jeg</p><ul><li>et</li><li>to</li></ul><p>tal</p>"
    )


@given(st.text(alphabet="<>/&{}\"'= abhpulisrctø1\n;#", max_size=60))
def test_whatever_is_written_comes_out_as_the_few_tags_and_reading_it_again_changes_nothing(text):
    once = words.to_html(words.parse(text))
    assert words.to_html(words.parse(once)) == once
    outside = once
    for tag in ("h2", "h3", "p", "ul", "ol", "li", "b"):
        outside = outside.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in outside and ">" not in outside
    assert words.load(words.dump(words.parse(text))) == words.parse(text)


def test_what_is_filled_in_is_never_markup_and_never_read_again():
    blocks = words.fill(words.parse("<p>Kære {navn}</p>"), {"navn": "<b>{slut}</b>", "slut": "hemmelig"})
    assert "hemmelig" not in shown(blocks)
    assert "&lt;b&gt;{slut}&lt;/b&gt;" in shown(blocks)


def test_a_place_is_looked_up_by_its_whole_name_and_nothing_behind_it():
    for name in ("navn.__class__", "navn|upper", "0", "", "navn!r", "navn:>9"):
        with pytest.raises(KeyError):
            words.fill(words.parse("<p>{%s}</p>" % name), {"navn": "Bo"})  # noqa: UP031


def test_a_line_whose_places_are_all_empty_is_left_out():
    blocks = words.parse("<p>{a} og {b}</p><ul><li>Sted: {a}</li><li>Fast</li></ul><ol><li>{a}</li></ol>")
    assert words.to_html(words.fill(blocks, {"a": "", "b": "to"})) == "<p> og to</p>".replace("> ", ">") + (
        "<ul><li>Fast</li></ul>"
    )


def test_plain_text_goes_both_ways():
    plain = "# Titel\n\nEt afsnit.\n\n- et\n- to"
    assert words.to_plain(words.from_plain(plain)) == plain


def test_the_fingerprint_follows_the_words_and_nothing_else():
    one, same = words.parse("<p>Du <b>lover</b> det.</p>"), words.parse("<p>Du lover det.</p>")
    assert words.hash_of(one) == words.hash_of(same)
    assert words.hash_of(one) != words.hash_of(words.parse("<p>Du lover det</p>"))


@pytest.mark.parametrize("kind", TEXTS)
def test_each_standard_text_names_only_places_its_papers_have(kind):
    check_body(kind, TEXTS[kind])
    used = set(words.placeholders(words.parse(TEXTS[kind])))
    assert used <= set(PLACES[kind])


@pytest.mark.parametrize("kind", TEXTS)
def test_each_standard_text_is_easy_to_read(kind):
    text = words.to_plain(words.parse(TEXTS[kind])).replace("# ", "").replace("\n\n", ".\n")
    assert measure(text).lix <= 30 and not FORBIDDEN.findall(text)
