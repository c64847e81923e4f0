"""sqlmap and wapiti against the demo, on this machine only: ``make scan``.

A site of its own is filled and served on the loopback address. Each tool must first find the hole that is planted for
it, and then nothing in the package's addresses: as a visitor, and signed in as a coordinator and as an editor. Names of
roles and of tools choose some of them.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import django

from tests.security.scan_targets import Target, largest, targets

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build" / "scan"
DATABASE = BUILD / "scan.sqlite3"
SETTINGS = "tests.security.scanned_settings"
VISITOR = "visitor"
ROLES = {VISITOR: ["/"], "koordinator": ["/admin/"], "redaktor": ["/admin/"]}
TOOLS = ["wapiti", "sqlmap"]
SECONDS = int(os.environ.get("PEER_SCAN_SECONDS", "90"))
MODULES = "xss,sql,crlf,file,exec,redirect"
# Kinds of findings that are about a host's own server, not about what the package answers.
WAPITI = {
    "SQL Injection",
    "Blind SQL Injection",
    "Cross Site Scripting",
    "Reflected Cross Site Scripting",
    "Stored Cross Site Scripting",
    "CRLF Injection",
    "Path Traversal",
    "File Handling",
    "Command execution",
    "Open Redirect",
}


def tool(name):
    found = shutil.which(name)
    if not found:
        sys.exit(f"{name} is not installed: apt-get install {name}.")
    return found


def environment(**more):
    return {
        **os.environ,
        "DEBUG": "1",
        "PEER_SCAN_DB": str(DATABASE),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        **more,
    }


def manage(*arguments):
    subprocess.run([sys.executable, "-m", "django", *arguments], check=True, cwd=ROOT, env=environment())


@contextmanager
def served():
    """Fill a site, serve it on the loopback address, and yield its address."""
    if not DATABASE.exists():
        manage("migrate", "--verbosity", "0")
        manage("load_demo", "--once")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "django", "runserver", "--noreload", "--nostatic", f"127.0.0.1:{port}"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=ROOT, env=environment(PEER_SCAN_SERVES="1"), **quiet)
    base = f"http://127.0.0.1:{port}/"
    try:
        _wait_for(base, server)
        yield base
    finally:
        server.terminate()
        server.wait()


def _wait_for(base, server):
    for __ in range(120):
        try:
            return urlopen(base, timeout=60).close()
        except OSError:
            time.sleep(1)
        if server.poll() is not None:
            break
    sys.exit("The site does not start; try its settings with runserver.")


def cookie_of(username):
    """Sign ``username`` in and return the cookie; nothing for a visitor."""
    if username == VISITOR:
        return ""
    code = (
        "import django; django.setup();"
        "from django.contrib.auth import get_user_model; from django.test import Client;"
        "from django.conf import settings; client = Client();"
        f"client.force_login(get_user_model().objects.get(username={username!r}),"
        " 'django.contrib.auth.backends.ModelBackend');"
        "print(settings.SESSION_COOKIE_NAME + '=' + client.cookies[settings.SESSION_COOKIE_NAME].value)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, env=environment(), capture_output=True, text=True
    )
    return done.stdout.strip()


def sqlmap(target, cookie=""):
    """Return ``(finding, done)``: what sqlmap says of an injectable parameter, or "", and whether it came to its end."""
    command = [
        tool("sqlmap"), "-u", target.url, "--batch", "--level", "1", "--risk", "1", "--technique=BE", "--flush-session",
        "--disable-coloring", "--threads", "2", "--output-dir", str(BUILD / "sqlmap"), "--answers=redirect=N",
    ]  # fmt: skip
    command += ["--data", target.data] if target.data else []
    command += ["--cookie", cookie] if cookie else []
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"").decode(errors="replace")
        return _injectable(said), False
    return _injectable(done.stdout), "[CRITICAL]" not in done.stdout or "do not appear to be" in done.stdout


def _injectable(said):
    lines = said.splitlines()
    told = [line for line in lines if "is vulnerable" in line or "' injectable" in line and "not" not in line]
    return "; ".join(told[:3])


def wapiti(base, starts, cookie="", scope="domain"):
    """Return ``[(kind, method, path, parameter)]``: what wapiti found."""
    report = BUILD / "wapiti.json"
    report.unlink(missing_ok=True)
    command = [
        tool("wapiti"), "-u", base, "-m", MODULES, "--scope", scope, "-f", "json", "-o", str(report), "-v", "0",
        "--flush-session", "--store-session", str(BUILD / "wapiti"), "--max-scan-time", str(SECONDS),
        "--max-attack-time", str(SECONDS), "--max-links-per-page", "60", "--max-files-per-dir", "12", "-d", "4",
        # Of pages that differ in their parameters' values alone it takes some, or it never ends.
        "-S", "aggressive", "--max-parameters", "20", "--no-bugreport", "-t", "30",
    ]  # fmt: skip
    for start in starts:
        command += ["-s", base.rstrip("/") + start]
    command += ["-H", f"Cookie: {cookie}"] if cookie else []
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS * 30, check=False)
    if not report.exists():
        sys.exit(f"wapiti wrote no report: {(done.stderr or done.stdout)[-500:]}")
    found = json.loads(report.read_text())["vulnerabilities"]
    return [
        (kind, row["method"], row["path"], row["parameter"])
        for kind, rows in found.items()
        if kind in WAPITI
        for row in rows
    ]


def scan_role(base, role, starts, tools, totals):
    """Scan all that ``role`` can reach; returns what was found."""
    cookie = cookie_of(role)
    found = []
    if "wapiti" in tools:
        found += [
            f"wapiti, {role}: {row}" for row in wapiti(base, starts, cookie) if "/planted/" not in row[2]
        ]
        print(f"  {role}: wapiti is done", flush=True)
    if "sqlmap" in tools:
        found += list(_inject(base, role, starts, cookie, totals))
    return found


def _inject(base, role, starts, cookie, totals):
    kinds = [one for one in targets(base, starts, cookie).values() if "/planted/" not in one.url]
    # Ours first, and of those the addresses: they are short, and forms take the rest of the time.
    kinds = sorted(largest(kinds), key=lambda one: (not one.is_ours, bool(one.data)))
    for place, target in enumerate(kinds, 1):
        finding, done = sqlmap(target, cookie)
        totals["scanned"] += 1
        totals["ours"] += target.is_ours
        totals["unfinished"] += not done
        if finding:
            yield f"sqlmap, {role}: {target} {finding}"
        late, whose = "" if done else "(time is up) ", "" if target.is_ours else "Wagtail's "
        print(f"  {role} {place}/{len(kinds)} {late}{whose}{target.url[:120]} {finding}", flush=True)


def main():
    BUILD.mkdir(parents=True, exist_ok=True)
    # What stands behind an address is asked of the same settings that serve it.
    os.environ.update(environment())
    django.setup()
    roles = [role for role in ROLES if role in sys.argv[1:]] or list(ROLES)
    tools = [name for name in TOOLS if name in sys.argv[1:]] or TOOLS
    totals = {"scanned": 0, "ours": 0, "unfinished": 0}
    with served() as base:
        hole, __ = sqlmap(Target(f"{base}planted/query/?id=1"))
        seen = wapiti(f"{base}planted/page/?q=ord", [], scope="url")
        print(
            f"planted in a query: {hole or 'NOT FOUND'}\nplanted in a page: {seen or 'NOT FOUND'}", flush=True
        )
        if not hole or not any("/planted/" in row[2] for row in seen):
            return 1
        found = [line for role in roles for line in scan_role(base, role, ROLES[role], tools, totals)]
    print("\n".join(found))
    print(
        f"{totals['scanned']} kinds of addresses and forms ({totals['ours']} of the package), "
        f"{totals['unfinished']} cut off; {len(found)} findings"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
