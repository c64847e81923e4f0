"""Measuring: interleaved rounds, calls in a child process with a limit, and peak memory."""

import gc
import json
import math
import multiprocessing
import os
import resource
import time


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


def peak_bytes(call):
    """How much the resident memory peaks above what it is before the call, in a forked child; NaN if not known."""
    found = limited(_peak, (call,), 600)
    return found.get("answer", math.nan)


def _peak(call):
    gc.collect()
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
        before = _status("VmRSS")
        call()
        return _status("VmHWM") - before
    except OSError:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        call()
        return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024


def _status(name):
    with open("/proc/self/status") as file:
        for line in file:
            if line.startswith(name + ":"):
                return int(line.split()[1]) * 1024
    raise OSError(name)


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        json.dump(data, file, indent=1, default=float)
        file.write("\n")
