"""A page as a reader saw it: full-page picture, PDF and one-file copy, by Chromium behind the gateway."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from claims.archive import chrome
from claims.archive.gateway import Gateway
from claims.archive.net import Net
from claims.errors import FactcheckError

MOST_HEIGHT = 16_000


class NoBrowser(FactcheckError):
    """No browser is installed, or the operator turned it off: not a failure of the capture."""

    code = "no-browser"


@dataclass(frozen=True)
class Seen:
    """Files made, by what they are (screenshot, pdf, mhtml), steps that failed, hosts refused, and whether
    the page came to rest."""

    files: dict[str, Path]
    failed: dict[str, str] = field(default_factory=dict)
    refused_hosts: tuple[str, ...] = ()
    settled: bool = True


def see(
    url: str,
    folder: Path,
    *,
    program: str = "",
    net: Net | None = None,
    refused_hosts: frozenset[str] = frozenset(),
    accept_bad_tls: bool = False,
    seconds: float = 60.0,
) -> Seen:
    """Open a public page and keep how it looks, in `folder`.

    `url` must have passed the fetcher before. Raises NoBrowser, and BrowserFailed when not even the page opened.
    """
    executable = chrome.found(program)
    if executable is None:
        raise NoBrowser
    with (
        Gateway(net, refused_hosts=refused_hosts, seconds=seconds) as gateway,
        chrome.running(executable, gateway.address, accept_bad_tls=accept_bad_tls, seconds=seconds) as page,
    ):
        settled = page.go(url, load_seconds=seconds / 2, settle_seconds=1.0)
        steps = {
            "screenshot": ("screenshot.png", lambda: page.screenshot(MOST_HEIGHT)),
            "pdf": ("page.pdf", page.pdf),
            "mhtml": ("page.mhtml", page.snapshot),
        }
        files, failed = _made(folder, steps)
        return Seen(files, failed, tuple(gateway.traffic.refused), settled)


def _made(
    folder: Path, steps: dict[str, tuple[str, Callable[[], bytes]]]
) -> tuple[dict[str, Path], dict[str, str]]:
    """Each step by itself: one that fails leaves the others."""
    files: dict[str, Path] = {}
    failed: dict[str, str] = {}
    for what, (name, make) in steps.items():
        try:
            (folder / name).write_bytes(make())
            files[what] = folder / name
        except FactcheckError as error:
            failed[what] = str(error.facts.get("reason", error.code))
    return files, failed
