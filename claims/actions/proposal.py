"""Proposals: accept, edit, split, merge, reject, take back, mark. Nothing is a claim until someone accepts it."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from claims.actions.acceptance import claim_of, unclaim
from claims.actions.history import Change, change
from claims.actions.reading import LONGEST_WORDING, READING_VERSION, reading_of
from claims.errors import Conflict, Invalid, NotFound, ensure
from claims.models import Claim, Document, Proposal, ProposalState, User
from claims.rules.role import may_write
from claims.text.read import read

EDITABLE = {
    *("statement_ar", "statement_en", "answer_ar", "answer_en", "stance", "verb", "chain", "quantities"),
    *("event", "place", "incident", "question"),
}
# Where a span is cut or widened, these belong to neither side.
_EDGES = " \t\r\n\u00a0،,;؛"
Span = tuple[int, int]


def edit_proposal(
    *,
    actor: User,
    proposal_id: Any,
    version: int,
    edits: Mapping[str, Any] | None = None,
    span: Span | None = None,
) -> Proposal:
    """Change what an undecided proposal would become. Wording is verbatim: only its span moves, in code points.

    `edits` is plain JSON by EDITABLE name (claims.forms.proposal makes it). Raises NotAllowed, NotFound, Invalid,
    Conflict("stale" | "proposal-decided").
    """
    ensure(may_write(actor))
    with change(actor=actor, action="proposal.edited") as c:
        proposal = _undecided(c, proposal_id, version)
        _edit(proposal, edits or {}, span)
        return _saved(c, proposal)


def accept_proposal(
    *,
    actor: User,
    proposal_id: Any,
    version: int,
    edits: Mapping[str, Any] | None = None,
    span: Span | None = None,
) -> Claim:
    """The claim that the proposal becomes, with its chain and quantities, in one entry.

    Accepting once more what one has accepted gives the same claim. Raises NotAllowed, NotFound,
    Invalid("source-unknown", …), Conflict("stale" | "proposal-decided" | "alias-taken").
    """
    ensure(may_write(actor))
    done = Proposal.objects.filter(pk=_number(proposal_id), state=ProposalState.ACCEPTED, decided_by=actor)
    if (again := done.select_related("claim").first()) and again.claim:
        return again.claim
    with change(actor=actor, action="proposal.accepted") as c:
        proposal = _undecided(c, proposal_id, version)
        _edit(proposal, edits or {}, span)
        claim = claim_of(c, proposal)
        proposal.claim = c.subject = claim
        _decide(c, proposal, ProposalState.ACCEPTED)
        return claim


def reject_proposal(*, actor: User, proposal_id: Any, version: int) -> Proposal:
    """No claim of ours. Raises NotAllowed, NotFound, Conflict("stale" | "proposal-decided")."""
    ensure(may_write(actor))
    done = Proposal.objects.filter(pk=_number(proposal_id), state=ProposalState.REJECTED, decided_by=actor)
    if (again := done.first()) is not None:
        return again
    with change(actor=actor, action="proposal.rejected") as c:
        return _decide(c, _undecided(c, proposal_id, version), ProposalState.REJECTED)


def split_proposal(*, actor: User, proposal_id: Any, version: int, at: int) -> tuple[Proposal, Proposal]:
    """Two proposals for one, cut before the code point `at` of the text; spaces and commas at the cut fall away.

    Both keep the chain; quantities and places go where they stand. Raises NotAllowed, NotFound, Invalid, Conflict.
    """
    ensure(may_write(actor))
    with change(actor=actor, action="proposal.split") as c:
        whole = _undecided(c, proposal_id, version)
        body = whole.document.body
        if not whole.start < at < whole.end:
            raise Invalid("split-outside", field="at")
        spans = trimmed(body, whole.start, at), trimmed(body, at, whole.end)
        if None in spans:
            raise Invalid("split-outside", field="at")
        left, right = (_part(c, whole, span) for span in spans if span)
        _into(c, [whole], [left, right], ProposalState.SPLIT)
        return left, right


def merge_proposals(*, actor: User, proposal_id: Any, version: int, other_id: Any = None) -> Proposal:
    """One proposal for two neighbours, with what stands between them; without `other_id`, the next undecided one.

    Raises NotAllowed, NotFound, Invalid("not-neighbours" | "too-long"), Conflict.
    """
    ensure(may_write(actor))
    with change(actor=actor, action="proposal.merged") as c:
        one = _undecided(c, proposal_id, version)
        other = _neighbour(c, one, other_id)
        first, second = sorted([one, other], key=lambda row: (row.start, row.end, row.pk))
        merged = _union(c, first, second)
        _into(c, [first, second], [merged], ProposalState.MERGED)
        return merged


def mark_passage(*, actor: User, document_id: Any, start: int, end: int) -> Proposal:
    """A proposal for a passage that an editor marked; the engine reads what it can in it. Marked twice, it is one.

    Raises NotAllowed, NotFound, Invalid("span-outside" | "empty" | "too-long").
    """
    ensure(may_write(actor))
    with change(actor=actor, action="proposal.marked") as c:
        document = c.lock(Document, document_id)
        span = _sound_span(document, (start, end))
        same = document.proposals.filter(start=span[0], end=span[1], state=ProposalState.PROPOSED).first()
        if same is not None:
            c.subject = same
            return same
        return c.add(_new(document, span, _reading_of_passage(document, span)))


def restore_proposal(*, actor: User, proposal_id: Any, version: int) -> Proposal:
    """Take the decision back, while nothing has been built on it: the claim untouched, the parts undecided.

    Raises NotAllowed, NotFound, Conflict("stale" | "claim-touched" | "parts-decided").
    """
    ensure(may_write(actor))
    with change(actor=actor, action="proposal.restored") as c:
        proposal = _locked(c, proposal_id, version)
        if proposal.state == ProposalState.PROPOSED:
            raise Conflict("not-decided", current=proposal)
        if proposal.claim_id:
            unclaim(c, proposal)
        for whole in _unparted(c, proposal):
            whole.state, whole.decided_by, whole.decided_at, whole.merged_into = "proposed", None, None, None
            _saved(c, whole)
        return proposal


def last_decided(document: Document, actor: User) -> Proposal | None:
    """What `u` takes back: the actor's last decision in this text."""
    decided = document.proposals.filter(decided_by=actor).exclude(state=ProposalState.PROPOSED)
    return decided.order_by("-decided_at", "-pk").first()


