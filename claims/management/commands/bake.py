"""manage.py bake DIR: the public site as static files."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.errors import Invalid
from claims.management.baking import bake


class Command(BaseCommand):
    help = "Write the public site as static files: both languages, data, feeds, cards, public copies of evidence."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", help="a new or empty folder, or one that was baked before")
        parser.add_argument("--json", action="store_true", help="print what was written as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            baked = bake(Path(options["folder"]))
        except Invalid:
            raise CommandError(
                "The folder holds something that was not baked. Nothing was written."
            ) from None
        wrong = [*baked.failed, *baked.broken]
        if options["json"]:
            told = {"files": len(baked.files), "failed": baked.failed, "broken": baked.broken}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        elif not wrong:
            self.stdout.write(f"{len(baked.files)} files in {options['folder']}")
        if wrong:
            raise CommandError("Nothing was replaced:\n" + "\n".join(wrong[:50]))
