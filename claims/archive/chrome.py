"""A Chromium of our own for one page, spoken to over a pipe (Chrome DevTools Protocol): no port is opened.

It has a fresh profile, resolves no names and reaches the network only through the gateway it is given.
"""

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from claims.errors import FactcheckError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MOST_MESSAGE = 160 * 1024 * 1024
_QUIET = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-extensions",
    "--disable-breakpad",
    "--metrics-recording-only",
    "--mute-audio",
    "--hide-scrollbars",
    "--dns-prefetch-disable",
    "--disable-dev-shm-usage",
    "--deny-permission-prompts",
    "--disable-features=NetworkTimeServiceQuerying,Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,AutofillServerCommunication",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # The browser itself may look up nothing, only the gateway may.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    # The browser's own errands (updates, accounts, clock) end nowhere; only the page's context has a way out.
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
)


# Chromium reads commands from descriptor 3 and writes answers to 4. A small program puts ours there and becomes
# the browser: code between fork and exec is not safe where threads run, and not every shell knows two digits.
_WIRING = """
import os, sys
from fcntl import F_DUPFD, fcntl
into, out = (fcntl(int(n), F_DUPFD, 10) for n in sys.argv[1:3])
os.dup2(into, 3)
os.dup2(out, 4)
os.closerange(5, 64)
os.execv(sys.argv[3], sys.argv[3:])
"""


class BrowserFailed(FactcheckError):
    """The browser did not start, died, or did not do as asked in time. Facts: reason."""

    code = "browser-failed"


def found(configured: str = "") -> str | None:
    """The browser's program: what the operator named, else the first we know of; None when 'off' or none."""
    if configured == "off":
        return None
    if configured:
        return configured if Path(configured).exists() else None
    return next((path for path in map(shutil.which, NAMES) if path), None)


@contextmanager
def running(program: str, proxy: str, *, accept_bad_tls: bool, seconds: float) -> Iterator["Chrome"]:
    """A browser while the block lasts, with a page open. Raises BrowserFailed; leaves no process and no file."""
    with tempfile.TemporaryDirectory(prefix="factcheck-browser-", ignore_cleanup_errors=True) as profile:
        chrome = Chrome(program, _arguments(Path(profile), accept_bad_tls), Path(profile), seconds)
        try:
            chrome.open_page(proxy)
            yield chrome
        finally:
            chrome.end()


def _arguments(profile: Path, accept_bad_tls: bool) -> list[str]:
    more = ["--remote-debugging-pipe", f"--user-data-dir={profile}"]
    if accept_bad_tls:
        more.append("--ignore-certificate-errors")
    # As root (a container) Chromium refuses to start with its sandbox; run the worker as a user of its own.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        more.append("--no-sandbox")
    return [*_QUIET, *more, "about:blank"]


class Chrome:
    """One running browser. Every call waits for its answer until the time given at the start is up."""

    def __init__(self, program: str, arguments: list[str], profile: Path, seconds: float) -> None:
        self._deadline = time.monotonic() + seconds
        self._number = 0
        self._buffer = bytearray()
        self._session = ""
        self.events: list[str] = []
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(profile), "LANG": "C.UTF-8"}
        self._process = subprocess.Popen(  # noqa: S603 - the operator's browser with our own arguments
            [sys.executable, "-I", "-c", _WIRING, str(theirs_in), str(theirs_out), program, *arguments],
            pass_fds=(theirs_in, theirs_out),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs_in)
        os.close(theirs_out)

    def open_page(self, proxy: str, width: int = 1280, height: int = 900) -> None:
        """Open an empty page in a context of its own, with its own way out, that may download nothing."""
        # By default Chromium goes to loopback past its proxy: the bypass rule takes that away.
        apart = self.ask("Target.createBrowserContext", proxyServer=proxy, proxyBypassList="<-loopback>")
        context = apart["browserContextId"]
        self.ask("Browser.setDownloadBehavior", behavior="deny", browserContextId=context)
        target = self.ask("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")
        self.ask("Page.setLifecycleEventsEnabled", enabled=True)
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def go(self, url: str, *, load_seconds: float, settle_seconds: float) -> bool:
        """Open an address and wait until the network is quiet. False when it never was; what is there counts."""
        self.events.clear()
        answer = self.ask("Page.navigate", url=url)
        if answer.get("errorText"):
            raise BrowserFailed(reason="navigation")
        return self._until("networkIdle", load_seconds) and not self._until("never", settle_seconds)

    def screenshot(self, most_height: int) -> bytes:
        """The whole page as PNG, cut at `most_height` pixels."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {
            "x": 0,
            "y": 0,
            "width": min(size["width"], 4000),
            "height": min(max(size["height"], 1), most_height),
            "scale": 1,
        }
        made = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        return base64.b64decode(made["data"])

    def pdf(self) -> bytes:
        """The page printed on A4 with its backgrounds."""
        made = self.ask("Page.printToPDF", printBackground=True, paperWidth=8.27, paperHeight=11.69)
        return base64.b64decode(made["data"])

    def snapshot(self) -> bytes:
        """The page with all it shows as one MHTML file."""
        return str(self.ask("Page.captureSnapshot", format="mhtml")["data"]).encode("utf-8", "replace")

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command and its answer. Raises BrowserFailed."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        try:
            os.write(self._out, json.dumps(message).encode() + b"\0")
        except OSError as error:
            raise BrowserFailed(reason="gone") from error
        while True:
            answer = self._message(self._deadline)
            if answer is None:
                raise BrowserFailed(reason="time")
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise BrowserFailed(reason=method)
                return dict(answer["result"])
            self._event(answer)

    def end(self) -> None:
        """Kill the browser and all it started."""
        with suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for descriptor in (self._in, self._out):
            with suppress(OSError):
                os.close(descriptor)

    def _until(self, event: str, seconds: float) -> bool:
        """Wait for an event of the page; dialogs are dismissed meanwhile."""
        end = min(time.monotonic() + seconds, self._deadline)
        while event not in self.events:
            message = self._message(end)
            if message is None:
                return False
            self._event(message)
        return True

    def _event(self, message: dict[str, Any]) -> None:
        name = message.get("method", "")
        if name == "Page.lifecycleEvent":
            self.events.append(message["params"]["name"])
        elif name == "Page.javascriptDialogOpening":
            number, session = 1_000_000 + len(self.events), message.get("sessionId", self._session)
            reply = {
                "id": number,
                "method": "Page.handleJavaScriptDialog",
                "params": {"accept": False},
                "sessionId": session,
            }
            os.write(self._out, json.dumps(reply).encode() + b"\0")

    def _message(self, end: float) -> dict[str, Any] | None:
        """The next message, or None when there is none until `end`. Messages are parted by NUL."""
        while b"\0" not in self._buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._in], [], [], left)[0]:
                return None
            piece = os.read(self._in, 1 << 20)
            if not piece or len(self._buffer) > MOST_MESSAGE:
                raise BrowserFailed(reason="gone")
            self._buffer += piece
        one, _, rest = self._buffer.partition(b"\0")
        self._buffer = rest
        return dict(json.loads(one))
