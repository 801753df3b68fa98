"""Claims at the desk: read them, log one, say who said it, attach a note."""

from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Field, Query, Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict

from claims.actions.attribution import Hop, add_chain
from claims.actions.claim import log_claim
from claims.actions.evidence import attach_note
from claims.api.auth import Key
from claims.api.paging import Paging, cut, paged
from claims.api.readable import Readable
from claims.errors import Invalid, NotFound
from claims.models import Claim, Evidence, Incident, Question, Source, User, Verdict
from claims.text.normalise import fold

router = Router(tags=["desk"], auth=Key())


class Given(Schema):
    """What a caller sends: a field we do not know is an error, so that a misspelt one is not lost in silence."""

    model_config = ConfigDict(extra="forbid")


class ClaimFilters(Paging):
    q: Readable = Field("", max_length=200)
    state: Literal["", "new", "open", "in_review", "decided", "on_hold", "rejected"] = ""
    incident: Readable = Field("", max_length=80)


class ClaimGiven(Given):
    """A claim that belongs to no document; claims out of a text are accepted at the desk."""

    wording: Readable = Field(min_length=1, max_length=20_000)
    lang: Literal["ar", "en", "other"] = "ar"
    statement_ar: Readable = Field("", max_length=2000)
    statement_en: Readable = Field("", max_length=2000)
    answer_ar: Readable = Field("", max_length=200)
    answer_en: Readable = Field("", max_length=200)
    incident: Readable | None = Field(None, max_length=80, description="slug")
    question: UUID | None = None
    place: Readable = Field("", max_length=200)
    event_earliest_at: AwareDatetime | None = None
    event_latest_at: AwareDatetime | None = None
    event_raw: Readable = Field("", max_length=200)


class HopGiven(Given):
    source: Readable = Field(max_length=80, description="slug")
    stance: Literal["asserts", "denies", "estimates", "no_comment"] = "asserts"
    verb: Readable = Field("", max_length=80)
    url: Readable = Field("", max_length=2000, pattern=r"^(https?://\S+)?$")
    said_at: AwareDatetime | None = None


class ChainGiven(Given):
    """Outermost hop first, origin last."""

    version: int
    hops: list[HopGiven] = Field(min_length=1, max_length=12)


class NoteGiven(Given):
    relation: Literal["supports", "refutes", "context"] = "context"
    title_ar: Readable = Field("", max_length=300)
    title_en: Readable = Field("", max_length=300)
    description_ar: Readable = Field("", max_length=5000)
    description_en: Readable = Field("", max_length=5000)


@router.get("/claims")
def claim_list(request: HttpRequest, asked: Query[ClaimFilters]) -> dict[str, Any]:
    """Claims the key's owner may see, last touched first."""
    rows = Claim.objects.visible_to(person(request)).matching(fold(asked.q))
    if asked.state:
        rows = rows.filter(work_state=asked.state)
    if asked.incident:
        rows = rows.filter(incident__slug=asked.incident)
    page, n_all = cut(rows.select_related("incident").order_by("-updated_at", "id"), asked)
    return paged([_brief(row) for row in page], n_all, asked)


@router.get("/claims/{uuid:claim_id}")
def claim_detail(request: HttpRequest, claim_id: UUID) -> dict[str, Any]:
    """A claim with its chains, evidence and revisions of the verdict."""
    return _whole(_visible(request, claim_id))


@router.post("/claims", response={201: dict[str, Any]})
def claim_log(request: HttpRequest, given: ClaimGiven) -> Status[dict[str, Any]]:
    """Log a claim."""
    fields = given.dict(exclude={"incident", "question"})
    _bounded(given.event_earliest_at, "event_earliest_at")
    _bounded(given.event_latest_at, "event_latest_at")
    incident = Incident.objects.filter(slug=given.incident).first() if given.incident else None
    if given.incident and incident is None:
        raise Invalid("unknown-incident", field="incident")
    if given.question and not Question.objects.filter(pk=given.question, incident=incident).exists():
        raise Invalid("unknown-question", field="question")
    fields |= {"incident_id": incident.pk if incident else None, "question_id": given.question}
    return Status(201, _whole(log_claim(actor=person(request), fields=fields)))


