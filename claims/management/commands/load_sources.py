"""manage.py load_sources: the registry of sources that comes with the product, without the worked example."""

from typing import Any

from django.core.management.base import BaseCommand

from claims.actions.person import system_user
from claims.management.registry import load_registry


class Command(BaseCommand):
    help = "Add the sources of the registry that are not here yet."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_registry(system_user())} sources added")
