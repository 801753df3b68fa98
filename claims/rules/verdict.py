"""Verdicts: what is missing before one can be submitted, and who may propose and decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from claims.errors import Refused
from claims.models import (
    Claim,
    Contribution,
    EvidenceState,
    Source,
    SourceKind,
    Stance,
    User,
    Value,
    Verdict,
    VerdictKind,
    VerdictState,
    WorkState,
)
from claims.rules.claim import may_edit_claim
from claims.rules.role import may_review

# What is still being captured would change after it was read; what could not be captured is kept nowhere.
UNSETTLED = [
    EvidenceState.WAITING,
    EvidenceState.WORKING,
    EvidenceState.QUARANTINED,
    EvidenceState.FAILED,
]
ASSERTING = {Stance.ASSERTS, Stance.ESTIMATES}


@dataclass(frozen=True)
class Origins:
    """Who stands behind a claim: distinct known origins that assert it, and whether all of them are parties."""

    independent: int
    outlets: int
    all_parties: bool


def origins_of(claim: Claim) -> Origins:
    """Counts known origins: outlets that relay one origin are one voice, unnamed sources never count (DESIGN §3).

    Sources under one owner, however far up, are one voice too: an officer, his headquarters and the ministry above it
    do not confirm each other.
    """
    hops = list(claim.attributions.select_related("source").prefetch_related("relayed_by"))
    behind = [hop for hop in hops if hop.relays_id is None and hop.stance in ASSERTING]
    known = [hop.source for hop in behind if hop.source.kind != SourceKind.UNNAMED]
    above = _above() if known else {}
    voices = {_owner(source.pk, above) for source in known}
    outermost = {hop.source_id for hop in hops if not hop.relayed_by.all()}
    return Origins(len(voices), len(outermost), bool(known) and all(source.is_party for source in known))


def _above() -> dict[UUID, UUID]:
    """Each source that has a parent, and that parent."""
    return dict(Source.objects.exclude(parent_id=None).values_list("pk", "parent_id"))


def _owner(pk: UUID, above: Mapping[UUID, UUID]) -> UUID:
    seen = {pk}
    while (parent := above.get(pk)) and parent not in seen:
        seen.add(parent)
        pk = parent
    return pk


@dataclass(frozen=True)
class Item:
    """One line of the checklist. An advisory item does not stop a submission."""

    code: str
    done: bool
    advisory: bool = False


def checklist(claim: Claim, verdict: Verdict | None) -> list[Item]:
    """What is missing before the verdict can be submitted, in the order a person would do it."""
    cited = verdict.citations.count() if verdict else 0
    found = origins_of(claim)
    items = [
        Item("statement", bool(claim.statement_ar or claim.statement_en)),
        Item("both-languages", bool(claim.statement_ar and claim.statement_en), advisory=True),
        Item("incident", claim.incident_id is not None, advisory=True),
        Item("chain", found.outlets > 0),
        Item("verdict", verdict is not None),
    ]
    if verdict is None:
        return items
    items.append(Item("reason", bool(verdict.reason_ar or verdict.reason_en)))
    items.append(Item("rationale", bool(verdict.rationale_ar or verdict.rationale_en)))
    items += _by_value(verdict, cited, found)
    if cited:
        unsettled = verdict.citations.filter(evidence__state__in=UNSETTLED).exists()
        items.append(Item("evidence-captured", not unsettled))
    if verdict.kind != VerdictKind.VERDICT:
        items.append(Item("change", bool(verdict.change_ar or verdict.change_en)))
    return items


def asks_exception(found: Origins) -> bool:
    """Whether confirming needs a published reason: fewer than two independent origins, or only parties (rule 2)."""
    return found.independent < 2 or found.all_parties


def _by_value(verdict: Verdict, cited: int, found: Origins) -> list[Item]:
    """The items that rule 2 asks for, by value."""
    if verdict.value == Value.UNVERIFIED:
        return [Item("would-settle", bool(verdict.would_settle_ar or verdict.would_settle_en))]
    items = [Item("evidence", cited > 0)]
    if verdict.value == Value.CONFIRMED and asks_exception(found):
        items.append(Item("exception", bool(verdict.exception_ar or verdict.exception_en)))
    return items


def may_propose(user: User, claim: Claim) -> Refused | None:
    """Writers, while no other revision is submitted or approved."""
    refused = may_edit_claim(user, claim)
    if refused:
        return refused
    if claim.verdicts.filter(state__in=[VerdictState.SUBMITTED, VerdictState.APPROVED]).exists():
        return Refused("revision-under-review")
    return Refused("on-hold") if claim.work_state == WorkState.ON_HOLD else None


def may_submit(user: User, verdict: Verdict) -> Refused | None:
    """Writers, a draft, with everything on the checklist that is not advisory."""
    refused = may_edit_claim(user, verdict.claim)
    if refused:
        return refused
    if verdict.state != VerdictState.DRAFT:
        return Refused("not-a-draft")
    missing = [item.code for item in checklist(verdict.claim, verdict) if not item.done and not item.advisory]
    return Refused("checklist", missing=missing) if missing else None


def has_contributed(user: User, verdict: Verdict) -> bool:
    """Whether the person had a hand in the claim in this revision's round of work."""
    return Contribution.objects.filter(claim_id=verdict.claim_id, round=verdict.round, user=user).exists()


def may_decide(user: User, verdict: Verdict) -> Refused | None:
    """A reviewer who contributed nothing to it, on a submitted revision (rule 3)."""
    refused = may_review(user)
    if refused:
        return refused
    if verdict.state != VerdictState.SUBMITTED:
        return Refused("not-submitted")
    if verdict.submitted_by_id == user.pk or has_contributed(user, verdict):
        return Refused("own-work")
    return None


def may_take_back(user: User, verdict: Verdict) -> Refused | None:
    """Its proposer, or any editor, may take back to go on working what nobody has published."""
    refused = may_edit_claim(user, verdict.claim)
    if refused:
        return refused
    is_open = verdict.state in {VerdictState.SUBMITTED, VerdictState.APPROVED}
    return None if is_open else Refused("not-submitted")
