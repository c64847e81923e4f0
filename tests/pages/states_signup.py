"""The sign-up pages as visitors meet them: plain, with errors, asked again, too often, thanked, closed."""

from django.test import RequestFactory

from peer_support.public import throttle
from peer_support.testing import factories as make
from tests.recruitment.signing_up import ANSWERS, page_of

from .states import Pressed, state


def _plain(kind):
    def build(front):
        make.InitiativeFactory()
        return page_of(front, kind).get_url()

    return build


def _thanked(kind):
    def build(front):
        return page_of(front, kind).get_url() + "tak/"

    return build


def _with_errors(kind):
    def build(front):
        make.InitiativeFactory()
        return Pressed(page_of(front, kind).get_url())

    return build


for _kind in ANSWERS:
    state(f"sign-up {_kind}: with errors")(_with_errors(_kind))
    state(f"sign-up {_kind}: plain")(_plain(_kind))
    state(f"sign-up {_kind}: thank you")(_thanked(_kind))


@state("sign-up support: choose a place")
def _choose(front):
    make.InitiativeFactory(title="Peer-støtte på kysten")
    make.InitiativeFactory(title="Peer-støtte i byen")
    return page_of(front, "support").get_url()


@state("sign-up support: closed")
def _closed(front):
    return page_of(front, "support").get_url()


@state("sign-up support: thank you, a number was taken out")
def _number(front):
    return page_of(front, "support").get_url() + "tak/?tal=1"


@state("sign-up support: too often")
def _too_often(front):
    make.InitiativeFactory()
    for __ in range(61):
        throttle.allow(RequestFactory().post("/"), "post")
    return Pressed(page_of(front, "support").get_url())
