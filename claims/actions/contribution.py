"""Who had a hand in a claim, and what a material edit does to a revision under review."""

from typing import Any

from claims.actions.history import Change
from claims.errors import NotFound, ensure
from claims.models import Claim, Contribution, Evidence, Role, User, Verdict, VerdictState, WorkState
from claims.models.verdict import Citation
from claims.rules.claim import may_edit_claim

COPIED = [
    "kind",
    "value",
    *(
        f"{name}_{lang}"
        for name in ("reason", "rationale", "would_settle", "exception", "change")
        for lang in ("ar", "en")
    ),
]


def contribute(c: Change, claim: Claim, user: User | None = None) -> None:
    """Note that the actor, or `user`, had a hand in this round of the claim. Background work has no hand in it."""
    hand = user or c.actor
    if hand.role == Role.SYSTEM:
        return
    if not Contribution.objects.filter(claim=claim, round=claim.round, user=hand).exists():
        c.add(Contribution(claim=claim, round=claim.round, user=hand))


def material_edit(c: Change, claim: Claim) -> None:
    """The actor contributed, and what was submitted or approved no longer is what it was: it goes back (rule 3).

    The frozen revision stays as it is, marked returned; a draft with its texts opens as the next revision. `claim` must
    be locked by the change.
    """
    contribute(c, claim)
    under_review = claim.verdicts.filter(state__in=[VerdictState.SUBMITTED, VerdictState.APPROVED]).first()
    if under_review is None:
        return
    voided = c.lock(Verdict, under_review.pk)
    was = voided.state
    voided.state = VerdictState.RETURNED
    c.save(voided)
    next_draft(c, voided)
    c.tell(voided={"revision": voided.revision, "was": was})
    claim.work_state = WorkState.OPEN


def next_draft(c: Change, after: Verdict) -> Verdict:
    """A draft revision with the texts and citations of a frozen one."""
    claim = after.claim
    newest = claim.verdicts.order_by("-revision").values_list("revision", flat=True)[0]
    draft = Verdict(
        claim=claim,
        revision=newest + 1,
        round=claim.round,
        created_by=after.created_by,
        **{name: getattr(after, name) for name in COPIED},
    )
    c.add(draft)
    for cited in after.citations.filter(evidence__retired_at__isnull=True):
        c.add(Citation(verdict=draft, evidence_id=cited.evidence_id, position=cited.position))
    return draft


def lock_evidence(c: Change, evidence_id: Any, version: int | None = None) -> tuple[Claim, Evidence]:
    """A piece of evidence with its claim, which is locked first, as every action does. Raises NotFound, Conflict."""
    found = Evidence.objects.filter(pk=evidence_id).values_list("claim_id", flat=True).first()
    if found is None:
        raise NotFound(what="evidence")
    claim = c.lock(Claim, found)
    evidence = c.lock(Evidence, evidence_id, version)
    evidence.claim = claim
    c.subject, c.claim = evidence, claim
    return claim, evidence


def touched(c: Change, claim: Claim, evidence: Evidence) -> None:
    """An edit of what a revision under review cites is material; of anything else it is a contribution."""
    under_review = [VerdictState.SUBMITTED, VerdictState.APPROVED]
    if evidence.citations.filter(verdict__state__in=under_review).exists():
        material_edit(c, claim)
        c.save(claim)
    else:
        ensure(may_edit_claim(c.actor, claim))
        contribute(c, claim)
