"""A link kept as evidence: the exact exchange, the readable text, how it looked, and the media it showed.

Each step stands for itself and writes a line in the log; what could be had is kept. Only when the address
itself could not be fetched is there no capture.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from claims.archive import browser, post, warc
from claims.archive.fetch import Fetched, Hop, Policy, fetch
from claims.archive.net import Net
from claims.archive.wire import Limits
from claims.errors import FactcheckError
from claims.media import sandbox
from claims.media.facts import clean

State = Literal["ok", "failed", "skipped"]
PAGES = ("text/html", "application/xhtml+xml", "application/xml")
MOST_MEDIA = 12
MEDIA_BYTES = 25 * 1024 * 1024
ALL_MEDIA_BYTES = 100 * 1024 * 1024
MEDIA_SECONDS = 30.0


@dataclass(frozen=True)
class Step:
    """One line of the log. Names: fetch, text, view, browser, screenshot, pdf, mhtml, media, exchange.

    `reason` is a stable code, empty when all went well; times are UTC.
    """

    name: str
    state: State
    reason: str
    started_at: datetime
    ended_at: datetime
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One file of a capture: what it is (body, exchange, text, screenshot, pdf, mhtml, view, media), where it
    lies until the caller has stored it, its type by its bytes, the address it came from, and what does not fit in
    it, as JSON values."""

    what: str
    path: Path
    media_type: str
    kind: str
    url: str
    findings: Sequence[dict[str, Any]] = ()


@dataclass
class Captured:
    """The outcome. `state` is complete when every step that was tried went well, else partial, or failed when
    the address itself gave nothing. Title, author and date are the page's word; `hops` hold the facts of the
    exchange as JSON values."""

    url: str
    final_url: str = ""
    status: int | None = None
    title: str = ""
    author: str = ""
    published_on: str = ""
    language: str = ""
    platform: str = ""
    parts: list[Part] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    hops: list[dict[str, Any]] = field(default_factory=list)
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    ended_at: datetime | None = None

    @property
    def state(self) -> Literal["complete", "partial", "failed"]:
        """See the class."""
        if not any(step.name == "fetch" and step.state == "ok" for step in self.steps):
            return "failed"
        return "partial" if any(step.state == "failed" for step in self.steps) else "complete"


@dataclass(frozen=True)
class Options:
    """What a capture may do. `program` is the browser's path, empty to look for one, 'off' for none."""

    policy: Policy = field(default_factory=Policy)
    program: str = ""
    with_browser: bool = True
    with_media: bool = True
    browser_seconds: float = 60.0
    version: str = ""


def capture(
    url: str,
    folder: Path,
    *,
    options: Options | None = None,
    net: Net | None = None,
    progress: Callable[[Step], None] = lambda step: None,
) -> Captured:
    """Keep a public address with all it shows, as files in `folder`, which the caller made and will remove.

    `progress` is called after each step. `net` is for tests, except that the operator's proxy comes with it.
    Raises nothing for what the other side does: it is all in the steps.
    """
    return _Capture(url, folder, options or Options(), net or Net(), progress).run()


