"""How many readers a published verdict page serves, beside an empty Django view under the same server in the same run.

    python bench/public.py [--rounds 5] [--seconds 4] [--readers 8]

Needs wrk. Makes a database of its own with the worked example, starts waitress on loopback, and prints one JSON object.
The figures of one machine mean little; the ratios are what to compare (goal: requests at least 0.5 of the empty view).
"""

import argparse
import json
import os
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EMPTY = "/healthz"  # every middleware, and a view that answers two bytes
TELL = """
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format('{"rps": %f, "p95_ms": %f, "errors": %d}\\n',
    summary.requests / summary.duration * 1e6, latency:percentile(95) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""
SERVE = """
import sys, waitress
from factcheck.wsgi import application
waitress.serve(application, listen=f"127.0.0.1:{sys.argv[1]}", threads=8)
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def newsroom(folder, port):
    """The environment of a fresh installation in `folder` with the worked example in it."""
    env = {
        **os.environ,
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "FACTCHECK_NO_BOOTSTRAP": "1",
        "DEMO": "true",
    }
    env.pop("DATABASE_URL", None)
    for command in (["migrate", "-v0"], ["demo"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL
        )
    return env


def verdict_of(folder):
    """The address of a verdict with a correction: the page with most on it."""
    rows = sqlite3.connect(folder / "factcheck.sqlite3").execute(
        "SELECT slug FROM claims_publication WHERE kind = 'correction' ORDER BY slug LIMIT 1"
    )
    return f"/ar/verdicts/{rows.fetchone()[0]}/"


def answering(url, seconds=60):
    """Wait until the address answers 200, and give the length of its answer."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url) as answer:
                return len(answer.read())
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def load(url, script, options):
    command = ["wrk", "-t1", f"-c{options.readers}", f"-d{options.seconds}s", "-s", script, url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def measured(base, page, script, options):
    """Rounds in turn, so that whatever else the machine does falls on both alike."""
    rounds = []
    for _ in range(options.rounds):
        empty, full = (load(base + path, script, options) for path in (EMPTY, page))
        rounds.append((empty, full))
    ratio = [full["rps"] / empty["rps"] for empty, full in rounds]
    slower = [full["p95_ms"] / empty["p95_ms"] for empty, full in rounds]
    return {
        "requests_ratio": round(statistics.median(ratio), 2),
        "requests_ratio_range": [round(min(ratio), 2), round(max(ratio), 2)],
        "p95_ratio": round(statistics.median(slower), 2),
        "empty": {k: round(statistics.median(e[k] for e, _ in rounds), 1) for k in ("rps", "p95_ms")},
        "page": {k: round(statistics.median(f[k] for _, f in rounds), 1) for k in ("rps", "p95_ms")},
        "errors": sum(e["errors"] + f["errors"] for e, f in rounds),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--readers", type=int, default=8)
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("needs wrk: apt install wrk")
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as name:
        folder, port = Path(name), free_port()
        env = newsroom(folder, port)
        page, script = verdict_of(folder), folder / "tell.lua"
        script.write_text(TELL)
        server = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(port)], cwd=ROOT, env=env, stderr=subprocess.DEVNULL
        )
        try:
            base = f"http://127.0.0.1:{port}"
            answering(base + EMPTY)
            n_bytes = answering(base + page)
            print(json.dumps({"page_bytes": n_bytes, **measured(base, page, str(script), options)}))
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
