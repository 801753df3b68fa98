"""Verdicts at the desk: propose, submit, approve, return, publish. The same actions as the pages, the same rules."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router

from claims.actions.publish import publish_verdict
from claims.actions.verdict import approve_verdict, propose_verdict, return_verdict, submit_verdict
from claims.api.auth import Key
from claims.api.claim import Given, person, verdict_shape
from claims.api.readable import Readable
from claims.errors import NotFound
from claims.models import Claim, Verdict

router = Router(tags=["desk"], auth=Key())
Sha256 = Field(pattern="^[0-9a-f]{64}$", description="SHA-256 of the revision that was read")


class VerdictGiven(Given):
    """The draft. `version` is the draft's own, none where there is no draft yet."""

    version: int | None = None
    value: Literal["confirmed", "denied", "unverified"]
    reason_ar: Readable = Field("", max_length=300)
    reason_en: Readable = Field("", max_length=300)
    rationale_ar: Readable = Field("", max_length=20_000)
    rationale_en: Readable = Field("", max_length=20_000)
    would_settle_ar: Readable = Field("", max_length=2000)
    would_settle_en: Readable = Field("", max_length=2000)
    exception_ar: Readable = Field("", max_length=2000)
    exception_en: Readable = Field("", max_length=2000)
    change_ar: Readable = Field("", max_length=2000)
    change_en: Readable = Field("", max_length=2000)
    evidence: list[UUID] = Field([], max_length=100, description="what it cites, in order")


class SubmitGiven(Given):
    version: int


class ApproveGiven(Given):
    content_sha256: str = Sha256
    note: Readable = Field("", max_length=5000)


class ReturnGiven(Given):
    content_sha256: str = Sha256
    note: Readable = Field(min_length=1, max_length=5000)


class PublishGiven(Given):
    content_sha256: str = Sha256


@router.get("/verdicts/{uuid:verdict_id}")
def revision_detail(request: HttpRequest, verdict_id: UUID) -> dict[str, Any]:
    """One revision."""
    return verdict_shape(_visible(request, verdict_id))


@router.put("/claims/{uuid:claim_id}/verdict")
def revision_propose(request: HttpRequest, claim_id: UUID, given: VerdictGiven) -> dict[str, Any]:
    """Make or change the claim's draft."""
    row = propose_verdict(
        actor=person(request),
        claim_id=claim_id,
        value=given.value,
        texts=given.dict(exclude={"version", "value", "evidence"}),
        evidence_ids=given.evidence,
        version=given.version,
    )
    return verdict_shape(row)


@router.post("/verdicts/{uuid:verdict_id}/submit")
def revision_submit(request: HttpRequest, verdict_id: UUID, given: SubmitGiven) -> dict[str, Any]:
    """Hand the draft to the reviewers; it is frozen, and named by `content_sha256` from here on."""
    _visible(request, verdict_id)
    row = submit_verdict(actor=person(request), verdict_id=verdict_id, version=given.version)
    return verdict_shape(row)


@router.post("/verdicts/{uuid:verdict_id}/approve")
def revision_approve(request: HttpRequest, verdict_id: UUID, given: ApproveGiven) -> dict[str, Any]:
    """Stand behind exactly this revision. Never one's own."""
    _visible(request, verdict_id)
    row = approve_verdict(actor=person(request), verdict_id=verdict_id, **given.dict())
    return verdict_shape(row)


@router.post("/verdicts/{uuid:verdict_id}/return")
def revision_return(request: HttpRequest, verdict_id: UUID, given: ReturnGiven) -> dict[str, Any]:
    """Send it back, saying why."""
    _visible(request, verdict_id)
    row = return_verdict(actor=person(request), verdict_id=verdict_id, **given.dict())
    return verdict_shape(row)


@router.post("/verdicts/{uuid:verdict_id}/publish")
def revision_publish(request: HttpRequest, verdict_id: UUID, given: PublishGiven) -> dict[str, Any]:
    """Put the approved revision before the public."""
    _visible(request, verdict_id)
    made = publish_verdict(actor=person(request), verdict_id=verdict_id, **given.dict())
    return {"slug": made.slug, "number": made.number, "kind": made.kind, "published_at": made.published_at}


def _visible(request: HttpRequest, verdict_id: UUID) -> Verdict:
    row = Verdict.objects.filter(pk=verdict_id).first()
    if row is None or not Claim.objects.visible_to(person(request)).filter(pk=row.claim_id).exists():
        raise NotFound(what="verdict")
    return row
