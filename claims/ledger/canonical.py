"""One value, one byte string: the canonical JSON that hashes are taken of.

Keys sorted by code point, no white space, UTF-8 as is, no floats that could print two ways (RFC 8785 is the model;
numbers are integers or decimal strings here, so its number rule is not needed).
"""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Any
from uuid import UUID


def plain(value: Any) -> Any:
    """The JSON form of a value: times as UTC ISO 8601 with microseconds and Z, decimals and floats as strings.

    Raises TypeError for a value that has no form here, and ValueError for a time without a zone.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value.value) if isinstance(value, Enum) else str(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")


def settled(value: Any) -> Any:
    """A number, or JSON with numbers in it, as every database gives it back: SQLite's columns and PostgreSQL's jsonb
    know no negative zero, and jsonb no exponent, so that a float beyond 10**16 comes back an integer. What is hashed
    must be what will be read."""
    if isinstance(value, dict):
        return {str(key): settled(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [settled(item) for item in value]
    if isinstance(value, float) and isfinite(value):
        return int(value) if abs(value) >= 1e16 else value or 0.0
    return value


def canonical(value: Any) -> bytes:
    """The canonical bytes of a value."""
    return canonical_text(value).encode("utf-8")


def canonical_text(value: Any) -> str:
    """The canonical bytes as text, for keeping in a column."""
    return json.dumps(
        plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def text_digest(text: str) -> str:
    """SHA-256 of a text already canonical, hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
