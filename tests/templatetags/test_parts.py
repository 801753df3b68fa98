"""Every shared part renders with its smallest context and with its fullest, in both directions."""

from datetime import UTC, datetime
from types import SimpleNamespace as Thing

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils import translation

NOW = datetime(2022, 10, 22, 18, tzinfo=UTC)
SPOOF = "a\u202eb<i>"


class Search(forms.Form):
    q = forms.CharField(label="Search")
    sure = forms.BooleanField(label="Sure", help_text="why")


def answer(n: int, **more: object) -> Thing:
    return Thing(id=n, text=SPOOF, quote=SPOOF, verdict="denied", **more)


MATRIX = Thing(
    columns=[Thing(name=SPOOF, url="/s", note=SPOOF), Thing(name="SOHR")],
    rows=[
        Thing(
            question=SPOOF,
            url="/q",
            silent=["SOHR"],
            cells=[Thing(answers=[answer(1, clash="no"), answer(2)], clash=True), Thing(answers=[])],
        ),
        Thing(question="?", silent=["x"] * 9, cells=[Thing(answers=[], no_comment=True), Thing(answers=[])]),
    ],
)
PARTS: dict[str, dict[str, object]] = {
    "badge": {"value": "confirmed"},
    "banner": {},
    "chain": {"hops": [Thing(name=SPOOF, url="/s"), Thing(name="x", unnamed=True)]},
    "chain_graph": {"chains": [[Thing(key=1, name=SPOOF, unnamed=False)]]},
    "checklist": {"items": [Thing(done=True, text="a"), Thing(done=False, text="b", url="/x", help="c")]},
    "confirm": {
        "id": "w",
        "label": "W",
        "href": "/w",
        "title": "T",
        "text": "x",
        "action": "/w",
        "submit": "Do",
    },
    "conflict": {"conflict": Thing(rows=[Thing(label="a", mine=SPOOF, theirs="c")], reload_url="/")},
    "diff": {"old": SPOOF, "new": "b"},
    "empty": {"title": "Nothing", "text": "Paste"},
    "evidence": {"item": Thing(title=SPOOF, kind="video", relation="refutes", n_bytes=5, seconds=41)},
    "filters": {
        "form": Search(),
        "active": [Thing(label="a", value=SPOOF, remove_url="?")],
        "clear_url": "?",
    },
    "form": {"form": Search({"q": ""})},
    "kbd": {"key": "a", "label": "accept"},
    "keys": {},
    "matrix": {"matrix": MATRIX},
    "messages": {},
    "pagination": {"page": Paginator(range(99), 9).page(4), "query": "", "target": "rows"},
    "progress": {"job": Thing(id=1, label="x", state="running", url="/j", n_all=4, n_done=1, steps=[])},
    "table_head": {"columns": [Thing(label="a", url="?s", direction="ascending"), Thing(label="b", n=True)]},
    "timeline": {"events": [Thing(at=NOW, title=SPOOF), Thing(earliest=NOW, title="x", verdict="denied")]},
}


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_part_renders_and_shows_no_raw_user_text(name: str, language: str) -> None:
    with translation.override(language):
        html = render_to_string(f"parts/_{name}.html", PARTS[name])
    assert "\u202e" not in html
    assert "<i>" not in html


def test_a_clash_is_said_in_words_not_only_by_an_edge() -> None:
    html = render_to_string("parts/_matrix.html", PARTS["matrix"])
    assert 'class="clash"' in html
    assert '<small class="against">no</small>' in html


def test_a_job_that_ended_is_no_longer_asked_for() -> None:
    job = Thing(id=1, label="x", state="failed", url="/j", error="cut", retry_url="/r")
    assert "hx-get" not in render_to_string("parts/_progress.html", {"job": job})


def test_a_field_names_its_help_and_its_error() -> None:
    html = render_to_string("parts/_form.html", {"form": Search({"q": ""})})
    assert 'aria-describedby="id_sure_helptext id_sure_error"' in html
    assert 'id="id_sure_helptext"' in html
    assert 'id="id_sure_error"' in html
    assert 'dir="auto"' in html
