"""manage.py restore FILE: bring a backup back into an empty installation, and prove that all is there."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.archive.store import StoreFull
from claims.management.alone import only_start
from claims.management.backup.file import BackupError
from claims.management.backup.restore import restore
from claims.management.commands.backup import facts
from claims.tasks.verify import Check


class Command(BaseCommand):
    help = "Bring a backup back into an installation that holds nothing yet, then verify everything in it."
    # There may be no table yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what `backup` wrote")
        parser.add_argument("--json", action="store_true", help="one JSON document on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with only_start():
                manifest = restore(options["file"])
                call_command("migrate", interactive=False, verbosity=0)
        except BackupError as error:
            raise CommandError(str(error)) from None
        except StoreFull:
            raise CommandError("The store is full. Make room and run the same command again.") from None
        faults = [asdict(fault) for fault in Check().faults()]
        if options["json"]:
            self.stdout.write(json.dumps({**facts(manifest), "ok": not faults, "faults": faults}))
        elif not faults:
            self.stdout.write(f"Restored and verified: {facts(manifest)['evidence']} pieces of evidence.")
        if faults:
            lines = [f"{fault['kind']} {fault['what']}: {fault['problem']}" for fault in faults[:20]]
            raise CommandError("Restored, but not all is as it was written:\n" + "\n".join(lines))
