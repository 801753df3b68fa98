"""Where and when a piece of evidence was made, as pages show it: from a row, or from a snapshot of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dateutil.parser import isoparse
from django.utils.translation import gettext as _

from claims.models import Confidence
from claims.models.incident import in_language
from claims.text.places import gazetteer


@dataclass(frozen=True)
class Judged:
    """One answer. `kind` is where or when; `made_by` and `made_at` are for colleagues only, empty elsewhere."""

    kind: str
    confidence: str
    reasoning: str
    compared: str
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision_km: float | None = None
    earliest_at: datetime | None = None
    latest_at: datetime | None = None
    precision: str = ""
    zone: str = ""
    may_publish: bool = False
    made_by: str = ""
    made_at: datetime | None = None

    @property
    def is_known(self) -> bool:
        """Whether it says where or when, and not that this cannot be told."""
        return self.confidence != Confidence.NONE

    @property
    def confidence_words(self) -> str:
        """High, medium, low, in the language of the page."""
        return str(Confidence(self.confidence).label)

    @property
    def point(self) -> str:
        """The coordinates in decimal degrees, latitude first; empty where only a name is known."""
        return coordinates(self.latitude, self.longitude)

    @property
    def precision_words(self) -> str:
        """How far off the point may be; empty where nobody said."""
        return "" if self.precision_km is None else km_words(self.precision_km)

    @property
    def map_url(self) -> str:
        """An outside map at that point."""
        return outside_map(self.latitude, self.longitude)


def coordinates(latitude: float | None, longitude: float | None) -> str:
    """A point in decimal degrees; five digits are a metre."""
    if latitude is None or longitude is None:
        return ""
    return f"{latitude:.5f}, {longitude:.5f}"


def outside_map(latitude: float | None, longitude: float | None) -> str:
    """The address of a point in the map of OpenStreetMap, for a person to follow; nothing is loaded from there."""
    if latitude is None or longitude is None:
        return ""
    at = f"{latitude:.5f}", f"{longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={at[0]}&mlon={at[1]}#map=13/{at[0]}/{at[1]}"


def km_words(km: float) -> str:
    """A distance as one reads it: metres below one kilometre, one decimal below ten."""
    if km < 1:
        return _("%(n)s m") % {"n": round(km * 1000)}
    return _("%(n)s km") % {"n": f"{km:.1f}".removesuffix(".0") if km < 10 else f"{km:.0f}"}


def judged(kind: str, facts: Mapping[str, Any], *, made_by: str = "", made_at: Any = None) -> Judged:
    """The answer in these columns: of a row, or the part of a snapshot, whose times are text."""
    known = gazetteer().get(facts.get("place_key") or "")
    latitude, longitude = _degrees(facts.get("latitude")), _degrees(facts.get("longitude"))
    metres = facts.get("precision_m")
    precision_km = metres / 1000 if metres is not None else None
    if known is not None and latitude is None:
        latitude, longitude, precision_km = known.lat, known.lon, known.precision_km
    return Judged(
        kind=kind,
        confidence=facts["confidence"],
        reasoning=in_language(facts["reasoning_ar"], facts["reasoning_en"]),
        compared=facts["compared"],
        place=in_language(known.name_ar, known.name_en) if known else facts.get("place") or "",
        latitude=latitude,
        longitude=longitude,
        precision_km=precision_km,
        earliest_at=_at(facts.get("earliest_at")),
        latest_at=_at(facts.get("latest_at")),
        precision=facts.get("precision") or "",
        zone=facts.get("zone") or "",
        may_publish=bool(facts.get("may_publish")),
        made_by=made_by,
        made_at=made_at,
    )


def judged_of(snapshot: Mapping[str, Any]) -> list[Judged]:
    """The answers that a piece of evidence in a snapshot holds."""
    return [judged(kind, snapshot[kind]) for kind in ("where", "when") if snapshot.get(kind)]


def _degrees(value: Any) -> float | None:
    """A snapshot writes fractions as text, so that every database hashes the same."""
    return None if value is None else float(value)


def _at(value: Any) -> datetime | None:
    return isoparse(value) if isinstance(value, str) and value else value or None
