"""Many at once on connections of their own, for the tests of enrolments."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of

THREADS = 32


def at_once(initiative, calls):
    """Run ``calls`` in threads with a connection each; returns what each gave, an exception where it raised one."""
    start = Barrier(min(THREADS, len(calls)))

    def run(number, call):
        try:
            with scope_of(initiative.pk):
                if number < start.parties:
                    start.wait(timeout=60)
                return call()
        except NotAllowed as refusal:
            return refusal.decision
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(start.parties) as pool:
        return list(pool.map(run, range(len(calls)), calls))


def faults(outcomes):
    """Return the exceptions among ``outcomes``: each would be a 500 and a person lost."""
    return [one for one in outcomes if isinstance(one, Exception)]
