"""manage.py doctor: looks at every part and says what is wrong; 0 only when nothing is."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.management.doctor import WRONG, examine


class Command(BaseCommand):
    help = "Say of each part whether it is there and answers, and what goes without it. Changes nothing."
    # What a check would stop at is what this command is there to tell.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON document on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(examine())
        ok = not any(one.state == WRONG for one in found)
        if options["json"]:
            told = {"ok": ok, "parts": [asdict(one) for one in found]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            for one in found:
                self.stdout.write(f"{one.state:<6} {one.part:<10} {one.told}")
        if not ok:
            sys.exit(1)
