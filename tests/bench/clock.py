"""Measuring: interleaved rounds, calls in a child process with a limit, and peak memory."""

import gc
import json
import math
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time

import numpy as np


def rounds(participants, number):
    """Best time in seconds of each participant, all in turn in every round, after one warm-up."""
    best = dict.fromkeys(participants, math.inf)
    for turn in range(number + 1):
        for name, call in participants.items():
            gc.collect()
            begin = time.perf_counter()
            call()
            took = time.perf_counter() - begin
            if turn or took > 5:
                best[name] = min(best[name], took)
    return best


def geometric(values):
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values)) if values else math.nan


def _child(pipe, call, arguments):
    begin = time.perf_counter()
    try:
        answer = call(*arguments)
        pipe.send({"seconds": time.perf_counter() - begin, "answer": answer})
    except BaseException as error:  # the parent reports it, whatever it is
        pipe.send({"error": f"{type(error).__name__}: {error}"[:200]})
    finally:
        pipe.close()


def limited(call, arguments, limit):
    """Run in a forked child: {"seconds", "answer"}, {"error"} or {"over": limit} when it was stopped."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(there, call, arguments))
    child.start()
    there.close()
    try:
        found = here.recv() if here.poll(limit) else {"over": limit}
    except EOFError:
        found = {"error": "the process ended without an answer"}
    if child.is_alive() and "over" in found:
        child.kill()
    child.join()
    return found


def peak_bytes(kind, arrays, sizes):
    """Extra peak memory of one solution in a new process that holds nothing but its input; see `memory`."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "problem.npz")
        np.savez(path, sizes=np.array(sizes), **arrays)
        call = [sys.executable, "-m", "tests.bench.memory", kind, path]
        return int(subprocess.run(call, check=True, capture_output=True, text=True, timeout=600).stdout)


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        json.dump(data, file, indent=1, default=float)
        file.write("\n")
