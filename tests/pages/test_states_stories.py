"""Every state of these pages answers, in Danish, with the frame around it."""

import pytest

from . import states_stories  # noqa: F401 - registers the states
from .states import STATES

pytestmark = pytest.mark.django_db
OURS = ("front page", "recruitment", "professionals", "stor", "poster", "flyer")


@pytest.mark.parametrize("name", [name for name in STATES if name.startswith(OURS)])
def test_a_state_answers(name, front, client):
    address = STATES[name](front)
    answer = client.get(address)
    assert answer.status_code == 200, (name, address)
    page = answer.content.decode()
    assert "70 201 201" in page
    assert "style=" not in page and "<script>" not in page
    assert page.count("<h1") == 1
