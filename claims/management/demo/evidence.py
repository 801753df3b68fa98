"""Evidence of the illustration: files drawn now, notes, and a link whose page is ours."""

from typing import Any

from claims.actions import evidence as evidences
from claims.management.demo.content import Item, file_of, rows
from claims.management.demo.stage import Stage
from claims.models import Claim, Evidence, EvidenceKind, User


def attach_evidence(stage: Stage) -> None:
    """Every piece, attached unless it hangs there already."""
    for item in rows("evidence", "evidence"):
        claim = stage.claims[item["claim"]]
        found = Evidence.objects.filter(claim=claim, title_en=item["title_en"], kind=item["kind"]).first()
        stage.evidence[item["key"]] = found or _attach(stage.people[item["by"]], claim, item)


def _attach(actor: User, claim: Claim, item: Item) -> Evidence:
    fields: dict[str, Any] = {
        name: item[name] for name in ("relation", "title_ar", "title_en", "description_ar", "description_en")
    }
    if item["kind"] == EvidenceKind.NOTE:
        return evidences.attach_note(actor=actor, claim_id=claim.pk, fields=fields)
    if item["kind"] == EvidenceKind.LINK:
        return evidences.attach_link(actor=actor, claim_id=claim.pk, url=item["url"], fields=fields)
    name, content = file_of(item)
    return evidences.attach_file(
        actor=actor, claim_id=claim.pk, chunks=[content], file_name=name, fields=fields
    )
