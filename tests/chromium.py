"""One Chromium for the session, a fresh context for every test, and the accessibility check."""

import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.servers import absent

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """A headless Chromium, as the distribution packages it: Playwright's own download is never used."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        absent("Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def new_page(browser: "Browser") -> "Iterator[Callable[..., Page]]":
    """Opens pages, each in a context of its own: `new_page(locale="ar", viewport=…, color_scheme="dark")`.

    The test fails at its end if any of them wrote an error to the console, raised in a script or broke the
    Content-Security-Policy. Answers of 4xx that a test asks for on purpose are not errors; missing assets are.
    """
    complaints: list[str] = []
    contexts = []

    def open_page(**options: Any) -> "Page":
        context = browser.new_context(
            **{"locale": "en", "viewport": {"width": 1280, "height": 800}} | options
        )
        context.set_default_timeout(30_000)  # two busy cores are slow
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.extend(complaint(message)))
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, complaints


@pytest.fixture
def page(new_page: "Callable[..., Page]") -> "Page":
    """One page in English at 1280 × 800."""
    return new_page()


def complaint(message: "ConsoleMessage") -> list[str]:
    """The console line when it is an error that no test asks for, else nothing."""
    if message.type != "error":
        return []
    refused_on_purpose = "status of 4" in message.text and "/static/" not in message.location["url"]
    told_by_htmx = message.text.startswith("Response Status Error Code 4")
    return [] if refused_on_purpose or told_by_htmx else [f"{message.text} ({message.location['url']})"]


def axe(page: "Page") -> list[str]:
    """What axe finds wrong on the page as it stands, one line each: rule, where, why. WCAG 2.2 AA and good practice."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]
    ]
