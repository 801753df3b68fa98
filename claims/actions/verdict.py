"""Verdicts: propose, submit, take back, return, approve."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from claims.actions.contribution import contribute, next_draft
from claims.actions.history import Change, change
from claims.actions.snapshot import approval_snapshot
from claims.errors import Conflict, Invalid, ensure
from claims.ledger.canonical import text_digest
from claims.models import (
    Citation,
    Claim,
    Decision,
    Evidence,
    Review,
    User,
    Verdict,
    VerdictKind,
    VerdictState,
    WorkState,
)
from claims.rules.verdict import may_decide, may_propose, may_submit, may_take_back

TEXTS = {
    f"{name}_{lang}": limit
    for name, limit in {
        "reason": 300,
        "rationale": 20_000,
        "would_settle": 2000,
        "exception": 2000,
        "change": 2000,
    }.items()
    for lang in ("ar", "en")
}


def propose_verdict(
    *,
    actor: User,
    claim_id: Any,
    value: str,
    texts: Mapping[str, str],
    evidence_ids: Sequence[Any] = (),
    version: int | None = None,
) -> Verdict:
    """The claim's draft verdict, made or changed. `version` is the draft's, None where there was none yet.

    `texts` are the fields of TEXTS, missing ones empty; `evidence_ids` in the order they are cited. Raises NotAllowed,
    Invalid, Conflict("stale").
    """
    with change(actor=actor, action="verdict.drafted") as c:
        claim = c.lock(Claim, claim_id)
        ensure(may_propose(actor, claim))
        draft = claim.verdicts.filter(state=VerdictState.DRAFT).first()
        if (draft is None) != (version is None):
            raise Conflict("stale", what="verdict", current=draft, version=draft.version if draft else None)
        draft = _write_draft(c, claim, draft, version, value, _checked(texts))
        _cite(c, draft, evidence_ids)
        contribute(c, claim)
        if claim.work_state == WorkState.NEW:
            claim.work_state = WorkState.OPEN
            c.save(claim)
        c.subject, c.claim = draft, claim
        return draft


def submit_verdict(*, actor: User, verdict_id: Any, version: int) -> Verdict:
    """Freeze the draft with its snapshot and hash, for the reviewers. Raises NotAllowed, Conflict("stale")."""
    with change(actor=actor, action="verdict.submitted") as c:
        claim, verdict = lock_both(c, verdict_id, version)
        ensure(may_submit(actor, verdict))
        contribute(c, claim)
        verdict.snapshot = approval_snapshot(claim, verdict)
        verdict.content_sha256 = text_digest(verdict.snapshot)
        verdict.state = VerdictState.SUBMITTED
        verdict.submitted_by, verdict.submitted_at = actor, timezone.now()
        c.save(verdict)
        claim.work_state = WorkState.IN_REVIEW
        c.save(claim)
        c.tell(revision=verdict.revision, content_sha256=verdict.content_sha256, value=verdict.value)
        return verdict


def take_back_verdict(*, actor: User, verdict_id: Any, version: int) -> Verdict:
    """Undo a submission, approved or not, before it is published: the frozen revision stays, the next draft opens.

    Where a source or an incident was renamed meanwhile, it no longer is what was approved: this is the way on.
    Raises as submit.
    """
    with change(actor=actor, action="verdict.taken-back") as c:
        claim, verdict = lock_both(c, verdict_id, version)
        ensure(may_take_back(actor, verdict))
        contribute(c, claim)
        verdict.state = VerdictState.RETURNED
        c.save(verdict)
        draft = next_draft(c, verdict)
        _reopen(c, claim)
        return draft


def return_verdict(*, actor: User, verdict_id: Any, content_sha256: str, note: str) -> Verdict:
    """Send the revision that was read back, saying why; the next draft opens. Raises NotAllowed, Invalid, Conflict."""
    if not note.strip():
        raise Invalid("reason-missing", field="note")
    with change(actor=actor, action="verdict.returned") as c:
        claim, verdict = lock_both(c, verdict_id)
        _still_submitted(claim, verdict, content_sha256)
        ensure(may_decide(actor, verdict))
        _review(c, verdict, Decision.RETURN, note)
        verdict.state = VerdictState.RETURNED
        c.save(verdict)
        next_draft(c, verdict)
        _reopen(c, claim)
        c.tell(revision=verdict.revision, note=note)
        return verdict


def approve_verdict(*, actor: User, verdict_id: Any, content_sha256: str, note: str = "") -> Verdict:
    """Stand behind exactly the revision that was read, named by its SHA-256. Raises NotAllowed, Conflict.

    Of two reviewers at once exactly one wins: the claim is locked, and one decision per revision is a constraint.
    """
    with change(actor=actor, action="verdict.approved") as c:
        claim, verdict = lock_both(c, verdict_id)
        _same_revision(claim, verdict, content_sha256)
        ensure(may_decide(actor, verdict))
        _review(c, verdict, Decision.APPROVE, note)
        verdict.state = VerdictState.APPROVED
        c.save(verdict)
        c.tell(revision=verdict.revision, content_sha256=content_sha256, value=verdict.value)
        return verdict


def lock_both(c: Change, verdict_id: Any, version: int | None = None) -> tuple[Claim, Verdict]:
    """The verdict and its claim, claim locked first as every action does. Raises NotFound, Conflict."""
    found = Verdict.objects.filter(pk=verdict_id).values_list("claim_id", flat=True).first()
    claim = c.lock(Claim, found)
    verdict = c.lock(Verdict, verdict_id, version)
    verdict.claim = claim
    c.subject, c.claim = verdict, claim
    return claim, verdict


def _same_revision(claim: Claim, verdict: Verdict, content_sha256: str) -> None:
    """What the reviewer read must be what stands now: the frozen text, and a claim that still hashes to it."""
    _still_submitted(claim, verdict, content_sha256)
    if text_digest(approval_snapshot(claim, verdict)) != verdict.content_sha256:
        raise Conflict("revision-changed", current=verdict, read=content_sha256)


def _still_submitted(claim: Claim, verdict: Verdict, content_sha256: str) -> None:
    """The frozen text is the one that was read. A return asks no more: what changed around it may be the reason."""
    if verdict.state != VerdictState.SUBMITTED:
        raise Conflict("revision-changed", current=claim.verdicts.order_by("-revision").first(), read=verdict)
    if content_sha256 != verdict.content_sha256:
        raise Conflict("revision-changed", current=verdict, read=content_sha256)


def _write_draft(
    c: Change, claim: Claim, draft: Verdict | None, version: int | None, value: str, texts: dict[str, str]
) -> Verdict:
    if draft is None:
        newest = claim.verdicts.order_by("-revision").values_list("revision", flat=True).first() or 0
        new = Verdict(
            claim=claim, revision=newest + 1, round=claim.round, value=value, created_by=c.actor, **texts
        )
        # After a first publication, a withdrawal included, nothing goes out without saying what changed.
        new.kind = VerdictKind.UPDATE if claim.publication_id else VerdictKind.VERDICT
        return c.add(new)
    draft = c.lock(Verdict, draft.pk, version)
    draft.claim = claim
    draft.value = value
    for name, text in texts.items():
        setattr(draft, name, text)
    return c.save(draft)


def _cite(c: Change, draft: Verdict, evidence_ids: Sequence[Any]) -> None:
    wanted = [str(pk) for pk in dict.fromkeys(evidence_ids)]
    mine = {str(e.pk): e for e in Evidence.objects.current().filter(claim_id=draft.claim_id)}
    if set(wanted) - set(mine):
        raise Invalid("foreign-evidence", field="evidence")
    now = [str(cited.evidence_id) for cited in draft.citations.all()]
    if now == wanted:
        return
    for cited in draft.citations.all():
        c.remove(cited)
    for position, pk in enumerate(wanted):
        c.add(Citation(verdict=draft, evidence=mine[pk], position=position))


def _checked(texts: Mapping[str, str]) -> dict[str, str]:
    for name, text in texts.items():
        if name not in TEXTS:
            raise Invalid("unknown-field", field=name)
        if len(text) > TEXTS[name]:
            raise Invalid("too-long", field=name, limit=TEXTS[name])
    return {name: texts.get(name, "") for name in TEXTS}


def _review(c: Change, verdict: Verdict, decision: str, note: str) -> None:
    if len(note) > 5000:
        raise Invalid("too-long", field="note", limit=5000)
    c.add(
        Review(
            verdict=verdict,
            content_sha256=verdict.content_sha256,
            decision=decision,
            note=note,
            reviewer=c.actor,
            proposer=verdict.submitted_by,
        )
    )


def _reopen(c: Change, claim: Claim) -> None:
    claim.work_state = WorkState.OPEN
    c.save(claim)
