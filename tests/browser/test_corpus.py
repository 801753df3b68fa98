"""Texts that try to act, viewed on every page that links lead to: none acts (ACCEPTANCE C2, C3)."""

import json
import re
from urllib.parse import urljoin, urlsplit

import pytest

from claims.models import User
from tests.browser import corpus
from tests.browser.signed_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OF_EACH_KIND = 3
LINKS = "document.querySelectorAll('a[href], [hx-get]')"
ADDRESSES = f"Array.from({LINKS}, one => one.getAttribute('href') || one.getAttribute('hx-get'))"
# Addresses that only differ by an id, a name or a filter show the same page.
SAME = [(r"[0-9a-f]{8}-[0-9a-f-]{27}", "U"), (r"\d+", "N"), (r"(sources|incidents|verdicts)/[^/?]+", r"\1/S")]
NOT_PAGES = ("/original/", "/logout/", ".json", ".atom", ".png", ".xml", "/media/")


@pytest.fixture
def world(settings, live_server):
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    settings.PUBLIC_URL = live_server.url
    people = corpus.people()
    return people, corpus.published(*people[:2])


class Watched:
    """A page that notes everything that acted: dialogs, refusals by the policy, requests that go elsewhere."""

    def __init__(self, page, base):
        self.page, self.base, self.acted, self.seen = page, base, [], 0
        page.on("dialog", self._dialog)
        page.on("request", self._request)
        page.on("console", self._console)

    def _dialog(self, dialog):
        self.acted.append(f"dialog {dialog.message} on {self.page.url}")
        dialog.dismiss()

    def _request(self, request):
        if not request.url.startswith((self.base, "data:")):
            self.acted.append(f"request {request.url} on {self.page.url}")

    def _console(self, message):
        if "Content Security Policy" in message.text:
            self.acted.append(f"{message.text} on {self.page.url}")

    def walk(self, *starts):
        """Open every page links lead to, a few of each kind."""
        todo, kinds = [urljoin(self.base, start) for start in starts], {}
        while todo:
            address = todo.pop(0).split("#")[0]
            kind = kind_of(address)
            kinds.setdefault(kind, set())
            if address in kinds[kind] or len(kinds[kind]) >= OF_EACH_KIND:
                continue
            kinds[kind].add(address)
            answer = self.page.goto(address)
            assert answer.status < 500, address
            self.seen += 1
            todo += [link for link in self._links() if link.startswith(self.base)]

    def _links(self):
        found = [urljoin(self.page.url, link) for link in self.page.evaluate(ADDRESSES)]
        return [link for link in found if not any(part in link for part in NOT_PAGES)]


def kind_of(address):
    parts = urlsplit(address)
    kind = f"{parts.path}?{re.sub('=[^&]*', '=', parts.query)}"
    for pattern, name in SAME:
        kind = re.sub(pattern, name, kind)
    return kind


def test_c2_nothing_acts_on_any_page(world, new_page, live_server):
    (editor, reviewer, admin), _shown = world
    acted, seen = [], 0
    for who, starts in {
        editor: ["/desk/"],
        reviewer: ["/desk/review/", "/desk/history/"],
        admin: ["/desk/people/", "/desk/jobs/", "/admin/"],
    }.items():
        watched = Watched(
            sign_in(new_page(), live_server, User.objects.get(pk=who.pk), "en"), live_server.url
        )
        watched.walk(*starts)
        acted, seen = acted + watched.acted, seen + watched.seen
    reader = Watched(new_page(), live_server.url)
    reader.walk("/en/", "/ar/")
    assert acted + reader.acted == []
    assert seen > 60 and reader.seen > 20


def test_c3_what_search_engines_read_is_whole(world, client):
    _people, shown = world
    page = client.get(f"/en/verdicts/{shown.slug}/").content.decode()
    blocks = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)
    assert blocks
    for block in blocks:
        assert "<" not in block
        assert json.loads(block)
    assert corpus.HOSTILE in json.dumps(json.loads(blocks[0]), ensure_ascii=False).replace('\\"', '"')
