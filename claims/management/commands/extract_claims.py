"""`extract_claims FILE`: what the reading engine proposes for one article, printed; nothing is stored."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.text.read import read
from claims.text.reading import Proposed, Quantity
from claims.text.registry import by_key


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value.strip() else None


def _number(q: Quantity) -> list[float | int]:
    """Values of one amount: both ends of a range, none for *several*, whole numbers as integers."""
    if q.comparator == "several":
        return []
    ends = (q.low, q.high) if q.comparator == "range" else (q.value,)
    return [int(v) if v == int(v) else v for v in ends if v is not None]


def as_json(p: Proposed, names: dict[str, str]) -> dict[str, Any]:
    """One proposal in the form that the scorer reads."""
    first = p.chain[0] if p.chain else None
    return {
        "start": p.start,
        "end": p.end,
        "attributed_to": [v.surface for v in p.chain],
        "source_norm": (names.get(first.source_key or "") or first.surface) if first else "unattributed",
        "stance": p.stance,
        "numbers": [n for q in p.quantities for n in _number(q)],
        "event_date": p.event.iso() if p.event else None,
        "place": [m.surface for m in p.places],
    }


@lru_cache(maxsize=1)
def source_names() -> dict[str, str]:
    """Registry key to the English name that counts: an official stands for the body they speak for."""
    keys = by_key()
    return {k: (keys[s.parent] if s.kind == "official" and s.parent else s).name_en for k, s in keys.items()}


class Command(BaseCommand):
    help = "Print the claims that the reading engine proposes for an article"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="UTF-8 text of one article; - for standard input")
        parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
        parser.add_argument("--published", default="", help="YYYY-MM-DD; empty: unknown")
        parser.add_argument("--lang", choices=["ar", "en"], help="default: from the letters")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            raw = sys.stdin.buffer.read() if options["file"] == "-" else Path(options["file"]).read_bytes()
            text = raw.decode("utf-8")
            published_on = _day(options["published"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        reading = read(text, published_on=published_on, lang=options["lang"])
        if options["json"]:
            found = {"claims": [as_json(p, source_names()) for p in reading.proposals]}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        for p in reading.proposals:
            who = " ← ".join(v.surface for v in p.chain) or "—"
            self.stdout.write(f"{p.start}-{p.end} {p.stance} [{who}] {text[p.start : p.end]}")
