"""Chains: who said it, relayed by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.actions.contribution import material_edit
from claims.actions.history import Change, change
from claims.errors import Invalid, NotFound, ensure
from claims.models import Attribution, Claim, Document, Source, Stance, User
from claims.rules.claim import may_edit_claim

LONGEST_CHAIN = 12


@dataclass(frozen=True)
class Hop:
    """One hop as a form or the engine gives it. `span` counts code points of the document's body, half open."""

    source: Source
    stance: str = Stance.ASSERTS
    verb: str = ""
    surface: str = ""
    document: Document | None = None
    span: tuple[int, int] | None = None
    url: str = ""
    said_at: datetime | None = None
    said_raw: str = ""


def add_chain(*, actor: User, claim_id: Any, version: int, hops: Sequence[Hop]) -> Claim:
    """Another chain for the claim, outermost hop first, origin last. Raises NotAllowed, Invalid, Conflict."""
    with change(actor=actor, action="claim.chain-added") as c:
        claim = c.lock(Claim, claim_id, version)
        ensure(may_edit_claim(actor, claim))
        write_chain(c, claim, hops)
        material_edit(c, claim)
        c.subject = claim
        return c.save(claim)


def replace_chain(
    *, actor: User, claim_id: Any, version: int, outermost_id: Any, hops: Sequence[Hop]
) -> Claim:
    """The chain that begins with the hop `outermost_id`, written anew; with no hops, removed.

    Hops that another chain also relays stay. Raises NotAllowed, Invalid, NotFound, Conflict.
    """
    with change(actor=actor, action="claim.chain-changed") as c:
        claim = c.lock(Claim, claim_id, version)
        ensure(may_edit_claim(actor, claim))
        _remove_chain(c, claim, outermost_id)
        if hops:
            write_chain(c, claim, hops)
        material_edit(c, claim)
        c.subject = claim
        return c.save(claim)


def write_chain(c: Change, claim: Claim, hops: Sequence[Hop]) -> None:
    """Insert hops, origin first, each relaying the one before (inside a change that locked the claim)."""
    if not hops:
        raise Invalid("empty", field="chain")
    if len(hops) > LONGEST_CHAIN:
        raise Invalid("chain-too-long", field="chain", limit=LONGEST_CHAIN)
    if len({hop.source.pk for hop in hops}) != len(hops):
        raise Invalid("source-twice-in-chain", field="chain")
    behind: Attribution | None = None
    for steps, hop in enumerate(reversed(hops)):
        behind = c.add(_row(c, claim, hop, behind, steps))


def _row(c: Change, claim: Claim, hop: Hop, behind: Attribution | None, steps: int) -> Attribution:
    start, end, verbatim = _verbatim(hop)
    return Attribution(
        claim=claim,
        source=hop.source,
        relays=behind,
        hop=steps,
        document=hop.document,
        start=start,
        end=end,
        verbatim=verbatim,
        surface=hop.surface,
        verb=hop.verb,
        stance=hop.stance,
        url=hop.url,
        said_at=hop.said_at,
        said_raw=hop.said_raw,
        created_by=c.actor,
    )


def _verbatim(hop: Hop) -> tuple[int | None, int | None, str]:
    if hop.document is None or hop.span is None:
        return None, None, ""
    start, end = hop.span
    if not 0 <= start < end <= len(hop.document.body):
        raise Invalid("span-outside", field="span")
    return start, end, hop.document.body[start:end]


def _remove_chain(c: Change, claim: Claim, outermost_id: Any) -> None:
    hop = claim.attributions.filter(pk=outermost_id).first()
    if hop is None:
        raise NotFound(what="attribution")
    if hop.relayed_by.exists():
        raise Invalid("not-outermost", field="chain")
    while hop is not None and not hop.relayed_by.exists():
        behind = hop.relays
        c.remove(hop)
        hop = behind
