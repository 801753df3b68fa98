"""The list of claims: filters in the address, pages, and giving several claims to a colleague."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.actions.claim import assign_claim
from claims.desk.answers import wording
from claims.desk.gate import DeskRequest, gate
from claims.desk.pages import AnyPage, ids_of, query_without
from claims.desk.render import render, wants_fragment
from claims.errors import FactcheckError
from claims.forms.claim_list import SORTS, BulkAssignForm, ClaimFilter, ClaimFilterForm
from claims.forms.fields import moment
from claims.forms.page import page_asked
from claims.models import Attribution, Claim, Evidence, User, Verdict, VerdictState
from claims.models.incident import in_language
from claims.rules.role import may_use_desk, may_write
from claims.text.normalise import fold

PER_PAGE = 50
FEW = 5_000
ORDERS: dict[str, list[Any]] = {
    "-updated": ["-updated_at", "id"],
    "updated": ["updated_at", "id"],
    "-created": ["-created_at", "id"],
    "created": ["created_at", "id"],
    "-event": [F("event_earliest_at").desc(nulls_last=True), "id"],
    "event": [F("event_earliest_at").asc(nulls_last=True), "id"],
}
IN_FORCE = [VerdictState.DRAFT, VerdictState.SUBMITTED, VerdictState.APPROVED, VerdictState.PUBLISHED]


@dataclass(frozen=True)
class Row:
    """One claim in a list."""

    claim: Claim
    statement: str
    url: str
    verdict: Verdict | None
    said_by: list[str]
    n_evidence: int


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the address without it."""

    label: str
    value: str
    remove_url: str


@dataclass(frozen=True)
class Column:
    """A column's heading; with `url` the list can be put in its order."""

    label: str
    url: str = ""
    direction: str = ""
    n: bool = False
    fit: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class ClaimList:
    """Context of desk/claim/list.html."""

    form: ClaimFilterForm
    page: AnyPage
    rows: list[Row]
    columns: list[Column]
    active: list[Chip]
    query: str
    clear_url: str
    is_capped: bool
    is_filtered: bool
    may_write: bool
    people: list[tuple[str, str]]
    back: str
    questions: str  # the picker of questions anew, for htmx: the form itself is not drawn again


@gate(may_use_desk, methods=("GET",))
def claim_list(request: DeskRequest) -> HttpResponse:
    """The claims that the address asks for; for htmx the results alone."""
    form = ClaimFilterForm(request.GET)
    valid = form.is_valid()
    found = select(form.wanted(), request.user) if valid else Claim.objects.none()
    listed = ids_of(found, page_asked(request), PER_PAGE)
    form.offer(only_used=wants_fragment(request))
    context = ClaimList(
        form=form,
        page=listed.page,
        rows=rows_of(listed.ids),
        columns=_columns(request, form.wanted().sort if valid else ""),
        active=_chips(request, form),
        query=_ending(query_without(request.GET, "page")),
        clear_url=reverse("desk:claim-list"),
        is_capped=listed.is_capped,
        is_filtered=bool(query_without(request.GET, "page", "sort")),
        may_write=may_write(request.user) is None,
        people=_people(form),
        back=request.get_full_path(),
        questions=form["question"].as_widget(attrs={"hx-swap-oob": "true"})
        if wants_fragment(request)
        else "",
    )
    return render(request, "desk/claim/list.html", context, fragment="results", status=200 if valid else 422)


@gate(may_write, methods=("POST",))
def claim_assign_many(request: DeskRequest) -> HttpResponse:
    """Give every ticked claim to one colleague; each is an action of its own, so one stale row stops no other."""
    form = BulkAssignForm(request.POST)
    assignee, known = _assignee(str(request.POST.get("to", "")), request.user)
    try:
        chosen = form.chosen()
    except ValueError:
        chosen = []
    if not chosen or not known:
        messages.error(request, _("Tick at least one claim and choose whom to give it to."))
        return redirect(_back(request))
    done, refused = 0, []
    for pk, version in chosen:
        try:
            assign_claim(actor=request.user, claim_id=pk, version=version, assignee=assignee)
            done += 1
        except FactcheckError as error:
            refused.append(wording(error.code, error.facts))
    if done:
        messages.success(
            request, ngettext("%(n)s claim assigned.", "%(n)s claims assigned.", done) % {"n": done}
        )
    for sentence in dict.fromkeys(refused):
        messages.error(request, sentence)
    return redirect(_back(request))


def select(wanted: ClaimFilter, user: User) -> "QuerySet[Claim]":
    """The claims a filter asks for, in its order."""
    found = Claim.objects.visible_to(user)
    for name in ("incident", "question", "lang"):
        value = getattr(wanted, name)
        if value:
            found = found.filter(**{f"{name}_id" if name != "lang" else name: value})
    if wanted.state:
        found = found.filter(work_state=wanted.state)
    if wanted.source:
        found = _having(found, Attribution.objects.filter(source_id=wanted.source))
    found = _by_evidence(_by_verdict(_by_assignee(found, wanted, user), wanted), wanted)
    found = _by_event(found, wanted)
    if wanted.text:
        found = found.matching(fold(wanted.text))
    ordered: QuerySet[Claim] = found.order_by(*ORDERS[wanted.sort])
    return ordered


def _by_verdict(found: Any, wanted: ClaimFilter) -> Any:
    """Claims with a revision of that value in that state; without a state, one still in force."""
    if not (wanted.value or wanted.verdict_state):
        return found
    states = [wanted.verdict_state] if wanted.verdict_state else IN_FORCE
    verdicts = Verdict.objects.filter(state__in=states)
    if wanted.value:
        verdicts = verdicts.filter(value=wanted.value)
    return _having(found, verdicts)


