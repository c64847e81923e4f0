"""A list of words has as much room as a person's row has bits."""

import pytest
from django.core.exceptions import ValidationError

from peer_support.people.models import Interest, Language

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Language, Interest])
def test_the_last_bit_can_be_had_and_no_other(model):
    model.objects.all().delete()
    model.objects.create(name="next to last", bit=model.most - 2)
    last = model(name="last")
    last.full_clean()
    last.save()
    assert last.bit == model.most - 1
    with pytest.raises(ValidationError, match=str(model.most)):
        model(name="one too many").full_clean()
    with pytest.raises(ValueError, match="no bit left"):
        model(name="one too many").save()