@router.post("/claims/{uuid:claim_id}/chains", response={201: dict[str, Any]})
def chain_add(request: HttpRequest, claim_id: UUID, given: ChainGiven) -> Status[dict[str, Any]]:
    """Say who said it: one chain."""
    claim = _visible(request, claim_id)
    sources = Source.objects.active().in_bulk([hop.source for hop in given.hops], field_name="slug")
    for place, hop in enumerate(given.hops):
        if hop.source not in sources:
            raise Invalid("unknown-source", field=f"hops.{place}.source")
        _bounded(hop.said_at, f"hops.{place}.said_at")
    hops = [Hop(**{**hop.dict(), "source": sources[hop.source]}) for hop in given.hops]
    add_chain(actor=person(request), claim_id=claim.pk, version=given.version, hops=hops)
    return Status(201, _whole(_visible(request, claim_id)))


@router.post("/claims/{uuid:claim_id}/notes", response={201: dict[str, Any]})
def note_attach(request: HttpRequest, claim_id: UUID, given: NoteGiven) -> Status[dict[str, Any]]:
    """Attach a note as evidence."""
    claim = _visible(request, claim_id)
    return Status(201, _evidence(attach_note(actor=person(request), claim_id=claim.pk, fields=given.dict())))


def person(request: HttpRequest) -> User:
    """Whose key it is."""
    found: User = request.auth  # type: ignore[attr-defined]
    return found


def _visible(request: HttpRequest, claim_id: UUID) -> Claim:
    rows = Claim.objects.visible_to(person(request)).select_related("incident")
    found = rows.prefetch_related("attributions__source", "evidence", "verdicts", "quantities")
    claim = found.filter(pk=claim_id).first()
    if claim is None:
        raise NotFound(what="claim")
    return claim


def _bounded(at: datetime | None, field: str) -> None:
    """1900 to two years from now, as every form has it."""
    if at is None:
        return
    # In its own zone first: the far ends of the calendar cannot be moved to another.
    if not 1900 <= at.year <= now().year + 2 or at.astimezone(UTC).year < 1900:
        raise Invalid("date-out-of-range", field=field)


def _brief(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.pk,
        "version": claim.version,
        "wording": claim.wording,
        "lang": claim.lang,
        "statement_ar": claim.statement_ar,
        "statement_en": claim.statement_en,
        "work_state": claim.work_state,
        "incident": claim.incident.slug if claim.incident else None,
        "question": claim.question_id,
        "slug": claim.slug,
        "updated_at": claim.updated_at,
    }


def _whole(claim: Claim) -> dict[str, Any]:
    hops = sorted(claim.attributions.all(), key=lambda hop: (hop.created_at, hop.pk))
    return {
        **_brief(claim),
        "answer_ar": claim.answer_ar,
        "answer_en": claim.answer_en,
        "place": claim.place,
        "event_earliest_at": claim.event_earliest_at,
        "event_latest_at": claim.event_latest_at,
        "hops": [
            {
                "id": hop.pk,
                "source": hop.source.slug,
                "relays": hop.relays_id,
                "hop": hop.hop,
                "stance": hop.stance,
                "verb": hop.verb,
                "verbatim": hop.verbatim,
                "url": hop.url,
            }
            for hop in hops
        ],
        "evidence": [_evidence(item) for item in claim.evidence.all() if item.retired_at is None],
        "verdicts": [verdict_shape(row) for row in claim.verdicts.all()],
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    names = ("kind", "relation", "title_ar", "title_en", "description_ar", "description_en", "url", "state")
    return {"id": item.pk, "version": item.version, **{name: getattr(item, name) for name in names}}


def verdict_shape(row: Verdict) -> dict[str, Any]:
    """A revision of a verdict; `content_sha256` is what an approval names."""
    texts = ("reason", "rationale", "would_settle", "exception", "change")
    return {
        "id": row.pk,
        "claim": row.claim_id,
        "revision": row.revision,
        "version": row.version,
        "kind": row.kind,
        "value": row.value,
        "state": row.state,
        "content_sha256": row.content_sha256,
        **{f"{name}_{lang}": getattr(row, f"{name}_{lang}") for name in texts for lang in ("ar", "en")},
    }
