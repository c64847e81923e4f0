"""A PostgreSQL server of the tests' own: made in a temporary folder, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


class PostgresMissing(Exception):
    """There is no PostgreSQL here to start."""


def _binaries():
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "createdb")):
            return folder
    raise PostgresMissing("not installed (Debian's package is called postgresql); its tests were left out.")


def _as_postgres():
    """PostgreSQL refuses to run as root: return the prefix that runs a command as its own user."""
    if os.geteuid() != 0:
        return []
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise PostgresMissing("there is no user called postgres to run it as.") from None
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def private_server():
    """Start a server and yield its ``DATABASE_URL``. Raises :class:`PostgresMissing` where none can be started."""
    if url := os.environ.get("DATABASE_URL_POSTGRES"):
        yield url
        return
    binaries, prefix = _binaries(), _as_postgres()
    folder = Path(tempfile.mkdtemp(prefix="peer-postgres-"))
    if prefix:
        shutil.chown(folder, "postgres", "postgres")
    port = _free_port()

    def run(*command):
        subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")

    data = folder / "data"
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} "
        "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300"
    )
    try:
        run(str(binaries / "initdb"), "-D", str(data), "-U", "peer", "-A", "trust", "-E", "UTF8", "--no-sync")
        run(
            str(binaries / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start"
        )
        try:
            run(str(binaries / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "peer", "peer")
            yield f"postgres://peer@127.0.0.1:{port}/peer"
        finally:
            run(str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
