"""Refusals with stable codes. Wording belongs to the doors (pages, API, commands), not here."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Refused:
    """Why a rule says no: a stable code, and facts the wording needs. Rules answer `None` for yes."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)


class FactcheckError(Exception):
    """Base of every error the product raises on purpose."""

    code = "error"

    def __init__(self, code: str | None = None, **facts: Any) -> None:
        self.code = code or type(self).code
        self.facts = facts
        super().__init__(self.code)


class NotAllowed(FactcheckError):
    """A rule refused: the doors answer 403 (404 where the object may not be known to exist)."""

    code = "not-allowed"

    @classmethod
    def because(cls, refused: Refused) -> "NotAllowed":
        """The exception for one refusal, facts kept."""
        return cls(refused.code, **refused.facts)


class Invalid(FactcheckError):
    """The input cannot be taken: 422, nothing changed. `facts['field']` names the field where there is one."""

    code = "invalid"


class Conflict(FactcheckError):
    """Somebody else was first: 409, nothing changed. Facts carry both states where they help."""

    code = "conflict"


class NotFound(FactcheckError):
    """No such thing, or none the user may know of: 404."""

    code = "not-found"
