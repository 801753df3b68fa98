"""The worked example: complete, loaded by actions alone, and never twice."""

import json
import stat
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from claims.management.demo.content import DATA, rows, span_of, text
from claims.management.demo.load import load_demo
from claims.management.demo.pictures import PICTURES
from claims.models import (
    Alias,
    Attribution,
    Claim,
    Comment,
    Document,
    Evidence,
    EvidenceKind,
    Incident,
    Job,
    Publication,
    Review,
    Source,
    User,
    Value,
    Verdict,
    VerdictState,
    WorkState,
)
from claims.models.history import Entry
from claims.tasks.run import run

TABLES = [
    User,
    Source,
    Alias,
    Document,
    Incident,
    Claim,
    Attribution,
    Evidence,
    Verdict,
    Publication,
    Comment,
    Entry,
]


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _ground(django_db_setup, django_db_blocker, tmp_path_factory):
    """One load for all these tests, rolled back at the end."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(settings, "EVIDENCE_DIR", folder / "evidence")
        patch.setattr(settings, "DATA_DIR", folder)
        load_demo()
        yield folder
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def ground(_ground, _evidence_of_this_test, monkeypatch):
    monkeypatch.setattr(settings, "EVIDENCE_DIR", _ground / "evidence")
    return _ground


def counts():
    return {table.__name__: table.objects.count() for table in TABLES}


def test_loading_again_adds_nothing_and_writes_no_history():
    before = counts()
    said = StringIO()
    call_command("demo", "--json", stdout=said)
    assert counts() == before
    assert json.loads(said.getvalue()) == {"incidents": 2, "documents": 7, "claims": 22, "evidence": 19}


def test_chain_rows_files_and_snapshots_verify():
    said = StringIO()
    call_command("verify", stdout=said)
    assert "all is well" in said.getvalue()


def test_every_page_of_it_will_say_that_it_is_an_illustration():
    assert Incident.objects.count() == 2
    assert not Claim.objects.exclude(incident__is_illustration=True).exists()
    assert not Document.objects.exclude(incident__is_illustration=True).exists()
    assert not [
        row.slug
        for row in Publication.objects.all()
        if not json.loads(row.snapshot)["incident"]["is_illustration"]
    ]


def test_no_retold_text_passes_for_an_outlets_own():
    assert set(Document.objects.values_list("publisher__slug", flat=True)) == {"factcheck-illustration"}
    for document in Document.objects.all():
        assert document.title.startswith(("مثال توضيحي", "Illustration"))
        assert document.body.startswith(("مثال توضيحي", "Illustration"))


def test_every_state_and_every_value_is_there():
    assert set(Verdict.objects.values_list("state", flat=True)) == set(VerdictState.values)
    assert set(Verdict.objects.values_list("value", flat=True)) == set(Value.values)
    assert set(Verdict.objects.filter(state="published").values_list("value", flat=True)) == set(Value.values)
    assert set(Claim.objects.values_list("work_state", flat=True)) == set(WorkState.values)


def test_one_page_was_corrected_and_one_withdrawn():
    kinds = Counter(Publication.objects.values_list("kind", flat=True))
    assert (kinds["correction"], kinds["withdrawal"]) == (1, 1)
    for row in Publication.objects.exclude(kind="verdict"):
        said = json.loads(row.snapshot)["verdict"]
        assert said["change_ar"] and said["change_en"]


def test_two_people_stand_behind_every_decision():
    assert Review.objects.count() >= Publication.objects.count() > 0
    for review in Review.objects.select_related("verdict"):
        assert review.reviewer_id != review.verdict.submitted_by_id
        assert review.reviewer_id != review.verdict.claim.created_by_id


def test_evidence_of_every_kind_hangs_there_labelled_and_ready():
    assert set(Evidence.objects.values_list("kind", flat=True)) == set(EvidenceKind.values)
    for job in Job.objects.filter(name="evidence.examine", state="ready"):
        run(str(job.pk))
    assert not Evidence.objects.exclude(state="ready").values_list("title_en", "state").exists()
    for evidence in Evidence.objects.all():
        assert "illustration" in evidence.title_en.lower()
        assert any(label in evidence.title_ar for label in ("توضيحي", "مثال"))


def test_a_published_picture_has_a_redrawn_public_copy():
    page = json.loads(
        Claim.objects.get(statement_en__startswith="Explosions were heard").publication.snapshot
    )
    pictures = [one for one in page["evidence"] if one["kind"] == "file"]
    assert [len(one["copies"]) for one in pictures] == [1]


def test_the_date_planted_in_the_drawing_is_found():
    frame = Evidence.objects.get(title_en="Drawn illustration: an imagined night frame")
    assert [found["code"] for found in frame.findings] == ["time-before-event"]


def test_one_text_waits_in_the_intake_and_the_others_are_sorted():
    waiting = Document.objects.filter(proposals__state="proposed").distinct()
    assert [document.title for document in waiting] == ["مثال توضيحي: ورقة خلفية تنتظر الفرز"]
    assert waiting.get().proposals.filter(state="proposed").count() >= 5


def test_everything_is_said_in_both_languages():
    for claim in Claim.objects.all():
        assert claim.statement_ar and claim.statement_en
        assert claim.question is None or (claim.answer_ar and claim.answer_en)
    for verdict in Verdict.objects.all():
        assert verdict.reason_ar and verdict.reason_en and verdict.rationale_ar and verdict.rationale_en
        assert bool(verdict.exception_ar) == bool(verdict.exception_en)


def test_words_of_chains_and_claims_are_cut_from_their_document():
    for row in [*Claim.objects.all(), *Attribution.objects.all()]:
        cut = row.document.body[row.start : row.end]
        assert cut == (row.wording if isinstance(row, Claim) else row.verbatim) != ""


def test_passwords_are_of_this_installation_and_nobody_elses_to_read(ground):
    file = ground / "demo_passwords.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for username, password in json.loads(file.read_text()).items():
        assert User.objects.get(username=username, is_demo=True).check_password(password)
        assert len(password) >= 16


def test_the_registry_holds_the_sources_of_the_genre_but_no_anonymous_crowd():
    assert Source.objects.exclude(kind="unnamed").count() >= 73
    assert not Source.objects.filter(kind="unnamed", document=None).exists()
    assert Alias.objects.get(folded="المرصد السوري").source.slug == "sohr"
    assert Source.objects.get(slug="yegorov").parent.slug == "russian-reconciliation-center"


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_drawing_comes_out_whole(name):
    content = PICTURES[name]()
    assert content[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0", b"%PDF")
    assert len(content) > 20_000


def test_quoted_words_stand_once_in_their_text():
    files = {item["key"]: item["file"] for item in rows("documents", "document")}
    for item in rows("claims", "claim"):
        start, end = span_of(text(files[item["document"]]), item["quote"])
        assert text(files[item["document"]])[start:end] == item["quote"]


def test_nothing_lies_in_the_data_folder_unused():
    named = {item["file"] for item in rows("documents", "document")}
    named |= {item.get("file") or item.get("capture") for item in rows("evidence", "evidence")}
    here = {file.name for file in Path(DATA).iterdir() if file.suffix != ".toml"}
    assert here == named - {None}
