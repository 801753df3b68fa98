"""`verify`: the chain, every row it vouches for, spans, snapshots, triggers and files; 0 only when all is well."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from claims.tasks.verify import Check


class Command(BaseCommand):
    help = "Check that the history, every row, every published state and every file are as they were written"
    # A database that lost its triggers is what this command must be able to look at.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
        parser.add_argument("--skip-files", action="store_true", help="do not read captures again")

    def handle(self, *args: Any, **options: Any) -> None:
        check = Check(files=not options["skip_files"])
        faults = []
        for fault in check.faults():
            faults.append(asdict(fault))
            if not options["json"]:
                self.stdout.write(f"{fault.kind} {fault.what}: {fault.problem}")
        if options["json"]:
            answer = {"ok": not faults, "checked": dict(check.n), "faults": faults}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            told = ", ".join(f"{n} {kind}" for kind, n in check.n.items())
            self.stdout.write(f"{'all is well' if not faults else f'{len(faults)} faults'}: {told}")
        if faults:
            sys.exit(1)
