"""The block with numbers: it shows what was kept, says the day, and opens nobody's rows."""

import pytest
from django.utils import timezone
from wagtail.blocks.struct_block import StructBlockValidationError

from peer_support.outcomes.report.models import PublicNumbers
from peer_support.pages.blocks_numbers import NumbersBlock

from . import building as build

pytestmark = pytest.mark.django_db


def drawn(**values):
    block = NumbersBlock()
    return block.render(block.to_python(build.numbers(**values)))


def test_the_numbers_their_definitions_and_the_day():
    html = drawn()
    assert ">120<" in html and ">31<" in html
    assert html.count("<details>") == 3
    assert str(timezone.localdate().year) in html
    assert "peer-numbers__none" in html, "one is hidden"


def test_nothing_is_kept_of_that_time():
    html = drawn(year=2001)
    assert "120" not in html and "<dl" not in html


def test_a_year_that_is_not_over_is_refused():
    block = NumbersBlock()
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python(build.numbers(year=timezone.localdate().year)))
    block.clean(block.to_python(build.numbers(year=timezone.localdate().year - 1)))


def test_a_page_without_kept_numbers_says_so():
    PublicNumbers.objects.all().delete()
    block = NumbersBlock()
    assert "<dl" not in block.render(block.to_python(block.sample()))
