"""manage.py demo: load the worked example, which is marked as an illustration on every page."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.management.demo.load import load_demo
from claims.management.demo.people import kept_passwords


class Command(BaseCommand):
    help = "Load the source registry and the worked example. Loading twice adds nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print what stands as JSON")
        parser.add_argument("--show-passwords", action="store_true", help="print the demo sign-ins as well")

    def handle(self, *args: Any, **options: Any) -> None:
        stage = load_demo()
        counts = {
            name: len(getattr(stage, name)) for name in ("incidents", "documents", "claims", "evidence")
        }
        signs_in = kept_passwords() if options["show_passwords"] else {}
        if options["json"]:
            self.stdout.write(json.dumps({**counts, **({"passwords": signs_in} if signs_in else {})}))
            return
        self.stdout.write(", ".join(f"{number} {name}" for name, number in counts.items()))
        for username, password in signs_in.items():
            self.stdout.write(f"{username}  {password}")
