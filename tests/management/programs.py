"""Small programs for the supervisor to look after."""

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    "print('deaf', flush=True); time.sleep(60)"
)
MORTAL = "print('hello', flush=True)"
PARENT = (
    "import subprocess, sys, time; "
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
    "print('child', child.pid, flush=True); time.sleep(60)"
)
ALONE = """
import functools, os, sys
from pathlib import Path
from claims.management.supervisor import Program, Supervisor
sleeper = "import os, time; print('hello', os.getpid(), flush=True); time.sleep(60)"
programs = [Program("sleeper", [sys.executable, "-c", sleeper])]
write = functools.partial(print, flush=True)
Supervisor(programs, write=write, cwd=Path.cwd(), env=os.environ).run(ready=bool, on_ready=print)
"""
