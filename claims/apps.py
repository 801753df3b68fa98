"""The one application of the product."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class ClaimsConfig(AppConfig):
    name = "claims"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Handlers are known by name before anybody asks for them; triggers stand aside for migrations only.
        from claims import checks as checks
        from claims.actions import own_access
        from claims.tasks import register_handlers

        register_handlers()
        own_access.listen()
        pre_migrate.connect(_without_triggers, sender=self)
        post_migrate.connect(_with_triggers, sender=self)


def _without_triggers(using: str, plan: Any, **_: Any) -> None:
    # SQLite rebuilds a table to alter it, which fails while a trigger elsewhere names that table.
    from claims.models import triggers, words

    connection = connections[using]
    if connection.vendor == "sqlite" and any(step.app_label == "claims" for step, _back in plan):
        triggers.remove(connection)
        words.remove(connection)


def _with_triggers(using: str, **_: Any) -> None:
    from claims.models import triggers, words

    connection = connections[using]
    if "claims_entry" not in connection.introspection.table_names():
        return
    if triggers.missing(connection):
        triggers.install(connection)
    words.install(connection)
