"""Claims: log, edit, count, place under a question, assign, set aside, discuss."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from claims.actions.contribution import contribute, material_edit
from claims.actions.fit import MEASURED, fit_again
from claims.actions.history import Change, change
from claims.errors import Invalid, NotAllowed, Refused, ensure
from claims.models import Claim, Comment, Document, Evidence, Incident, Quantity, Question, User, WorkState
from claims.rules.claim import may_assign_claim, may_comment, may_edit_claim, may_set_work_state
from claims.rules.role import may_write
from claims.text.normalise import fold
from claims.text.places import lookup

# What a form or an engine may set on a claim; anything else in `fields` is a fault of the caller.
EDITABLE = {
    "wording",
    "lang",
    "statement_ar",
    "statement_en",
    "answer_ar",
    "answer_en",
    "event_earliest_at",
    "event_latest_at",
    "event_precision",
    "event_raw",
    "event_zone",
    "place",
    "place_key",
    "latitude",
    "longitude",
    "place_precision_m",
    "incident_id",
    "question_id",
}


@dataclass(frozen=True)
class Count:
    """A quantity as a form or the engine gives it; `low` and `high` bound it, either may be open."""

    comparator: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    raw: str
    scope: str = ""


def log_claim(
    *,
    actor: User,
    fields: Mapping[str, Any],
    document: Document | None = None,
    span: tuple[int, int] | None = None,
    quantities: Sequence[Count] = (),
) -> Claim:
    """A new claim. With a document, `span` (code points, half open) gives the wording. Raises NotAllowed, Invalid."""
    ensure(may_write(actor))
    with change(actor=actor, action="claim.logged") as c:
        return new_claim(c, fields=fields, document=document, span=span, quantities=quantities)


def new_claim(
    c: Change,
    *,
    fields: Mapping[str, Any],
    document: Document | None = None,
    span: tuple[int, int] | None = None,
    quantities: Sequence[Count] = (),
) -> Claim:
    """The claim of `log_claim`, inside a change that does more (accepting a proposal)."""
    claim = Claim(created_by=c.actor, document=document, **_placed(_checked(fields), ""))
    if document is not None:
        claim.start, claim.end, claim.wording = _sliced(document, span)
        claim.lang = fields.get("lang") or document.lang
    _default_statement(claim)
    _consistent(claim)
    claim.text_folded = searchable(claim)
    c.add(claim)
    for count in quantities:
        c.add(_quantity(claim, count))
    contribute(c, claim)
    return claim


def edit_claim(
    *,
    actor: User,
    claim_id: Any,
    version: int,
    fields: Mapping[str, Any],
    quantities: Sequence[Count] | None = None,
) -> Claim:
    """Change what a claim says, when, where or how many. Voids a submission or approval (rule 3).

    `quantities`, when given, replaces them all. Raises NotAllowed, Invalid, Conflict("stale").
    """
    with change(actor=actor, action="claim.edited") as c:
        claim = c.lock(Claim, claim_id, version)
        ensure(may_edit_claim(actor, claim))
        if claim.document_id and "wording" in fields and fields["wording"] != claim.wording:
            raise Invalid("wording-is-verbatim", field="wording")
        measured = [getattr(claim, name) for name in MEASURED]
        for name, value in _placed(_checked(fields), claim.place).items():
            setattr(claim, name, value)
        _consistent(claim)
        claim.text_folded = searchable(claim)
        if measured != [getattr(claim, name) for name in MEASURED]:
            fit_again(c, claim)
        if quantities is not None:
            _replace_quantities(c, claim, quantities)
        material_edit(c, claim)
        return c.save(claim)


def assign_claim(*, actor: User, claim_id: Any, version: int, assignee: User | None) -> Claim:
    """Give the claim to somebody, or to nobody. Raises NotAllowed, Conflict("stale")."""
    with change(actor=actor, action="claim.assigned") as c:
        claim = c.lock(Claim, claim_id, version)
        ensure(may_assign_claim(actor, claim, assignee))
        claim.assignee = assignee
        if assignee is not None and claim.work_state == WorkState.NEW:
            claim.work_state = WorkState.OPEN
        return c.save(claim)


def set_work_state(*, actor: User, claim_id: Any, version: int, state: str, reason: str = "") -> Claim:
    """Open, put on hold, or set aside as not checkable; the last two say why. Raises NotAllowed, Invalid, Conflict."""
    with change(actor=actor, action="claim.state-set") as c:
        claim = c.lock(Claim, claim_id, version)
        ensure(may_set_work_state(actor, claim, state))
        if state in {WorkState.ON_HOLD, WorkState.REJECTED} and not reason.strip():
            raise Invalid("reason-missing", field="reason")
        if claim.publication_id and state == WorkState.REJECTED:
            raise NotAllowed.because(Refused("published"))
        claim.work_state = state
        claim.state_reason = reason.strip() if state in {WorkState.ON_HOLD, WorkState.REJECTED} else ""
        return c.save(claim)


def comment(*, actor: User, claim_id: Any, body: str, evidence_id: Any = None) -> Comment:
    """Say something about the claim, or about one piece of its evidence. Raises NotAllowed, Invalid, NotFound."""
    if not body.strip():
        raise Invalid("empty", field="body")
    with change(actor=actor, action="claim.commented") as c:
        claim = c.lock(Claim, claim_id)
        ensure(may_comment(actor, claim))
        about = c.lock(Evidence, evidence_id) if evidence_id else None
        if about is not None and about.claim_id != claim.pk:
            raise Invalid("foreign-evidence", field="evidence")
        c.claim = claim
        if len(body) > 5000:
            raise Invalid("too-long", field="body", limit=5000)
        return c.add(Comment(claim=claim, evidence=about, author=actor, body=body))


def strike_comment(*, actor: User, comment_id: Any) -> Comment:
    """Strike out one's own comment; it stays in the history. Raises NotAllowed, NotFound."""
    with change(actor=actor, action="claim.comment-struck") as c:
        row = c.lock(Comment, comment_id)
        if row.author_id != actor.pk:
            raise NotAllowed.because(Refused("not-yours"))
        c.claim = row.claim
        row.struck_at = row.struck_at or timezone.now()
        return c.save(row)


