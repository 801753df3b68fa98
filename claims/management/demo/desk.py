"""Discussion and division of work in the illustration."""

from claims.actions.claim import assign_claim, comment, set_work_state
from claims.management.demo.content import Item, rows
from claims.management.demo.stage import Stage
from claims.models import Claim, Comment


def share_out(stage: Stage) -> None:
    """Assignments, claims set aside, and comments; what somebody has changed since is left as it is."""
    for item in rows("desk", "assign"):
        _assign(stage, item, _fresh(stage, item))
    for item in rows("desk", "state"):
        _set_aside(stage, item, _fresh(stage, item))
    for item in rows("desk", "comment"):
        _say(stage, item, _fresh(stage, item))


def _fresh(stage: Stage, item: Item) -> Claim:
    return Claim.objects.get(pk=stage.claims[item["claim"]].pk)


def _assign(stage: Stage, item: Item, claim: Claim) -> None:
    if claim.assignee_id is None:
        to = stage.people[item["to"]]
        assign_claim(actor=stage.people[item["by"]], claim_id=claim.pk, version=claim.version, assignee=to)


def _set_aside(stage: Stage, item: Item, claim: Claim) -> None:
    if not claim.state_reason:
        set_work_state(
            actor=stage.people[item["by"]],
            claim_id=claim.pk,
            version=claim.version,
            state=item["state"],
            reason=item["reason"],
        )


def _say(stage: Stage, item: Item, claim: Claim) -> None:
    author = stage.people[item["by"]]
    if Comment.objects.filter(claim=claim, author=author, body=item["body"]).exists():
        return
    about = stage.evidence[item["evidence"]].pk if "evidence" in item else None
    comment(actor=author, claim_id=claim.pk, body=item["body"], evidence_id=about)
