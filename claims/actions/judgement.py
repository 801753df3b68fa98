"""What people find out about a piece of evidence: where and when it was made, and which findings matter.

Nothing is changed: a new answer is appended and counts from then on. Each is a hand in the claim, and voids a
submission that cites the evidence.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from claims.actions import snapshot
from claims.actions.contribution import lock_evidence, touched
from claims.actions.fit import fitted
from claims.actions.history import Change, change
from claims.errors import Invalid, NotFound, ensure
from claims.media.finding import Finding
from claims.models import (
    Chronolocation,
    Claim,
    Confidence,
    Evidence,
    FindingMark,
    Geolocation,
    Mark,
    Precision,
    User,
)
from claims.rules.evidence import may_edit_evidence
from claims.text.places import gazetteer, lookup

GIVEN = (*snapshot.REASONED, "may_publish")
# Half the way round the earth: farther off nothing can be.
MOST_PRECISION_M = 20_037_000
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=731)


def locate_evidence(*, actor: User, evidence_id: Any, version: int, fields: Mapping[str, Any]) -> Geolocation:
    """Say where it was made, with confidence and reasoning. A name of one known place stands for its point.

    Raises NotAllowed, NotFound, Conflict("stale"), Invalid: place-missing, place-ambiguous, off-the-globe,
    reasoning-missing, confidence-unknown.
    """
    with change(actor=actor, action="evidence.located") as c:
        claim, evidence = _begin(c, evidence_id, version)
        given = {**_known(fields, snapshot.WHERE), "evidence": evidence, "made_by": actor}
        made: Geolocation = c.add(Geolocation(**_reasoned(_pointed(given))))
        _end(c, claim, evidence)
        return made


def date_evidence(
    *, actor: User, evidence_id: Any, version: int, fields: Mapping[str, Any]
) -> Chronolocation:
    """Say when it was made: an instant or a span, with confidence and reasoning.

    Raises NotAllowed, NotFound, Conflict("stale"), Invalid: time-missing, from-after-to, out-of-range,
    reasoning-missing, confidence-unknown.
    """
    with change(actor=actor, action="evidence.dated") as c:
        claim, evidence = _begin(c, evidence_id, version)
        given = {**_known(fields, snapshot.WHEN), "evidence": evidence, "made_by": actor}
        made: Chronolocation = c.add(Chronolocation(**_reasoned(_spanned(given))))
        _end(c, claim, evidence)
        return made


def mark_finding(
    *, actor: User, evidence_id: Any, version: int, finding: str, mark: str, reason: str
) -> FindingMark:
    """Say of one finding (by its key) that it matters, or that it does not, or take that back; always why.

    Raises NotAllowed, NotFound, Conflict("stale"), Invalid("reason-missing", "mark-unknown").
    """
    if not reason.strip():
        raise Invalid("reason-missing", field="reason")
    if mark not in Mark.values:
        raise Invalid("mark-unknown", field="mark")
    with change(actor=actor, action="evidence.finding-marked") as c:
        claim, evidence = _begin(c, evidence_id, version)
        found = next((one for one in map(Finding.from_json, evidence.findings) if one.key == finding), None)
        if found is None:
            raise NotFound(what="finding")
        told = {"finding": found.key, "code": found.code, "facts": found.facts}
        made = FindingMark(evidence=evidence, made_by=actor, mark=mark, reason=reason.strip()[:500], **told)
        c.add(made)
        touched(c, claim, evidence)
        c.save(evidence)
        return made


def marks_of(evidence: Iterable[Evidence]) -> dict[tuple[Any, str], FindingMark]:
    """The newest mark of each finding that is not open again, by evidence id and key of the finding; one query."""
    rows = FindingMark.objects.filter(evidence__in=[row.pk for row in evidence]).select_related("made_by")
    newest = {(row.evidence_id, row.finding): row for row in rows.order_by("pk")}
    return {key: row for key, row in newest.items() if row.mark != Mark.OPEN}


def _begin(c: Change, evidence_id: Any, version: int) -> tuple[Claim, Evidence]:
    claim, evidence = lock_evidence(c, evidence_id, version)
    ensure(may_edit_evidence(c.actor, evidence))
    return claim, evidence


def _end(c: Change, claim: Claim, evidence: Evidence) -> None:
    evidence.findings = fitted(claim, evidence)
    touched(c, claim, evidence)
    c.save(evidence)


def _known(fields: Mapping[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    unknown = set(fields) - {*GIVEN, *columns}
    if unknown:
        raise Invalid("unknown-field", field=min(unknown))
    return dict(fields)


def _reasoned(given: dict[str, Any]) -> dict[str, Any]:
    if given.get("confidence") not in Confidence.values:
        raise Invalid("confidence-unknown", field="confidence")
    texts = {name: (given.get(name) or "").strip() for name in ("reasoning_ar", "reasoning_en", "compared")}
    if not (texts["reasoning_ar"] or texts["reasoning_en"]):
        raise Invalid("reasoning-missing", field="reasoning_ar")
    for name, most in (("reasoning_ar", 5000), ("reasoning_en", 5000), ("compared", 2000)):
        if len(texts[name]) > most:
            raise Invalid("too-long", field=name, limit=most)
    return {**given, **texts}


def _pointed(given: dict[str, Any]) -> dict[str, Any]:
    """A place by name, by point, or both; none where it cannot be told."""
    if given.get("confidence") == Confidence.NONE:
        nowhere = {"place": "", "place_key": "", "latitude": None, "longitude": None, "precision_m": None}
        return {**given, **nowhere}
    place = (given.get("place") or "").strip()
    point = (given.get("latitude"), given.get("longitude"))
    if not place and point == (None, None):
        raise Invalid("place-missing", field="place")
    _on_the_globe(*point, given.get("precision_m"))
    if point == (None, None):
        return {**given, "place": place, "place_key": _key_of(place, given.get("place_key") or "")}
    return {**given, "place": place, "place_key": ""}


def _on_the_globe(latitude: Any, longitude: Any, precision_m: Any) -> None:
    """Raises Invalid("off-the-globe"): also for half a point, and for what is no number."""
    both = latitude is not None and longitude is not None
    if both and not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Invalid("off-the-globe", field="point")
    if not both and (latitude is not None or longitude is not None):
        raise Invalid("off-the-globe", field="point")
    if precision_m is not None and not 0 <= precision_m <= MOST_PRECISION_M:
        raise Invalid("off-the-globe", field="precision_m")


def _key_of(place: str, chosen: str) -> str:
    """The gazetteer's key for a name; none for a place it does not know. A name of two places asks."""
    known = [one.key for one in lookup(place)]
    if chosen in known:
        return chosen
    if len(known) > 1:
        points = [f"{gazetteer()[key].lat}, {gazetteer()[key].lon}" for key in known]
        raise Invalid("place-ambiguous", field="place", points="; ".join(points))
    return known[0] if known else ""


def _spanned(given: dict[str, Any]) -> dict[str, Any]:
    """A span in order and within reason; none where it cannot be told."""
    if given.get("confidence") == Confidence.NONE:
        return {**given, "earliest_at": None, "latest_at": None, "precision": "", "zone": ""}
    first, last = given.get("earliest_at"), given.get("latest_at")
    if first is None or last is None:
        raise Invalid("time-missing", field="from_on")
    if first > last:
        raise Invalid("from-after-to", field="to_on")
    if first < EARLIEST or last > timezone.now() + AHEAD:
        raise Invalid("out-of-range", field="from_on")
    if given.get("precision") and given["precision"] not in Precision.values:
        raise Invalid("unknown-field", field="precision")
    return {**given, "zone": _zone(given.get("zone") or "")}


def _zone(name: str) -> str:
    if not name:
        return ""
    try:
        return str(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        raise Invalid("unknown-zone", field="zone") from None
