"""Capturing a link: fetched safely, kept as one capture with a log of its steps, then examined."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from claims import jobs
from claims.actions.capture import Part, record_capture, record_failure
from claims.archive.capture import Captured, Step, capture
from claims.archive.capture import Part as Made
from claims.archive.configured import capture_options, net, store
from claims.archive.store import StoreUnavailable
from claims.errors import FactcheckError
from claims.jobs import Effects, GiveUp, Later, handler, progress
from claims.media.digest import chunks_of
from claims.models import Capture, CaptureRole, Evidence, EvidenceState, Job, User
from claims.tasks.wayback import ask_for_copy

TOOL = "factcheck capture 1"
# How long a capture waits for a place that the relay thought was free, or at a host it was led to (D16).
TURN = timedelta(seconds=5)
ROLES = {
    "body": CaptureRole.ORIGINAL,
    "exchange": CaptureRole.WARC,
    "text": CaptureRole.TEXT,
    "screenshot": CaptureRole.SCREENSHOT,
    "pdf": CaptureRole.PDF,
    "mhtml": CaptureRole.ORIGINAL,
    "view": CaptureRole.ORIGINAL,
    "media": CaptureRole.MEDIA,
}
SHOWN = {
    "fetch": "Fetching the page",
    "text": "Reading its text",
    "view": "Asking for the open view of the post",
    "browser": "Opening it in a browser",
    "media": "Fetching embedded media",
    "exchange": "Keeping the exact exchange",
}
_ORDER = list(SHOWN)


@dataclass(frozen=True)
class Outcome:
    """What came of a capture: parts in the store, none where the address gave nothing; and lines of the log."""

    parts: list[Part]
    log: list[dict[str, Any]]


@handler("evidence.capture", retry_after=timedelta(seconds=30))
def capture_link(job: Job, *, evidence: str) -> Effects:
    """Keep what is at the address. That nothing is there is an outcome with a reason, not a failure of the job."""
    row = Evidence.objects.filter(pk=evidence).first()
    if row is None:
        raise GiveUp("the evidence is gone")
    visit = _Visit(job)
    progress(job, 0.05, SHOWN["fetch"])
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="capture-") as folder:
        options = capture_options(visit.at)
        made = capture(row.url, Path(folder), options=options, net=net(), progress=visit.told)
        outcome = _outcome(made)
    return partial(keep, row.pk, outcome, job.asked_by)


def keep(evidence_id: Any, outcome: Outcome, asked_by: User | None) -> None:
    """The writes: the capture, and the job that examines it and says in which state it is; or why there is none.

    Nothing counts as captured before it was examined: it may belong in quarantine. A later try that brought nothing
    takes nothing away from what an earlier one kept.
    """
    if outcome.parts:
        record_capture(
            evidence_id=evidence_id,
            parts=outcome.parts,
            log=outcome.log,
            state=EvidenceState.WORKING,
            captured_by=asked_by,
        )
        _have_examined(evidence_id, asked_by)
        ask_for_copy(evidence_id)
    elif Capture.objects.filter(evidence=evidence_id).exists():
        record_failure(evidence_id=evidence_id, state=EvidenceState.WORKING, log=outcome.log)
        _have_examined(evidence_id, asked_by)
    else:
        record_failure(evidence_id=evidence_id, state=EvidenceState.FAILED, log=outcome.log)


def _have_examined(evidence_id: Any, asked_by: User | None) -> None:
    jobs.ask(
        "evidence.examine",
        dedup_key=f"evidence.examine:{evidence_id}",
        asked_by=asked_by,
        evidence=evidence_id,
    )


class _Visit:
    """The places of one capture: of the person who asked, and at the host the page itself comes from.

    Where the page leads on to another host, the capture moves its place there. What is embedded in the page is
    fetched while it stays.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.is_there = False
        if not jobs.person_has_place(job):
            raise Later("other captures of this person come first", TURN)

    def at(self, host: str) -> None:
        """Called before each hop. Raises Later while enough others are at the host."""
        if not self.is_there and not jobs.host_has_place(self.job, host.lower().rstrip(".")):
            raise Later("other captures at this host come first", TURN)

    def told(self, step: Step) -> None:
        """Called after each step."""
        self.is_there = self.is_there or step.name == "fetch"
        _told(self.job, step)


def _told(job: Job, step: Step) -> None:
    """Say what comes next."""
    following = _ORDER[_ORDER.index(step.name) + 1 :] if step.name in _ORDER else []
    if following:
        done = 1 - len(following) / len(_ORDER)
        progress(job, 0.05 + 0.9 * done, SHOWN[following[0]])


def _outcome(made: Captured) -> Outcome:
    log = [_line(step) for step in made.steps]
    parts: list[Part] = []
    for part in _in_order(made) if made.state != "failed" else ():
        try:
            parts.append(_stored(part, made))
        except StoreUnavailable:
            raise
        except FactcheckError as error:
            log.append(
                {"step": "store", "outcome": "failed", "reason": error.code, "at": timezone.now().isoformat()}
            )
    return Outcome(parts, log)


def _in_order(made: Captured) -> Iterator[Made]:
    """The page itself first: it is what the capture is of."""
    yield from sorted(made.parts, key=lambda part: part.what != "body")


def _line(step: Step) -> dict[str, Any]:
    """One line of the log. Facts about the other side stay out where we refused: they would tell what is behind."""
    facts = {} if step.reason == "address-refused" else {k: v for k, v in step.facts.items() if _is_plain(v)}
    return {
        "step": step.name,
        "outcome": step.state,
        "reason": step.reason,
        "at": step.ended_at.isoformat(),
        "facts": facts,
    }


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | bool)


def _stored(part: Made, made: Captured) -> Part:
    with part.path.open("rb") as file:
        kept = store().put(chunks_of(file), limit=settings.UPLOAD_LIMIT_BYTES)
    return Part(
        role=ROLES.get(part.what, CaptureRole.ORIGINAL),
        kept=kept,
        media_type=part.media_type,
        media_kind=part.kind,
        url=part.url,
        tool=TOOL,
        captured_at=made.started_at,
        facts=_facts(part, made),
    )


def _facts(part: Made, made: Captured) -> dict[str, Any]:
    """What is known of a file before it is examined; what does not fit in it decides whether it waits in quarantine."""
    facts = {"what": part.what, **(_exchange(made) if part.what == "body" else {})}
    return {**facts, "findings": [*facts.get("findings", []), *part.findings]}


def _exchange(made: Captured) -> dict[str, Any]:
    """What is known of the exchange as a whole, beside the WARC."""
    return {
        "final_url": made.final_url,
        "status": made.status,
        "title": made.title,
        "author": made.author,
        "published_on": made.published_on,
        "language": made.language,
        "platform": made.platform,
        "hops": made.hops,
        "findings": [{"code": code, "facts": {}} for code in made.findings],
        "started_at": made.started_at.isoformat(),
        "ended_at": made.ended_at.isoformat() if made.ended_at else "",
    }
