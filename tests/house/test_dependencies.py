"""Each dependency has a reason, and none brings a licence that the product cannot carry."""

import re
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from tests.house.source import ROOT

INPUTS = ["requirements.in", "requirements-prod.in", "requirements-dev.in"]
LESSER = {"python-bidi", "psycopg", "psycopg-binary", "psycopg-pool"}  # LGPL, used as libraries
COPYLEFT = re.compile(r"\bA?GPL|GNU (?:Affero )?General Public", re.I)


def named(lock: str) -> list[str]:
    """Distributions that the lock pins."""
    return re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==", (ROOT / lock).read_text(), flags=re.M | re.I)


def licence(distribution: str) -> str:
    """What the installed distribution says of its licence; long texts are cut to their title."""
    about = metadata(distribution)
    classifiers = [line for line in about.get_all("Classifier", []) if line.startswith("License")]
    return " / ".join(
        [about.get("License-Expression") or "", (about.get("License") or "")[:60], *classifiers]
    )


def copyleft(text: str) -> bool:
    """True where no licence of a choice ("MPL OR GPL") is free of the condition."""
    return all(COPYLEFT.search(choice) for choice in text.split(" OR "))


@pytest.mark.parametrize("path", INPUTS)
def test_every_dependency_has_its_reason(path):
    lines = [
        line for line in (ROOT / path).read_text().splitlines() if line and not line.startswith(("#", "-r"))
    ]
    assert [line for line in lines if not re.search(r"\S\s+# \S.{5,}", line)] == []


def test_the_product_carries_no_copyleft_licence():
    installed = {}
    for distribution in named("requirements-prod.txt"):
        try:
            installed[distribution] = licence(distribution)
        except PackageNotFoundError:  # another platform's
            continue
    assert len(installed) > 60
    assert {d: text for d, text in installed.items() if copyleft(text) and d not in LESSER} == {}
