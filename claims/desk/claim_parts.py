"""What the claim page is put together from: the passage in its document, the chains, the rivals, the discussion."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.db.models.functions import Substr
from django.urls import NoReverseMatch, reverse
from django.utils.translation import pgettext

from claims.actions.snapshot import hops_of
from claims.models import Attribution, Claim, Comment, Document, Quantity, SourceKind, User, Verdict
from claims.models.incident import in_language
from claims.templatetags.units import counted
from claims.text import numbers

AROUND = 240


@dataclass(frozen=True)
class Passage:
    """The claim's span in its document, with a little of what stands round it."""

    before: str
    said: str
    after: str
    title: str
    publisher: str
    published_on: Any
    lang: str
    url: str


@dataclass(frozen=True)
class Hop:
    """One hop of a chain as it is shown."""

    id: Any
    name: str
    url: str
    unnamed: bool
    stance: str
    verb: str
    verbatim: str
    said_at: datetime | None
    said_raw: str
    link: str


@dataclass(frozen=True)
class Chain:
    """One chain, outermost hop first. `id` is its outermost hop's."""

    id: Any
    hops: list[Hop]
    stance: str


@dataclass(frozen=True)
class Rival:
    """Another answer to the same question. `agrees` is None where there are no numbers to compare."""

    statement: str
    answer: str
    url: str
    said_by: str
    verdict: str
    agrees: bool | None
    against: str


@dataclass(frozen=True)
class Said:
    """A comment."""

    id: int
    author: str
    body: str
    at: datetime
    struck: bool
    mine: bool
    about: str


def link_to(name: str, *args: Any) -> str:
    """The address of a page of the desk, or nothing where that page does not exist yet."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def passage_of(claim: Claim) -> Passage | None:
    """The verbatim passage; reads a few hundred code points of the body and never all of it."""
    if claim.document_id is None or claim.start is None or claim.end is None:
        return None
    first = max(0, claim.start - AROUND)
    found = (
        Document.objects.filter(pk=claim.document_id)
        .annotate(
            before=Substr("body", first + 1, max(1, claim.start - first)),
            after=Substr("body", claim.end + 1, AROUND + 1),
        )
        .values(
            "before",
            "after",
            "title",
            "lang",
            "published_on",
            "publisher__name_ar",
            "publisher__name_en",
            "url",
        )
        .first()
    )
    if found is None:
        return None
    before = found["before"] if claim.start > first else ""
    return Passage(
        before=_from_a_word(before) if first > 0 else before,
        said=claim.wording,
        after=_to_a_word(found["after"]),
        title=found["title"] or found["url"],
        publisher=in_language(found["publisher__name_ar"] or "", found["publisher__name_en"] or ""),
        published_on=found["published_on"],
        lang=found["lang"],
        url=link_to("desk:document-detail", claim.document_id),
    )


def _from_a_word(text: str) -> str:
    """Text cut out of a document, from its first whole word on."""
    return "…" + (text.partition(" ")[2] or text)


def _to_a_word(text: str) -> str:
    """Text as it is where it ends with the document; longer than AROUND, up to its last whole word."""
    if len(text) <= AROUND:
        return text
    kept = text[:AROUND]
    return (kept.rpartition(" ")[0] or kept) + "…"


def chains_of(claim: Claim) -> list[Chain]:
    """The claim's chains, in the order they were added. A hop that two chains relay stands in both."""
    rows = hops_of(claim)
    by_id = {row.pk: row for row in rows}
    relayed = {row.relays_id for row in rows}
    chains: list[Chain] = []
    for outermost in (row for row in rows if row.pk not in relayed):
        hops, hop = [], outermost
        while hop is not None:
            hops.append(_hop(hop))
            hop = by_id.get(hop.relays_id) if hop.relays_id else None  # type: ignore[assignment]
        chains.append(Chain(outermost.pk, hops, hops[-1].stance))
    return chains


def _hop(row: Attribution) -> Hop:
    unnamed = row.source.kind == SourceKind.UNNAMED
    return Hop(
        id=row.pk,
        name=row.source.name,
        url="" if unnamed else link_to("desk:source-detail", row.source.slug),
        unnamed=unnamed,
        stance=row.stance,
        verb=row.verb,
        verbatim=row.verbatim,
        said_at=row.said_at,
        said_raw=row.said_raw,
        link=row.url,
    )


def rivals_of(claim: Claim, mine: Sequence[Quantity]) -> list[Rival]:
    """Other claims under the same question, in the order they were logged."""
    if claim.question_id is None:
        return []
    outermost = Attribution.objects.filter(relayed_by__isnull=True).select_related("source")
    others = (
        Claim.objects.filter(question_id=claim.question_id)
        .exclude(pk=claim.pk)
        .defer("text_folded")
        .prefetch_related(
            "quantities",
            Prefetch("attributions", outermost),
            Prefetch("verdicts", Verdict.objects.order_by("claim", "-revision").defer("snapshot")),
        )
        .order_by("created_at")[:60]
    )
    return [_rival(other, mine) for other in others]


def _rival(other: Claim, mine: Sequence[Quantity]) -> Rival:
    theirs = list(other.quantities.all())
    agrees, against = _agreement(mine, theirs)
    verdicts = list(other.verdicts.all())
    names = dict.fromkeys(hop.source.name for hop in other.attributions.all())
    return Rival(
        statement=other.statement,
        answer=other.answer or (counted(theirs[0]) if len(theirs) == 1 else ""),
        url=reverse("desk:claim-detail", args=[other.pk]),
        said_by=pgettext("list separator", ", ").join(names),
        verdict=verdicts[0].value if verdicts else "",
        agrees=agrees,
        against=against,
    )


def _agreement(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> tuple[bool | None, str]:
    """Whether every pair of comparable amounts can be true at once, and the words of theirs that cannot."""
    compared = False
    for one in mine:
        for other in theirs:
            if one.unit and other.unit and one.unit != other.unit:
                continue
            compared = True
            if not numbers.agree(as_read(one), as_read(other)):
                return False, other.raw
    return (True if compared else None), ""


def as_read(row: Quantity) -> numbers.Quantity:
    """A stored quantity as the reading engine compares it."""
    low, high = (None if value is None else float(value) for value in (row.low, row.high))
    return numbers.Quantity(row.comparator, low, high, row.unit, row.raw, 0, len(row.raw), row.scope)  # type: ignore[arg-type]


def discussion_of(claim: Claim, user: User) -> list[Said]:
    """The comments on the claim and on its evidence, oldest first."""
    rows = (
        Comment.objects.filter(claim=claim).select_related("author", "evidence").order_by("created_at", "id")
    )
    return [
        Said(
            id=row.pk,
            author=row.author.name,
            body=row.body,
            at=row.created_at,
            struck=row.struck_at is not None,
            mine=row.author_id == user.pk,
            about=row.evidence.title if row.evidence else "",
        )
        for row in rows
    ]
