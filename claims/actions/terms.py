"""What a proposal would become if it was accepted now: the engine's reading, under the editor's edits.

Screen and action ask the same function, so that what is accepted is what was shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.db.models import Q

from claims.actions.claim import Count
from claims.models import Alias, Document, Precision, Proposal, Source, SourceKind, Stance
from claims.text.normalise import fold
from claims.text.places import gazetteer, lookup
from claims.text.registry import KnownSource, known_sources

TEXTS = ("statement_ar", "statement_en", "answer_ar", "answer_en")
How = Literal["known", "listed", "unnamed", "new", "unknown"]
# The engine's several days are a window in the tables.
_PRECISIONS = {"days": Precision.WINDOW}
# Quotation marks that a place may be written in; single ones stand inside names, as in Sana'a.
_QUOTES = dict.fromkeys(map(ord, '"“”„‟«»'))


@dataclass(frozen=True)
class Teller:
    """One hop, outermost first. `how` says what its source is:

    known: `source`; listed: in the list that comes with the product, added on accepting; unnamed: belongs to the
    document; new: the editor asked for a new source; unknown: somebody has to pick, or ask for a new one. `voice` is
    the JSON it was read from.
    """

    surface: str
    how: How
    source: Source | None = None
    listed: KnownSource | None = None
    kind: str = SourceKind.UNNAMED
    certainty: float = 0.0
    voice: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Happening:
    """When it happened: days in the document's zone, both inclusive, None while not resolved."""

    earliest_on: date | None
    latest_on: date | None
    precision: str
    raw: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spot:
    """Where: the words, and the gazetteer's key, "" when unknown; `choices` are keys to choose from."""

    name: str
    key: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """Everything about a proposal but its wording."""

    chain: tuple[Teller, ...]
    stance: str
    verb: str
    quantities: tuple[Count, ...]
    event: Happening | None
    place: Spot | None
    texts: Mapping[str, str] = field(default_factory=dict)
    incident_id: str = ""
    question_id: str = ""
    said_raw: str = ""

    @property
    def unknown(self) -> Teller | None:
        """The first hop whose source nobody has named yet: it keeps the proposal from being accepted."""
        return next((one for one in self.chain if one.how == "unknown"), None)


@dataclass(frozen=True)
class Directory:
    """Sources by slug, id and folded name, fetched once for many proposals."""

    by_key: Mapping[str, Source]
    by_name: Mapping[str, Source]
    listed: Mapping[str, KnownSource]


def directory(proposals: Iterable[Proposal]) -> Directory:
    """The sources that these proposals name, in two queries."""
    voices = [voice for one in proposals for voice in _voices(one)]
    keys = {str(v.get("source_key") or "") for v in voices} - {""}
    ids = {str(v.get("source") or "") for v in voices} - {""}
    names = {fold(v["surface"]).strip()[:200] for v in voices} - {""}
    sources = Source.objects.filter(Q(slug__in=keys) | Q(pk__in=ids))
    by_key = {key: row for row in sources for key in (row.slug, str(row.pk))}
    aliases = Alias.objects.filter(folded__in=names, source__retired_at__isnull=True).select_related("source")
    return Directory(
        by_key, {row.folded: row.source for row in aliases}, {one.key: one for one in known_sources()}
    )


def terms_of(proposal: Proposal, document: Document, known: Directory | None = None) -> Terms:
    """The proposal as it stands. `known` saves queries where many are shown."""
    known = known or directory([proposal])
    reading, edits = proposal.reading, proposal.edits

    def stands(name: str, default: Any) -> Any:
        return edits[name] if name in edits else reading.get(name, default)

    said = reading.get("said") or {}
    return Terms(
        chain=_chain(proposal, document, known),
        stance=stands("stance", Stance.ASSERTS),
        verb=stands("verb", ""),
        quantities=tuple(_count(one) for one in stands("quantities", [])),
        event=_happening(stands("event", None)),
        place=_edited_spot(edits["place"]) if "place" in edits else _spot(reading.get("places", [])),
        texts={name: edits.get(name, "") for name in TEXTS},
        incident_id=edits.get("incident", ""),
        question_id=edits.get("question", ""),
        said_raw=str(said.get("raw", ""))[:200],
    )


def claim_fields(terms: Terms, document: Document) -> dict[str, Any]:
    """The fields of the claim (actions.claim.EDITABLE)."""
    fields: dict[str, Any] = {**terms.texts, **_event_fields(terms.event, document.zone)}
    if terms.place is not None:
        fields |= place_fields(terms.place)
    fields["question_id"] = terms.question_id or None
    fields["incident_id"] = terms.incident_id or (None if terms.question_id else document.incident_id)
    return fields


def place_fields(spot: Spot) -> dict[str, Any]:
    """Words, key and point of a place; a name that is not in the gazetteer has words only."""
    found = gazetteer().get(spot.key)
    if found is None:
        return {"place": spot.name[:200]}
    return {
        "place": spot.name[:200],
        "place_key": found.key,
        "latitude": found.lat,
        "longitude": found.lon,
        "place_precision_m": round(found.precision_km * 1000),
    }


