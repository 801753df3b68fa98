"""What `manage.py check` looks for beyond Django's own: guards that must stand before the product may run."""

import sys
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from claims.models import triggers


@register(Tags.database)
def triggers_stand(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Append-only tables and the second person are held by triggers; a database that lost them must not be served."""
    if sys.argv[1:2] == ["migrate"]:
        return []  # the remedy itself: an upgrade may bring triggers that are not there yet
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if "claims_entry" not in connection.introspection.table_names():
            continue
        gone = sorted(triggers.missing(connection))
        if gone:
            found.append(
                Error(
                    f"Triggers are missing or changed: {', '.join(gone)}",
                    hint="Run manage.py migrate, which puts them back, then manage.py verify.",
                    id="claims.E001",
                )
            )
    return found