def trimmed(body: str, start: int, end: int) -> Span | None:
    """The span without spaces and commas at its edges; None when no letter or digit is left in it."""
    while start < end and body[start] in _EDGES:
        start += 1
    while end > start and body[end - 1] in _EDGES:
        end -= 1
    return (start, end) if any(char.isalnum() for char in body[start:end]) else None


def _number(proposal_id: Any) -> int:
    try:
        number = int(proposal_id)
    except (TypeError, ValueError):
        raise NotFound(what="proposal") from None
    if not 0 < number < 2**63:
        raise NotFound(what="proposal")
    return number


def _locked(c: Change, proposal_id: Any, version: int | None) -> Proposal:
    proposal = c.lock(Proposal, _number(proposal_id))
    c.subject = c.subject or proposal
    if version is not None and proposal.version != version:
        raise Conflict("stale", what="proposal", current=proposal, version=proposal.version)
    return proposal


def _undecided(c: Change, proposal_id: Any, version: int | None) -> Proposal:
    proposal = _locked(c, proposal_id, None)
    if proposal.state != ProposalState.PROPOSED:
        raise Conflict("proposal-decided", current=proposal, state=proposal.state)
    if version is not None and proposal.version != version:
        raise Conflict("stale", what="proposal", current=proposal, version=proposal.version)
    return proposal


def _saved(c: Change, proposal: Proposal) -> Proposal:
    proposal.version += 1
    return c.save(proposal)


def _decide(c: Change, proposal: Proposal, state: str) -> Proposal:
    proposal.state, proposal.decided_by, proposal.decided_at = state, c.actor, timezone.now()
    return _saved(c, proposal)


def _edit(proposal: Proposal, edits: Mapping[str, Any], span: Span | None) -> None:
    unknown = set(edits) - EDITABLE
    if unknown:
        raise Invalid("unknown-field", field=min(unknown))
    if edits:
        proposal.edits = {**proposal.edits, **edits, "v": READING_VERSION}
    if span is not None and span != (proposal.start, proposal.end):
        proposal.start, proposal.end = _sound_span(proposal.document, span)
        proposal.wording = proposal.document.body[proposal.start : proposal.end]
        # The span is now a person's: reading again leaves it alone.
        proposal.by_hand = True


