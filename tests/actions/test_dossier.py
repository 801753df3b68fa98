"""The dossier proves itself offline, and names whatever was changed in it."""

import io
import json
import subprocess
import sys
import zipfile

import pytest
from django.core.management import call_command
from django.urls import reverse

from claims.actions import dossier
from claims.actions import evidence as actions
from claims.errors import NotFound
from claims.jobs import ask
from claims.models import Role
from claims.models.history import Entry
from tests import make
from tests.desk.cast import signed_in
from tests.media.make import saved, scene

pytestmark = pytest.mark.django_db
SECRET = b"PRIVATE-SERIAL-0815"


@pytest.fixture(autouse=True)
def _own_key(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def amal(db):
    return make.user("amal")


@pytest.fixture
def publication(amal):
    """A published verdict that cites a picture, under a checkpoint."""
    claim = make.a_checkable_claim(amal)
    picture = saved(scene(2), comment=SECRET)
    row = actions.attach_file(actor=amal, claim_id=claim.pk, chunks=[picture], file_name="photo.jpg")
    make.run_jobs("evidence.examine")
    made = make.published(amal, make.user("basim", Role.REVIEWER), claim, evidence_ids=[row.pk])
    ask("checkpoint.make")
    make.run_jobs("checkpoint.make")
    return made


def the_zip(publication, amal, public=False):
    return b"".join(dossier.export_dossier(actor=amal, slug=publication.slug, public=public))


def unpacked(data, folder):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        file.extractall(folder)
    return folder


def checked(where, argument=None):
    command = [sys.executable, "-I", "-S", str(where / "verify.py"), *([str(argument)] if argument else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("public", [False, True])
def test_it_holds_unpacked_and_packed_without_anything_installed(publication, amal, tmp_path, public):
    data = the_zip(publication, amal, public)
    folder = unpacked(data, tmp_path / "out")
    (tmp_path / "whole.zip").write_bytes(data)
    for argument in (None, tmp_path / "whole.zip"):
        code, said = checked(folder, argument)
        assert (code, said.splitlines()[-1]) == (0, "All of it holds."), said


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    "pattern", ["originals/*", "public/*", "publications/*", "captures.json", "custody.json", "README.md"]
)
def test_f5_one_flipped_byte_is_named(publication, amal, tmp_path, pattern):
    folder = unpacked(the_zip(publication, amal), tmp_path / "out")
    path = next(folder.glob(pattern))
    flip(path)
    code, said = checked(folder)
    assert code == 1 and f"WRONG  {path.relative_to(folder).as_posix()}: changed" in said


def test_f6_a_missing_and_a_strange_file_are_named(publication, amal, tmp_path):
    folder = unpacked(the_zip(publication, amal), tmp_path / "out")
    gone = next(folder.glob("originals/*"))
    gone.unlink()
    (folder / "originals" / "extra").write_bytes(b"x")
    code, said = checked(folder)
    assert code == 1 and f"originals/{gone.name}: missing" in said and "extra: does not belong here" in said


def rewrite_manifest(folder):
    """What a forger does next: the manifest follows the changed files."""
    import hashlib

    manifest = json.loads((folder / "manifest.json").read_text())
    for one in manifest["files"]:
        one["sha256"] = hashlib.sha256((folder / one["path"]).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_f9_a_forged_publication_is_named_even_with_its_manifest_forged(publication, amal, tmp_path):
    folder = unpacked(the_zip(publication, amal, public=True), tmp_path / "out")
    path = next(folder.glob("publications/*"))
    path.write_text(path.read_text().replace("unverified", "confirmed"))
    rewrite_manifest(folder)
    code, said = checked(folder)
    assert code == 1 and f"publications/{path.name}: was never published" in said


def test_f3_a_forged_entry_is_named_even_with_its_manifest_forged(publication, amal, tmp_path):
    folder = unpacked(the_zip(publication, amal), tmp_path / "out")
    path = folder / "history" / "entries.jsonl"
    lines = path.read_text().splitlines()
    number = next(n for n, line in enumerate(lines) if "claim.logged" in line)
    lines[number] = lines[number].replace("Five blasts", "Nine blasts")
    path.write_text("\n".join(lines) + "\n")
    rewrite_manifest(folder)
    code, said = checked(folder)
    assert code == 1 and f"history entry {number + 1}: changed" in said


@pytest.mark.parametrize("pattern", ["originals/*", "public/*"])
def test_f6_swapped_evidence_is_named_even_with_its_manifest_forged(publication, amal, tmp_path, pattern):
    folder = unpacked(the_zip(publication, amal), tmp_path / "out")
    path = next(folder.glob(pattern))
    path.write_bytes(saved(scene(3)))
    rewrite_manifest(folder)
    code, said = checked(folder)
    assert code == 1 and f"{path.relative_to(folder).as_posix()}: is not what its name says" in said


def test_f6_evidence_taken_out_is_named_even_with_its_manifest_forged(publication, amal, tmp_path):
    folder = unpacked(the_zip(publication, amal), tmp_path / "out")
    gone = next(folder.glob("originals/*"))
    gone.unlink()
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"] = [one for one in manifest["files"] if one["path"] != f"originals/{gone.name}"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    code, said = checked(folder)
    assert code == 1 and f"originals/{gone.name}: is not in the dossier" in said


def test_another_signature_does_not_hold(publication, amal, tmp_path):
    folder = unpacked(the_zip(publication, amal), tmp_path / "out")
    path = folder / "checkpoint.json"
    signed = json.loads(path.read_text())
    signed["message"] = signed["message"].replace("\n1\n", "\n2\n", 1) + " "
    path.write_text(json.dumps(signed))
    rewrite_manifest(folder)
    assert "the signature does not hold" in checked(folder)[1]


def test_the_public_one_holds_nothing_private(publication, amal):
    data = the_zip(publication, amal, public=True)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = file.namelist()
        everything = b"".join(file.read(name) for name in names if name != "verify.py")
    assert not any(name.startswith(("originals/", "custody")) for name in names)
    for private in (SECRET, b"amal", b"basim", b"photo.jpg", str(publication.claim_id).encode()):
        assert private not in everything, private


def test_exporting_is_an_entry(publication, amal):
    the_zip(publication, amal)
    entry = Entry.objects.get(action="dossier.exported")
    assert entry.actor_id == amal.pk and publication.slug in entry.body


def test_an_unknown_address_is_refused_and_leaves_no_entry(amal):
    with pytest.raises(NotFound):
        dossier.export_dossier(actor=amal, slug="nothing", public=False)
    assert not Entry.objects.filter(action="dossier.exported").exists()


def test_the_desk_streams_it_and_the_command_writes_it(publication, amal, tmp_path):
    answer = signed_in(amal).post(reverse("desk:dossier", args=[publication.slug]), {"public": "yes"})
    assert (
        answer.streaming and zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).testzip() is None
    )
    call_command("dossier", publication.slug, str(tmp_path / "d.zip"), "--public")
    assert zipfile.is_zipfile(tmp_path / "d.zip")
    assert signed_in(amal).get(reverse("desk:dossier", args=[publication.slug])).status_code == 405
