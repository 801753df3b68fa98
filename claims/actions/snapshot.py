"""What is approved and what is published, as canonical JSON text."""

from typing import Any

from claims.actions.fit import dated, located
from claims.ledger.canonical import canonical_text
from claims.models import Attribution, Claim, DerivativeKind, Evidence, EvidenceKind, Source, Verdict
from claims.rules.verdict import origins_of

SNAPSHOT_VERSION = 1


def approval_snapshot(claim: Claim, verdict: Verdict) -> str:
    """Everything a reviewer stands behind: the claim and what the page says around it, its chains, verdict, evidence.

    Canonical JSON (claims.ledger.canonical); its SHA-256 is the verdict's `content_sha256`. Free of times that only say
    when work was done, so that the same content always hashes the same.
    """
    return canonical_text(
        {
            "v": SNAPSHOT_VERSION,
            "claim": _claim(claim),
            **_about(claim),
            "chains": [_hop(hop) for hop in hops_of(claim)],
            "origins": _origins(claim),
            "verdict": _verdict(verdict),
            "evidence": [_evidence(cited.evidence) for cited in _citations(verdict)],
        }
    )


def publication_snapshot(
    claim: Claim, verdict: Verdict, *, number: int, slug: str, published_at: Any, first_at: Any
) -> str:
    """Everything the public page shows, in both languages: it is drawn from this alone (rules 7, 8, 10).

    Holds no editor's name and no internal id; evidence is named by the tokens of its public copies.
    """
    return canonical_text(
        {
            "v": SNAPSHOT_VERSION,
            "number": number,
            "slug": slug,
            "published_at": published_at,
            "first_published_at": first_at,
            "claim": _public_claim(claim),
            **_about(claim),
            "chains": [_public_hop(hop) for hop in hops_of(claim)],
            "origins": _origins(claim),
            "verdict": {**_verdict(verdict), "revision": verdict.revision},
            "content_sha256": verdict.content_sha256,
            "evidence": [_public_evidence(cited.evidence) for cited in _citations(verdict)],
        }
    )


def _origins(claim: Claim) -> dict[str, Any]:
    """How many voices stand behind the claim: it follows from the registry, which may change after the reading."""
    found = origins_of(claim)
    return {"independent": found.independent, "outlets": found.outlets, "all_parties": found.all_parties}


def _about(claim: Claim) -> dict[str, Any]:
    """What the page says around the claim: approved with it, so that no later change of words goes out unread."""
    incident, question = claim.incident, claim.question
    return {
        "incident": incident
        and {
            "slug": incident.slug,
            "title_ar": incident.title_ar,
            "title_en": incident.title_en,
            "is_illustration": incident.is_illustration,
        },
        "question": question and {"text_ar": question.text_ar, "text_en": question.text_en},
        "document": _document(claim),
    }


def hops_of(claim: Claim) -> list[Attribution]:
    """The hops of a claim, each chain outermost first, chains in the order they were added."""
    rows = list(claim.attributions.select_related("source", "document").order_by("created_at", "id"))
    by_id = {row.pk: row for row in rows}
    relayed = {row.relays_id for row in rows}
    ordered: list[Attribution] = []
    for outermost in (row for row in rows if row.pk not in relayed):
        hop: Attribution | None = outermost
        while hop is not None:
            if hop not in ordered:
                ordered.append(hop)
            hop = by_id.get(hop.relays_id) if hop.relays_id else None
    return ordered


def _citations(verdict: Verdict) -> Any:
    return verdict.citations.select_related("evidence__source").prefetch_related(
        "evidence__captures__derivatives"
    )


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        **_public_claim(claim),
        "id": claim.pk,
        "incident": claim.incident_id,
        "question": claim.question_id,
    }


def _public_claim(claim: Claim) -> dict[str, Any]:
    names = [
        *("wording", "lang", "statement_ar", "statement_en", "answer_ar", "answer_en"),
        *("event_earliest_at", "event_latest_at", "event_precision", "event_raw", "event_zone"),
        *("place", "place_key", "latitude", "longitude", "place_precision_m"),
    ]
    quantities = [
        {
            "comparator": q.comparator,
            "low": q.low,
            "high": q.high,
            "unit": q.unit,
            "scope": q.scope,
            "raw": q.raw,
        }
        for q in claim.quantities.all()
    ]
    return {**{name: getattr(claim, name) for name in names}, "quantities": quantities}


