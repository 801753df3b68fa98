"""What background work finds out about evidence: captures, redrawn copies, examinations, observations.

Each is called as the effect of a job, in the transaction that marks the job done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone

from claims.actions.fit import fitted
from claims.actions.history import Change, change
from claims.actions.lookalike import row_of
from claims.actions.person import system_user
from claims.archive.store import Stored
from claims.media.lookalike import Print
from claims.models import (
    Capture,
    Claim,
    Derivative,
    DerivativeKind,
    Evidence,
    Examination,
    Job,
    JobState,
    LookPrint,
    Observation,
    User,
)


@dataclass(frozen=True)
class Part:
    """One thing captured, its bytes in the store already."""

    role: str
    kept: Stored
    media_type: str
    media_kind: str
    url: str = ""
    file_name: str = ""
    tool: str = ""
    captured_at: Any = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Copy:
    """A redrawn copy of a capture, its bytes in the store already."""

    capture_id: Any
    kind: str
    kept: Stored
    media_type: str
    width: int | None = None
    height: int | None = None
    at_seconds: float | None = None


@dataclass(frozen=True)
class Look:
    """What one window of a captured picture looks like."""

    capture_id: Any
    seen: Print


def record_capture(
    *,
    evidence_id: Any,
    parts: Sequence[Part],
    log: Sequence[Mapping[str, Any]],
    state: str,
    captured_by: User | None = None,
) -> Evidence:
    """Keep what a capture brought, with its log of steps; partial success is a state. Raises NotFound."""
    with change(actor=captured_by or system_user(), action="evidence.captured") as c:
        evidence = _lock(c, evidence_id)
        for part in parts:
            c.add(_capture(evidence, part, captured_by or c.actor))
        evidence.log = [*evidence.log, *log]
        evidence.state = state
        c.tell(steps=list(log))
        return c.save(evidence)


def record_examination(
    *,
    evidence_id: Any,
    facts: Mapping[Any, Mapping[str, Any]],
    findings: Sequence[Mapping[str, Any]],
    copies: Sequence[Copy] = (),
    looks: Sequence[Look] = (),
    state: str,
    tool: str,
    redaction: Mapping[str, Any] | None = None,
) -> Evidence:
    """Keep what an examination found: facts by capture id, findings with reasons, redrawn copies, hashes of look.

    Copies of a kind replace the earlier ones of the same capture. `redaction` is what they were drawn by: where a
    person has hidden more since, public ones are dropped; the job asked for with that draws them. So are those of what
    may no longer be published. Raises NotFound.
    """
    with change(actor=system_user(), action="evidence.examined") as c:
        evidence = _lock(c, evidence_id)
        for capture_id, found in facts.items():
            c.add(Examination(capture_id=capture_id, tool=tool, facts=dict(found)))
        is_overtaken = redaction is not None and dict(redaction) != evidence.redaction
        is_closed = is_overtaken or not evidence.may_publish
        for copies_of in _by_kind(copies).values():
            if not (is_closed and copies_of[0].kind == DerivativeKind.PUBLIC):
                _replace_copies(c, copies_of)
        _keep_looks(looks)
        assert c.claim is not None
        evidence.findings = fitted(c.claim, evidence, findings)
        evidence.state = evidence.state if is_overtaken or _more_to_come(evidence) else state
        return c.save(evidence)


def record_failure(*, evidence_id: Any, state: str, log: Sequence[Mapping[str, Any]]) -> Evidence:
    """Say that a capture or examination failed or was put in quarantine, and why. Raises NotFound."""
    with change(actor=system_user(), action="evidence.not-captured") as c:
        evidence = _lock(c, evidence_id)
        evidence.log = [*evidence.log, *log]
        evidence.state = state
        c.tell(steps=list(log))
        return c.save(evidence)


def record_step(*, evidence_id: Any, line: Mapping[str, Any]) -> Evidence:
    """Add one line to the log of a capture: something that came of it later. Raises NotFound."""
    with change(actor=system_user(), action="evidence.step-logged") as c:
        evidence = _lock(c, evidence_id)
        evidence.log = [*evidence.log, dict(line)]
        c.tell(steps=[dict(line)])
        return c.save(evidence)


def record_observation(*, evidence_id: Any, outcome: str, detail: Mapping[str, Any]) -> Observation:
    """One look at a cited link: what is there now. The capture is untouched. Raises NotFound."""
    with change(actor=system_user(), action="evidence.observed") as c:
        evidence = _lock(c, evidence_id)
        c.tell(outcome=outcome)
        return c.add(Observation(evidence=evidence, outcome=outcome, detail=dict(detail)))


def _lock(c: Change, evidence_id: Any) -> Evidence:
    evidence = c.lock(Evidence, evidence_id)
    c.subject = evidence
    c.claim = Claim.objects.defer("text_folded").get(pk=evidence.claim_id)
    return evidence


def _capture(evidence: Evidence, part: Part, by: User) -> Capture:
    return Capture(
        evidence=evidence,
        role=part.role,
        sha256=part.kept.sha256,
        sha3_512=part.kept.sha3_512,
        size=part.kept.size,
        media_type=part.media_type,
        media_kind=part.media_kind,
        file_name=part.file_name[:300],
        url=part.url[:2000],
        captured_at=part.captured_at or timezone.now(),
        captured_by=by,
        tool=part.tool,
        facts=dict(part.facts),
    )


def _derivative(copy: Copy) -> Derivative:
    return Derivative(
        capture_id=copy.capture_id,
        kind=copy.kind,
        sha256=copy.kept.sha256,
        size=copy.kept.size,
        media_type=copy.media_type,
        width=copy.width,
        height=copy.height,
        at_seconds=copy.at_seconds,
    )


def _by_kind(copies: Sequence[Copy]) -> dict[tuple[Any, str], list[Copy]]:
    """Copies of one kind of one capture together: they take the place of the earlier ones together."""
    found: dict[tuple[Any, str], list[Copy]] = {}
    for copy in copies:
        found.setdefault((copy.capture_id, copy.kind), []).append(copy)
    return found


def _replace_copies(c: Change, copies: Sequence[Copy]) -> None:
    """Where the same pixels are there already, their address, which a publication may name, stays."""
    live = Derivative.objects.filter(
        capture_id=copies[0].capture_id, kind=copies[0].kind, retired_at__isnull=True
    )
    if sorted(live.values_list("sha256", flat=True)) == sorted(copy.kept.sha256 for copy in copies):
        return
    for old in live:
        c.remember(old)
        old.retired_at = timezone.now()
        c.save(old)
    for copy in copies:
        c.add(_derivative(copy))


def _more_to_come(evidence: Evidence) -> bool:
    """Whether another capture or examination was asked for meanwhile: the state is the last one's to say."""
    waiting = Q(dedup_key=f"evidence.examine:{evidence.pk}", state__in=[JobState.READY, JobState.SENT])
    live = [JobState.READY, JobState.SENT, JobState.RUNNING]
    return Job.objects.filter(
        waiting | Q(dedup_key=f"evidence.capture:{evidence.pk}", state__in=live)
    ).exists()


def _keep_looks(looks: Sequence[Look]) -> None:
    """All hashes of these captures anew. Not in the entry: they follow from bytes that are."""
    LookPrint.objects.filter(capture_id__in={look.capture_id for look in looks}).delete()
    LookPrint.objects.bulk_create([row_of(look.capture_id, look.seen) for look in looks], batch_size=500)
