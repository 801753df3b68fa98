"""Publishing: put an approved revision before the public; start a correction or a withdrawal of it."""

import secrets
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from claims import jobs
from claims.actions.contribution import COPIED, contribute
from claims.actions.history import Change, change
from claims.actions.snapshot import approval_snapshot, publication_snapshot
from claims.actions.verdict import lock_both
from claims.errors import Conflict, Invalid, ensure
from claims.ledger.canonical import text_digest
from claims.models import (
    Citation,
    Claim,
    Publication,
    User,
    Verdict,
    VerdictKind,
    VerdictState,
    WorkState,
)
from claims.rules.claim import may_edit_claim
from claims.rules.publish import may_correct, may_publish
from claims.text.normalise import fold


def publish_verdict(*, actor: User, verdict_id: Any, content_sha256: str) -> Publication:
    """Show exactly the approved revision to the public; the publication before it is superseded, and a withdrawal takes
    the page away. Ends the round of work. Raises NotAllowed, Conflict.
    """
    with change(actor=actor, action="verdict.published") as c:
        claim, verdict = lock_both(c, verdict_id)
        if verdict.state != VerdictState.APPROVED:
            raise Conflict("revision-changed", current=verdict, read=content_sha256)
        ensure(may_publish(actor, verdict))
        if content_sha256 != verdict.content_sha256:
            raise Conflict("revision-changed", current=verdict, read=content_sha256)
        publication = _publish(c, claim, verdict)
        c.tell(
            snapshot=publication.snapshot, number=publication.number, kind=verdict.kind, value=verdict.value
        )
        jobs.ask(
            "publication.announce",
            queue="publish",
            dedup_key=f"announce:{publication.pk}",
            publication=publication.pk,
        )
        return publication


def start_correction(*, actor: User, verdict_id: Any, kind: str) -> Verdict:
    """A draft that will correct, clarify, update or withdraw what is published. Raises NotAllowed, Invalid, NotFound.

    Texts are copied; what changed and why is asked for before it can be submitted.
    """
    if kind not in VerdictKind.values or kind == VerdictKind.VERDICT:
        raise Invalid("unknown-kind", field="kind")
    with change(actor=actor, action="verdict.correction-started") as c:
        claim, published = lock_both(c, verdict_id)
        ensure(may_correct(actor, published))
        newest = claim.verdicts.order_by("-revision").values_list("revision", flat=True)[0]
        copied = {name: getattr(published, name) for name in COPIED if not name.startswith("change")}
        draft = Verdict(
            claim=claim, revision=newest + 1, round=claim.round, created_by=actor, **{**copied, "kind": kind}
        )
        c.add(draft)
        for cited in published.citations.all():
            c.add(Citation(verdict=draft, evidence_id=cited.evidence_id, position=cited.position))
        contribute(c, claim)
        claim.work_state = WorkState.OPEN
        c.save(claim)
        c.subject = draft
        c.tell(kind=kind)
        return draft


def discard_draft(*, actor: User, verdict_id: Any, version: int) -> None:
    """Drop a draft that was never submitted; what is published stays. Raises NotAllowed, Conflict."""
    with change(actor=actor, action="verdict.draft-discarded") as c:
        claim, verdict = lock_both(c, verdict_id, version)
        if verdict.state != VerdictState.DRAFT:
            raise Conflict("revision-changed", current=verdict)
        ensure(may_edit_claim(actor, claim))
        for cited in verdict.citations.all():
            c.remove(cited)
        c.tell(revision=verdict.revision)
        c.subject = claim
        c.remove(verdict)
        if claim.publication_id and claim.work_state == WorkState.OPEN:
            claim.work_state = WorkState.DECIDED
            c.save(claim)


def _publish(c: Change, claim: Claim, verdict: Verdict) -> Publication:
    now = timezone.now()
    before = claim.publications.order_by("-number").first()
    number = before.number + 1 if before else 1
    first_at = claim.publications.order_by("number").values_list("published_at", flat=True).first() or now
    claim.slug = claim.slug or _slug(claim)
    snapshot = publication_snapshot(
        claim, verdict, number=number, slug=claim.slug, published_at=now, first_at=first_at
    )
    _still_approved(claim, verdict)
    _supersede(c, claim)
    withdrawn = verdict.kind == VerdictKind.WITHDRAWAL
    verdict.state = VerdictState.WITHDRAWN if withdrawn else VerdictState.PUBLISHED
    c.save(verdict)
    publication = c.add(
        Publication(
            claim=claim,
            verdict=verdict,
            number=number,
            slug=claim.slug,
            kind=verdict.kind,
            value=verdict.value,
            snapshot=snapshot,
            snapshot_sha256=text_digest(snapshot),
            text_folded=_searchable(claim, verdict),
            published_at=now,
            published_by=c.actor,
        )
    )
    claim.publication = publication
    claim.work_state = WorkState.DECIDED
    claim.round += 1
    c.save(claim)
    return publication


def _still_approved(claim: Claim, verdict: Verdict) -> None:
    """Looked at after the page was drawn: a source or a question that is renamed meanwhile is not locked by us."""
    if text_digest(approval_snapshot(claim, verdict)) != verdict.content_sha256:
        raise Conflict("revision-changed", current=verdict, read=verdict.content_sha256)


def _supersede(c: Change, claim: Claim) -> None:
    for old in claim.verdicts.filter(state=VerdictState.PUBLISHED):
        row = c.lock(Verdict, old.pk)
        row.state = VerdictState.SUPERSEDED
        c.save(row)


def _slug(claim: Claim) -> str:
    """An ASCII address that is never used again: words of the English statement, and random letters."""
    words = slugify(claim.statement_en or (claim.incident.title_en if claim.incident else ""))[:60].strip("-")
    return f"{words or 'claim'}-{secrets.token_hex(3)}"


def _searchable(claim: Claim, verdict: Verdict) -> str:
    texts = [
        claim.statement_ar,
        claim.statement_en,
        claim.wording,
        verdict.reason_ar,
        verdict.reason_en,
        claim.place,
    ]
    names = [
        f"{hop.source.name_ar} {hop.source.name_en}" for hop in claim.attributions.select_related("source")
    ]
    return fold("\n".join([*texts, *names]))
