"""Claims of the illustration: accepted out of their texts, with their chains and quantities."""

from typing import Any

from django.db import transaction

from claims.actions.attribution import Hop, add_chain, replace_chain
from claims.actions.proposal import accept_proposal, mark_passage
from claims.management.demo.content import Item, rows, span_of, table
from claims.management.demo.stage import Stage
from claims.models import Claim, Document, Proposal, ProposalState, Source

Span = tuple[int, int]


def log_claims(stage: Stage) -> None:
    """Every claim, accepted by amal unless it stands already."""
    for item in rows("claims", "claim"):
        document = stage.documents[item["document"]]
        span = span_of(document.body, item["quote"])
        found = Claim.objects.filter(document=document, start=span[0], end=span[1]).first()
        stage.claims[item["key"]] = found or _accept(stage, item, document, span)


@transaction.atomic
def _accept(stage: Stage, item: Item, document: Document, span: Span) -> Claim:
    """Accept, then the chains that one reading cannot hold: what a second source says is another chain."""
    amal = stage.people["amal"]
    proposal = _proposed(document, span) or mark_passage(
        actor=amal, document_id=document.pk, start=span[0], end=span[1]
    )
    claim = accept_proposal(
        actor=amal,
        proposal_id=proposal.pk,
        version=proposal.version,
        span=span,
        edits=_edits(stage, item, document),
    )
    first, *others = [[_hop(stage, document, span, *hop) for hop in chain] for chain in item["chains"]]
    outermost = claim.attributions.outermost().get()
    claim = replace_chain(
        actor=amal, claim_id=claim.pk, version=claim.version, outermost_id=outermost.pk, hops=first
    )
    for hops in others:
        claim = add_chain(actor=amal, claim_id=claim.pk, version=claim.version, hops=hops)
    return claim


def _proposed(document: Document, span: Span) -> Proposal | None:
    """The engine's proposal that shares most with the span, if any does."""
    near = document.proposals.filter(state=ProposalState.PROPOSED, start__lt=span[1], end__gt=span[0])
    shared = {row: min(row.end, span[1]) - max(row.start, span[0]) for row in near}
    return max(shared, key=shared.__getitem__) if shared else None


def _edits(stage: Stage, item: Item, document: Document) -> dict[str, Any]:
    """What an editor changes before accepting, as the form gives it."""
    texts = {name: item[name] for name in ("statement_ar", "statement_en", "answer_ar", "answer_en")}
    sources = [_source(stage, key) for key, *_ in item["chains"][0]]
    _, verb, stance, *_ = item["chains"][0][0]
    question = stage.questions.get(item["question"])
    return {
        **texts,
        "verb": verb,
        "stance": stance,
        "chain": [{"surface": _name(source, document), "source": str(source.pk)} for source in sources],
        "quantities": [_quantity(*quantity) for quantity in item.get("quantities", [])],
        "event": _event(item["time"]),
        "place": _place(item["place"], document.lang),
        "question": str(question.pk) if question else "",
    }


def _event(key: str) -> dict[str, Any] | None:
    if not key:
        return None
    time = table("incidents")["time"][key]
    return {
        "earliest_on": time["earliest"].date().isoformat(),
        "latest_on": time["latest"].date().isoformat(),
        "precision": time["precision"],
        "raw": time["raw"],
    }


def _place(key: str, lang: str) -> dict[str, str] | None:
    """In the language of the text; the gazetteer's key gives its name in the other."""
    if not key:
        return None
    place = table("incidents")["place"][key]
    return {"name": place[f"name_{lang}"], "key": place["key"]}


def _quantity(comparator: str, low: Any, high: Any, unit: str, raw: str) -> dict[str, Any]:
    return {"comparator": comparator, "low": low, "high": high, "unit": unit, "raw": raw}


def _hop(
    stage: Stage, document: Document, span: Span, key: str, verb: str, stance: str, quote: str = ""
) -> Hop:
    source = _source(stage, key)
    return Hop(
        source=source,
        stance=stance,
        verb=verb,
        surface=_name(source, document),
        document=document,
        span=span_of(document.body, quote) if quote else span,
    )


def _source(stage: Stage, key: str) -> Source:
    return stage.sources.get(key) or Source.objects.get(slug=key)


def _name(source: Source, document: Document) -> str:
    return source.name_en if document.lang == "en" else source.name_ar
