"""Which tables the history vouches for, and the state of a row that its digest is taken of."""

from typing import Any

from django.db import models

from claims.ledger.canonical import digest
from claims.models.attribution import Attribution
from claims.models.claim import Claim, Comment, Contribution, Quantity
from claims.models.document import Document
from claims.models.evidence import Capture, Derivative, Evidence
from claims.models.incident import Incident, Question
from claims.models.judgement import Chronolocation, FindingMark, Geolocation
from claims.models.person import User
from claims.models.source import Account, Alias, Source
from claims.models.verdict import Citation, Publication, Review, Verdict

# What is left out of a row's state: bookkeeping, and copies that are computed from the rest.
_ALWAYS_OUT = {"updated_at", "text_folded", "names_folded", "first_at"}
_OUT: dict[type[models.Model], set[str]] = {
    Document: {"body", "reading_state", "reading_progress"},  # body_sha256 stands for the body
    Evidence: {"log"},
}
# Columns that came after rows had been vouched for: while empty they are not part of a row's state.
_LATER: dict[type[models.Model], set[str]] = {Derivative: {"at_seconds"}}
_USER_FIELDS = {"id", "username", "role", "is_active", "display_name", "is_demo", "is_superuser", "is_staff"}

GUARDED: tuple[type[models.Model], ...] = (
    User,
    Source,
    Alias,
    Account,
    Document,
    Incident,
    Question,
    Claim,
    Quantity,
    Contribution,
    Attribution,
    Comment,
    Evidence,
    Capture,
    Derivative,
    Geolocation,
    Chronolocation,
    FindingMark,
    Verdict,
    Citation,
    Review,
    Publication,
)


def state_of(row: models.Model) -> dict[str, Any]:
    """The guarded fields of a row by column name, as Python values."""
    out = _ALWAYS_OUT | _OUT.get(type(row), set())
    names = [field.attname for field in row._meta.concrete_fields]
    if isinstance(row, User):
        names = [name for name in names if name in _USER_FIELDS]
    later = _LATER.get(type(row), set())
    state = {name: getattr(row, name) for name in names if name not in out}
    return {name: value for name, value in state.items() if value is not None or name not in later}


def digest_of(row: models.Model) -> str:
    """SHA-256, hex, of the canonical form of a row's guarded state."""
    return digest(state_of(row))


def label_of(row: models.Model | type[models.Model]) -> str:
    """The table's name in the history: the model's, lower case."""
    return row._meta.model_name or ""
