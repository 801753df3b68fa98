"""The dossier proves itself offline, and names whatever was changed in it."""

import hashlib
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


def edited(folder, name, change):
    """A JSON file of the dossier with something else in it, and the manifest that follows."""
    path = folder / name
    value = json.loads(path.read_text())
    path.write_text(json.dumps(change(value) or value))
    rewrite_manifest(folder)
    return checked(folder)


def entries_edited(folder, change):
    """The history with some of its lines changed, and the manifest that follows."""
    path = folder / "history" / "entries.jsonl"
    told = [json.loads(line) for line in path.read_text().splitlines()]
    for one in told:
        change(one)
    path.write_text("".join(json.dumps(one) + "\n" for one in told))
    rewrite_manifest(folder)
    return checked(folder)


def dropped(folder, path):
    """A file taken out, with its line of the manifest."""
    path.unlink()
    manifest = json.loads((folder / "manifest.json").read_text())
    name = path.relative_to(folder).as_posix()
    manifest["files"] = [one for one in manifest["files"] if one["path"] != name]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return checked(folder)


def added(folder, name, data):
    """A file put in, with a line of its own in the manifest."""
    (folder / name).write_bytes(data)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"].append({"path": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)})
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return checked(folder)


@pytest.fixture
def folder(publication, amal, tmp_path):
    return unpacked(the_zip(publication, amal), tmp_path / "out")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("captured_at", "2011-01-01T00:00:00.000000Z"),
        ("file_name", "other.jpg"),
        ("sha3_512", "0" * 128),
        ("url", "https://elsewhere.example/"),
        ("tool", "by hand"),
        ("facts", {}),
        ("examined", {"taken": []}),
        ("findings", [{"code": "polyglot", "facts": {}}]),
        ("evidence", {"title_ar": "", "title_en": "Forged", "url": "", "relation": "supports"}),
    ],
)
def test_f7_what_is_said_of_evidence_is_compared_with_the_history(folder, column, value):
    code, said = edited(folder, "captures.json", lambda rows: rows[0].update({column: value}))
    assert code == 1 and f"WRONG  captures.json: {column} of originals/" in said


@pytest.mark.parametrize("column", ["who", "at", "what", "evidence"])
def test_f7_a_forged_line_of_the_custody_log_is_named(folder, column):
    code, said = edited(folder, "custody.json", lambda rows: rows[-1].update({column: "forged"}))
    assert code == 1 and "WRONG  custody.json: line of entry" in said


def test_f3_a_line_left_out_of_the_custody_log_is_named(folder):
    code, said = edited(folder, "custody.json", lambda rows: rows[1:])
    assert code == 1 and "WRONG  custody.json: entry" in said and "is left out" in said


def test_f6_evidence_left_out_with_all_that_is_said_of_it_is_named(folder):
    edited(folder, "captures.json", list.clear)
    code, said = dropped(folder, next(folder.glob("originals/*")))
    assert code == 1 and "the history speaks of it, captures.json does not" in said


def test_f6_swapped_evidence_is_named_though_the_words_of_the_history_were_taken_out(folder):
    """Hashes of entries alone hold for any evidence: what should vouch for it must be there."""
    forged = saved(scene(3))
    name = hashlib.sha256(forged).hexdigest()
    dropped(folder, next(folder.glob("originals/*")))
    added(folder, f"originals/{name}", forged)
    edited(folder, "captures.json", lambda rows: rows[0].update(sha256=name, size=len(forged)))
    code, said = entries_edited(folder, lambda one: one.pop("body", None))
    assert code == 1 and f"WRONG  originals/{name}: no entry of the history speaks of it" in said


def test_f6_originals_in_what_calls_itself_public_are_named(folder):
    code, said = edited(folder, "manifest.json", lambda manifest: manifest.update(public=True))
    assert code == 1 and "does not belong in a public dossier" in said


def test_f6_a_publication_taken_out_is_named(folder):
    code, said = dropped(folder, next(folder.glob("publications/*")))
    assert code == 1 and "published is not in the dossier" in said


def forged_publication(folder):
    """What nobody published, with its hash put at the end of the list, where no signature reaches."""
    forged = next(folder.glob("publications/*")).read_bytes().replace(b"unverified", b"confirmed")
    name = hashlib.sha256(forged).hexdigest()
    edited(folder, "publications.json", lambda hashes: hashes.append(name))
    return added(folder, "publications/forged-2.json", forged)


