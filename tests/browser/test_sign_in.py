"""Signing in, in a real browser: both languages, light and dark, a phone; no console error, nothing for axe to find."""

import pytest

from claims.models.history import Entry
from tests import make
from tests.chromium import axe

LOOKS = [
    {"locale": "ar", "color_scheme": "light"},
    {"locale": "en", "color_scheme": "dark"},
    {"locale": "ar", "color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
]


@pytest.mark.parametrize("look", LOOKS, ids=["ar-light", "en-dark", "ar-phone"])
def test_the_sign_in_page_is_accessible(live_server, new_page, look):
    page = new_page(**look)
    page.goto(f"{live_server.url}/accounts/login/")
    assert page.locator("html").get_attribute("lang") == look["locale"]
    assert page.locator("html").get_attribute("dir") == ("rtl" if look["locale"] == "ar" else "ltr")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert axe(page) == []


def with_authenticator(page):
    """The page, with a security key in the machine that is always touched and knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def by_password(page, address, username, password):
    page.goto(f"{address}/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/desk/**")


@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_added_and_signs_in_without_a_password(live_server, new_page):
    amal = make.user("amal", is_demo=False)
    address = live_server.url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name
    page = with_authenticator(new_page())
    by_password(page, address, "amal", "amal-knows-the-way-7")
    page.goto(f"{address}/accounts/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.fill("[name=password]", "amal-knows-the-way-7")
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/webauthn/add/**")
    page.fill("[name=name]", "My phone")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "/webauthn/add" not in url)
    assert Entry.objects.filter(action="person.factor-added", subject_id=str(amal.pk)).exists()
    page.context.clear_cookies()
    page.goto(f"{address}/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url("**/desk/**")
    assert "أمل" in page.content() or "amal" in page.content()


@pytest.mark.parametrize(
    ("host", "language", "said"),
    [
        ("127.0.0.1", "en", "A key belongs to a name"),
        ("localhost", "en", "The key was not used"),
        ("localhost", "ar", "لم يُستخدم المفتاح"),
    ],
)
def test_a_key_that_cannot_be_used_says_why(live_server, new_page, host, language, said):
    page = with_authenticator(new_page(locale=language))
    page.goto(f"http://{host}:{live_server.url.rsplit(':')[-1]}/accounts/login/")
    page.click("#passkey_login")
    page.get_by_role("alert").filter(has_text=said).wait_for()
    assert axe(page) == []