class _Capture:
    """One capture under way."""

    def __init__(
        self, url: str, folder: Path, options: Options, net: Net, progress: Callable[[Step], None]
    ) -> None:
        self.folder, self.options, self.net, self.progress = folder, options, net, progress
        self.made = Captured(url, platform=post.platform_of(url))
        self.hops: list[Hop] = []
        self.media: list[str] = []

    def run(self) -> Captured:
        fetched = self._fetch()
        if fetched is not None:
            found = self._body(fetched)
            if found["media_type"] in PAGES or (found["kind"] == "text" and fetched.media_type in PAGES):
                self._text(fetched)
                self._views()
                self._browser(fetched)
                self._media()
            self._exchange()
        self.made.ended_at = datetime.now(UTC)
        return self.made

    @contextmanager
    def _step(self, name: str) -> Iterator[dict[str, Any]]:
        """Log what happens in the block. Our own errors and those of the disk are its failure; others are ours."""
        started_at, facts = datetime.now(UTC), dict[str, Any]()
        state: State = "ok"
        reason = ""
        try:
            yield facts
        except browser.NoBrowser as error:
            state, reason = "skipped", error.code
        except FactcheckError as error:
            state, reason = "failed", error.code
            facts |= error.facts
        except OSError as error:
            state, reason = "failed", type(error).__name__
        self._log(Step(name, state, reason, started_at, datetime.now(UTC), facts))

    def _log(self, step: Step) -> None:
        self.made.steps.append(step)
        self.progress(step)

    def _into(self, name: str) -> Path:
        made = self.folder / name
        made.mkdir()
        return made

    def _fetch(self) -> Fetched | None:
        fetched = None
        with self._step("fetch") as facts:
            fetched = fetch(self.made.url, self._into("fetch"), policy=self.options.policy, net=self.net)
            facts |= {"status": fetched.answer.status, "hops": len(fetched.hops), "size": fetched.answer.size}
        if fetched is not None:
            self.hops += fetched.hops
            self.made.final_url, self.made.status = fetched.url, fetched.answer.status
            self.made.findings += fetched.findings
            self.made.hops = [facts_of(hop) for hop in fetched.hops]
        return fetched

    def _body(self, fetched: Fetched) -> dict[str, Any]:
        """The page or file itself. An empty answer is kept as an exchange only."""
        if not fetched.answer.size:
            self.made.findings.append("empty-body")
            return {"media_type": "application/x-empty", "kind": "other"}
        found = sandbox.sniffed(fetched.body, declared=fetched.media_type)
        self._keep("body", fetched.body, found, fetched.url)
        return found

    def _keep(self, what: str, path: Path, found: dict[str, Any], url: str) -> None:
        self.made.parts.append(Part(what, path, found["media_type"], found["kind"], url, found["findings"]))

    def _text(self, fetched: Fetched) -> None:
        charset = fetched.answer.header("content-type").lower().partition("charset=")[2].strip(" \"';")[:40]
        with self._step("text") as facts:
            read = sandbox.run("article", fetched.body, url=fetched.url, charset=charset)
            made = self.made
            made.title, made.author = clean(read["title"])[:500], read["author"]
            made.published_on, made.language = read["published_on"], read["language"]
            self.media = read["media"]
            facts |= {"n_characters": len(read["text"]), "n_media": len(self.media)}
            if read["text"].strip():
                path = self.folder / "text.txt"
                path.write_text(read["text"], encoding="utf-8")
                made.parts.append(Part("text", path, "text/plain", "text", fetched.url))

    def _views(self) -> None:
        """Other open forms of a post: the page of a platform often shows nothing without a script."""
        for number, url in enumerate(post.open_views(self.made.url)):
            with self._step("view"):
                fetched = fetch(url, self._into(f"view-{number}"), policy=self.options.policy, net=self.net)
                self.hops += fetched.hops
                if fetched.answer.size:
                    self._keep("view", fetched.body, sandbox.sniffed(fetched.body), url)

    def _browser(self, fetched: Fetched) -> None:
        if not self.options.with_browser:
            return
        seen = None
        with self._step("browser") as facts:
            seen = browser.see(
                fetched.url,
                self._into("browser"),
                program=self.options.program,
                net=self.net,
                refused_hosts=self.options.policy.refused_hosts,
                accept_bad_tls=any(finding.startswith("tls-") for finding in fetched.findings),
                seconds=self.options.browser_seconds,
            )
            facts |= {"settled": seen.settled, "n_refused_hosts": len(seen.refused_hosts)}
        if seen is None:
            return
        now = datetime.now(UTC)
        for what, path in seen.files.items():
            self._keep(what, path, sandbox.sniffed(path), fetched.url)
        for what, reason in seen.failed.items():
            self._log(Step(what, "failed", reason, now, now))

    def _media(self) -> None:
        """What the page shows, one level down, until the limits are reached."""
        if not self.options.with_media or not self.media:
            return
        spent = 0
        for number, url in enumerate(self.media[:MOST_MEDIA]):
            room = min(MEDIA_BYTES, ALL_MEDIA_BYTES - spent)
            if room <= 0:
                break
            with self._step("media") as facts:
                facts["url"] = url
                spent += self._one_medium(url, number, room)

    def _one_medium(self, url: str, number: int, room: int) -> int:
        policy = replace(self.options.policy, limits=Limits(seconds=MEDIA_SECONDS, body_bytes=room))
        fetched = fetch(url, self._into(f"media-{number}"), policy=policy, net=self.net)
        self.hops += fetched.hops
        if fetched.answer.status != 200:
            raise FactcheckError("not-found", status=fetched.answer.status)
        if fetched.answer.size:
            found = sandbox.sniffed(fetched.body, declared=fetched.media_type)
            if found["kind"] in ("image", "video", "audio"):
                self._keep("media", fetched.body, found, url)
        return fetched.answer.size

    def _exchange(self) -> None:
        with self._step("exchange") as facts:
            path = self.folder / "exchange.warc.gz"
            facts["n_records"] = warc.write(path, self.hops, version=self.options.version)
            self.made.parts.append(Part("exchange", path, "application/warc", "other", self.made.url))


def facts_of(hop: Hop) -> dict[str, Any]:
    """The facts of one exchange as JSON values, for the record beside the WARC."""
    certificate = hop.certificate
    return {
        "url": hop.url,
        "address": hop.address,
        "status": hop.answer.status,
        "headers": [[clean(name)[:200], clean(value)[:2000]] for name, value in hop.answer.headers[:100]],
        "started_at": hop.started_at.isoformat(),
        "ended_at": hop.ended_at.isoformat(),
        "findings": hop.answer.findings,
        "certificate": certificate
        and {
            "pem": certificate.pem,
            "subject": clean(certificate.subject),
            "issuer": clean(certificate.issuer),
            "not_before_at": certificate.not_before_at and certificate.not_before_at.isoformat(),
            "not_after_at": certificate.not_after_at and certificate.not_after_at.isoformat(),
            "protocol": certificate.protocol,
            "findings": list(certificate.findings),
        },
    }