def _sound_span(document: Document, span: Span) -> Span:
    start, end = span
    if not 0 <= start < end <= len(document.body):
        raise Invalid("span-outside", field="span")
    found = trimmed(document.body, start, end)
    if found is None:
        raise Invalid("empty", field="span")
    if found[1] - found[0] > LONGEST_WORDING:
        raise Invalid("too-long", field="span", limit=LONGEST_WORDING)
    return found


def _new(document: Document, span: Span, reading: dict[str, Any], edits: Any = None) -> Proposal:
    return Proposal(
        document=document,
        start=span[0],
        end=span[1],
        wording=document.body[span[0] : span[1]],
        reading=reading,
        edits=edits or {"v": READING_VERSION},
        by_hand=True,
    )


def _reading_of_passage(document: Document, span: Span) -> dict[str, Any]:
    """What the engine reads in the passage by itself, its spans counted in the whole text; nothing of who said it."""
    passage = document.body[span[0] : span[1]]
    lang = document.lang if document.lang in {"ar", "en"} else None
    found = read(passage, published_on=document.published_on, lang=lang, zone=document.zone).proposals
    reading: dict[str, Any] = reading_of(found[0]) if found else {"v": READING_VERSION}
    for name in ("quantities", "places", "chain"):
        for part in reading.get(name, []):
            if part["start"] is not None:
                part["start"], part["end"] = part["start"] + span[0], part["end"] + span[0]
    return {**reading, "appearances": [], "why": {"code": "by-hand", "cue": "", "source": ""}}


def _part(c: Change, whole: Proposal, span: Span) -> Proposal:
    reading = dict(whole.reading)
    for name in ("quantities", "places"):
        reading[name] = [one for one in reading.get(name, []) if span[0] <= one["start"] < span[1]]
    # What an editor wrote about the whole sentence need not be true of half of it.
    edits = {name: value for name, value in whole.edits.items() if name in {"v", "chain", "stance", "event"}}
    return c.add(_new(whole.document, span, reading, edits))


def _neighbour(c: Change, one: Proposal, other_id: Any) -> Proposal:
    waiting = Proposal.objects.filter(document=one.document_id, state=ProposalState.PROPOSED)
    order = list(waiting.values_list("pk", flat=True))
    here = order.index(one.pk)
    beside = order[max(here - 1, 0) : here] + order[here + 1 : here + 2]
    wanted = _number(other_id) if other_id else next(iter(order[here + 1 : here + 2]), 0)
    if wanted not in beside:
        raise Invalid("not-neighbours", field="other")
    return _undecided(c, wanted, None)


def _union(c: Change, first: Proposal, second: Proposal) -> Proposal:
    span = _sound_span(first.document, (first.start, max(first.end, second.end)))
    reading = dict(first.reading)
    for name in ("quantities", "places"):
        have = list(reading.get(name, []))
        reading[name] = have + [one for one in second.reading.get(name, []) if one not in have]
    for name in ("chain", "event"):
        reading[name] = reading.get(name) or second.reading.get(name) or ([] if name == "chain" else None)
    return c.add(_new(first.document, span, reading, {**second.edits, **first.edits}))


def _into(c: Change, wholes: list[Proposal], parts: list[Proposal], state: str) -> None:
    for whole in wholes:
        whole.merged_into = parts[0]
        whole.reading = {**whole.reading, "into": [part.pk for part in parts]}
        _decide(c, whole, state)


def _unparted(c: Change, proposal: Proposal) -> list[Proposal]:
    """The proposals to set back with this one: whatever was merged with it. Removes what they were made into."""
    into = proposal.reading.get("into", [])
    if proposal.state not in {ProposalState.MERGED, ProposalState.SPLIT} or not into:
        return [proposal]
    parts = [c.lock(Proposal, pk) for pk in into]
    if any(part.state != ProposalState.PROPOSED for part in parts):
        raise Conflict("parts-decided", current=proposal)
    wholes = [proposal]
    same = Proposal.objects.filter(merged_into=parts[0], state=proposal.state).exclude(pk=proposal.pk)
    for pk in same.values_list("pk", flat=True):
        wholes.append(c.lock(Proposal, pk))  # noqa: PERF401 - each is locked in its turn
    for whole in wholes:
        whole.reading = {name: value for name, value in whole.reading.items() if name != "into"}
        whole.merged_into = None
    for part in parts:
        c.remove(part)
    return wholes
