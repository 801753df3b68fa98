"""Claims of the illustration with their chains and quantities."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from claims.actions.attribution import Hop, add_chain
from claims.actions.claim import Count, log_claim
from claims.management.demo.content import Item, rows, span_of, when, where
from claims.management.demo.stage import Stage
from claims.models import Claim, Document, Source

ZONE = "Asia/Damascus"


def log_claims(stage: Stage) -> None:
    """Every claim, logged by amal unless it stands already."""
    for item in rows("claims", "claim"):
        document = stage.documents[item["document"]]
        span = span_of(document.body, item["quote"])
        found = Claim.objects.filter(document=document, start=span[0], end=span[1]).first()
        stage.claims[item["key"]] = found or _log(stage, item, document, span)


@transaction.atomic
def _log(stage: Stage, item: Item, document: Document, span: tuple[int, int]) -> Claim:
    amal = stage.people["amal"]
    claim = log_claim(
        actor=amal,
        document=document,
        span=span,
        fields={
            **_texts(item),
            **_event(item),
            **where(item["place"]),
            **_place_of_claim(stage, item, document),
        },
        quantities=[_count(*quantity) for quantity in item.get("quantities", [])],
    )
    for chain in item["chains"]:
        hops = [_hop(stage, document, span, *hop) for hop in chain]
        claim = add_chain(actor=amal, claim_id=claim.pk, version=claim.version, hops=hops)
    return claim


def _texts(item: Item) -> Item:
    return {name: item[name] for name in ("statement_ar", "statement_en", "answer_ar", "answer_en")}


def _event(item: Item) -> Item:
    time = when(item["time"])
    if not time:
        return {}
    return {
        "event_earliest_at": time["earliest"],
        "event_latest_at": time["latest"],
        "event_precision": time["precision"],
        "event_raw": time["raw"],
        "event_zone": ZONE,
    }


def _place_of_claim(stage: Stage, item: Item, document: Document) -> Item:
    """Its question, which brings its incident, or else the incident of its document."""
    if item["question"]:
        return {"question_id": stage.questions[item["question"]].pk}
    return {"incident_id": document.incident_id}


def _count(comparator: str, low: Any, high: Any, unit: str, raw: str) -> Count:
    return Count(comparator, _decimal(low), _decimal(high), unit, raw)


def _decimal(number: Any) -> Decimal | None:
    return None if number == "" else Decimal(number)


def _hop(
    stage: Stage, document: Document, span: tuple[int, int], key: str, verb: str, stance: str, quote: str = ""
) -> Hop:
    return Hop(
        source=stage.sources.get(key) or Source.objects.get(slug=key),
        stance=stance,
        verb=verb,
        document=document,
        span=span_of(document.body, quote) if quote else span,
    )
