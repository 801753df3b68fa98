"""Checkpoints of the history, and the proof of each verdict: for whoever does not want to take our word."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.feedgenerator import Atom1Feed

from claims.actions.checkpoint import inclusion_of, statement_of
from claims.ledger.canonical import plain
from claims.models import Publication, VerdictKind
from claims.models.history import Checkpoint
from claims.public.cached import page as kept_page
from claims.public.door import open_to_all
from claims.public.gone import withdrawn_json
from claims.public.shown import absolute, language, newsroom
from claims.public.verdict import newest

SHOWN = 60


def _newest_seq() -> int:
    return Checkpoint.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def as_json(row: Checkpoint) -> dict[str, Any]:
    """A checkpoint with the exact text that was signed."""
    return {
        "seq": row.seq,
        "root_sha256": row.root_sha256,
        "head_sha256": row.head_sha256,
        "n_publications": row.n_publications,
        "publications_sha256": row.publications_sha256,
        "made_at": plain(row.made_at),
        "message": statement_of(row).message().decode("ascii"),
        "signature": row.signature,
        "public_key": row.public_key,
        "timestamps": row.stamps,
    }


@open_to_all
def checkpoint_list(request: HttpRequest) -> HttpResponse:
    """The page: what a checkpoint is, and the newest ones."""
    rows = Checkpoint.objects.order_by("-seq")[:SHOWN]
    return kept_page(
        request,
        f"checkpoints/{_newest_seq()}",
        lambda: render(request, "public/checkpoint/list.html", {"checkpoints": list(rows)}),
    )


@open_to_all
def checkpoint_json(request: HttpRequest) -> HttpResponse:
    """All checkpoints, newest first, as data: `?after=` leaves out those up to a sequence number."""
    after = request.GET.get("after", "0")
    first = int(after) if after.isascii() and after.isdigit() and len(after) < 16 else 0
    rows = Checkpoint.objects.filter(seq__gt=first).order_by("-seq")[:1000]
    return JsonResponse({"checkpoints": [as_json(row) for row in rows]})


@open_to_all
def checkpoint_feed(request: HttpRequest) -> HttpResponse:
    """The checkpoints as a feed: subscribing keeps copies of them out of our reach."""
    us = newsroom(language())
    link = absolute(reverse("public:checkpoint-list"))
    made = Atom1Feed(
        title=f"{us.name}: checkpoints", link=link, description="", feed_url=absolute(request.path)
    )
    for row in Checkpoint.objects.order_by("-seq")[:SHOWN]:
        text = json.dumps(as_json(row), ensure_ascii=False)
        made.add_item(
            title=f"{row.seq} {row.root_sha256}",
            link=f"{link}#{row.seq}",
            description=text,
            unique_id=f"{link}#{row.seq}",
            pubdate=row.made_at,
            updateddate=row.made_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@open_to_all
def verdict_proof(request: HttpRequest, slug: str) -> HttpResponse:
    """What is published at an address, and its way up to the root that was signed."""
    row = newest(slug)
    if row.kind == VerdictKind.WITHDRAWAL:
        return withdrawn_json(row)
    state = f"proof/{row.snapshot_sha256}/{_newest_seq()}"
    return kept_page(request, state, lambda: JsonResponse(_proof(row)))


def _proof(row: Publication) -> dict[str, Any]:
    """The published content and its hash; the way up to a signed root from the first checkpoint after it on."""
    found = inclusion_of(row)
    content = {"snapshot": row.snapshot, "snapshot_sha256": row.snapshot_sha256}
    if found is None:
        return {**content, "checkpoint": None}
    return {
        **content,
        "index": found.index,
        "path": found.path,
        "checkpoint": as_json(found.checkpoint),
    }


urls: list[URLPattern] = [path("checkpoints/", checkpoint_list, name="checkpoint-list")]
machine: list[URLPattern] = [
    path("checkpoints.json", checkpoint_json, name="checkpoints-json"),
    path("checkpoints.atom", checkpoint_feed, name="checkpoints-atom"),
    path("verdicts/<slug:slug>/proof.json", verdict_proof, name="verdict-proof"),
]
