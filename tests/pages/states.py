"""Every public page type in every state a visitor can meet it in, for the walks in a browser, the queries and the matrix.

A room adds ``states_<room>.py`` with functions marked ``@state("story: consent withdrawn")``. Each gets the section's
front page and returns the address to open; what it needs, it makes.
"""

import importlib
import pkgutil

STATES = {}


class Pressed(str):
    """An address whose form is sent as it stands, with its button, before one looks: that is how errors are met."""


def state(name):
    """Register a function ``(front) -> address`` under ``name``, "page type: state"."""

    def register(function):
        assert name not in STATES, name
        STATES[name] = function
        return function

    return register


@state("front page: plain")
def _plain(front):
    return front.get_url() or "/"


def load_all():
    """Import every ``states_*`` module beside this one, and return the states."""
    package = importlib.import_module(__package__)
    for found in pkgutil.iter_modules(package.__path__):
        if found.name.startswith("states_"):
            importlib.import_module(f"{__package__}.{found.name}")
    return STATES
