"""The history: the whole chain, and a claim's part of it, newest first, with readable changes."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from claims.desk.claim import back_to, found_claim
from claims.desk.entry_words import (
    RowChange,
    Subject,
    action_choices,
    action_words,
    changes_of,
    names_in,
    subjects_of,
)
from claims.desk.gate import DeskRequest, gate
from claims.desk.pages import query_without
from claims.desk.render import render
from claims.forms.fields import moment
from claims.forms.history import EntryFilter, EntryFilterForm
from claims.models import Claim, User
from claims.models.history import Entry
from claims.rules.role import may_use_desk

PER_PAGE = 40


@dataclass(frozen=True)
class Line:
    """One entry in words."""

    seq: int
    at: Any
    who: str
    did: str
    about: str
    about_url: str
    note: str
    rows: list[RowChange]
    sha256: str
    prev_sha256: str


@dataclass(frozen=True)
class History:
    """Context of desk/history/list.html. `claim` is set where only its entries are shown."""

    claim: Claim | None
    form: EntryFilterForm
    lines: list[Line]
    older_url: str
    newest_url: str
    clear_url: str
    is_filtered: bool


@gate(may_use_desk, methods=("GET",))
def history(request: DeskRequest) -> HttpResponse:
    """Every action there was, newest first."""
    return _page(request, None, Entry.objects.all())


@gate(may_use_desk, methods=("GET",))
def claim_history(request: DeskRequest, claim_id: Any) -> HttpResponse:
    """What happened to one claim."""
    claim = found_claim(request, claim_id)
    return _page(request, claim, Entry.objects.filter(claim_id=claim.pk))


def _page(request: HttpRequest, claim: Claim | None, entries: "QuerySet[Entry]") -> HttpResponse:
    form = EntryFilterForm(request.GET, actions=action_choices())
    valid = form.is_valid()
    found = list(select(entries, form.wanted())[: PER_PAGE + 1]) if valid else []
    more = len(found) > PER_PAGE
    found = found[:PER_PAGE]
    form.offer()
    older = query_without(request.GET, "before", before=str(found[-1].seq)) if more else ""
    context = History(
        claim=claim,
        form=form,
        lines=lines_of(found),
        older_url=f"?{older}" if older else "",
        newest_url="?" + query_without(request.GET, "before") if request.GET.get("before") else "",
        clear_url=request.path,
        is_filtered=bool(query_without(request.GET, "before")),
    )
    return render(
        request, "desk/history/list.html", context, fragment="results", status=200 if valid else 422
    )


def select(entries: "QuerySet[Entry]", wanted: EntryFilter) -> "QuerySet[Entry]":
    """The entries a filter asks for, newest first. Pages by sequence number: turning deep costs no more."""
    if wanted.before:
        entries = entries.filter(seq__lt=wanted.before)
    if wanted.action:
        entries = entries.filter(action=wanted.action)
    if wanted.person:
        entries = entries.filter(actor_id=wanted.person)
    if wanted.since:
        entries = entries.filter(at__gte=moment(wanted.since, None))
    if wanted.until:
        entries = entries.filter(at__lt=moment(wanted.until + timedelta(days=1), None))
    if wanted.subject:
        entries = entries.filter(Q(subject_id=wanted.subject) | Q(claim_id=_uuid(wanted.subject)))
    return entries.order_by("-seq")


def _uuid(text: str) -> Any:
    return text if len(text.replace("-", "")) == 32 else "00000000000000000000000000000000"


def lines_of(entries: Iterable[Entry]) -> list[Line]:
    """Entries in words; the number of queries does not grow with theirs."""
    pairs = [(entry, _body(entry)) for entry in entries]
    names = names_in(body for _entry, body in pairs)
    people = {row.pk: row.name for row in User.objects.filter(pk__in={entry.actor_id for entry, _b in pairs})}
    claims = {
        row.pk: row.statement
        for row in Claim.objects.filter(pk__in={e.claim_id for e, _b in pairs if e.claim_id}).only(
            "id", "wording", "statement_ar", "statement_en"
        )
    }
    subjects = subjects_of(
        (entry.subject_type, entry.subject_id) for entry, _b in pairs if not entry.claim_id
    )
    return [
        Line(
            seq=entry.seq,
            at=entry.at,
            who=people.get(entry.actor_id) or body.get("actor", {}).get("username", ""),
            did=action_words(entry.action),
            about=claims.get(entry.claim_id, "") if entry.claim_id else _subject(entry, subjects).name,
            about_url=back_to(entry.claim_id) if entry.claim_id else _subject(entry, subjects).url,
            note=_note(body),
            rows=changes_of(body, names),
            sha256=entry.sha256,
            prev_sha256=entry.prev_sha256,
        )
        for entry, body in pairs
    ]


def _subject(entry: Entry, subjects: dict[str, Subject]) -> Subject:
    return subjects.get(entry.subject_id, Subject("", ""))


def _note(body: dict[str, Any]) -> str:
    data = body.get("data", {})
    return str(data.get("note", "")) if isinstance(data, dict) else ""


def _body(entry: Entry) -> dict[str, Any]:
    """The entry's body; one that somebody tampered with shows as empty here and is named by verify."""
    try:
        body = json.loads(entry.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


urls: list[URLPattern] = [
    path("history/", history, name="history"),
    path("claims/<uuid:claim_id>/history/", claim_history, name="claim-history"),
]
