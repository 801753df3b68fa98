"""The matrix: silence, agreement, and what cannot both be true."""

import pytest

from claims.match.matrix import Answer, clash, matrix_of
from claims.text.reading import Quantity


def amount(comparator, low=None, high=None, unit="explosion", scope=""):
    made = Quantity(comparator=comparator, low=low, high=high, unit=unit, raw="", start=0, end=0, scope=scope)
    return (made,)


def says(source, text, quantities=(), stance="asserts", question="how many"):
    return Answer(f"{source}-{text}", question, source, text, stance, quantities)


SEVERAL = amount("several", 3, None)
AT_LEAST_5 = amount("ge", 5, None)
TWO = amount("eq", 2, 2)
HURT_3 = amount("eq", 3, 3, "wounded")
SINCE_MAY = amount("eq", 90, 90, scope="since:2022-05")


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        (says("SANA", "several", SEVERAL), says("SOHR", "at least 5", AT_LEAST_5), ""),
        (says("Ayn", "2", TWO), says("SOHR", "at least 5", AT_LEAST_5), "quantity"),
        (says("Ayn", "2", TWO), says("X", "2 km", amount("eq", 9, 9, "km")), ""),
        (says("Ayn", "2, 3 hurt", TWO + HURT_3), says("SOHR", "5, 3 hurt", AT_LEAST_5 + HURT_3), "quantity"),
        (says("Ayn", "2, 3 hurt", TWO + HURT_3), says("SANA", "several, 3 hurt", TWO + HURT_3), ""),
        (says("Ayn", "2, 90 in all", TWO + SINCE_MAY), says("SOHR", "5", AT_LEAST_5), "quantity"),
        (says("Ayn", "90 in all", SINCE_MAY), says("Z", "2", TWO), ""),
        (says("Ayn", "3", amount("eq", 3, 3, "")), says("SOHR", "5, 3 hurt", AT_LEAST_5 + HURT_3), ""),
        (
            says("Ayn", "2", amount("eq", 2, 2, "")),
            says("SOHR", "5, 3 hurt", AT_LEAST_5 + HURT_3),
            "quantity",
        ),
        (says("A", "5", AT_LEAST_5), says("B", "no 5", AT_LEAST_5, stance="denies"), "denial"),
        (says("A", "2", TWO), says("B", "no 5", AT_LEAST_5, stance="denies"), ""),
        (says("A", "5", AT_LEAST_5), says("B", "3 hurt", HURT_3, stance="denies"), ""),
        (says("A", "yes"), says("B", "yes", stance="denies"), "denial"),
        (says("A", "yes"), says("B", "", stance="denies"), "denial"),
        (says("A", "rockets"), says("B", "drones", stance="denies"), ""),
        (says("A", "yes"), says("B", "", stance="no_comment"), ""),
        (says("A", "shells"), says("B", "exercise"), ""),
    ],
)
def test_what_cannot_both_be_true(a, b, why):
    assert clash(a, b) == why == clash(b, a)


def test_silent_cells_stand_in_the_grid_and_speakers_come_first():
    grid = matrix_of(
        ["how many", "what"],
        [
            says("coalition", "", stance="no_comment"),
            says("SOHR", "at least 5", AT_LEAST_5),
            says("Ayn", "2", TWO),
            says("Ayn", "shells", question="what", stance="estimates"),
        ],
    )
    assert grid.sources == ("Ayn", "SOHR", "coalition")
    assert [bool(grid.cells["what"][s].answers) for s in grid.sources] == [True, False, False]
    assert grid.cells["how many"]["coalition"].no_comment
    assert [c.other.source for c in grid.cells["how many"]["Ayn"].clashes] == ["SOHR"]
