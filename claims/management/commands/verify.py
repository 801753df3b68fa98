"""`verify`: the chain, every row it vouches for, spans, snapshots, triggers and files; 0 only when all is well."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.actions.checkpoint import first_fault
from claims.tasks.verify import Check


def _against(path: Path | None) -> list[dict[str, str]]:
    """What does not fit checkpoints from outside: the only thing that shows a whole older copy put back."""
    if path is None:
        return []
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))["checkpoints"]
        found = first_fault(kept)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path} holds no checkpoints: {type(error).__name__}") from error
    return [{"kind": "checkpoint", "what": str(found.seq), "problem": found.problem}] if found else []


class Command(BaseCommand):
    help = "Check that the history, every row, every published state and every file are as they were written"
    # A database that lost its triggers is what this command must be able to look at.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
        parser.add_argument(
            "--against", type=Path, help="checkpoints somebody kept: a copy of /checkpoints.json"
        )
        parser.add_argument("--skip-files", action="store_true", help="do not read captures again")

    def handle(self, *args: Any, **options: Any) -> None:
        check = Check(files=not options["skip_files"])
        faults = []
        for fault in chain(map(asdict, check.faults()), _against(options["against"])):
            faults.append(fault)
            if not options["json"]:
                self.stdout.write(f"{fault['kind']} {fault['what']}: {fault['problem']}")
        if options["json"]:
            answer = {
                "ok": not faults,
                "checked": dict(check.n),
                "faults": faults,
                "unclaimed": check.unclaimed,
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            for sha256 in check.unclaimed:
                self.stdout.write(f"no fault, but no row speaks of the file {sha256}")
            told = ", ".join(f"{n} {kind}" for kind, n in check.n.items())
            self.stdout.write(f"{'all is well' if not faults else f'{len(faults)} faults'}: {told}")
        if faults:
            sys.exit(1)
