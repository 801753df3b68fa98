"""The chain editor: who said it, relayed by whom; several chains to a claim."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.actions.attribution import Hop, add_chain, replace_chain
from claims.actions.source import add_source
from claims.desk.answers import wording
from claims.desk.claim import back_to, found_claim
from claims.desk.comparison import Comparison, Difference, last_touch
from claims.desk.gate import DeskRequest, gate
from claims.desk.render import render
from claims.errors import Conflict, Invalid, ensure
from claims.forms.attribution import HopForm, HopFormSet, TypedHop, hop_initial, hops_of
from claims.forms.naming import names_of, search
from claims.models import Attribution, Claim, Source, SourceKind, User
from claims.rules.claim import may_edit_claim
from claims.rules.role import may_use_desk, may_write


@dataclass(frozen=True)
class ChainEdit:
    """Context of desk/claim/chain.html. `outermost` is None for a new chain."""

    claim: Claim
    version: int
    rows: "BaseFormSet[HopForm]"
    outermost: Attribution | None
    errors: list[str]
    conflict: Comparison | None
    voids: bool
    cancel_url: str


@dataclass(frozen=True)
class Names:
    """Context of desk/claim/_names.html: what a source may be called, and by which of its names it was found."""

    found: list[tuple[str, str]]


@gate(may_use_desk, methods=("GET",))
def source_names(request: DeskRequest) -> HttpResponse:
    """Options for a source picker: any name or alias in either script finds the source."""
    text = next((str(value) for name, value in request.GET.items() if name.endswith("name")), "")[:200]
    sources = search(text, 12) if text.strip() else []
    return render(
        request, "desk/claim/_names.html", Names([(row.name, _other_names(row)) for row in sources])
    )


def _other_names(source: Source) -> str:
    return " · ".join(name for name in names_of(source) if name != source.name)[:160]


@gate(may_write)
def chain_new(request: DeskRequest, claim_id: Any) -> HttpResponse:
    """Add a chain to the claim."""
    claim = found_claim(request, claim_id)
    ensure(may_edit_claim(request.user, claim))
    if request.method != "POST":
        return _page(request, claim, HopFormSet(prefix="hop"), None)
    return _save(request, claim, None, [])


@gate(may_write)
def chain_edit(request: DeskRequest, claim_id: Any, hop_id: Any) -> HttpResponse:
    """Write a chain anew, or remove it: a chain with no hops left is gone."""
    claim = found_claim(request, claim_id)
    ensure(may_edit_claim(request.user, claim))
    hops = _chain(claim, hop_id)
    if request.method != "POST":
        rows = HopFormSet(prefix="hop", initial=[hop_initial(hop) for hop in hops])
        return _page(request, claim, rows, hops[0])
    return _save(request, claim, hops[0], hops)


def _chain(claim: Claim, hop_id: Any) -> list[Attribution]:
    """The hops from the outermost one on. Raises Http404."""
    by_id = {row.pk: row for row in claim.attributions.select_related("source", "document")}
    hop = by_id.get(hop_id)
    if hop is None:
        raise Http404
    hops = []
    while hop is not None:
        hops.append(hop)
        hop = by_id.get(hop.relays_id) if hop.relays_id else None
    return hops


def _save(
    request: DeskRequest, claim: Claim, outermost: Attribution | None, before: Sequence[Attribution]
) -> HttpResponse:
    rows = HopFormSet(request.POST, prefix="hop", initial=[hop_initial(hop) for hop in before])
    if not rows.is_valid():
        return _page(request, claim, rows, outermost, status=422)
    typed = [] if "remove" in request.POST else hops_of(rows)
    version = _version(request)
    if version != claim.version:
        return _stale(request, claim, rows, outermost, typed)
    try:
        _write(request.user, claim, version, outermost, typed, before)
    except Conflict as error:
        if error.code != "stale":
            raise
        return _stale(request, found_claim(request, claim.pk), rows, outermost, typed)
    except Invalid as error:
        said = wording(error.code, error.facts)
        return _page(request, claim, rows, outermost, errors=[said], status=422)
    messages.success(request, _("Saved."))
    return redirect(back_to(claim.pk, "chains"))


def _write(
    actor: User,
    claim: Claim,
    version: int,
    outermost: Attribution | None,
    typed: Sequence[TypedHop],
    before: Sequence[Attribution],
) -> None:
    hops = [_hop(actor, claim, hop, before) for hop in typed]
    if outermost is None:
        add_chain(actor=actor, claim_id=claim.pk, version=version, hops=hops)
    else:
        replace_chain(actor=actor, claim_id=claim.pk, version=version, outermost_id=outermost.pk, hops=hops)


def _hop(actor: User, claim: Claim, typed: TypedHop, before: Sequence[Attribution]) -> Hop:
    """The hop for the action. The passage it was read from is kept while its source stays the same."""
    source = typed.source or _new_source(actor, claim, typed)
    old = next((hop for hop in before if hop.pk == typed.hop_id and hop.source_id == source.pk), None)
    span = (old.start, old.end) if old and old.start is not None and old.end is not None else None
    said_at = typed.said_at
    if old and old.said_at and said_at and abs((old.said_at - said_at).total_seconds()) < 60:
        said_at = old.said_at
    return Hop(
        source=source,
        stance=typed.stance,
        verb=typed.verb,
        surface=old.surface if old else "",
        document=old.document if old else None,
        span=span,
        url=typed.url,
        said_at=said_at,
        said_raw=old.said_raw if old else "",
    )


def _new_source(actor: User, claim: Claim, typed: TypedHop) -> Source:
    """A source made from the chain editor; an unnamed one belongs to the claim's document."""
    arabic = any("\u0600" <= char <= "\u06ff" for char in typed.name)
    fields = {"name_ar" if arabic else "name_en": typed.name, "kind": typed.new_kind}
    document = claim.document if typed.new_kind == SourceKind.UNNAMED else None
    return add_source(actor=actor, fields=fields, document=document)


