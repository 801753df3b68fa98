"""Arabic is complete: every message of the sources is translated, and the compiled catalogue is the written one."""

import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.servers import absent

CATALOGUE = ROOT / "factcheck/locale/ar/LC_MESSAGES/django.po"


def messages(compiled: Path) -> dict[object, str]:
    """What a compiled catalogue holds, by message id (with the plural's number for a plural)."""
    with compiled.open("rb") as file:
        found = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in found.items() if key != ""}


def ids(catalogue: Path, *options: str) -> set[str]:
    """Message ids of a catalogue, as msgattrib selects them, one line each."""
    command = ["msgattrib", "--no-wrap", "--no-obsolete", *options, str(catalogue)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {entry for entry in text.split("\n\n") if 'msgid ""\nmsgstr ""' not in entry and entry.strip()}


def bare(entry: str) -> str:
    """The part of an entry that names the message: context and ids, without where it stands or what it says."""
    kept, taking = [], False
    for line in entry.splitlines():
        if line.startswith(("msgctxt", "msgid")):
            taking = True
        elif line.startswith(("msgstr", "#")):
            taking = False
        if taking:
            kept.append(line)
    return "\n".join(kept)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory) -> Path:
    """A catalogue made new from the sources as they are now."""
    if shutil.which("xgettext") is None:
        absent("gettext")
    copy = tmp_path_factory.mktemp("sources")
    for folder in ("claims", "factcheck", "templates"):
        shutil.copytree(
            ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "*.po", "*.mo")
        )
    (copy / "factcheck/locale").mkdir(exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "--locale",
        "ar",
        "--no-wrap",
        "--verbosity",
        "0",
    ]
    here = {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "PYTHONPATH": str(copy),
        "DATA_DIR": str(copy / "var"),
    }
    subprocess.run(command, cwd=copy, env={**os.environ, **here}, check=True)
    return copy / "factcheck/locale/ar/LC_MESSAGES/django.po"


def test_every_message_of_the_sources_is_in_the_catalogue(extracted):
    missing = {bare(entry) for entry in ids(extracted)} - {bare(entry) for entry in ids(CATALOGUE)}
    assert sorted(missing) == []


@pytest.mark.parametrize("flaw", ["--untranslated", "--only-fuzzy"])
def test_nothing_in_the_catalogue_waits_for_a_translator(flaw):
    if shutil.which("msgattrib") is None:
        absent("gettext")
    assert sorted(bare(entry) for entry in ids(CATALOGUE, flaw)) == []


def test_the_compiled_catalogue_is_the_written_one(tmp_path):
    if shutil.which("msgfmt") is None:
        absent("gettext")
    fresh = tmp_path / "django.mo"
    checks = ["--check-format", "--check-header"]
    subprocess.run(["msgfmt", *checks, "--output-file", str(fresh), str(CATALOGUE)], check=True)
    assert messages(CATALOGUE.with_suffix(".mo")) == messages(fresh)
