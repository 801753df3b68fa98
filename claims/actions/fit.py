"""How evidence fits its claim: findings that follow from the claim's time and place, told anew when those change."""

from collections.abc import Iterable, Mapping
from typing import Any

from claims.actions.history import Change
from claims.models import Chronolocation, Claim, Evidence, Examination, Geolocation
from claims.rules.mismatch import OF_THE_CLAIM, judged_apart, mismatches

# What the fit of a piece of evidence is measured against.
MEASURED = (
    *("event_earliest_at", "event_latest_at", "event_zone"),
    *("place", "place_key", "latitude", "longitude", "place_precision_m"),
)


def located(evidence: Evidence) -> Geolocation | None:
    """Where it was made, by the newest answer of a person."""
    return Geolocation.objects.filter(evidence=evidence).order_by("-pk").first()


def dated(evidence: Evidence) -> Chronolocation | None:
    """When it was made, by the newest answer of a person."""
    return Chronolocation.objects.filter(evidence=evidence).order_by("-pk").first()


def fitted(
    claim: Claim, evidence: Evidence, findings: Iterable[Mapping[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """The findings (those of the row unless given), with the ones about time and place as they follow now."""
    noted = evidence.findings if findings is None else findings
    kept = [dict(one) for one in noted if one["code"] not in OF_THE_CLAIM]
    for capture_id, facts in _examined(evidence):
        for one in mismatches(claim, facts):
            if not any(known["code"] == one["code"] and known["facts"] == one["facts"] for known in kept):
                kept.append({**one, "capture": str(capture_id)})
    return kept + judged_apart(claim, located(evidence), dated(evidence))


def fit_again(c: Change, claim: Claim) -> None:
    """After the claim's time or place changed: the findings of its evidence follow. `claim` is locked."""
    for evidence in Evidence.objects.select_for_update(no_key=True).filter(claim=claim).order_by("pk"):
        found = fitted(claim, evidence)
        if found != evidence.findings:
            c.remember(evidence)
            evidence.findings = found
            c.save(evidence)


def _examined(evidence: Evidence) -> list[tuple[Any, dict[str, Any]]]:
    """The facts of the newest examination of each capture, captures in their order."""
    newest: dict[Any, dict[str, Any]] = {}
    for row in Examination.objects.filter(capture__evidence=evidence).order_by("examined_at", "id"):
        newest[row.capture_id] = row.facts
    keys = evidence.captures.order_by("captured_at", "id").values_list("pk", flat=True)
    return [(pk, newest[pk]) for pk in keys if pk in newest]