def test_f9_a_forged_publication_behind_what_was_signed_is_named(folder):
    code, said = forged_publication(folder)
    assert code == 1 and "WRONG  publications/forged-2.json: no entry of the history speaks of it" in said


def test_f9_in_a_public_dossier_it_is_told_that_nothing_signed_covers_it(publication, amal, tmp_path):
    folder = unpacked(the_zip(publication, amal, public=True), tmp_path / "out")
    said = forged_publication(folder)[1]
    assert "NOTE   publications/forged-2.json: published after the signed checkpoint" in said


@pytest.mark.parametrize("public", [False, True])
def test_f6_a_swapped_public_copy_is_named_though_it_bears_its_own_hash(publication, amal, tmp_path, public):
    folder = unpacked(the_zip(publication, amal, public), tmp_path / "out")
    forged = saved(scene(3))
    name = f"public/{hashlib.sha256(forged).hexdigest()}.webp"
    dropped(folder, next(folder.glob("public/*")))
    code, said = added(folder, name, forged)
    assert code == 1 and f"WRONG  {name}: no publication names its hash" in said


def test_f7_what_a_public_dossier_says_of_captures_is_what_was_published(publication, amal, tmp_path):
    folder = unpacked(the_zip(publication, amal, public=True), tmp_path / "out")
    code, said = edited(folder, "captures.json", lambda rows: rows[0].update(size=1))
    assert code == 1 and "was not published like this" in said


def test_what_came_after_the_signed_checkpoint_is_told_and_is_no_fault(publication, amal, tmp_path):
    late = actions.attach_file(
        actor=amal, claim_id=publication.claim_id, chunks=[saved(scene(4))], file_name="late.jpg"
    )
    make.run_jobs("evidence.examine")
    code, said = checked(unpacked(the_zip(publication, amal), tmp_path / "out"))
    name = late.captures.get().sha256
    assert code == 0 and f"NOTE   originals/{name}: captured after the signed checkpoint" in said


def test_what_a_system_leaves_in_an_opened_folder_is_no_fault(folder):
    (folder / "originals" / ".DS_Store").write_bytes(b"x")
    assert checked(folder)[0] == 0


def test_f5_each_damaged_byte_of_the_zip_is_answered_in_words(publication, amal, tmp_path):
    """One bit in each member's packed bytes, and the end cut off: never a traceback, never a pass."""
    data = the_zip(publication, amal)
    folder = unpacked(data, tmp_path / "out")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        # Behind the local header, its name and the lengths of a large file (APPNOTE 4.3.7, 4.5.3).
        starts = [
            (one.filename, one.header_offset + 30 + 20 + len(one.filename) + 12) for one in file.infolist()
        ]
    broken = tmp_path / "broken.zip"
    for name, at in starts:
        hurt = bytearray(data)
        hurt[at] ^= 1
        broken.write_bytes(bytes(hurt))
        code, said = checked(folder, broken)
        assert code == 1 and "Traceback" not in said, (name, said)
    broken.write_bytes(data[: len(data) // 2])
    assert checked(folder, broken)[0] == 1


def test_f6_a_name_that_stands_twice_in_the_zip_is_named(publication, amal, tmp_path):
    data = the_zip(publication, amal)
    folder = unpacked(data, tmp_path / "out")
    path = tmp_path / "twice.zip"
    path.write_bytes(data)
    with zipfile.ZipFile(path) as whole:
        readme = whole.read("README.md")
    with zipfile.ZipFile(path, "a") as file, pytest.warns(UserWarning, match="Duplicate name"):
        file.writestr("README.md", readme)
    code, said = checked(folder, path)
    assert code == 1 and "WRONG  README.md: stands there twice" in said


def test_an_export_stands_in_the_custody_log_of_each_claim_of_an_incident(amal):
    incident = make.an_incident(amal)
    claims = [make.a_claim(amal, incident_id=incident.pk) for _ in range(2)]
    rows = [
        actions.attach_note(actor=amal, claim_id=claim.pk, fields={"description_en": "Seen."})
        for claim in claims
    ]
    b"".join(dossier.export_dossier(actor=amal, slug=incident.slug, public=False))
    assert Entry.objects.filter(action="dossier.exported").count() == 2
    for row in rows:
        page = signed_in(amal).get(reverse("desk:evidence-detail", args=[row.pk]))
        assert "exported a dossier" in [line.what for line in page.context["custody"]]
