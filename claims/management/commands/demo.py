"""manage.py demo: load the worked example, which is marked as an illustration on every page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.management.demo.load import load_demo
from claims.management.demo.people import kept_passwords


class Command(BaseCommand):
    help = "Load the source registry and the worked example. Loading twice adds nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--show-passwords", action="store_true", help="print the demo sign-ins as well")

    def handle(self, *args: Any, **options: Any) -> None:
        stage = load_demo()
        self.stdout.write(
            f"{len(stage.incidents)} incidents, {len(stage.claims)} claims, {len(stage.evidence)} pieces of evidence"
        )
        if options["show_passwords"]:
            for username, password in kept_passwords().items():
                self.stdout.write(f"{username}  {password}")
