"""Tests with a long form: ``make soak`` sets PEER_SOAK=1 and picks the tests that are marked ``soak``."""

import os

import pytest

SOAK = os.environ.get("PEER_SOAK") == "1"


def longer(short, long):
    """Return ``short``, or ``long`` in the long run."""
    return long if SOAK else short


# Marks of a test that belongs to the usual run in its short form, and to the long run in its long one.
BOTH_RUNS = [pytest.mark.soak] if SOAK else []


def both_runs(test):
    """Decorator of such a test."""
    return pytest.mark.soak(test) if SOAK else test
