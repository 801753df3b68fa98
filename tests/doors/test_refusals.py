"""What every answer carries, refusals included, and in whose language they are."""

import pytest
from django.test import Client

from claims.models import Document
from tests import make
from tests.make import ARTICLE_EN

pytestmark = pytest.mark.django_db
SENT = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/", 200),
        ("/admin", 301),
        ("/desk/", 302),
        ("/en/?q=%00", 400),
        ("/en/nothing/", 404),
        ("/static/nothing.css", 404),
        ("/static/claims/css/base.css", 200),
        ("/api/v1/nothing", 404),
        ("/feed.atom", 200),
    ],
)
def test_every_answer_carries_the_headers(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    for name in (
        "Content-Security-Policy",
        "Permissions-Policy",
        "Referrer-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "Cross-Origin-Opener-Policy",
    ):
        assert answer.headers.get(name), name


@pytest.mark.parametrize(("language", "words"), [("en", "The address holds"), ("ar", "في العنوان")])
def test_an_unreadable_address_is_refused_in_the_readers_language(client, language, words):
    client.get("/ar/" if language == "en" else "/en/")  # whoever came before spoke the other one
    answer = client.get("/desk/claims/?q=%ff", headers={"accept-language": language})
    assert answer.status_code == 400
    assert words in answer.content.decode()


@pytest.mark.parametrize("broken", [b"%ED%A0%80", b"\xff", b"%ff"])
def test_half_a_character_in_a_form_is_refused_and_nothing_kept(client, broken):
    client.force_login(make.user("amal"))
    sent = b"lang=auto&kind=article&zone=Asia/Damascus&body=SANA+said+" + broken + b"+five"
    answer = client.generic("POST", "/desk/intake/", sent, content_type=SENT)
    assert answer.status_code == 400
    assert Document.objects.count() == 0


@pytest.mark.parametrize(("language", "words"), [("en", "one million characters"), ("ar", "لمليون محرف")])
def test_more_than_a_form_may_hold_is_refused_in_words(client, settings, language, words):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000
    client.force_login(make.user("amal"))
    answer = client.post("/desk/intake/", {"body": ARTICLE_EN * 50}, headers={"accept-language": language})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert Document.objects.count() == 0


@pytest.mark.parametrize(
    ("language", "words"), [("en", "This form is out of date"), ("ar", "هذا النموذج قديم")]
)
def test_a_form_from_before_the_sign_in_is_refused_in_words(language, words):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.user("amal"))
    answer = client.post("/desk/intake/", {"body": ARTICLE_EN}, headers={"accept-language": language})
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert Document.objects.count() == 0
