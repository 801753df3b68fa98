"""The same bytes, or pictures that look alike, elsewhere in the archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from claims.actions.lookalike import look_alikes, prints_of
from claims.desk.evidence_card import copy_url
from claims.media.lookalike import Print
from claims.models import Capture, CaptureRole, Derivative, DerivativeKind, Evidence

_FILES = [CaptureRole.ORIGINAL, CaptureRole.MEDIA]


@dataclass(frozen=True)
class Alike:
    """Another piece of evidence: where it hangs, its picture, and in which way it is alike."""

    title: str
    url: str
    claim_title: str
    claim_url: str
    thumb_url: str
    is_sensitive: bool
    bits: int = 0
    is_mirrored: bool = False
    is_part: bool = False


def same_bytes(evidence: Evidence, captures: Sequence[Capture]) -> list[Alike]:
    """Other evidence that holds a file of this one, byte for byte."""
    hashes = [c.sha256 for c in captures if c.role in _FILES]
    others = Capture.objects.filter(sha256__in=hashes, role__in=_FILES, evidence__isnull=False)
    rows = _with_evidence(others.exclude(evidence=evidence))[:20]
    return [_alike(row) for row in rows]


def alike_to(evidence: Evidence, captures: Sequence[Capture], mirrored: Sequence[Print]) -> list[Alike]:
    """Other evidence with a picture that looks like one of this one, nearest first; exact copies stand elsewhere."""
    keys = [c.pk for c in captures]
    prints = prints_of(keys)
    if not prints:
        return []
    found = {one.capture_id: one for one in look_alikes(prints, mirrored, but=keys)}
    own = {c.sha256 for c in captures}
    rows = _with_evidence(Capture.objects.filter(pk__in=found).exclude(evidence=evidence))
    made = [
        _alike(row, found[row.pk].bits, found[row.pk].is_mirrored, found[row.pk].is_part)
        for row in rows
        if row.sha256 not in own
    ]
    return sorted(made, key=lambda one: one.bits)


def _with_evidence(rows: Any) -> Any:
    return rows.filter(evidence__isnull=False).defer("facts").select_related("evidence__claim")


def _alike(row: Capture, bits: int = 0, mirrored: bool = False, part: bool = False) -> Alike:
    evidence = row.evidence
    assert evidence is not None
    thumb = Derivative.objects.filter(capture=row, kind=DerivativeKind.THUMBNAIL, retired_at=None).first()
    return Alike(
        title=evidence.title or row.file_name or row.url,
        url=reverse("desk:evidence-detail", args=[evidence.pk]),
        claim_title=evidence.claim.statement[:160],
        claim_url=reverse("desk:claim-detail", args=[evidence.claim_id]),
        thumb_url=copy_url(thumb) if thumb else "",
        is_sensitive=evidence.is_sensitive,
        bits=bits,
        is_mirrored=mirrored,
        is_part=part,
    )