def _version(request: DeskRequest) -> int:
    given = str(request.POST.get("version", ""))
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


def _stale(
    request: DeskRequest,
    claim: Claim,
    rows: "BaseFormSet[HopForm]",
    outermost: Attribution | None,
    typed: Sequence[TypedHop],
) -> HttpResponse:
    """409: what was typed, beside the chains as they stand now."""
    hops = list(claim.attributions.select_related("source").order_by("-hop"))
    by_id = {row.pk: row for row in hops}
    now = [
        _line([hop.source.name for hop in _chain(claim, row.pk)])
        for row in hops
        if row.pk not in _relayed(by_id)
    ]
    mine = _line([hop.name for hop in typed])
    by, at = last_touch(claim)
    conflict = Comparison(
        by, at, [Difference(_("Chains"), mine, "\n".join(now))], back_to(claim.pk, "chains")
    )
    still = outermost if outermost is not None and outermost.pk in by_id else None
    return _page(request, claim, rows, still, conflict=conflict, status=409)


def _relayed(by_id: dict[Any, Attribution]) -> set[Any]:
    return {row.relays_id for row in by_id.values()}


def _line(names: Sequence[str]) -> str:
    return pgettext("chain", " ← ").join(names)


def _page(
    request: DeskRequest,
    claim: Claim,
    rows: "BaseFormSet[HopForm]",
    outermost: Attribution | None,
    *,
    errors: Sequence[str] = (),
    conflict: Comparison | None = None,
    status: int = 200,
) -> HttpResponse:
    context = ChainEdit(
        claim=claim,
        version=claim.version,
        rows=rows,
        outermost=outermost,
        errors=[*errors, *(str(each) for each in rows.non_form_errors())],
        conflict=conflict,
        voids=claim.verdicts.filter(state__in=["submitted", "approved"]).exists(),
        cancel_url=back_to(claim.pk, "chains"),
    )
    return render(request, "desk/claim/chain.html", context, status=status)


urls: list[URLPattern] = [
    path("claims/<uuid:claim_id>/chains/new/", chain_new, name="chain-new"),
    path("claims/<uuid:claim_id>/chains/<uuid:hop_id>/", chain_edit, name="chain-edit"),
    path("pick/sources/", source_names, name="source-names"),
]
