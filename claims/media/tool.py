"""Programs of the system that read media when they are installed: ffprobe, ffmpeg, pdftotext."""

import shutil
import subprocess
import threading

from claims.errors import FactcheckError


class ToolMissing(FactcheckError):
    """The program is not installed; what it would tell stays unknown. Facts: tool."""

    code = "tool-missing"


class ToolFailed(FactcheckError):
    """The program could not read the file. Facts: tool, exit."""

    code = "tool-failed"


def output_of(
    tool: str, arguments: list[str], *, seconds: float = 40.0, most: int = 4 * 1024 * 1024
) -> bytes:
    """What the program writes, cut at `most` bytes. It inherits the limits of the child it runs in.

    Raises ToolMissing, ToolFailed (which a timeout counts as, too).
    """
    program = shutil.which(tool)
    if program is None:
        raise ToolMissing(tool=tool)
    try:
        with subprocess.Popen(  # noqa: S603 - fixed programs, no shell, the path is ours
            [program, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as running:
            said = _bounded(running, seconds, most)
    except OSError as error:
        raise ToolFailed(tool=tool, exit=None) from error
    if running.returncode and not said:
        raise ToolFailed(tool=tool, exit=running.returncode)
    return said


def _bounded(running: "subprocess.Popen[bytes]", seconds: float, most: int) -> bytes:
    """Read at most so much; what writes more, or takes longer, is ended."""
    assert running.stdout is not None
    clock = threading.Timer(seconds, running.kill)
    clock.start()
    try:
        said = running.stdout.read(most + 1)
        if len(said) > most:
            running.kill()
    finally:
        clock.cancel()
    return said[:most]
