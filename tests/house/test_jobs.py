"""Rules about background work that the code must keep."""

import re
from pathlib import Path

from claims.jobs.registry import HANDLERS

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for folder in ("claims", "factcheck") for path in sorted((ROOT / folder).rglob("*.py"))]
PUBLISHES = re.compile(
    r"\.(delay|delay_on_commit|apply_async|apply_async_on_commit|send_task|basic_publish)\("
)
ASKED = re.compile(r"""\b_?ask\(\s*["']([a-z]\w*\.[^"']+)["']""")


def test_nothing_but_the_relay_publishes():
    """A publish in a view can hang a web thread for as long as the broker stays silent."""
    guilty = {path.name for path in SOURCES if PUBLISHES.search(path.read_text())}
    assert guilty == {"relay.py"}


def test_whatever_is_asked_for_has_a_handler():
    asked = {name for path in SOURCES for name in ASKED.findall(path.read_text())}
    assert asked
    assert asked <= set(HANDLERS), f"no handler in claims/tasks for {sorted(asked - set(HANDLERS))}"
