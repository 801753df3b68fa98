"""Evidence: attach a file, a link or a note; describe it; set it aside; hide parts of it; open the original."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from claims import jobs
from claims.actions.contribution import contribute, lock_evidence, touched
from claims.actions.history import Change, change
from claims.archive.address import site_of
from claims.archive.configured import store
from claims.archive.store import Stored
from claims.errors import Conflict, Invalid, NotFound, ensure
from claims.media import sandbox
from claims.media.names import display_name
from claims.models import (
    Capture,
    CaptureRole,
    Claim,
    Derivative,
    DerivativeKind,
    Evidence,
    EvidenceKind,
    EvidenceState,
    Relation,
    User,
    VerdictState,
)
from claims.rules.evidence import (
    may_attach,
    may_edit_evidence,
    may_open_original,
    may_release,
    may_retire_evidence,
    pictures_of,
)
from claims.rules.role import may_write

EDITABLE = {
    *("title_ar", "title_en", "description_ar", "description_en", "relation", "source_id"),
    *("is_sensitive", "may_publish"),
}
# Where nothing is under way that would draw the public copy anyway.
DRAWN_AGAIN = {EvidenceState.READY, EvidenceState.PARTIAL}
UPLOAD_TOOL = "upload 1"


def attach_file(
    *,
    actor: User,
    claim_id: Any,
    chunks: Iterable[bytes],
    file_name: str,
    declared_type: str = "",
    fields: Mapping[str, Any] | None = None,
) -> Evidence:
    """Keep a file as it came and attach it. Its bytes are in the store before a row is written.

    Its type is read from the bytes, never from its name. Examining it is a job. Raises NotAllowed, NotFound, Invalid
    (TooLarge, EmptyFile and StoreFull of claims.archive.store among them).
    """
    ensure(may_write(actor))
    kept = store().put(chunks, limit=settings.UPLOAD_LIMIT_BYTES)
    return attach_stored(
        actor=actor,
        claim_id=claim_id,
        kept=kept,
        file_name=file_name,
        declared_type=declared_type,
        fields=fields,
    )


def attach_stored(
    *,
    actor: User,
    claim_id: Any,
    kept: Stored,
    file_name: str,
    declared_type: str = "",
    fields: Mapping[str, Any] | None = None,
    once: UUID | None = None,
) -> Evidence:
    """Attach bytes that are in the store already (an upload that was streamed there). Raises as attach_file.

    `once` is the key the row will have, chosen by the form: the same form sent twice attaches once.
    """

    def attach() -> Evidence:
        with store().local(kept.sha256) as path:
            seen = sandbox.sniffed(path, name=file_name, declared=declared_type)
        with change(actor=actor, action="evidence.attached") as c:
            evidence = _new(c, _claim(c, claim_id), EvidenceKind.FILE, fields, once=once)
            c.add(
                Capture(
                    evidence=evidence,
                    role=CaptureRole.ORIGINAL,
                    sha256=kept.sha256,
                    sha3_512=kept.sha3_512,
                    size=kept.size,
                    media_type=seen["media_type"],
                    media_kind=seen["kind"],
                    file_name=display_name(file_name)[:300],
                    captured_at=timezone.now(),
                    captured_by=actor,
                    tool=UPLOAD_TOOL,
                    facts={"findings": seen["findings"], "declared_type": declared_type[:120]},
                )
            )
            _ask("evidence.examine", actor, evidence)
            return evidence

    return _once(actor, claim_id, once, attach)


def _ask(name: str, actor: User, evidence: Evidence) -> None:
    """One job of a kind waits per piece of evidence. Captures are slow: they have a queue of their own."""
    is_capture = name == "evidence.capture"
    queue, host = ("archive", site_of(evidence.url)) if is_capture else ("default", "")
    key = f"{name}:{evidence.pk}"
    jobs.ask(name, queue=queue, dedup_key=key, asked_by=actor, host=host, evidence=evidence.pk)


def attach_link(
    *,
    actor: User,
    claim_id: Any,
    url: str,
    fields: Mapping[str, Any] | None = None,
    once: UUID | None = None,
) -> Evidence:
    """Attach an address; a job captures what is there. Raises NotAllowed, NotFound, Invalid("bad-url")."""
    address = _address(url)

    def attach() -> Evidence:
        with change(actor=actor, action="evidence.attached") as c:
            evidence = _new(c, _claim(c, claim_id), EvidenceKind.LINK, fields, url=address, once=once)
            _ask("evidence.capture", actor, evidence)
            return evidence

    return _once(actor, claim_id, once, attach)


def attach_note(
    *, actor: User, claim_id: Any, fields: Mapping[str, Any], once: UUID | None = None
) -> Evidence:
    """Attach what a person observed or found out, in words. Raises NotAllowed, NotFound, Invalid("empty")."""
    if not (fields.get("description_ar") or fields.get("description_en") or "").strip():
        raise Invalid("empty", field="description_ar")

    def attach() -> Evidence:
        with change(actor=actor, action="evidence.attached") as c:
            claim = _claim(c, claim_id)
            return _new(c, claim, EvidenceKind.NOTE, fields, state=EvidenceState.READY, once=once)

    return _once(actor, claim_id, once, attach)


def edit_evidence(*, actor: User, evidence_id: Any, version: int, fields: Mapping[str, Any]) -> Evidence:
    """Describe it better. Voids a submission that cites it. Raises NotAllowed, Invalid, Conflict("stale").

    What may no longer be published loses its public copy at once; what now may gets one drawn.
    """
    with change(actor=actor, action="evidence.edited") as c:
        claim, evidence = lock_evidence(c, evidence_id, version)
        ensure(may_edit_evidence(actor, evidence))
        was_public = evidence.may_publish
        for name, value in _checked(fields).items():
            setattr(evidence, name, value)
        if was_public and not evidence.may_publish:
            _retire_copies(c, evidence, kind=DerivativeKind.PUBLIC)
        elif evidence.may_publish and not was_public and evidence.state in DRAWN_AGAIN:
            evidence.state = EvidenceState.WORKING
            _ask("evidence.examine", actor, evidence)
        touched(c, claim, evidence)
        return c.save(evidence)


def redact_evidence(
    *,
    actor: User,
    evidence_id: Any,
    version: int,
    crop: list[float] | None,
    blur: list[list[float]],
    capture_id: Any = None,
) -> Evidence:
    """Which part of the picture the public copy shows. The original stays; the old public copy goes at once.

    Boxes are [x, y, width, height] as fractions of one upright picture, `capture_id` or the first there is. While there
    are any, no other picture of the evidence is published: what is hidden in one may be seen in the next, elsewhere.
    Raises NotAllowed, Invalid, NotFound, Conflict.
    """
    for box in [*([crop] if crop else []), *blur]:
        _box(box)
    with change(actor=actor, action="evidence.redacted") as c:
        claim, evidence = lock_evidence(c, evidence_id, version)
        ensure(may_edit_evidence(actor, evidence))
        drawn_on = _picture(evidence, capture_id)
        evidence.redaction = {"capture": drawn_on, "crop": crop, "blur": blur} if crop or blur else {}
        evidence.state = EvidenceState.WORKING
        _retire_copies(c, evidence)
        touched(c, claim, evidence)
        _ask("evidence.examine", actor, evidence)
        return c.save(evidence)


def retire_evidence(*, actor: User, evidence_id: Any, version: int, reason: str) -> Evidence:
    """Set it aside, saying why; its bytes stay. Raises NotAllowed (cited by a publication), Invalid, Conflict."""
    if not reason.strip():
        raise Invalid("reason-missing", field="reason")
    with change(actor=actor, action="evidence.retired") as c:
        claim, evidence = lock_evidence(c, evidence_id, version)
        ensure(may_retire_evidence(actor, evidence))
        evidence.retired_at, evidence.retired_reason = timezone.now(), reason.strip()[:500]
        touched(c, claim, evidence)
        for cited in evidence.citations.filter(verdict__state=VerdictState.DRAFT):
            c.remove(cited)
        return c.save(evidence)


def restore_evidence(*, actor: User, evidence_id: Any, version: int) -> Evidence:
    """Take it up again. Raises NotAllowed, Conflict("stale")."""
    with change(actor=actor, action="evidence.restored") as c:
        claim, evidence = lock_evidence(c, evidence_id, version)
        ensure(may_edit_evidence(actor, evidence))
        evidence.retired_at, evidence.retired_reason = None, ""
        touched(c, claim, evidence)
        return c.save(evidence)


def release_evidence(*, actor: User, evidence_id: Any, version: int, reason: str) -> Evidence:
    """Take it out of quarantine, saying why; it is examined anew. Raises NotAllowed, Invalid, Conflict("stale")."""
    if not reason.strip():
        raise Invalid("reason-missing", field="reason")
    with change(actor=actor, action="evidence.released") as c:
        claim, evidence = lock_evidence(c, evidence_id, version)
        ensure(may_release(actor, evidence))
        at = timezone.now().isoformat()
        line = {"step": "released", "outcome": "ok", "detail": reason.strip()[:500], "at": at}
        evidence.log = [*evidence.log, line]
        evidence.state = EvidenceState.WORKING
        c.tell(reason=reason.strip()[:500])
        touched(c, claim, evidence)
        _ask("evidence.examine", actor, evidence)
        return c.save(evidence)


def recapture_evidence(*, actor: User, evidence_id: Any) -> Evidence:
    """Fetch the link again, or examine the file again, after a failure. Raises NotAllowed, NotFound."""
    with change(actor=actor, action="evidence.recapture-asked") as c:
        claim, evidence = lock_evidence(c, evidence_id)
        ensure(may_edit_evidence(actor, evidence))
        touched(c, claim, evidence)
        evidence.state = EvidenceState.WAITING
        name = "evidence.capture" if evidence.kind == EvidenceKind.LINK else "evidence.examine"
        _ask(name, actor, evidence)
        return c.save(evidence)


def open_original(*, actor: User, capture_id: Any) -> Capture:
    """The capture whose bytes the person is about to see; an entry of the custody log says so. Raises NotAllowed."""
    with change(actor=actor, action="evidence.original-opened") as c:
        capture = Capture.objects.select_related("evidence__claim").filter(pk=capture_id).first()
        if capture is None or capture.evidence is None:
            raise NotFound(what="capture")
        ensure(may_open_original(actor, capture.evidence))
        c.subject, c.claim = capture.evidence, capture.evidence.claim
        c.tell(capture=capture.pk, sha256=capture.sha256, role=capture.role)
        return capture


def _retire_copies(c: Change, evidence: Evidence, **which: Any) -> None:
    for copy in Derivative.objects.filter(capture__evidence=evidence, retired_at__isnull=True, **which):
        c.remember(copy)
        copy.retired_at = timezone.now()
        c.save(copy)


def _claim(c: Change, claim_id: Any) -> Claim:
    claim = c.lock(Claim, claim_id)
    ensure(may_attach(c.actor, claim))
    contribute(c, claim)
    c.claim = claim
    return claim


def _once(actor: User, claim_id: Any, once: UUID | None, attach: Callable[[], Evidence]) -> Evidence:
    """What `attach` makes, or has made: a form sent twice, one after the other or at the same moment."""
    known = _attached_already(actor, claim_id, once)
    if known is not None:
        return known
    try:
        return attach()
    except Conflict:
        known = _attached_already(actor, claim_id, once)
        if known is None:
            raise
        return known


def _attached_already(actor: User, claim_id: Any, once: UUID | None) -> Evidence | None:
    """What the same form made when it was first sent. Another person's key, or another claim's, is refused."""
    known = Evidence.objects.filter(pk=once).first() if once else None
    if known is not None and (str(known.claim_id) != str(claim_id) or known.created_by_id != actor.pk):
        raise Conflict("taken")
    return known


def _new(
    c: Change,
    claim: Claim,
    kind: str,
    fields: Mapping[str, Any] | None,
    *,
    url: str = "",
    state: str = EvidenceState.WAITING,
    once: UUID | None = None,
) -> Evidence:
    values = {"relation": Relation.SUPPORTS, **_checked(fields or {})}
    if once is not None:
        values["id"] = once
    evidence = Evidence(claim=claim, kind=kind, url=url, state=state, created_by=c.actor, **values)
    c.add(evidence)
    c.subject = evidence
    return evidence


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - EDITABLE
    if unknown:
        raise Invalid("unknown-field", field=min(unknown))
    for name in ("description_ar", "description_en"):
        if len(fields.get(name) or "") > 5000:
            raise Invalid("too-long", field=name, limit=5000)
    return dict(fields)


def _address(url: str) -> str:
    address = url.strip()
    try:
        parts = urlsplit(address)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    except ValueError:
        sound = False
    if not sound or len(address) > 2000 or any(ord(sign) < 33 for sign in address):
        raise Invalid("bad-url", field="url")
    return address


def _picture(evidence: Evidence, capture_id: Any) -> str:
    """The key of the picture that was drawn on. Raises NotFound for what is no picture of the evidence."""
    keys = [str(picture.pk) for picture in pictures_of(evidence)]
    if not keys or str(capture_id or keys[0]) not in keys:
        raise NotFound(what="capture")
    return str(capture_id or keys[0])


def _box(box: list[float]) -> None:
    sound = len(box) == 4 and all(0 <= side <= 1 for side in box) and box[2] > 0 and box[3] > 0
    if not sound or box[0] + box[2] > 1.0001 or box[1] + box[3] > 1.0001:
        raise Invalid("bad-box", field="redaction")
