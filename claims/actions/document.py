"""Documents: keep a text exactly as it was given, and what is known of it."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from django.db import connection
from django.utils import timezone

from claims.actions.history import change
from claims.actions.reading import keep_stretch, read_stretch
from claims.errors import Conflict, Invalid, NotFound, ensure
from claims.models import Document, Incident, Language, Source, User
from claims.rules.role import may_write
from claims.text.read import guess_lang

LONGEST_BODY = 1_000_000
EARLIEST_ON = date(1900, 1, 1)
FACTS = {
    *("kind", "title", "lang", "url", "publisher_id", "published_on", "published_at", "zone", "incident_id"),
}
# What the reading depends on: change one, and everything undecided is read again.
READ_BY = ("lang", "published_on", "zone", "publisher_id")


def add_document(
    *, actor: User, body: str, fields: Mapping[str, Any], again: bool = False, propose: bool = True
) -> Document:
    """A new text, and the claims proposed from it; the rest of a long text is read by a job.

    `fields` are FACTS; `lang` "" or "auto" is decided from the letters. `propose` False keeps the text unread.
    Raises NotAllowed; Invalid (empty, nul, surrogates, too-long, date-out-of-bounds, …);
    Conflict("document-known", current=the document that has the same body) unless `again`.
    """
    ensure(may_write(actor))
    _sound_body(body)
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    document = Document(created_by=actor, body=body, body_sha256=sha256, **_checked(fields))
    _complete(document)
    if not again:
        _not_known(sha256)
    first = read_stretch(document) if propose else None
    with change(actor=actor, action="document.added", subject=document) as c:
        if not again:
            _one_at_a_time(sha256)
            _not_known(sha256)
        c.add(document)
        if first is not None:
            keep_stretch(c, document, first)
        return document


def edit_document(*, actor: User, document_id: Any, version: int, fields: Mapping[str, Any]) -> Document:
    """Change facts of a text, never its body. Where they bear on the reading, what is undecided is read again.

    Raises NotAllowed, NotFound, Invalid, Conflict("stale").
    """
    ensure(may_write(actor))
    wanted = _changed(_found(document_id), fields)
    first = read_stretch(wanted) if _reads_differently(wanted) else None
    with change(actor=actor, action="document.edited") as c:
        document = _changed(c.lock(Document, document_id, version), fields)
        c.save(document)
        if first is not None:
            keep_stretch(c, document, first)
        return document


def read_again(*, actor: User, document_id: Any) -> Document:
    """Read a text anew, from its beginning; what is decided stays. Raises NotAllowed, NotFound."""
    ensure(may_write(actor))
    first = read_stretch(_found(document_id))
    with change(actor=actor, action="document.read") as c:
        document = c.subject = c.lock(Document, document_id)
        keep_stretch(c, document, first)
        return document


def known_document(body: str) -> Document | None:
    """The oldest document with exactly this body."""
    sha256 = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
    return Document.objects.filter(body_sha256=sha256).order_by("created_at").first()


def _found(document_id: Any) -> Document:
    try:
        return Document.objects.get(pk=document_id)
    except (Document.DoesNotExist, ValueError):
        raise NotFound(what="document") from None


def _sound_body(body: str) -> None:
    if len(body) > LONGEST_BODY:
        raise Invalid("too-long", field="body", limit=LONGEST_BODY)
    if "\0" in body:
        raise Invalid("nul", field="body")
    if any("\ud800" <= char <= "\udfff" for char in body):
        raise Invalid("surrogates", field="body")
    if not any(char.isalnum() for char in body):
        raise Invalid("empty", field="body")


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - FACTS
    if unknown:
        raise Invalid("unknown-field", field=min(unknown))
    return dict(fields)


def _changed(document: Document, fields: Mapping[str, Any]) -> Document:
    for name, value in _checked(fields).items():
        setattr(document, name, value)
    _complete(document)
    return document


def _complete(document: Document) -> None:
    """Fill in what follows from the rest, and refuse what cannot be. Raises Invalid."""
    if document.lang in {"", "auto"}:
        document.lang = guess_lang(document.body)
    if document.lang not in Language.values:
        raise Invalid("unknown-language", field="lang")
    if document.zone not in available_timezones():
        raise Invalid("unknown-zone", field="zone")
    if document.url and urlsplit(document.url).scheme not in {"http", "https"}:
        raise Invalid("url-scheme", field="url")
    _dated(document)
    if document.publisher_id and not Source.objects.filter(pk=document.publisher_id).exists():
        raise Invalid("no-such-source", field="publisher")
    if document.incident_id and not Incident.objects.filter(pk=document.incident_id).exists():
        raise Invalid("no-such-incident", field="incident")


def _dated(document: Document) -> None:
    at = document.published_at
    if isinstance(at, datetime):
        if at.tzinfo is None:
            raise Invalid("time-without-zone", field="published_at")
        _within(at.astimezone(UTC).date(), "published_at")
        document.published_on = document.published_on or at.astimezone(ZoneInfo(document.zone)).date()
    if document.published_on is not None:
        _within(document.published_on, "published_on")


def _within(day: date, field: str) -> None:
    """1900 to two years from now: beyond lies a slip of the hand."""
    latest = timezone.now().date() + timedelta(days=731)
    if not EARLIEST_ON <= day <= latest:
        raise Invalid("date-out-of-bounds", field=field, earliest=EARLIEST_ON.year, latest=latest.year)


def _reads_differently(wanted: Document) -> bool:
    """Whether `wanted` (not saved) differs from its row in what the reading depends on."""
    stored = Document.objects.values_list(*READ_BY).get(pk=wanted.pk)
    return bool(stored != tuple(getattr(wanted, name) for name in READ_BY))


def _not_known(sha256: str) -> None:
    known = Document.objects.filter(body_sha256=sha256).order_by("created_at").first()
    if known is not None:
        raise Conflict("document-known", current=known, document=str(known.pk))


def _one_at_a_time(sha256: str) -> None:
    """A double click is two requests at once: the second waits, and then sees the first. SQLite does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])
