"""Attaching evidence at the desk: streamed, bounded, once, and only by those who may."""

import io
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from claims.archive.configured import store
from claims.models import Evidence, Job
from tests import make
from tests.desk.cast import NOBODY, page, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(amal):
    return make.a_claim(amal)


def where(claim):
    return reverse("desk:evidence-attach", args=[claim.pk])


def a_file(data=b"plain words", name="note.txt"):
    return SimpleUploadedFile(name, data, "text/plain")


def send(client, claim, **fields):
    return client.post(where(claim), {"once": uuid4(), "relation": "supports", **fields})


def left_over():
    incoming = settings.EVIDENCE_DIR / "incoming"
    return list(incoming.iterdir()) if incoming.exists() else []


def test_a_file_is_streamed_into_the_store_and_waits_for_its_examination(as_amal, claim):
    answer = send(as_amal, claim, file=a_file(), title_en="What was seen", may_publish="on")
    row = Evidence.objects.get()
    assert answer.status_code == 302 and answer["Location"].endswith("#evidence")
    assert (row.kind, row.title_en, row.may_publish) == ("file", "What was seen", True)
    with store().open(row.captures.get().sha256) as kept:
        assert kept.read() == b"plain words"
    assert Job.objects.filter(name="evidence.examine", args__evidence=str(row.pk)).exists()
    assert left_over() == []


def test_a_link_waits_for_its_capture(as_amal, claim):
    assert send(as_amal, claim, url="https://example.org/a").status_code == 302
    assert Job.objects.get().name == "evidence.capture"


def test_words_alone_are_a_note(as_amal, claim):
    assert send(as_amal, claim, description_ar="رأيت ذلك بنفسي").status_code == 302
    assert Evidence.objects.get().kind == "note"


def test_e1_the_same_form_sent_twice_attaches_once(as_amal, claim):
    once = uuid4()
    for _ in range(2):
        assert send(as_amal, claim, once=once, file=a_file()).status_code == 302
    assert Evidence.objects.get().pk == once


def test_the_key_of_a_form_is_of_no_use_to_others(as_amal, as_dina, claim):
    once = uuid4()
    send(as_amal, claim, once=once, description_en="mine")
    assert send(as_dina, claim, once=once, description_en="theirs").status_code == 409
    assert Evidence.objects.count() == 1


def test_c14_zero_bytes_are_refused_and_nothing_stays(as_amal, claim):
    answer = send(as_amal, claim, file=a_file(b""))
    assert answer.status_code == 422 and "The file is empty" in answer.content.decode()
    assert not Evidence.objects.exists() and left_over() == []


def test_c15_over_the_limit_is_413_with_what_was_typed_and_nothing_stays(as_amal, claim, settings):
    settings.UPLOAD_LIMIT_BYTES = 300_000
    answer = send(as_amal, claim, title_en="Kept words", file=a_file(b"x" * 700_000))
    text = answer.content.decode()
    assert answer.status_code == 413 and "Nothing was kept" in text
    assert not Evidence.objects.exists() and left_over() == []


def test_c15_a_declared_length_over_the_limit_is_refused_before_a_byte_is_read(as_amal, claim, settings):
    settings.UPLOAD_LIMIT_BYTES = 1000
    answer = as_amal.generic("POST", where(claim), b"", CONTENT_TYPE="multipart/form-data; boundary=x")
    assert answer.status_code == 422 or answer.status_code == 403
    body = io.BytesIO(b"x")
    answer = as_amal.generic(
        "POST",
        where(claim),
        body.read(),
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH="9000000",
    )
    assert answer.status_code == 413


def test_exactly_the_limit_is_taken(as_amal, claim, settings):
    settings.UPLOAD_LIMIT_BYTES = 300_000
    assert send(as_amal, claim, file=a_file(b"x" * 300_000)).status_code == 302


def test_c16_a_sender_who_goes_away_leaves_nothing(as_amal, claim):
    whole = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n' + b"y" * 900_000
    answer = as_amal.generic("POST", where(claim), whole, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in {400, 422}
    assert not Evidence.objects.exists() and left_over() == []


def test_c16_one_blob_for_two_uploads_and_the_same_answer_to_both(as_amal, as_dina, claim):
    first = send(as_amal, claim, file=a_file())
    second = send(as_dina, claim, file=a_file())
    assert (first.status_code, second.status_code) == (302, 302)
    hashes = {row.captures.get().sha256 for row in Evidence.objects.all()}
    assert len(hashes) == 1 and Evidence.objects.count() == 2


def test_a_name_with_a_path_is_display_text_only(as_amal, claim):
    send(as_amal, claim, file=a_file(name="x\u202egpj.exe"))
    assert Evidence.objects.get().captures.get().file_name == "xgpj.exe"


@pytest.mark.parametrize("fields", [{}, {"url": "ftp://a/b"}, {"url": "http://a/\x00"}, {"source": NOBODY}])
def test_what_cannot_be_taken_is_422_and_the_form_comes_back(as_amal, claim, fields):
    answer = send(as_amal, claim, title_en="Kept words", **fields)
    assert answer.status_code == 422 and 'value="Kept words"' in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_file_and_a_link_at_once_are_refused(as_amal, claim):
    assert send(as_amal, claim, file=a_file(), url="https://example.org/").status_code == 422


def test_a1_a_stranger_is_sent_to_sign_in_and_an_admin_refused(claim, as_huda):
    assert Client().post(where(claim), {"file": a_file()}).status_code == 302
    assert as_huda.post(where(claim), {"file": a_file()}).status_code == 403
    assert not Evidence.objects.exists() and left_over() == []


def test_c1_a_form_without_its_token_is_refused(amal, claim):
    client = Client(enforce_csrf_checks=True)
    client.force_login(amal, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(where(claim), {"once": uuid4(), "relation": "supports", "description_en": "x"})
    assert answer.status_code == 403 and not Evidence.objects.exists()


def test_an_unknown_claim_is_not_found(as_amal):
    assert as_amal.get(reverse("desk:evidence-attach", args=[NOBODY])).status_code == 404


def test_the_form_stands_on_the_claim_page(as_amal, claim):
    text = page(as_amal, reverse("desk:claim-detail", args=[claim.pk]))
    assert "data-upload" in text and where(claim) in text


def test_a_set_aside_claim_takes_no_evidence(amal, as_amal, claim):
    from claims.actions.claim import set_work_state

    set_work_state(actor=amal, claim_id=claim.pk, version=claim.version, state="rejected", reason="opinion")
    assert send(as_amal, claim, description_en="x").status_code == 403
    assert signed_in(amal).get(where(claim)).status_code == 403
