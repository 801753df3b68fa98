"""The walk of one claim through the product, in a real browser: proposed by one, approved by another, read by all."""

import pytest

from claims.models import Claim, Publication, Role, Verdict
from tests import make
from tests.browser.signed_in import sign_in
from tests.chromium import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _any_port(settings, live_server):
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    settings.PUBLIC_URL = live_server.url


@pytest.fixture
def amal():
    return make.user("amal")


@pytest.fixture
def basim():
    return make.user("basim", Role.REVIEWER)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_claim_is_proposed_approved_and_read(new_page, live_server, amal, basim, language):
    made = make.a_checkable_claim(
        amal, "دوت خمسة انفجارات" if language == "ar" else "Five blasts were heard."
    )
    propose(sign_in(new_page(locale=language), live_server, amal, language), live_server, made, language)
    approve(sign_in(new_page(locale=language), live_server, basim, language), live_server)
    row = Publication.objects.get(claim=made)
    reader = new_page(locale=language, viewport={"width": 360, "height": 740})
    reader.goto(f"{live_server.url}/{language}/verdicts/{row.slug}/")
    assert reader.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    reason = reader.get_by_text("مصدر واحد فقط" if language == "ar" else "One outlet only").first
    assert reason.bounding_box()["y"] < 740  # claim, verdict and reason stand above the fold of a phone
    assert axe(reader) == []
    assert not reader.context.cookies()


def propose(page, live_server, made, language):
    page.goto(f"{live_server.url}/desk/claims/{made.pk}/")
    page.locator("label.unverified").click()
    texts = {
        "reason": ("مصدر واحد فقط", "One outlet only"),
        "rationale": ("لم ينقله أحد غيره", "Nobody else reports it"),
        "would_settle": ("أصل ثان", "A second origin"),
    }
    for name, (ar, en) in texts.items():
        field = page.locator(f"[name={name}_{language}]")
        if not field.is_visible():
            page.locator("details", has=field).locator("summary").click()
        field.fill(ar if language == "ar" else en)
    assert axe(page) == []
    page.locator("button[name=then]").click()
    page.wait_for_function("() => document.querySelector('#verdict a[href*=\"/desk/review/\"]')")
    assert Verdict.objects.get(claim=made).state == "submitted"


def approve(page, live_server):
    page.goto(f"{live_server.url}/desk/review/")
    assert axe(page) == []
    page.locator("main a[href*='/desk/review/']").first.click()
    assert axe(page) == []
    page.keyboard.press("p")
    page.wait_for_load_state()
    page.wait_for_function("() => !document.querySelector('[name=content_sha256]')")


def test_a_verdict_is_chosen_by_its_key_and_asks_for_what_it_needs(new_page, live_server, amal):
    made = make.a_checkable_claim(amal, "Five blasts were heard.")
    page = sign_in(new_page(), live_server, amal, "en")
    page.goto(f"{live_server.url}/desk/claims/{made.pk}/")
    for key, value, asked in (
        ("2", "denied", None),
        ("1", "confirmed", "exception_en"),  # one outlet only
        ("3", "unverified", "would_settle_en"),
    ):
        page.keyboard.press(key)
        assert page.locator("[name=value]:checked").input_value() == value
        if asked:
            page.locator(f"[name={asked}]").wait_for(state="visible")
    box = page.locator(".pick").bounding_box()
    for label in page.locator(".pick label").all():
        inside, key = label.bounding_box(), label.locator("kbd").bounding_box()
        assert key["x"] + key["width"] <= inside["x"] + inside["width"] <= box["x"] + box["width"] + 1


def test_returning_without_a_reason_puts_one_in_the_note(new_page, live_server, amal, basim):
    row = make.submitted(amal, make.a_checkable_claim(amal))
    page = sign_in(new_page(), live_server, basim, "en")
    page.goto(f"{live_server.url}/desk/review/{row.pk}/")
    page.keyboard.press("r")
    page.wait_for_function("() => document.activeElement.name === 'note'")
    row.refresh_from_db()
    assert row.state == "submitted"


def test_one_cannot_approve_ones_own_work_by_any_button(new_page, live_server, basim):
    row = make.submitted(basim, make.a_checkable_claim(basim))
    page = sign_in(new_page(), live_server, basim, "en")
    page.goto(f"{live_server.url}/desk/review/{row.pk}/")
    assert page.locator("form[action$='/approve/']").count() == 0
    assert page.get_by_text("You contributed to this revision").count() >= 1


def test_the_matrix_marks_what_cannot_both_be_true_in_both_directions(new_page, live_server, amal):
    from claims.actions import claim as claims
    from claims.actions import incident as incidents
    from claims.actions.claim import Count

    night = make.an_incident(amal, title_ar="ليلة العمر")
    question = incidents.ask_question(
        actor=amal, incident_id=night.pk, text_en="How many?", text_ar="كم انفجارًا؟"
    )
    for name, comparator, low, high in (
        ("SOHR", "ge", 5, None),
        ("Ayn", "eq", 2, 2),
        ("SANA", "several", 3, None),
    ):
        fields = {
            "wording": f"{name} said so",
            "lang": "en",
            "question_id": question.pk,
            "answer_en": str(low),
        }
        counts = [Count(comparator, low, high, "explosion", str(low))]
        made = claims.log_claim(actor=amal, fields=fields, quantities=counts)
        make.a_chain(amal, made, make.a_source(amal, name))
    for language in ("ar", "en"):
        page = sign_in(new_page(locale=language), live_server, amal, language)
        page.goto(f"{live_server.url}/desk/incidents/{night.slug}/")
        edges = page.locator("td.clash")
        assert edges.count() == 3
        shadow = edges.first.evaluate("cell => getComputedStyle(cell).boxShadow")
        assert ("-3px" in shadow) == (language == "ar")  # the edge stands where reading starts
        assert axe(page) == []


def test_a_stale_save_shows_both_texts_and_keeps_what_was_typed(new_page, live_server, amal):
    made = make.a_claim(amal, "Five blasts were heard.")
    page = sign_in(new_page(), live_server, amal, "en")
    page.goto(f"{live_server.url}/desk/claims/{made.pk}/edit/")
    from claims.actions import claim as claims

    claims.edit_claim(actor=amal, claim_id=made.pk, version=1, fields={"place": "their place"})
    page.locator("[name=place]").fill("my place")
    page.locator("main form.form button.main").first.click()
    page.wait_for_load_state()
    assert page.get_by_text("their place").count() >= 1
    assert page.locator("[name=place]").input_value() == "my place"
    assert Claim.objects.get(pk=made.pk).place == "their place"
