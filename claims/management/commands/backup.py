"""manage.py backup FILE: database, evidence and keys in one file, taken while everything runs."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.management.backup.file import EVIDENCE, BackupError, Manifest, check
from claims.management.backup.take import take


class Command(BaseCommand):
    help = "Write database, evidence and keys into one file, or check such a file. It is not encrypted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a new file; nothing is ever overwritten")
        parser.add_argument(
            "--check", action="store_true", help="take none: read this one and say if it is whole"
        )
        parser.add_argument("--json", action="store_true", help="one JSON document on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = check(options["file"]) if options["check"] else take(options["file"])
        except BackupError as error:
            raise CommandError(str(error)) from None
        told = facts(manifest)
        if options["json"]:
            self.stdout.write(json.dumps(told))
        else:
            self.stdout.write(
                f"{options['file']}: {told['evidence']} pieces of evidence, {told['bytes']} bytes, "
                f"history at least up to entry {told['head'].get('seq', 0)}, taken {told['taken_at']}"
            )


def facts(manifest: Manifest) -> dict[str, Any]:
    """What a person wants to know of a backup; bytes are those of its members."""
    return {
        "taken_at": manifest.taken_at,
        "database": manifest.database,
        "head": manifest.head,
        "evidence": sum(name.startswith(EVIDENCE) for name in manifest.members),
        "bytes": sum(member.size for member in manifest.members.values()),
    }
