"""The word lists: each is read by the engine, and says each word once."""

import re
from pathlib import Path

import pytest

from claims.text.normalise import fold
from claims.text.words import raw_lists

ENGINE = Path(__file__).parents[2] / "claims" / "text"
CODE = "\n".join(path.read_text(encoding="utf-8") for path in ENGINE.rglob("*.py"))
# Lists by the class of a verb: the code puts their names together.
BY_CLASS = re.compile(
    r"(?:verbs|participles?)-(?:say|relay|distance|estimate|deny|responsibility|observe|call)"
)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_list_is_read_somewhere(lang):
    names = [name for name in raw_lists(lang) if not BY_CLASS.fullmatch(name)]
    assert [name for name in names if f'"{name}"' not in CODE] == []


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_no_list_says_a_word_twice(lang):
    twice = {}
    for name, entries in raw_lists(lang).items():
        folded = [fold(entry) for entry in entries]
        twice |= {f"{name}: {word}": folded.count(word) for word in folded if folded.count(word) > 1}
    assert twice == {}
