"""A process that carries out jobs, each in a process of its own that may be killed. Reads orders and answers as JSON lines.

It never opens the database itself, so that each of its children starts with a connection of its own.
"""

import contextlib
import json
import os
import sys
import traceback

import django


def carry_out(order, answer):
    """Do the job that is ordered, in this process, and write how many points it has."""
    from django.db import connection

    from . import points
    from .jobs import JOBS, make_careless

    if order["careless"]:
        make_careless(order["job"])
    connection.ensure_connection()
    points.watch(order["deadly"], answer)
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        JOBS[order["job"]](**order["values"])
    points.tell()


def main():
    django.setup()
    from .jobs import prepare

    prepare()
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                carry_out(order, writing)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        os.close(writing)
        with os.fdopen(reading) as answer:
            points = answer.read()
        __, status = os.waitpid(child, 0)
        print(
            json.dumps({"ended": os.waitstatus_to_exitcode(status), "points": int(points or 0)}), flush=True
        )


if __name__ == "__main__":
    main()
