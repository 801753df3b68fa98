"""Refusals with stable codes. Wording belongs to the doors (pages, API, commands), not here."""

from typing import Any


class Refused:
    """Why a rule says no: a stable code, and facts the wording needs. Rules answer `None` for yes."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code = code
        self.facts = facts

    def __repr__(self) -> str:
        return f"Refused({self.code!r}, {self.facts!r})"


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


def ensure(refused: Refused | None) -> None:
    """Go on only where the rule said yes. Raises NotAllowed."""
    if refused is not None:
        raise NotAllowed.because(refused)


class NotFound(FactcheckError):
    """No such thing, or none the user may know of: 404."""

    code = "not-found"
