"""The verdict beside a claim: its revisions, the form of the draft, and what is missing before it can be submitted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from claims.desk.answers import wording
from claims.desk.checklist_words import Step, steps_of
from claims.forms.verdict import CorrectionForm, VerdictForm
from claims.models import Claim, Evidence, User, Verdict, VerdictState
from claims.rules.publish import may_correct
from claims.rules.verdict import (
    asks_exception,
    checklist,
    may_decide,
    may_propose,
    may_take_back,
    origins_of,
)


@dataclass(frozen=True)
class Returned:
    """A revision a reviewer sent back, and why."""

    revision: int
    note: str
    by: str
    at: Any


@dataclass(frozen=True)
class VerdictBox:
    """What desk/verdict/_box.html shows. At most one of draft, submitted and approved is there."""

    draft: Verdict | None
    under_review: Verdict | None
    published: Verdict | None
    returned: Returned | None
    form: VerdictForm | None
    steps: list[Step]
    is_complete: bool
    may_propose: bool
    refused: str
    may_take_back: bool
    may_decide: bool
    decide_refused: str
    correction: CorrectionForm | None
    conflict: Any
    is_open: bool
    needs_settle: bool
    needs_exception: bool
    exception_if_confirmed: bool


def verdict_box(
    user: User,
    claim: Claim,
    evidence: Sequence[Evidence],
    *,
    form: VerdictForm | None = None,
    conflict: Any = None,
) -> VerdictBox:
    """The box for a person. `form` is a refused one, kept as typed."""
    rows = list(claim.verdicts.defer("snapshot").select_related("submitted_by").order_by("-revision"))
    for row in rows:
        row.claim = claim
    draft = _first(rows, VerdictState.DRAFT)
    under_review = _first(rows, VerdictState.SUBMITTED) or _first(rows, VerdictState.APPROVED)
    published = _first(rows, VerdictState.PUBLISHED)
    refused = may_propose(user, claim)
    items = checklist(claim, draft)
    refusal = may_decide(user, under_review) if under_review else None
    return VerdictBox(
        draft=draft,
        under_review=under_review,
        published=published,
        returned=_returned(rows, draft),
        form=form or (VerdictForm(draft=draft, evidence=evidence) if refused is None else None),
        steps=steps_of(items, _places(claim)) if under_review is None else [],
        is_complete=draft is not None and all(item.done or item.advisory for item in items),
        may_propose=refused is None,
        refused=wording(refused.code, refused.facts) if refused else "",
        may_take_back=under_review is not None and may_take_back(user, under_review) is None,
        may_decide=under_review is not None and refusal is None,
        decide_refused=wording(refusal.code, refusal.facts) if refusal else "",
        correction=_correction(user, published),
        conflict=conflict,
        is_open=draft is not None or form is not None or not (under_review or published),
        needs_settle=any(item.code == "would-settle" for item in items),
        needs_exception=any(item.code == "exception" for item in items),
        exception_if_confirmed=refused is None and asks_exception(origins_of(claim)),
    )


def _first(rows: Sequence[Verdict], state: str) -> Verdict | None:
    return next((row for row in rows if row.state == state), None)


def _returned(rows: Sequence[Verdict], draft: Verdict | None) -> Returned | None:
    """The reviewer's reasons for the revision before this draft."""
    if draft is None:
        return None
    before = next((row for row in rows if row.revision < draft.revision), None)
    if before is None or before.state != VerdictState.RETURNED:
        return None
    review = before.reviews.select_related("reviewer").first()
    if review is None:
        return None
    return Returned(before.revision, review.note, review.reviewer.name, review.decided_at)


def _correction(user: User, published: Verdict | None) -> CorrectionForm | None:
    if published is None or may_correct(user, published) is not None:
        return None
    return CorrectionForm(initial={"verdict": published.pk})


def _places(claim: Claim) -> dict[str, str]:
    edit = reverse("desk:claim-edit", args=[claim.pk])
    return {
        "statement": f"{edit}#id_statement_ar",
        "both-languages": f"{edit}#id_statement_ar",
        "incident": f"{edit}#id_incident_id",
        "chain": reverse("desk:chain-new", args=[claim.pk]),
        "verdict": "#verdict",
        "reason": "#id_reason_ar",
        "rationale": "#id_rationale_ar",
        "would-settle": "#id_would_settle_ar",
        "evidence": "#cited",
        "exception": "#id_exception_ar",
        "change": "#id_change_ar",
    }
