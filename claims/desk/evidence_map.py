"""The map of a piece of evidence, drawn by the server: where the claim, the file and a person say it happened.

No tile and no third party: a graticule, the places of our gazetteer, a scale. Equirectangular, true to scale along the
middle latitude; north is up and east is right on a mirrored page, too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, cos, dist, floor, radians

from django.utils.translation import gettext as _

from claims.models.incident import in_language
from claims.rules.judged import coordinates, km_words, outside_map
from claims.rules.mismatch import distance_km
from claims.text.places import Place, gazetteer

WIDE, HIGH, EDGE = 360.0, 270.0, 34.0
KM_PER_DEGREE = 111.2
LEAST_KM = 4.0
# Beyond this, or the distance between points, the uncertainty of a place does not widen the map: a country's circle
# would leave nothing else to be seen.
MOST_CIRCLE_KM = 150.0
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 45.0)
LENGTHS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
MOST_NAMES = 12
LONG_ENOUGH = 45.0
_AREAS = {"country", "governorate", "region", "state", "district", "area", "sea", "river"}


@dataclass(frozen=True)
class Spot:
    """A point to be shown. `kind` is claim, file or person; the first one is what distances are counted from."""

    kind: str
    label: str
    latitude: float
    longitude: float
    precision_km: float = 0.0

    @property
    def point(self) -> str:
        """Its coordinates."""
        return coordinates(self.latitude, self.longitude)

    @property
    def map_url(self) -> str:
        """The same point in an outside map."""
        return outside_map(self.latitude, self.longitude)


@dataclass(frozen=True)
class Shape:
    """One thing to draw, its numbers ready for SVG whatever the language."""

    kind: str
    x: str = ""
    y: str = ""
    x2: str = ""
    y2: str = ""
    r: str = ""
    text: str = ""

    @property
    def middle(self) -> tuple[str, str]:
        """Half-way along a line."""
        return _text((float(self.x) + float(self.x2)) / 2), _text((float(self.y) + float(self.y2)) / 2)


@dataclass(frozen=True)
class Map:
    """Context of desk/evidence/_map.html."""

    spots: list[tuple[Spot, str]]
    lines: list[Shape]
    names: list[Shape]
    circles: list[Shape]
    ways: list[Shape]
    marks: list[Shape]
    scale: Shape
    spoken: str


def map_of(spots: Sequence[Spot]) -> "Map | None":
    """The map with these points in it, or None for none."""
    if not spots:
        return None
    view = _View(spots)
    away = [_away(spots[0], spot) for spot in spots]
    taken = [view.at(spot.latitude, spot.longitude) for spot in spots]
    return Map(
        spots=list(zip(spots, away, strict=True)),
        lines=[*view.parallels(), *view.meridians()],
        names=_names(view, [*taken, *(_halfway(taken[0], other) for other in taken[1:])]),
        circles=[_circle(view, spot) for spot in spots if spot.precision_km],
        ways=[
            _way(view, spots[0], spot, told) for spot, told in zip(spots[1:], away[1:], strict=True) if told
        ],
        marks=[
            Shape(spot.kind, *_texts(*view.at(spot.latitude, spot.longitude)), text=spot.label)
            for spot in spots
        ],
        scale=view.scale(),
        spoken="; ".join(
            ": ".join(filter(None, [spot.label, " ".join(filter(None, [spot.point, told]))]))
            for spot, told in zip(spots, away, strict=True)
        ),
    )


class _View:
    """What part of the earth is shown, and where on the paper."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        self.first = spots[0].longitude
        wests = [self._unrolled(spot.longitude) for spot in spots]
        norths = [spot.latitude for spot in spots]
        self.latitude = (max(norths) + min(norths)) / 2
        self.longitude = (max(wests) + min(wests)) / 2
        self.narrow = max(cos(radians(self.latitude)), 0.05)
        across = (max(wests) - min(wests)) * KM_PER_DEGREE * self.narrow / 2
        up = (max(norths) - min(norths)) * KM_PER_DEGREE / 2
        most = max(across, up) if max(across, up) > LEAST_KM else MOST_CIRCLE_KM
        reach = max(LEAST_KM, *(min(spot.precision_km, most) for spot in spots))
        across, up = across + reach, up + reach
        self.per_km = min((WIDE / 2 - EDGE) / across, (HIGH / 2 - EDGE) / up)

    def _unrolled(self, longitude: float) -> float:
        """The same meridian, on the near side of the first point: no map breaks at 180 degrees."""
        return self.first + (longitude - self.first + 540) % 360 - 180

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point falls on the paper."""
        east = (self._unrolled(longitude) - self.longitude) * KM_PER_DEGREE * self.narrow
        north = (latitude - self.latitude) * KM_PER_DEGREE
        return WIDE / 2 + east * self.per_km, HIGH / 2 - north * self.per_km

    def parallels(self) -> Iterator[Shape]:
        """Lines of latitude."""
        half = HIGH / 2 / self.per_km / KM_PER_DEGREE
        for degrees in _round_steps(max(self.latitude - half, -90), min(self.latitude + half, 90)):
            y = self.at(degrees, self.longitude)[1]
            told = _("%(degrees)s° N") if degrees >= 0 else _("%(degrees)s° S")
            yield Shape(
                "parallel", "0", _text(y), _text(WIDE), _text(y), text=told % {"degrees": _plain(degrees)}
            )

    def meridians(self) -> Iterator[Shape]:
        """Lines of longitude."""
        half = min(WIDE / 2 / self.per_km / KM_PER_DEGREE / self.narrow, 179.0)
        for degrees in _round_steps(self.longitude - half, self.longitude + half):
            x = WIDE / 2 + (degrees - self.longitude) * KM_PER_DEGREE * self.narrow * self.per_km
            rolled = (degrees + 180) % 360 - 180
            told = _("%(degrees)s° E") if rolled >= 0 else _("%(degrees)s° W")
            yield Shape(
                "meridian", _text(x), "0", _text(x), _text(HIGH), text=told % {"degrees": _plain(rolled)}
            )

    def scale(self) -> Shape:
        """The longest round length that fits a quarter of the paper."""
        length = max((n for n in LENGTHS if n * self.per_km <= WIDE / 4), default=LENGTHS[0])
        return Shape("scale", x2=_text(12 + length * self.per_km), text=km_words(length))


def _round_steps(low: float, high: float) -> list[float]:
    step = next((n for n in STEPS if (high - low) / n <= 4), STEPS[-1])
    return [round(n * step, 4) for n in range(ceil(low / step), floor(high / step) + 1)]


def _away(first: Spot, spot: Spot) -> str:
    km = distance_km(first.latitude, first.longitude, spot.latitude, spot.longitude)
    return km_words(km) if spot is not first and km >= 0.001 else ""


def _circle(view: _View, spot: Spot) -> Shape:
    x, y = view.at(spot.latitude, spot.longitude)
    return Shape(spot.kind, _text(x), _text(y), r=_text(min(spot.precision_km * view.per_km, 4 * WIDE)))


def _way(view: _View, first: Spot, spot: Spot, told: str) -> Shape:
    """The line between two points, with its length where there is room for it."""
    a, b = view.at(first.latitude, first.longitude), view.at(spot.latitude, spot.longitude)
    return Shape("way", *_texts(*a), *_texts(*b), text=told if dist(a, b) > LONG_ENOUGH else "")


def _halfway(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _names(view: _View, taken: list[tuple[float, float]]) -> list[Shape]:
    """Names of the gazetteer that fall on the paper: those beside our points first, none over another."""
    shown: list[Shape] = []
    boxes = [(x - 14, y - 14, x + 14, y + 14) for x, y in taken]
    for place in _nearest(view):
        x, y = view.at(place.lat, place.lon)
        name = in_language(place.name_ar, place.name_en)
        half = 3.4 * len(name) + 4
        box = (x - half, y - 6, x + half, y + 20)
        if len(shown) < MOST_NAMES and _fits(box) and not any(_overlap(box, other) for other in boxes):
            boxes.append(box)
            shown.append(Shape("area" if place.kind in _AREAS else "town", _text(x), _text(y), text=name))
    return shown


def _nearest(view: _View) -> Iterable[Place]:
    def off(place: Place) -> float:
        return distance_km(view.latitude, view.longitude, place.lat, place.lon)

    near = [
        place for place in gazetteer().values() if off(place) * view.per_km < WIDE and place.kind != "country"
    ]
    return sorted(near, key=lambda place: (place.kind in _AREAS, off(place)))


def _fits(box: tuple[float, float, float, float]) -> bool:
    return box[0] > 0 and box[1] > 12 and box[2] < WIDE and box[3] < HIGH - 22


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _text(number: float) -> str:
    return f"{number:.1f}"


def _texts(x: float, y: float) -> tuple[str, str]:
    return _text(x), _text(y)


def _plain(degrees: float) -> str:
    return f"{abs(degrees):.2f}".rstrip("0").rstrip(".")
