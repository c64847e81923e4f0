"""A process that can be killed, and a reader that looks on meanwhile."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass

import pytest
from django.db import connection, connections

from tests.soak import longer

KILLS = longer(3, 20)


@dataclass
class Ended:
    """How a job ended: killed or not, and how many points it had passed."""

    killed: bool
    points: int


class Killer:
    """Orders jobs of a process of its own. ``rng`` draws the points; the same seed draws the same."""

    def __init__(self):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.faults.killed_settings",
            "PEER_KILL_DB": str(connection.settings_dict["NAME"]),
        }
        command = [sys.executable, "-W", "ignore", "-m", "tests.faults.child"]
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout.readline() == "ready\n"

    def run(self, job, deadly=None, careless=False, **values):
        """Carry out ``job``, killed at its point ``deadly`` (see :mod:`.points`). Fails where the job fails by itself."""
        order = {"job": job, "deadly": deadly, "careless": careless, "values": values}
        print(json.dumps(order), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        assert answer["ended"] in (0, -signal.SIGKILL), "the job failed by itself; see its traceback above"
        return Ended(answer["ended"] != 0, answer["points"])

    def draw(self, points):
        """Return one random point for each kill, each in a part of its own of the first ``points``."""
        size = points / KILLS
        return [1 + int(n * size + self.rng.random() * size) for n in range(KILLS)]

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture(scope="session")
def child(django_db_setup):
    """One process for all: it takes longest to start, and none of what is killed is itself."""
    killer = Killer()
    yield killer
    killer.close()


@pytest.fixture
def killer(child, transactional_db):
    child.rng = random.Random(20261128)
    return child


class Reader(threading.Thread):
    """Calls ``look`` again and again on a connection of its own; keeps what it saw, and what went wrong."""

    def __init__(self, look):
        super().__init__()
        self.look, self.seen, self.faults, self.reads = look, set(), [], 0
        self.over = threading.Event()

    def run(self):
        try:
            while not self.over.is_set():
                self.seen.add(self.look())
                self.reads += 1
                self.over.wait(0.01)
        except Exception as fault:
            self.faults.append(fault)
        finally:
            connections.close_all()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.over.set()
        self.join()
