"""Word differences: exact, readable, and quick on hostile input."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.diff import Piece, word_diff

SMALL = st.text(alphabet="ab .\nعم،\u200f", max_size=60)


def without(pieces: list[Piece], kind: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != kind)


def test_a_changed_word_is_one_change() -> None:
    assert word_diff("سُمع دوي عدة انفجارات ليلا", "سُمع دوي انفجارين ليلا") == [
        Piece("same", "سُمع دوي "),
        Piece("out", "عدة انفجارات"),
        Piece("in", "انفجارين"),
        Piece("same", " ليلا"),
    ]


def test_a_rewritten_stretch_is_not_cut_up_by_its_spaces() -> None:
    kinds = [piece.kind for piece in word_diff("the old man left", "the young girl left")]
    assert kinds == ["same", "out", "in", "same"]


def test_equal_and_empty_texts_have_nothing_to_show() -> None:
    assert word_diff("", "") == []
    assert word_diff("a b", "a b") == [Piece("same", "a b")]


@given(SMALL, SMALL)
def test_both_texts_come_back_exactly(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert without(pieces, "in") == old
    assert without(pieces, "out") == new


def shuffled() -> tuple[str, str]:
    words = [f"w{n}" for n in range(120_000)]
    other = words.copy()
    random.Random(1).shuffle(other)
    return " ".join(words), " ".join(other)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x" * 1_000_000, "y" * 1_000_000),
        ("a " * 500_000, "b a " * 250_000),
        ("!" * 1_000_000, "?!" * 500_000),
        shuffled(),
    ],
    ids=["one word", "two words", "signs", "shuffled"],
)
def test_a_megabyte_on_one_line_takes_under_a_second(old: str, new: str) -> None:
    start = time.process_time()
    pieces = word_diff(old, new)
    assert time.process_time() - start < 5  # linear, or it would be minutes
    assert (without(pieces, "in"), without(pieces, "out")) == (old, new)
