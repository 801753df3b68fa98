"""The baked site: whole, linked, and free of what is not public."""

import re
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from claims.actions import evidence
from claims.management.baking import bake
from claims.models import Role
from tests import make
from tests.public.test_copy import a_picture

pytestmark = pytest.mark.django_db


class Links(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in {"href", "src", "action"} and value]


@pytest.fixture
def newsroom(db):
    cache.clear()
    amal, basim = make.user("amal-the-editor"), make.user("basim-the-reviewer", Role.REVIEWER)
    claim = make.a_checkable_claim(amal, "A claim with a picture")
    item = evidence.attach_file(actor=amal, claim_id=claim.pk, chunks=[a_picture()], file_name="p.jpg")
    make.run_jobs("evidence.examine")
    make.published(amal, basim, claim, evidence_ids=[item.pk])
    make.corrected(
        amal, basim, make.published(amal, basim, make.a_checkable_claim(amal, "A corrected claim"))
    )
    make.withdrawn(
        amal, basim, make.published(amal, basim, make.a_checkable_claim(amal, "A withdrawn claim"))
    )
    for number in range(21):
        make.published(amal, basim, make.a_checkable_claim(amal, f"Claim number {number}"))
    make.a_draft(amal, make.a_checkable_claim(amal, "A secret draft"))
    return amal


def test_every_link_leads_to_a_file_from_any_folder(newsroom, tmp_path):
    baked = bake(tmp_path / "deep" / "site")
    assert (baked.failed, baked.broken) == ([], [])
    pages = list((tmp_path / "deep/site").rglob("*.html"))
    assert len(pages) > 100
    for page in pages:
        for link in Links(page.read_text()).found:
            if re.match(r"[a-z]+:|#", link):
                continue
            assert not link.startswith("/"), (page, link)
            assert (page.parent / link.partition("#")[0]).is_file(), (page, link)
    check_contents(tmp_path / "deep/site")


def check_contents(site):
    everything = b"".join(
        file.read_bytes() for file in site.rglob("*") if file.suffix in {".html", ".json", ".atom", ".xml"}
    )
    assert b"A secret draft" not in everything and b"the-editor" not in everything
    assert b"A withdrawn claim" not in everything
    assert (site / "en/verdicts/page/2/index.html").is_file()
    assert len(list(site.glob("media/*"))) == 1 and list(site.glob("en/verdicts/*/card.png"))
    names = [
        "claimreview.json",
        "claimreview.en.json",
        "feed.atom",
        "ar/feed.atom",
        "sitemap.xml",
        "robots.txt",
    ]
    assert [name for name in names if not (site / name).is_file()] == []


def test_a_folder_of_somebody_elses_is_left_alone(db, tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(CommandError):
        call_command("bake", str(tmp_path))
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_baking_again_leaves_nothing_of_what_was_withdrawn(db, tmp_path):
    cache.clear()
    amal, basim = make.user("amal"), make.user("basim", Role.REVIEWER)
    row = make.published(amal, basim)
    bake(tmp_path / "site")
    make.withdrawn(amal, basim, row)
    bake(tmp_path / "site")
    assert not list((tmp_path / "site").glob("verdicts/*.json"))
    assert "Five blasts" not in "".join(file.read_text() for file in (tmp_path / "site").rglob("*.html"))
    assert [each.name for each in tmp_path.iterdir()] == ["site"]
