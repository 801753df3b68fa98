"""The walk of intake in a real browser: by keyboard alone in Arabic, by mouse in English, and without scripts."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from claims.actions.proposal import edit_proposal, mark_passage
from claims.models import Claim, Incident, Proposal, Source
from tests import make
from tests.chromium import axe
from tests.make import ARTICLE_AR, ARTICLE_EN

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def amal(transactional_db):
    return make.user("amal")


def sign_in(page, live_server, person, language="ar"):
    """A session of hers in this browser."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    cookies = {settings.SESSION_COOKIE_NAME: session.session_key, settings.LANGUAGE_COOKIE_NAME: language}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    return page


@pytest.fixture(autouse=True)
def _any_port(settings, live_server):
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]


def states():
    return list(Proposal.objects.order_by("start", "pk").values_list("state", flat=True))


def settled(page):
    page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
        settled(page)


def test_an_article_is_pasted_and_decided_by_keyboard_alone_in_arabic(new_page, live_server, amal):
    page = sign_in(new_page(locale="ar"), live_server, amal)
    page.goto(live_server.url + "/desk/intake/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    while page.evaluate("document.activeElement.name") != "body":
        page.keyboard.press("Tab")
    page.keyboard.insert_text(ARTICLE_AR)
    while page.evaluate("document.activeElement.matches('form[enctype] button.main')") is False:
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/desk/intake/.{36}/"))
    assert axe(page) == []

    n = Proposal.objects.count()
    press(page, "a")  # the first is accepted, the second is current
    assert (Claim.objects.count(), states()[:2]) == (1, ["accepted", "proposed"])
    press(page, "x", "u")  # reject the second, take it back
    assert states()[:2] == ["accepted", "proposed"]
    press(page, "s")
    page.wait_for_selector("[data-cuts]")
    press(page, "ArrowLeft", "ArrowLeft", "Enter")
    page.wait_for_function("n => document.querySelectorAll('[data-proposal]').length === n", arg=n + 1)
    assert "split" in states()
    press(page, "u")
    page.wait_for_function("n => document.querySelectorAll('[data-proposal]').length === n", arg=n)
    press(page, "m")
    page.wait_for_function("n => document.querySelectorAll('[data-proposal]').length === n", arg=n - 1)
    press(page, "x")
    for _ in range(n):
        press(page, "j", "x")
    page.wait_for_selector(".tally .message")
    assert "proposed" not in states()
    assert axe(page) == []


def test_an_open_card_takes_a_source_by_part_of_its_name_with_the_keyboard(new_page, live_server, amal):
    make.a_source(amal, "Harbour Gazette", name_ar="جريدة الميناء")
    text = make.a_document(amal, ARTICLE_EN)
    page = sign_in(new_page(locale="en"), live_server, amal, "en")
    page.goto(f"{live_server.url}/desk/intake/{text.pk}/")
    press(page, "e")
    row = text.proposals.first()
    page.wait_for_selector(f"#p{row.pk} form[data-keep]")
    assert axe(page) == []
    field = page.locator(f"[name=p{row.pk}-hop-0-name]")
    field.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("الميناء")
    page.wait_for_selector("[data-pick]")
    press(page, "ArrowDown", "Enter")
    assert field.input_value() == "Harbour Gazette"
    press(page, "Control+Enter")
    page.wait_for_selector(f"#p{row.pk}.accepted")
    assert Claim.objects.get().attributions.first().source == Source.objects.get(name_en="Harbour Gazette")
    assert page.locator(f"mark[data-p~='{row.pk}'].accepted").count() >= 1


def test_enter_follows_what_one_stands_on_and_escape_leaves_an_untouched_card(new_page, live_server, amal):
    text = make.a_document(amal, ARTICLE_EN)
    page = sign_in(new_page(locale="en"), live_server, amal, "en")
    page.goto(f"{live_server.url}/desk/intake/{text.pk}/")
    first = text.proposals.first()
    press(page, "e")
    page.wait_for_selector(f"#p{first.pk} form[data-keep]")
    press(page, "Escape")
    page.wait_for_selector(f"#p{first.pk}:not(.editing)")
    press(page, "e")
    page.wait_for_selector(f"#p{first.pk} form[data-keep]")
    page.keyboard.type("typed ")
    press(page, "Escape")  # what was typed stays: the key only goes to the link that would drop it
    assert page.evaluate("document.activeElement.dataset.act") == "Escape"
    assert "typed" in page.locator(f"#p{first.pk} textarea[name=wording]").input_value()
    press(page, "Enter")
    page.wait_for_selector(f"#p{first.pk}:not(.editing)")
    press(page, "a", "k")
    page.wait_for_selector(f"#p{first.pk}.accepted.current")
    page.locator(f"#p{first.pk} button", has_text="Take back").focus()
    press(page, "Enter")
    page.wait_for_selector(f"#p{first.pk}.proposed")
    assert Claim.objects.count() == 0
    assert "/desk/intake/" in page.url


def test_an_unknown_source_puts_one_in_its_field(new_page, live_server, amal):
    text = make.a_document(amal, ARTICLE_EN, propose=False)
    chain = [{"surface": "Local sources", "unnamed": True}, {"surface": "Quayside Monitor"}]
    row = mark_passage(actor=amal, document_id=text.pk, start=0, end=40)
    edit_proposal(actor=amal, proposal_id=row.pk, version=row.version, edits={"chain": chain})
    page = sign_in(new_page(locale="en"), live_server, amal, "en")
    page.goto(f"{live_server.url}/desk/intake/{text.pk}/")
    press(page, "a")
    page.wait_for_function("document.activeElement.value === 'Quayside Monitor'")
    assert Claim.objects.count() == 0


def test_a_selection_in_the_text_becomes_a_proposal_of_exactly_those_words(new_page, live_server, amal):
    body = "First line.\r\nقال 😀 «المرصد»\u200f إن خمسة انفجارات دوّت قرب الحقل مساء أمس.\r\nLast line."
    text = make.a_document(amal, body, propose=False)
    page = sign_in(new_page(locale="en"), live_server, amal, "en")
    page.goto(f"{live_server.url}/desk/intake/{text.pk}/")
    page.evaluate("""() => {
      const find = (word) => {
        const walk = document.createTreeWalker(document.querySelector("[data-text]"), NodeFilter.SHOW_TEXT);
        for (let node; (node = walk.nextNode());) if (node.data.includes(word)) return [node, node.data.indexOf(word)];
      };
      const [a, i] = find("خمسة"), [b, j] = find("الحقل");
      getSelection().setBaseAndExtent(a, i, b, j + 5);
    }""")
    page.wait_for_selector("[data-mark][open]")
    page.locator("[data-mark] button.main").click()
    page.wait_for_selector("[data-proposal]")
    assert text.proposals.get().wording == "خمسة انفجارات دوّت قرب الحقل"


def test_unsaved_words_in_an_open_card_are_not_left_without_a_question(new_page, live_server, amal):
    text = make.a_document(amal, ARTICLE_EN)
    page = sign_in(new_page(locale="en"), live_server, amal, "en")
    page.goto(f"{live_server.url}/desk/intake/{text.pk}/")
    press(page, "e")
    page.locator("[data-proposal] form[data-keep] textarea").first.press_sequentially("x")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{live_server.url}/desk/intake/")
    assert asked == ["beforeunload"]


def test_the_whole_walk_works_without_scripts(new_page, live_server, amal):
    page = sign_in(new_page(locale="en", java_script_enabled=False), live_server, amal, "en")
    page.goto(live_server.url + "/desk/intake/")
    page.fill("[name=body]", ARTICLE_EN)
    page.locator("form[enctype] button.main").click()
    page.locator("details:has([name=new_incident]) summary").click()
    page.fill("[name=new_incident]", "Blasts near the field")
    page.locator("form:has([name=new_incident]) button.main").click()
    first = Proposal.objects.order_by("start").first()
    page.locator(f"#p{first.pk} a[data-act=e]").click()
    page.locator(f"#p{first.pk} [name=stance]").select_option("estimates")
    page.locator(f"#p{first.pk} form[data-keep] button.main").click()
    while page.locator(".proposal.proposed button[formaction*=reject]").count():
        page.locator(".proposal.proposed button[formaction*=reject]").first.click()
    assert page.locator(".tally .message a.main").count() == 1
    assert Claim.objects.get().incident == Incident.objects.get()


@pytest.mark.parametrize("locale", ["ar", "en"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_screen_and_axe_finds_nothing(
    new_page, live_server, amal, locale, width, scheme
):
    text = make.a_document(amal, ARTICLE_AR if locale == "ar" else ARTICLE_EN)
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    page = sign_in(new_page(locale=locale, **options), live_server, amal, locale)
    first = text.proposals.first()
    for address in ("intake/", f"intake/{text.pk}/", f"proposals/{first.pk}/?edit=1"):
        page.goto(f"{live_server.url}/desk/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page) == []
