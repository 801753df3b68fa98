"""Rules about the code that no linter knows: who writes, who publishes, how long a file may be."""

import re
import subprocess
import sys

import pytest

from tests.house.source import ROOT, files, method_calls, name

WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
}
WRITES |= {f"a{method}" for method in WRITES} | {"raw_delete", "_raw_delete"}
# The floors that know the database; import-linter keeps it from the others.
FLOORS = [
    "admin",
    "api",
    "archive",
    "checks",
    "desk",
    "forms",
    "management",
    "models",
    "public",
    "rules",
    "tasks",
]
WRITERS = {"claims/tasks/relay.py"}
# What looks like a write to the database and is not, or is no fact about a claim: file, method, what it is called on.
NOT_OURS_TO_GUARD = {
    ("claims/management/demo/canvas.py", "save", "image"): "a picture, into bytes",
}
GRAB_BAGS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base"}
LONGEST = 400


def writes_of(path):
    """Calls in the file that change rows, as far as their look tells: dictionaries and hashes update too."""
    for node, target, method in method_calls(path):
        on_rows = re.search(r"objects|filter\(|exclude\(|queryset|\brows?\b|select_", target)
        if method == "update" and not (on_rows or node.keywords):
            continue
        if method in WRITES and (name(path), method, target) not in NOT_OURS_TO_GUARD:
            yield f"{name(path)}:{node.lineno}: {target}.{method}(…)"


def test_only_actions_and_the_job_table_write():
    under = tuple(f"claims/{floor}" for floor in FLOORS)
    found = [
        line for path in files(".py", under=under) if name(path) not in WRITERS for line in writes_of(path)
    ]
    assert found == []


def test_the_rule_about_writing_would_see_a_write(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.house.source.ROOT", tmp_path)
    path = tmp_path / "view.py"
    path.write_text("Claim.objects.filter(pk=1).update(state='x'); claim.save(); seen.update({1})")
    assert len(list(writes_of(path))) == 2


def test_rows_are_locked_without_their_key():
    """What is only pointed at is not waited for at a commit, with the append lock held (claims.actions.history)."""
    jobs = ROOT / "claims" / "jobs"  # nothing points at a job
    locked = [
        f"{name(path)}:{call.lineno}"
        for path in files(".py", under=("claims",))
        if jobs not in path.parents
        for call, _on, method in method_calls(path)
        if method == "select_for_update" and "no_key" not in {word.arg for word in call.keywords}
    ]
    assert locked == []


def test_every_excuse_for_a_write_is_still_needed():
    calls = {
        (name(path), method, target)
        for path in files(".py", under=("claims",))
        for _, target, method in method_calls(path)
    }
    assert set(NOT_OURS_TO_GUARD) <= calls


def test_no_file_is_longer_than_it_may_be():
    lengths = {
        name(path): len(path.read_bytes().splitlines()) for path in files(".py", ".html", ".css", ".js")
    }
    assert {path: n for path, n in lengths.items() if n > LONGEST} == {}


def test_no_module_is_a_grab_bag():
    assert [name(path) for path in files(".py") if path.stem in GRAB_BAGS] == []


def test_the_floors_hold():
    # Without the cache: it kept reporting a cycle after the files had been put right.
    command = [sys.executable, "-m", "importlinter.cli", "lint", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "raise NotImplemented" + "Error"])
def test_nothing_is_left_unfinished(word):
    assert [name(path) for path in files(".py", ".html", ".css", ".js") if word in path.read_text()] == []
