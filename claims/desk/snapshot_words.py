"""A frozen snapshot in the words of the page, and what differs between two of them."""

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.actions.claim import Count
from claims.desk.entry_words import field_words, value_words
from claims.models.incident import in_language
from claims.rules.judged import Judged, judged_of
from claims.templatetags import days
from claims.templatetags.units import counted

CLAIM_FIELDS = ["wording", "lang", "statement_ar", "statement_en", "answer_ar", "answer_en"]
CLAIM_FIELDS += ["event_earliest_at", "event_latest_at", "event_precision", "event_raw", "place"]
VERDICT_TEXTS = [
    f"{n}_{lang}"
    for n in ("reason", "rationale", "would_settle", "exception", "change")
    for lang in ("ar", "en")
]


@dataclass(frozen=True)
class Changed:
    """One part of the snapshot that differs."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class FrozenHop:
    """A hop as frozen."""

    name: str
    url: str
    unnamed: bool
    stance: str
    verb: str
    verbatim: str


@dataclass(frozen=True)
class FrozenEvidence:
    """A piece of evidence as frozen, with its id for opening the original."""

    id: str
    title: str
    kind: str
    relation: str
    description: str
    url: str
    source_name: str
    sha256: str
    n_bytes: int | None
    thumb_url: str = ""
    judged: list[Judged] = field(default_factory=list)


@dataclass(frozen=True)
class Frozen:
    """A snapshot as the review page shows it: from its JSON alone."""

    statement: str
    wording: str
    lang: str
    facts: list[tuple[str, str]]
    quantities: list[str]
    chains: list[list[FrozenHop]]
    value: str
    kind: str
    texts: list[tuple[str, str, str, bool]]  # label, text, language, whether it is Markdown
    evidence: list[FrozenEvidence]


def frozen(snapshot: str) -> Frozen:
    """The snapshot read. Raises ValueError for what is none."""
    facts = json.loads(snapshot)
    claim, verdict = facts["claim"], facts["verdict"]
    return Frozen(
        statement=in_language(claim["statement_ar"], claim["statement_en"]) or claim["wording"],
        wording=claim["wording"],
        lang=claim["lang"],
        facts=[
            (field_words(n), value_words("claim", n, claim.get(n), {}))
            for n in CLAIM_FIELDS[2:]
            if claim.get(n)
        ]
        + [(label, told) for label, told in _around(facts).items() if told],
        quantities=[_quantity(q) for q in claim["quantities"]],
        chains=_chains(facts["chains"]),
        value=verdict["value"],
        kind=verdict["kind"],
        texts=[
            (field_words(n), verdict[n], n[-2:], n.startswith("rationale"))
            for n in VERDICT_TEXTS
            if verdict.get(n)
        ],
        evidence=[_evidence(each) for each in facts["evidence"]],
    )


def differences(old: str, new: str) -> list[Changed]:
    """What differs between two snapshots, part by part, in the order of the page."""
    before, after = _flat(json.loads(old)), _flat(json.loads(new))
    labels = list(dict.fromkeys([*after, *before]))
    return [
        Changed(label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    ]


def _flat(facts: dict[str, Any]) -> dict[str, str]:
    """The snapshot as labelled texts."""
    claim, verdict = facts["claim"], facts["verdict"]
    flat = {_("Verdict"): value_words("verdict", "value", verdict["value"], {})}
    flat |= {field_words(name): value_words("claim", name, claim.get(name), {}) for name in CLAIM_FIELDS}
    flat |= _around(facts)
    flat[_("Quantities")] = "\n".join(_quantity(q) for q in claim["quantities"])
    chains = _chains(facts["chains"])
    flat[_("Chains")] = "\n".join(
        pgettext("chain", " ← ").join(f"{h.name} ({h.stance})" for h in chain) for chain in chains
    )
    flat |= {field_words(name): verdict.get(name, "") for name in VERDICT_TEXTS}
    flat[_("Evidence")] = "\n".join(
        f"{e.title} · {value_words('evidence', 'relation', e.relation, {})} · {e.sha256[:12]}\n{e.description}".strip(
            " ·\n"
        )
        for e in map(_evidence, facts["evidence"])
    )
    flat[_("Where and when it was made")] = "\n".join(
        f"{e.title}: {_judgement(one)}" for e in map(_evidence, facts["evidence"]) for one in e.judged
    )
    return flat


def _judgement(one: Judged) -> str:
    span = ""
    if one.earliest_at is not None and one.latest_at is not None:
        span = days.span(one.earliest_at, one.latest_at, one.precision)
    public = _("shown to readers") if one.may_publish else _("for colleagues only")
    told = [one.place, one.point, one.precision_words, span, one.confidence_words, public]
    return "\n".join(filter(None, [" · ".join(filter(None, told)), one.reasoning, one.compared]))


def _around(facts: dict[str, Any]) -> dict[str, str]:
    """What the page says around the claim; revisions of earlier versions hold none of it."""
    incident, question, document = (facts.get(name) or {} for name in ("incident", "question", "document"))
    publisher = document.get("publisher") or {}
    on = document.get("published_on")
    return {
        _("Incident"): in_language(incident.get("title_ar", ""), incident.get("title_en", "")),
        _("Question"): in_language(question.get("text_ar", ""), question.get("text_en", "")),
        _("Document"): document.get("title", ""),
        _("Publisher"): in_language(publisher.get("name_ar", ""), publisher.get("name_en", "")),
        _("Published on"): days.moment(date.fromisoformat(on), "day") if on else "",
        _("Link"): document.get("url", ""),
    }


def _quantity(q: dict[str, Any]) -> str:
    low, high = (None if q[bound] is None else Decimal(str(q[bound])) for bound in ("low", "high"))
    count = Count(q["comparator"], low, high, q.get("unit", ""), q["raw"])
    return f"{counted(count)} ({q['raw']})"


def _chains(hops: list[dict[str, Any]]) -> list[list[FrozenHop]]:
    """Each chain outermost first, by the ids the snapshot holds."""
    by_id = {hop["id"]: hop for hop in hops}
    relayed = {hop["relays"] for hop in hops}
    chains: list[list[FrozenHop]] = []
    for outermost in (hop for hop in hops if hop["id"] not in relayed):
        chain: list[FrozenHop] = []
        hop: dict[str, Any] | None = outermost
        while hop is not None:
            chain.append(_hop(hop))
            hop = by_id.get(hop["relays"])
        chains.append(chain)
    return chains


def _hop(hop: dict[str, Any]) -> FrozenHop:
    source = hop["source"]
    source = source if isinstance(source, dict) else {}
    return FrozenHop(
        name=in_language(source.get("name_ar", ""), source.get("name_en", "")),
        url="",
        unnamed=source.get("kind") == "unnamed",
        stance=value_words("attribution", "stance", hop["stance"], {}),
        verb=hop["verb"],
        verbatim=hop["verbatim"],
    )


def _evidence(each: dict[str, Any]) -> FrozenEvidence:
    captures = each.get("captures") or []
    original = next((c for c in captures if c["role"] == "original"), captures[0] if captures else None)
    source = each.get("from") or {}
    return FrozenEvidence(
        id=str(each["id"]),
        title=in_language(each["title_ar"], each["title_en"]) or each["url"],
        kind=each["kind"],
        relation=each["relation"],
        description=in_language(each["description_ar"], each["description_en"]),
        url=each["url"],
        source_name=in_language(source.get("name_ar", ""), source.get("name_en", "")),
        sha256=original["sha256"] if original else "",
        n_bytes=original["size"] if original else None,
        judged=judged_of(each),
    )
