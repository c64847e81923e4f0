"""python -m tests.bench [--quick] [--only B4,B7]: measure, print a table, write build/bench.json."""

import argparse
import importlib
import importlib.util
import os
import platform
import sys
import time
import traceback

import numpy

from peer_support.matching.engine import ENGINE_VERSION

from . import clock, engine


def main():
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="the smaller graphs and shorter limits")
    options.add_argument("--only", default="", help="codes of goals, with commas, such as B4,B7")
    options.add_argument("--out", default=os.path.join("build", "bench.json"))
    chosen = options.parse_args()
    only = {code.strip().upper() for code in chosen.only.split(",") if code.strip()}
    begin = time.time()
    peers, missing = engine.available()
    measures = list(engine.GOALS)
    # The database measurements need the models; their module has the same shape: a tuple GOALS of functions.
    if importlib.util.find_spec("tests.bench.database"):
        measures += importlib.import_module("tests.bench.database").GOALS
        measures += importlib.import_module("tests.bench.numbers").GOALS
    for name, reason in missing.items():
        say(f"missing peer: {name} ({reason})")
    goals = []
    for measure in measures:
        codes = {
            part.upper() for part in measure.__name__.split("_") if part[0] in "abn" and part[1:].isdigit()
        }
        if only and not codes & only:
            continue
        say(", ".join(sorted(codes)))
        try:
            goals += measure(chosen.quick, peers, say)
        except Exception as error:  # one measurement that breaks must not lose the others
            traceback.print_exc()
            text = f"{type(error).__name__}: {error}"[:200]
            goals += [
                engine.goal(code, "broke off", None, missing=text) | {"met": False} for code in sorted(codes)
            ]
    data = {
        "engine_version": ENGINE_VERSION,
        "quick": chosen.quick,
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "processors": os.cpu_count(),
        "seconds": round(time.time() - begin, 1),
        "peers": peers,
        "missing_peers": missing,
        "goals": goals,
    }
    clock.write(chosen.out, data)
    table(data)
    return 1 if any(one["met"] is False for one in goals) else 0


def table(data):
    say("")
    say(f"{'':4} {'figure':>9}  {'ask':>8}  {'met':7}  what")
    for one in data["goals"]:
        figure = "-" if one["figure"] is None else f"{one['figure']:.3g}"
        ask = "" if one["ask"] is None else f"{one['sense']} {one['ask']:g}"
        met = "missing" if one["missing"] else {True: "yes", False: "NO", None: ""}[one["met"]]
        say(
            f"{one['code']:4} {figure:>9}  {ask:>8}  {met:7}  {one['text']}"
            + (f" ({one['missing']})" if one["missing"] else "")
        )
    if data["missing_peers"]:
        say("missing peers: " + ", ".join(data["missing_peers"]))
    say(
        f"{data['seconds']} s; peers: "
        + ", ".join(f"{name} {number}" for name, number in data["peers"].items())
    )


def say(text):
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
