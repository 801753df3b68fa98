"""Does what a file says of its time and place, or what a person found out about them, fit the claim it is to prove?"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from claims.models import Chronolocation, Claim, Geolocation
from claims.text.places import gazetteer

EARTH_KM = 6371.0
NEAR_KM = 25.0
# A place that a person found by comparing pictures is better than a telephone's.
FOUND_NEAR_KM = 2.0
# A time without a zone may be anywhere on the earth's clocks.
UNZONED = timedelta(hours=14)
AFTERMATH = timedelta(days=1)
# Findings that follow from the claim's time and place, and are told anew when those change.
OF_THE_CLAIM = frozenset(
    {
        *("time-before-event", "time-after-event", "place-far"),
        *("located-far", "dated-before-event", "dated-after-event"),
    }
)


def mismatches(claim: Claim, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Findings {code, facts}: time-before-event, time-after-event (more than a day), place-far."""
    return [*_of_time(claim, facts), *_of_place(claim, facts)]


def judged_apart(
    claim: Claim, where: Geolocation | None, when: Chronolocation | None
) -> list[dict[str, Any]]:
    """Findings {code, facts}: located-far, dated-before-event, dated-after-event (more than a day)."""
    found: list[dict[str, Any]] = []
    if where is not None:
        found += _located_far(claim, where)
    if when is not None:
        found += _dated_apart(claim, when)
    return found


def _of_time(claim: Claim, facts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    event = _event(claim)
    taken = next(
        (m for m in facts.get("taken") or [] if "Original" in m["source"] or "GPS" in m["source"]), None
    )
    taken = taken or next(iter(facts.get("taken") or []), None)
    if not (event and taken):
        return
    first, last = event
    at, slack = _moment(taken)
    if at + slack < first:
        yield _finding("time-before-event", taken=_written(taken), event=_day(claim, first))
    elif at - slack > last + AFTERMATH:
        yield _finding("time-after-event", taken=_written(taken), event=_day(claim, last))


def _event(claim: Claim) -> tuple[datetime, datetime] | None:
    first = claim.event_earliest_at or claim.event_latest_at
    last = claim.event_latest_at or claim.event_earliest_at
    return (first, last) if first and last else None


def _day(claim: Claim, at: datetime) -> str:
    """The day where it happened: late evening there is often the next or the last day in UTC."""
    return at.astimezone(ZoneInfo(claim.event_zone or settings.NEWSROOM_TIME_ZONE)).date().isoformat()


def _moment(taken: Mapping[str, Any]) -> tuple[datetime, timedelta]:
    """(instant, how far off it may be)."""
    offset = str(taken.get("offset") or "")
    if not offset:
        return datetime.fromisoformat(taken["local"]).replace(tzinfo=UTC), UNZONED
    return datetime.fromisoformat(taken["local"] + offset.replace("Z", "+00:00")), timedelta(minutes=1)


def _written(taken: Mapping[str, Any]) -> str:
    return f"{taken['local'].replace('T', ' ')} {taken.get('offset') or ''}".strip()


def _of_place(claim: Claim, facts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    there = point_of_claim(claim)
    if there is None:
        return
    latitude, longitude, precision_km = there
    for place in facts.get("places") or []:
        km = distance_km(latitude, longitude, place["latitude"], place["longitude"])
        if km > max(NEAR_KM, 2 * precision_km):
            yield _finding("place-far", km=round(km), place=claim.place or claim.place_key)
            return


def _located_far(claim: Claim, where: Geolocation) -> Iterator[dict[str, Any]]:
    there, found = point_of_claim(claim), point_of_geolocation(where)
    if there is None or found is None:
        return
    km = distance_km(*there[:2], *found[:2])
    if km > max(FOUND_NEAR_KM, 2 * there[2] + found[2]):
        told = {"km": round(km), "place": claim.place or claim.place_key, "confidence": where.confidence}
        yield _finding("located-far", **told)


def _dated_apart(claim: Claim, when: Chronolocation) -> Iterator[dict[str, Any]]:
    event = _event(claim)
    if event is None or when.earliest_at is None or when.latest_at is None:
        return
    first, last = event
    if when.latest_at < first:
        told = {"made": _day(claim, when.latest_at), "event": _day(claim, first)}
        yield _finding("dated-before-event", confidence=when.confidence, **told)
    elif when.earliest_at > last + AFTERMATH:
        told = {"made": _day(claim, when.earliest_at), "event": _day(claim, last)}
        yield _finding("dated-after-event", confidence=when.confidence, **told)


def point_of_claim(claim: Claim) -> tuple[float, float, float] | None:
    """Latitude, longitude and how far off the point may be, in km."""
    return _point(claim.latitude, claim.longitude, claim.place_precision_m, claim.place_key)


def point_of_geolocation(where: Geolocation) -> tuple[float, float, float] | None:
    """Latitude, longitude and how far off the point may be, in km."""
    return _point(where.latitude, where.longitude, where.precision_m, where.place_key)


def _point(
    latitude: float | None, longitude: float | None, precision_m: int | None, place_key: str
) -> tuple[float, float, float] | None:
    if latitude is not None and longitude is not None:
        return latitude, longitude, (precision_m or 0) / 1000
    known = gazetteer().get(place_key)
    return (known.lat, known.lon, known.precision_km) if known else None


def distance_km(a_latitude: float, a_longitude: float, b_latitude: float, b_longitude: float) -> float:
    """Along the great circle (haversine), between two points in degrees."""
    a, b = radians(a_latitude), radians(b_latitude)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(b_longitude - a_longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def _finding(code: str, **facts: Any) -> dict[str, Any]:
    return {"code": code, "facts": facts}
