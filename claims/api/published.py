"""What readers can read, for machines: verdicts and their history, incidents, sources, corrections. No key needed."""

import json
from typing import Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import override
from ninja import Field, Query, Router

from claims.api.errors import Denied
from claims.api.paging import Paging, cut, paged
from claims.api.readable import Readable
from claims.models import Publication, Source, VerdictKind
from claims.rules.published import Line, counts, current, index, record_of, with_words

router = Router(tags=["published"])


class VerdictFilters(Paging):
    """Which verdicts; empty strings leave a question open. `q` is searched in both scripts."""

    q: Readable = Field("", max_length=200)
    value: Literal["", "confirmed", "denied", "unverified"] = ""
    source: Readable = Field("", max_length=80)
    incident: Readable = Field("", max_length=80)
    lang: Literal["", "ar", "en", "other"] = ""


class SourceFilters(Paging):
    kind: Readable = Field("", max_length=24)


@router.get("/verdicts")
def verdict_list(request: HttpRequest, asked: Query[VerdictFilters]) -> dict[str, Any]:
    """Verdicts as they stand, newest first."""
    kept = with_words(asked.q)
    lines = [line for line in index().lines if (kept is None or line.slug in kept) and _fits(line, asked)]
    page, n_all = cut(lines, asked)
    rows = {row.slug: row for row in current().filter(slug__in=[line.slug for line in page])}
    return paged([_brief(rows[line.slug]) for line in page if line.slug in rows], n_all, asked)


def _fits(line: Line, asked: VerdictFilters) -> bool:
    return (
        asked.value in {"", line.value}
        and asked.incident in {"", line.incident_slug}
        and asked.lang in {"", line.lang}
        and (not asked.source or any(voice.slug == asked.source for voice in line.voices))
    )