def _event_fields(event: Happening | None, zone: str) -> dict[str, Any]:
    if event is None:
        return {}
    fields: dict[str, Any] = {"event_raw": event.raw, "event_precision": event.precision, "event_zone": zone}
    if event.earliest_on is None:
        return fields
    here = ZoneInfo(zone)
    latest = (event.latest_on or event.earliest_on) + timedelta(days=1)
    return fields | {
        "event_earliest_at": datetime.combine(event.earliest_on, time(), here).astimezone(UTC),
        # The last second of the last day: both ends are shown, and both are inside.
        "event_latest_at": datetime.combine(latest, time(), here).astimezone(UTC) - timedelta(seconds=1),
    }


def _voices(proposal: Proposal) -> list[dict[str, Any]]:
    voices: list[dict[str, Any]] = (
        proposal.edits["chain"] if "chain" in proposal.edits else proposal.reading.get("chain", [])
    )
    return voices


def _chain(proposal: Proposal, document: Document, known: Directory) -> tuple[Teller, ...]:
    voices = _voices(proposal)
    if not voices and "chain" not in proposal.edits and document.publisher is not None:
        publisher = document.publisher
        voice = {"surface": publisher.name, "source": str(publisher.pk)}
        return (Teller(publisher.name, "known", publisher, None, publisher.kind, 1.0, voice),)
    told: list[Teller] = []
    for voice in voices:
        one = _teller(voice, known)
        if one.source is None or all(one.source != other.source for other in told):
            told.append(one)
    return tuple(told)


def _teller(voice: Mapping[str, Any], known: Directory) -> Teller:
    surface, kind = str(voice["surface"])[:300], voice.get("kind") or SourceKind.UNNAMED
    certainty = float(voice.get("certainty", 1.0))
    key = str(voice.get("source") or voice.get("source_key") or "")
    if voice.get("unnamed"):
        return Teller(surface, "unnamed", voice=voice)
    source = known.by_key.get(key) or known.by_name.get(fold(surface).strip()[:200])
    if source is not None:
        return Teller(surface, "known", source, None, source.kind, certainty, voice)
    if key in known.listed:
        listed = known.listed[key]
        return Teller(surface, "listed", None, listed, listed.kind, certainty, voice)
    return Teller(surface, "new" if voice.get("new") else "unknown", None, None, kind, certainty, voice)


def _count(one: Mapping[str, Any]) -> Count:
    return Count(
        one["comparator"],
        _decimal(one.get("low")),
        _decimal(one.get("high")),
        str(one.get("unit", ""))[:60],
        str(one.get("raw", ""))[:200],
        str(one.get("scope", ""))[:200],
    )


def _decimal(value: Any) -> Decimal | None:
    return None if value in (None, "") else round(Decimal(str(value)), 3)


def _happening(event: Mapping[str, Any] | None) -> Happening | None:
    if not event:
        return None
    return Happening(
        _day(event.get("earliest_on")),
        _day(event.get("latest_on")),
        _PRECISIONS.get(event["precision"], event["precision"]),
        str(event.get("raw", ""))[:200],
        tuple(event.get("notes", ())),
    )


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _edited_spot(place: Mapping[str, str] | None) -> Spot | None:
    if not place:
        return None
    if place.get("key"):
        return Spot(place["name"], place["key"])
    keys = tuple(found.key for found in lookup(place["name"]))
    return Spot(place["name"], keys[0] if len(keys) == 1 else "", keys if len(keys) > 1 else ())


# How far off a point may be, in km, for it to say more than the name of a place that has none.
CLOSE_KM = 30.0


def _spot(mentions: list[dict[str, Any]]) -> Spot | None:
    """Of the places a passage names, the one that is known most exactly; else the first.

    «بلدة تادف شرقي حلب» is not in Aleppo: a place that lies to one side of another goes before that other, and one
    that has no point before a whole governorate.
    """
    if not mentions:
        return None
    there = [one for one in mentions if not one.get("beside")] or mentions
    known = gazetteer()
    exact = [one for one in there if len(one["keys"]) == 1 and one["keys"][0] in known]
    best = min(exact, key=lambda one: known[one["keys"][0]].precision_km, default=None)
    unsure = next((one for one in there if one not in exact), None)
    if best and (unsure is None or known[best["keys"][0]].precision_km <= CLOSE_KM):
        return Spot(_unquoted(best["surface"]), best["keys"][0])
    first = unsure or mentions[0]
    return Spot(_unquoted(first["surface"]), "", tuple(first["keys"]))


def _unquoted(surface: str) -> str:
    """A place as a name: «قاعدة "حقل العمر» is cut inside its quotation marks, and they are not part of it."""
    return " ".join(surface.translate(_QUOTES).split())
