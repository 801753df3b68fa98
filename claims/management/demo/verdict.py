"""Verdicts of the illustration: what two people did with each, step by step, as they would on their screens."""

from collections.abc import Callable

from django.db import transaction

from claims.actions import publish, verdict
from claims.management.demo.content import Item, rows
from claims.management.demo.stage import Stage
from claims.models import Claim, User, Verdict, VerdictKind, VerdictState

TEXTS = [
    f"{name}_{lang}"
    for name in ("reason", "rationale", "would_settle", "exception", "change")
    for lang in ("ar", "en")
]


def walk_verdicts(stage: Stage) -> None:
    """Every claim's verdicts from first to last, a claim at a time; a claim that has any is left alone."""
    for key in dict.fromkeys(item["claim"] for item in rows("verdicts", "verdict")):
        claim = stage.claims[key]
        if not claim.verdicts.exists():
            with transaction.atomic():
                for item in rows("verdicts", "verdict"):
                    if item["claim"] == key:
                        _walk(stage, claim, item)


def _walk(stage: Stage, claim: Claim, item: Item) -> None:
    for step, who, *words in item["walk"]:
        STEPS[step](stage, claim, item, stage.people[who], words[0] if words else "")


def _propose(stage: Stage, claim: Claim, item: Item, actor: User, words: str) -> None:
    draft = claim.verdicts.filter(state=VerdictState.DRAFT).first()
    verdict.propose_verdict(
        actor=actor,
        claim_id=claim.pk,
        value=item["value"],
        texts={name: item.get(name, "").strip() for name in TEXTS},
        evidence_ids=[stage.evidence[key].pk for key in item["cites"]],
        version=draft.version if draft else None,
    )


def _change(stage: Stage, claim: Claim, item: Item, actor: User, words: str) -> None:
    standing = claim.verdicts.get(state=VerdictState.PUBLISHED)
    publish.start_correction(actor=actor, verdict_id=standing.pk, kind=VerdictKind(item["kind"]))
    _propose(stage, claim, item, actor, words)


def _submit(stage: Stage, claim: Claim, item: Item, actor: User, words: str) -> None:
    draft = claim.verdicts.get(state=VerdictState.DRAFT)
    verdict.submit_verdict(actor=actor, verdict_id=draft.pk, version=draft.version)


def _approve(stage: Stage, claim: Claim, item: Item, actor: User, words: str) -> None:
    read = _under(claim, VerdictState.SUBMITTED)
    verdict.approve_verdict(actor=actor, verdict_id=read.pk, content_sha256=read.content_sha256, note=words)


def _return(stage: Stage, claim: Claim, item: Item, actor: User, words: str) -> None:
    read = _under(claim, VerdictState.SUBMITTED)
    verdict.return_verdict(actor=actor, verdict_id=read.pk, content_sha256=read.content_sha256, note=words)


def _publish(stage: Stage, claim: Claim, item: Item, actor: User, words: str) -> None:
    read = _under(claim, VerdictState.APPROVED)
    publish.publish_verdict(actor=actor, verdict_id=read.pk, content_sha256=read.content_sha256)


def _under(claim: Claim, state: str) -> Verdict:
    return claim.verdicts.get(state=state)


STEPS: dict[str, Callable[[Stage, Claim, Item, User, str], None]] = {
    "propose": _propose,
    "correct": _change,
    "withdraw": _change,
    "submit": _submit,
    "approve": _approve,
    "return": _return,
    "publish": _publish,
}
