"""Runs several programs as one: starts them, prefixes what they print, restarts what dies, stops them together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType

TICK_SECONDS = 0.1
GRACE_SECONDS = 8  # a job cut off here is done again from its lease
STEADY_SECONDS = 60  # a program that ran this long has earned a quick restart
LONGEST_WAIT_SECONDS = 30
STOP_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass
class Program:
    """One program to keep running, and how it has fared."""

    name: str
    command: list[str]
    after_ready: bool = False  # leaves the machine to the others until they are ready
    process: subprocess.Popen[str] | None = None
    started_at: float = 0
    n_deaths: int = 0
    due: float = field(default=0)  # monotonic seconds from which it may be started again

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def wait_before_restart(self) -> float:
        """Seconds to the next try: 1, 2, 4 … up to half a minute, forgotten after a steady minute."""
        steady = time.monotonic() - self.started_at > STEADY_SECONDS
        self.n_deaths = 1 if steady else self.n_deaths + 1
        return float(min(2 ** (self.n_deaths - 1), LONGEST_WAIT_SECONDS))


class Supervisor:
    """Keeps programs running until it is told to stop; then nothing of them is left."""

    def __init__(
        self, programs: list[Program], *, write: Callable[[str], object], cwd: Path, env: Mapping[str, str]
    ) -> None:
        self.programs = programs
        self.cwd = cwd
        self.env = {**env, "PYTHONUNBUFFERED": "1"}
        self._write = write
        self._width = max(len(program.name) for program in programs)
        self._n_stop_signals = 0
        self._ready = False

    def run(self, *, ready: Callable[[], bool], on_ready: Callable[[], None]) -> None:
        """Start everything and stay until a stop signal. `on_ready` is called once, when `ready` says so."""
        with self._signals():
            try:
                while not self._n_stop_signals:
                    self._revive()
                    if not self._ready and ready():
                        self._ready = True
                        on_ready()
                    time.sleep(TICK_SECONDS)
            finally:
                self._stop()

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        def stop(number: int, frame: FrameType | None) -> None:
            self._n_stop_signals += 1

        before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _revive(self) -> None:
        """Start what is not running and is due; note what has just died."""
        for program in self.programs:
            if program.running or (program.after_ready and not self._ready):
                continue
            if program.process is not None:
                self._bury(program)
            elif time.monotonic() >= program.due:
                self._start(program)

    def _bury(self, program: Program) -> None:
        assert program.process is not None
        wait = program.wait_before_restart()
        self.say(
            program.name, f"ended with code {program.process.returncode}; starting it again in {wait:.0f} s"
        )
        signal_group(program.process, KILL)  # whatever it started must not outlive it
        program.process, program.due = None, time.monotonic() + wait

    def _start(self, program: Program) -> None:
        program.started_at = time.monotonic()
        program.process = subprocess.Popen(  # noqa: S603 - our own command lines
            program.command,
            cwd=self.cwd,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C reaches us alone, and we decide in which order things end
            preexec_fn=partial(die_with, os.getpid()) if sys.platform == "linux" else None,
        )
        threading.Thread(target=self._relay, args=(program.name, program.process), daemon=True).start()

    def _relay(self, name: str, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.say(name, line.rstrip("\n"))

    def say(self, name: str, text: str) -> None:
        """Print one line under the name of the program it is about."""
        self._write(f"{name:<{self._width}} | {text}")

    def _stop(self) -> None:
        """Ask all to end, then make them; a second signal cuts the asking short."""
        processes = [program.process for program in self.programs if program.process is not None]
        asked = self._n_stop_signals
        for process in processes:
            signal_group(process, signal.SIGTERM)
        end = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < end and self._n_stop_signals <= max(asked, 1):
            if all(process.poll() is not None for process in processes):
                break
            time.sleep(TICK_SECONDS)
        for process in processes:
            signal_group(process, KILL)
            process.wait()


KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def signal_group(process: subprocess.Popen[str], number: int) -> None:
    """Send a signal to the program and everything it started; it may be gone already."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)


def die_with(parent: int) -> None:
    """Ask Linux to end this new process when the supervisor is killed without a chance to say goodbye."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we could ask
        os._exit(1)
