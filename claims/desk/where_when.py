"""Where and when a piece of evidence was made: people's answers, newest first, and all of it on one map."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.actions.snapshot import REASONED, WHEN, WHERE
from claims.desk.evidence_map import Map, Spot, map_of
from claims.models import Chronolocation, Claim, Evidence, Examination, Geolocation
from claims.rules.judged import Judged, judged
from claims.rules.mismatch import point_of_claim

MOST_FILES = 5


@dataclass(frozen=True)
class WhereWhen:
    """Context of desk/evidence/_where.html. The first answer of each kind counts, the others are earlier ones."""

    where: list[Judged]
    when: list[Judged]
    map: Map | None

    @property
    def now(self) -> list[Judged]:
        """The answers that count."""
        return [*self.where[:1], *self.when[:1]]

    @property
    def earlier(self) -> list[Judged]:
        """The answers that counted before."""
        return [*self.where[1:], *self.when[1:]]


def where_when(evidence: Evidence, examined: Sequence[Examination]) -> WhereWhen:
    """Everything known about the place and time of a piece of evidence."""
    places = Geolocation.objects.filter(evidence=evidence).select_related("made_by")
    times = Chronolocation.objects.filter(evidence=evidence).select_related("made_by")
    where = [_judged("where", row, WHERE) for row in places.order_by("-pk")]
    when = [_judged("when", row, WHEN) for row in times.order_by("-pk")]
    return WhereWhen(where, when, map_of(spots_of(evidence.claim, examined, where[0] if where else None)))


def _judged(kind: str, row: Geolocation | Chronolocation, columns: Sequence[str]) -> Judged:
    facts = {name: getattr(row, name) for name in (*REASONED, *columns, "may_publish")}
    return judged(kind, facts, made_by=row.made_by.name, made_at=row.made_at)


def spots_of(claim: Claim, examined: Sequence[Examination], found: Judged | None) -> list[Spot]:
    """The points of the map: the claim's, what the files say, what a person found."""
    spots = []
    there = point_of_claim(claim)
    if there is not None:
        spots.append(
            Spot("claim", _("The claim: %(place)s") % {"place": claim.place or claim.place_key}, *there)
        )
    if found is not None and found.latitude is not None and found.longitude is not None:
        label = _("What a colleague found")
        label = f"{label}: {found.place}" if found.place else label
        spots.append(Spot("person", label, found.latitude, found.longitude, found.precision_km or 0.0))
    return [*spots, *_of_files(examined)]


def _of_files(examined: Sequence[Examination]) -> list[Spot]:
    found: dict[tuple[float, float], Spot] = {}
    for row in examined:
        for place in row.facts.get("places") or []:
            at = round(float(place["latitude"]), 5), round(float(place["longitude"]), 5)
            if abs(at[0]) <= 90 and abs(at[1]) <= 180:
                label = _("The file: %(source)s") % {"source": place["source"]}
                found.setdefault(at, Spot("file", label, *at))
    return list(found.values())[:MOST_FILES]
