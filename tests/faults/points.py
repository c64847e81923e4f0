"""Where a job can be killed: at each write to the database, at each commit (just before, just after), at each mail."""

import os
import re
import signal

from django.db import connection

WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
COMMIT = "commit"
_state = {"reached": 0, "deadly": None, "told": None}


def reached(name=None):
    """Count a point; where it is the deadly one, say how many there were and die as if the power went."""
    _state["reached"] += 1
    if _state["deadly"] in (_state["reached"], name or "-"):
        tell()
        os.kill(os.getpid(), signal.SIGKILL)


def tell():
    """Write how many points have been passed to whoever wants to know."""
    os.write(_state["told"], str(_state["reached"]).encode())


def watch(deadly, told):
    """Count the points of this process from now on, and die at the point number ``deadly``; ``COMMIT`` is the point
    just before the first commit. ``told`` is the file descriptor for the count."""
    _state.update(reached=0, deadly=deadly, told=told)
    commit = connection._commit

    def watched_commit():
        reached(COMMIT)
        commit()
        reached()

    connection._commit = watched_commit
    connection.execute_wrappers.append(_watched_write)


def _watched_write(execute, sql, params, many, context):
    if WRITE.match(sql):
        reached()
    return execute(sql, params, many, context)
