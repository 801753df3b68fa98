"""What an operator may set is written down, and nothing else is."""

import re

from tests.house.source import ROOT, files

OPERATORS = ROOT / "docs/operators.md"
READ = re.compile(r"\benv\.\w+\(\s*\"([A-Z][A-Z0-9_]+)\"")


def variables() -> set[str]:
    """Environment variables that the settings and the commands read."""
    ours = files(".py", under=("factcheck", "claims"))
    return {found for path in ours for found in READ.findall(path.read_text(encoding="utf-8"))}


def test_every_variable_is_explained_to_operators():
    explained = set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)`", OPERATORS.read_text(encoding="utf-8"), flags=re.M))
    assert len(variables()) > 10
    assert variables() - explained == set()
    assert explained - variables() == set()


def test_the_example_file_sets_only_what_is_read():
    from_compose = {"POSTGRES_PASSWORD", "S3_ROOT_USER", "S3_ROOT_PASSWORD", "WEB_PORT"}
    set_there = re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), flags=re.M)
    assert set(set_there) - variables() - from_compose == set()


def test_the_example_file_holds_no_secret():
    assert (
        re.findall(r"^(?!#)\w*(?:KEY|PASSWORD|SECRET)\w*=.+", (ROOT / ".env.example").read_text(), flags=re.M)
        == []
    )