@router.get("/verdicts/{slug}")
def verdict_detail(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Everything the page of a verdict shows, in both languages. 410 once it is withdrawn."""
    return _whole(_standing(slug))


@router.get("/verdicts/{slug}/history")
def verdict_history(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Every state the page had, newest first, with the SHA-256 of what readers saw."""
    _standing(slug)
    rows = Publication.objects.filter(slug=slug).order_by("-number")
    return {"slug": slug, "states": [_state(row) for row in rows]}


@router.get("/incidents")
def incident_list(request: HttpRequest, asked: Query[Paging]) -> dict[str, Any]:
    """Incidents with published verdicts."""
    page, n_all = cut(list(index().incidents().items()), asked)
    return paged([_incident(slug, lines) for slug, lines in page], n_all, asked)


@router.get("/incidents/{slug}")
def incident_detail(request: HttpRequest, slug: str) -> dict[str, Any]:
    """One incident with its verdicts."""
    lines = index().of_incident(slug)
    if not lines:
        raise Http404
    rows = current().filter(slug__in=[line.slug for line in lines]).order_by("published_at")
    return {**_incident(slug, lines), "verdicts": [_brief(row) for row in rows]}


@router.get("/sources")
def source_list(request: HttpRequest, asked: Query[SourceFilters]) -> dict[str, Any]:
    """Sources that published verdicts name, with their record."""
    rows = Source.objects.named().filter(slug__in=index().names).order_by("slug")
    page, n_all = cut(rows.filter(kind=asked.kind) if asked.kind else rows, asked)
    return paged([_source(row) for row in page], n_all, asked)


@router.get("/sources/{slug}")
def source_detail(request: HttpRequest, slug: str) -> dict[str, Any]:
    """One source, its names and its record. What it passed on from others is not counted."""
    row = Source.objects.named().filter(slug__in=index().names, slug=slug).first()
    if row is None:
        raise Http404
    names = [{"name": alias.name, "lang": alias.lang} for alias in row.aliases.all()]
    verdicts = [line.slug for line in index().of_source(slug)]
    return {**_source(row), "interest": row.interest, "aliases": names, "verdicts": verdicts}


@router.get("/corrections")
def correction_list(request: HttpRequest, asked: Query[Paging]) -> dict[str, Any]:
    """Every correction, clarification, update and withdrawal, newest first."""
    rows = Publication.objects.exclude(kind=VerdictKind.VERDICT).order_by("-published_at", "-number")
    page, n_all = cut(rows, asked)
    return paged([_state(row) | {"slug": row.slug} for row in page], n_all, asked)


def _standing(slug: str) -> Publication:
    """The newest publication at an address. Raises Http404; 410 when it is a withdrawal."""
    row = Publication.objects.filter(slug=slug).order_by("-number").first()
    if row is None:
        raise Http404
    if row.kind == VerdictKind.WITHDRAWAL:
        change = _pair(json.loads(row.snapshot)["verdict"], "change")
        raise Denied(410, "withdrawn", withdrawn_at=row.published_at.isoformat(), reason=change)
    return row


def _pair(facts: dict[str, Any], name: str) -> dict[str, str]:
    return {lang: facts.get(f"{name}_{lang}") or "" for lang in ("ar", "en")}


def _urls(name: str, slug: str) -> dict[str, str]:
    """The page's address in each language."""
    found = {}
    for lang, _label in settings.LANGUAGES:
        with override(lang):
            found[lang] = settings.PUBLIC_URL + reverse(name, args=[slug])
    return found


def _brief(row: Publication) -> dict[str, Any]:
    whole = json.loads(row.snapshot)
    claim, incident = whole["claim"], whole["incident"] or {}
    return {
        "slug": row.slug,
        "number": row.number,
        "kind": row.kind,
        "value": row.value,
        "statement": _pair(claim, "statement"),
        "wording": claim["wording"],
        "lang": claim["lang"],
        "reason": _pair(whole["verdict"], "reason"),
        "incident": incident.get("slug"),
        "is_illustration": bool(incident.get("is_illustration")),
        "first_published_at": whole["first_published_at"],
        "published_at": whole["published_at"],
        "urls": _urls("public:verdict-detail", row.slug),
        "claimreview_url": settings.PUBLIC_URL + reverse("verdict-json", args=[row.slug]),
    }


def _whole(row: Publication) -> dict[str, Any]:
    """The snapshot as published, without the times at which editors sent files in (ACCEPTANCE C11)."""
    whole = json.loads(row.snapshot)
    for item in whole["evidence"]:
        for copy in item["copies"]:
            copy["url"] = settings.PUBLIC_URL + reverse("copy", args=[copy["token"]])
        for capture in item["captures"] if item["kind"] != "link" else []:
            capture.pop("captured_at", None)
    urls = _urls("public:verdict-detail", row.slug)
    return {**whole, "kind": row.kind, "snapshot_sha256": row.snapshot_sha256, "urls": urls}


def _state(row: Publication) -> dict[str, Any]:
    whole = json.loads(row.snapshot)
    return {
        "number": row.number,
        "kind": row.kind,
        "value": row.value,
        "published_at": whole["published_at"],
        "change": _pair(whole["verdict"], "change"),
        "snapshot_sha256": row.snapshot_sha256,
        "content_sha256": whole["content_sha256"],
    }


def _incident(slug: str, lines: list[Line]) -> dict[str, Any]:
    return {
        "slug": slug,
        "title": _pair(lines[0].incident, "title"),
        "is_illustration": any(line.is_illustration for line in lines),
        "n_verdicts": counts(lines),
        "urls": _urls("public:incident-detail", slug),
    }


def _source(row: Source) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "name": {"ar": row.name_ar, "en": row.name_en},
        "kind": row.kind,
        "is_party": row.is_party,
        "affiliation": row.affiliation,
        "record": vars(record_of(row.slug, index().of_source(row.slug))),
        "urls": _urls("public:source-detail", row.slug),
    }
