"""Work on hostile bytes in a child process that may crash, hang or swell without harming the one who asked.

The child (claims.media.child) sets its own limits before it opens the file. One child can do several
things to a file: starting Python and its image library takes about a fifth of a second.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.errors import FactcheckError, Invalid

ROOT = Path(__file__).resolve().parent.parent.parent
MEGABYTE = 1024 * 1024
MOST_OUTPUT = 8 * MEGABYTE
UNKNOWN = "application/octet-stream"


class ParserDied(FactcheckError):
    """The child was killed, ran out of time or memory, or broke. Facts: step, reason, exit. The file is suspect."""

    code = "parser-died"


@dataclass(frozen=True)
class Limits:
    """What a child may use. Address space is what counts as memory here, so it is generous."""

    seconds: float = 60
    cpu_seconds: int = 45
    memory: int = 2048 * MEGABYTE
    written: int = 300 * MEGABYTE


def run(step: str, path: Path, *, limits: Limits | None = None, **arguments: Any) -> Any:
    """The JSON result of one step on the file at `path`; steps and their arguments stand in claims.media.child.

    Raises Invalid with the step's own code when the file is refused, ParserDied when the child died.
    """
    limits = limits or Limits()
    task = {"step": step, "path": str(path.resolve()), "arguments": arguments, "limits": _as_sent(limits)}
    with tempfile.TemporaryFile() as said:
        code = _wait(json.dumps(task).encode(), said, limits, step)
        said.seek(0)
        answer = said.read(MOST_OUTPUT)
    return _read(answer, code, step)


def sniffed(path: Path, *, name: str = "", declared: str = "") -> dict[str, Any]:
    """What a file is: {media_type, kind, extension, charset, findings}, as claims.media.sniff tells it.

    A file that the child dies of is told as such, by a finding that makes it suspect: nothing is known of it.
    """
    try:
        told: dict[str, Any] = run("sniff", path, name=name, declared=declared)
    except ParserDied as error:
        finding = {"code": error.code, "facts": error.facts}
        told = {"media_type": UNKNOWN, "kind": "other", "extension": "", "charset": "", "findings": [finding]}
    return told


def _as_sent(limits: Limits) -> dict[str, int]:
    return {"cpu": limits.cpu_seconds, "memory": limits.memory, "written": limits.written}


def _wait(task: bytes, said: Any, limits: Limits, step: str) -> int:
    """The exit code. The child is its own process group, so its own children go with it."""
    child = subprocess.Popen(  # our own interpreter and module, no shell
        [sys.executable, "-m", "claims.media.child"],
        stdin=subprocess.PIPE,
        stdout=said,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=_environment(),
        start_new_session=True,
    )
    try:
        child.communicate(task, timeout=limits.seconds)
    except subprocess.TimeoutExpired as error:
        _end(child)
        raise ParserDied(step=step, reason="time", exit=None) from error
    except BaseException:
        _end(child)
        raise
    return child.returncode


def _end(child: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(child.pid, 9)
    else:
        child.kill()
    child.wait()


def _environment() -> dict[str, str]:
    """Only what Python and the tools need: no database address, no keys."""
    kept = {
        k: os.environ[k] for k in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "VIRTUAL_ENV") if k in os.environ
    }
    return {**kept, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1"}


def _read(answer: bytes, code: int, step: str) -> Any:
    try:
        said = json.loads(answer) if code == 0 else None
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise ParserDied(step=step, reason="killed" if code < 0 else "broken", exit=code)
    if "refused" in said:
        raise Invalid(str(said["refused"]), **said.get("facts", {}))
    if "died" in said:
        raise ParserDied(step=step, reason=said["died"], exit=code)
    return said["result"]
