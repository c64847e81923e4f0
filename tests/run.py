"""Run every test: on SQLite, then on PostgreSQL (a private server, started and removed here).

``DATABASE_URL_POSTGRES`` names a server to use instead. Without either, the PostgreSQL part is left out with a
clear line, or fails where ``PEER_REQUIRE_POSTGRES=1``.
"""

import os
import subprocess
import sys

from tests.postgres import PostgresMissing, private_server

WORKERS = os.environ.get("PEER_TEST_WORKERS", "auto")


def pytest(*args, **env):
    command = [sys.executable, "-m", "pytest", "-q", "-n", WORKERS, "--dist", "worksteal", *args]
    print("\n$", " ".join(command[2:]), flush=True)
    # Compiled files are kept: six processes read a thousand modules each, and the asserts in them are rewritten.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(command, env={**kept, **env}, check=False).returncode


def main():
    extra = sys.argv[1:]
    codes = [pytest("-m", "not soak and not postgres", *extra)]
    try:
        with private_server() as url:
            codes.append(
                pytest(
                    "-m",
                    "not soak and not browser and not wheel and not one_database",
                    *extra,
                    DATABASE_URL=url,
                )
            )
    except PostgresMissing as missing:
        print(f"\nPostgreSQL: {missing}", flush=True)
        codes.append(1 if os.environ.get("PEER_REQUIRE_POSTGRES") == "1" else 0)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