def searchable(claim: Claim) -> str:
    """The folded text that search looks in."""
    parts = [
        claim.wording,
        claim.statement_ar,
        claim.statement_en,
        claim.answer_ar,
        claim.answer_en,
        claim.place,
    ]
    return fold("\n".join(part for part in parts if part))


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - EDITABLE
    if unknown:
        raise Invalid("unknown-field", field=min(unknown))
    for name in ("statement_ar", "statement_en"):
        if len(fields.get(name) or "") > 2000:
            raise Invalid("too-long", field=name, limit=2000)
    if len(fields.get("wording") or "") > 20_000:
        raise Invalid("too-long", field="wording", limit=20_000)
    return dict(fields)


def _placed(fields: dict[str, Any], before: str) -> dict[str, Any]:
    """The fields; a place that was only named gets its point from the gazetteer, or none: never that of the old one."""
    place = fields.get("place")
    if place is None or place == before or {"place_key", "latitude"} & set(fields):
        return fields
    known = lookup(place)
    found = known[0] if len(known) == 1 else None
    return {
        **fields,
        "place_key": found.key if found else "",
        "latitude": found.lat if found else None,
        "longitude": found.lon if found else None,
        "place_precision_m": round(found.precision_km * 1000) if found else None,
    }


def _sliced(document: Document, span: tuple[int, int] | None) -> tuple[int, int, str]:
    start, end = span or (0, 0)
    if not 0 <= start < end <= len(document.body):
        raise Invalid("span-outside", field="span")
    wording = document.body[start:end]
    if not wording.strip():
        raise Invalid("empty", field="span")
    return start, end, wording


def _default_statement(claim: Claim) -> None:
    if not claim.wording.strip():
        raise Invalid("empty", field="wording")
    if claim.lang == "en" and not claim.statement_en:
        claim.statement_en = claim.wording[:2000]
    elif claim.lang == "ar" and not claim.statement_ar:
        claim.statement_ar = claim.wording[:2000]


def _consistent(claim: Claim) -> None:
    """Question and incident belong together, times are in order. Raises Invalid."""
    if claim.question_id:
        question = Question.objects.filter(pk=claim.question_id).first()
        if question is None or (claim.incident_id and question.incident_id != claim.incident_id):
            raise Invalid("question-of-another-incident", field="question")
        claim.incident_id = question.incident_id
    if claim.incident_id and not Incident.objects.filter(pk=claim.incident_id).exists():
        raise Invalid("no-such-incident", field="incident")
    early, late = claim.event_earliest_at, claim.event_latest_at
    if early and late and early > late:
        raise Invalid("from-after-to", field="event_latest_at")


def _quantity(claim: Claim, count: Count) -> Quantity:
    if count.low is not None and count.high is not None and count.low > count.high:
        raise Invalid("from-after-to", field="quantities")
    return Quantity(
        claim=claim,
        comparator=count.comparator,
        low=count.low,
        high=count.high,
        unit=count.unit,
        scope=count.scope,
        raw=count.raw,
    )


def _replace_quantities(c: Change, claim: Claim, quantities: Sequence[Count]) -> None:
    for old in claim.quantities.all():
        c.remove(old)
    for count in quantities:
        c.add(_quantity(claim, count))