def _hop(hop: Attribution) -> dict[str, Any]:
    return {**_public_hop(hop), "id": hop.pk, "source_id": hop.source_id, "relays": hop.relays_id}


def _public_hop(hop: Attribution) -> dict[str, Any]:
    return {
        "source": _source(hop.source),
        "hop": hop.hop,
        "surface": hop.surface,
        "verb": hop.verb,
        "stance": hop.stance,
        "verbatim": hop.verbatim,
        "url": hop.url or (hop.document.url if hop.document else ""),
        "said_at": hop.said_at,
        "said_raw": hop.said_raw,
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "slug": source.slug,
        "name_ar": source.name_ar,
        "name_en": source.name_en,
        "kind": source.kind,
        "is_party": source.is_party,
        "affiliation": source.affiliation,
    }


def _document(claim: Claim) -> dict[str, Any] | None:
    document = claim.document
    if document is None:
        return None
    return {
        "title": document.title,
        "url": document.url,
        "lang": document.lang,
        "published_on": document.published_on,
        "publisher": document.publisher and _source(document.publisher),
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    names = ("reason", "rationale", "would_settle", "exception", "change")
    texts = {f"{name}_{lang}": getattr(verdict, f"{name}_{lang}") for name in names for lang in ("ar", "en")}
    return {"value": verdict.value, "kind": verdict.kind, **texts}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    captures = [
        {"role": c.role, "sha256": c.sha256, "size": c.size, "media_type": c.media_type}
        for c in evidence.captures.all()
    ]
    return {
        **_evidence_texts(evidence),
        "id": evidence.pk,
        "captures": captures,
        "redaction": evidence.redaction,
        "may_publish": evidence.may_publish,
        **_judged(evidence, {}),
    }


REASONED = ("confidence", "reasoning_ar", "reasoning_en", "compared")
WHERE = ("place", "place_key", "latitude", "longitude", "precision_m")
WHEN = ("earliest_at", "latest_at", "precision", "zone")


def _judged(evidence: Evidence, only: dict[str, Any]) -> dict[str, Any]:
    """Where and when it was made, by a person's account; a key only where there is one, so that earlier hashes hold.

    `only` narrows it to answers with these values. Who gave them stays inside.
    """
    found: dict[str, Any] = {}
    for name, row, columns in (("where", located(evidence), WHERE), ("when", dated(evidence), WHEN)):
        if row is not None and all(getattr(row, key) == value for key, value in only.items()):
            shown = {} if only else {"may_publish": row.may_publish}
            found[name] = {**{key: getattr(row, key) for key in (*REASONED, *columns)}, **shown}
    return found


def _evidence_texts(evidence: Evidence) -> dict[str, Any]:
    names = [
        *("kind", "relation", "title_ar", "title_en", "description_ar", "description_en"),
        *("url", "is_sensitive"),
    ]
    return {
        **{name: getattr(evidence, name) for name in names},
        "from": evidence.source and _source(evidence.source),
    }


def _public_evidence(evidence: Evidence) -> dict[str, Any]:
    captures = list(evidence.captures.all())
    copies = [
        {
            "token": d.token,
            "sha256": d.sha256,
            "media_type": d.media_type,
            "width": d.width,
            "height": d.height,
        }
        for capture in captures
        for d in capture.derivatives.all()
        if evidence.may_publish and d.kind == DerivativeKind.PUBLIC and d.retired_at is None
    ]
    facts = [
        {
            "role": c.role,
            "sha256": c.sha256,
            "size": c.size,
            "media_type": c.media_type,
            # Of a file it would only say when somebody sent it in (ACCEPTANCE C11).
            "captured_at": c.captured_at if evidence.kind == EvidenceKind.LINK else None,
        }
        for c in captures
    ]
    judged = _judged(evidence, {"may_publish": True})
    return {**_evidence_texts(evidence), "copies": copies, "captures": facts, **judged}
