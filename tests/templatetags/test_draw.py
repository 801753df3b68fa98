"""Chains as a picture and as a count."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from claims.templatetags.draw import chain_count, chain_graph


def hop(name: str, *, unnamed: bool = False) -> SimpleNamespace:
    return SimpleNamespace(key=name, name=name, unnamed=unnamed)


RELAYED = [
    [hop("TASS"), hop("Yegorov")],
    [hop("Sputnik"), hop("Yegorov")],
    [hop("RT"), hop("Sputnik"), hop("Yegorov")],
]


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def test_three_outlets_that_relay_one_man_are_one_origin() -> None:
    assert chain_count(RELAYED) == "3 outlets, 1 origin"


def test_an_unnamed_source_is_no_origin() -> None:
    assert chain_count([[hop("SANA"), hop("local sources", unnamed=True)]]) == "1 outlet, no known origin"


def test_a_hop_with_one_key_is_drawn_once() -> None:
    svg = chain_graph(RELAYED)
    assert svg.count("<rect") == 4
    assert svg.count('class="head"') == 3


def test_the_picture_is_told_in_words() -> None:
    assert "RT quotes Sputnik" in chain_graph(RELAYED)


def test_the_picture_mirrors_in_arabic() -> None:
    english = chain_graph(RELAYED)
    with translation.override("ar"):
        assert chain_graph(RELAYED) != english


def test_names_are_escaped_and_a_circle_does_not_hang() -> None:
    svg = chain_graph([[hop("<a>"), hop("b")], [hop("b"), hop("<a>")]])
    assert "<a>" not in svg
    assert chain_graph([]) == ""


def test_a_long_name_is_written_out_and_its_box_is_wide_enough() -> None:
    name = "المرصد السوري لحقوق الإنسان"
    svg = chain_graph([[hop("SANA"), hop(name)]])
    assert f">{name}</text>" in svg
    assert f'width="{len(name) * 7 + 28}"' in svg
    assert "…</text>" in chain_graph([[hop("a name that no box of a picture could ever hold")]])