def _having(found: Any, children: Any) -> Any:
    """Claims with one of these children. Few children lead to their claims; many are probed claim by claim, since the
    list then stops after a page or two. Measured: either way alone is ten times slower on the other's case.
    """
    if children.order_by().values("claim_id")[: FEW + 1].count() <= FEW:
        return found.filter(pk__in=children.order_by().values("claim_id"))
    return found.filter(Exists(children.order_by().filter(claim_id=OuterRef("pk"))))


def _by_assignee(found: Any, wanted: ClaimFilter, user: User) -> Any:
    if wanted.assignee == "nobody":
        return found.filter(assignee__isnull=True)
    if wanted.assignee:
        return found.filter(assignee_id=user.pk if wanted.assignee == "me" else wanted.assignee)
    return found


def _by_evidence(found: Any, wanted: ClaimFilter) -> Any:
    if not wanted.evidence:
        return found
    there = Exists(Evidence.objects.current().filter(claim_id=OuterRef("pk")))
    return found.filter(there if wanted.evidence == "yes" else ~there)


def _by_event(found: Any, wanted: ClaimFilter) -> Any:
    """Claims whose event may have fallen into the days asked for."""
    if wanted.since:
        found = found.filter(
            Q(event_latest_at__gte=moment(wanted.since, None))
            | Q(event_latest_at=None, event_earliest_at__gte=moment(wanted.since, None))
        )
    if wanted.until:
        found = found.filter(event_earliest_at__lt=moment(wanted.until + timedelta(days=1), None))
    return found


def rows_of(ids: Sequence[Any]) -> list[Row]:
    """Claims as a list shows them, in the order of their ids, in four queries whatever their number."""
    hops = Attribution.objects.filter(relayed_by__isnull=True).select_related("source")
    shown = hops.only("id", "claim_id", "source__name_ar", "source__name_en", "source__kind")
    newest = Verdict.objects.order_by("claim", "-revision").only(
        "id", "claim_id", "value", "state", "revision"
    )
    fetched = (
        Claim.objects.filter(pk__in=ids)
        .select_related("incident", "assignee")
        .only(
            *("id", "version", "lang", "statement_ar", "statement_en", "work_state", "updated_at"),
            *("event_earliest_at", "event_latest_at", "event_precision", "incident__title_ar"),
            *("incident__title_en", "assignee__username", "assignee__display_name", "assignee__role"),
        )
        .annotate(opening=Left("wording", 300))
        .prefetch_related(
            Prefetch("attributions", shown, to_attr="outermost"),
            Prefetch("verdicts", newest, to_attr="revisions"),
        )
    )
    by_id = {row.pk: row for row in fetched}
    rows = [by_id[pk] for pk in ids if pk in by_id]
    counts = dict(
        Evidence.objects.current()
        .filter(claim_id__in=list(by_id))
        .values_list("claim_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return [_row(claim, counts.get(claim.pk, 0)) for claim in rows]


def _row(claim: Any, n_evidence: int) -> Row:
    said_by = list(dict.fromkeys(hop.source.name for hop in claim.outermost))
    return Row(
        claim=claim,
        statement=in_language(claim.statement_ar, claim.statement_en) or claim.opening,
        url=reverse("desk:claim-detail", args=[claim.pk]),
        verdict=claim.revisions[0] if claim.revisions else None,
        said_by=said_by[:3],
        n_evidence=n_evidence,
    )


def _columns(request: HttpRequest, sort: str) -> list[Column]:
    def sortable(label: str, name: str) -> Column:
        first, other = f"-{name}", name
        url = "?" + query_without(request.GET, "page", sort=other if sort == first else first)
        direction = {first: "descending", other: "ascending"}.get(sort, "")
        return Column(label, url, direction)

    return [
        Column(_("Select"), hidden=True, fit=True),
        Column(_("Claim")),
        Column(_("Said by")),
        Column(_("Verdict")),
        Column(_("State")),
        sortable(_("Event"), "event"),
        Column(_("Evidence"), n=True),
        Column(_("Assigned to")),
        sortable(_("Last touched"), "updated"),
    ]


def _chips(request: HttpRequest, form: ClaimFilterForm) -> list[Chip]:
    chips = []
    for name, field in form.fields.items():
        given = request.GET.get(name, "")
        if not given or (name == "sort" and given in SORTS):
            continue
        offered = dict(getattr(field.widget, "choices", []) or [])
        label = str(offered.get(given, given))
        chips.append(Chip(str(field.label), label[:80], "?" + query_without(request.GET, "page", name)))
    return chips


def _people(form: ClaimFilterForm) -> list[tuple[str, str]]:
    return [pair for pair in form.fields["assignee"].widget.choices if pair[0]]


def _ending(query: str) -> str:
    return f"{query}&" if query else ""


def _assignee(given: str, user: User) -> tuple[User | None, bool]:
    """Who is meant, and whether anybody is."""
    if given == "nobody":
        return None, True
    if given == "me":
        return user, True
    try:
        person = User.objects.filter(pk=UUID(given)).first()
    except ValueError:
        return None, False
    return person, person is not None


def _back(request: HttpRequest) -> str:
    """The list the claims were ticked in; only an address of that list."""
    here = reverse("desk:claim-list")
    back = str(request.POST.get("back", ""))
    return back if back == here or back.startswith(f"{here}?") else here


urls: list[URLPattern] = [
    path("claims/", claim_list, name="claim-list"),
    path("claims/assign/", claim_assign_many, name="claim-assign-many"),
]
