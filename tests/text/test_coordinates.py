"""Points as people write them, and what is none."""

import pytest

from claims.text.coordinates import point_of


@pytest.mark.parametrize(
    ("written", "point"),
    [
        ("35.3345, 40.1512", (35.3345, 40.1512)),
        ("35.3345 40.1512", (35.3345, 40.1512)),
        ("-33.5,-70.2", (-33.5, -70.2)),
        ("35°20'04\"N 40°09'04\"E", (35.334444, 40.151111)),
        ("40.1E 35.3N", (35.3, 40.1)),
        ("33°30'S, 70°12'W", (-33.5, -70.2)),
        ("٣٥٫٣٣٤٥، ٤٠٫١٥١٢", (35.3345, 40.1512)),
        ("٣٥°٢٠′٠٤″ ش ٤٠°٠٩′٠٤″ ق", (35.334444, 40.151111)),
        ("35.3345شمالاً 40.15 شرقًا", (35.3345, 40.15)),
        ("\u200e35.3, 40.1\u200f", (35.3, 40.1)),
        ("90, -180", (90.0, -180.0)),
    ],
)
def test_a_point_is_read(written, point):
    assert point_of(written) == point


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "35",
            "91, 0",
            "0, 181",
            "-90.0001, 0",
            "35.3N 40.1N",
            "-35N 40E",
            "35.5°20'N 4E",
            "35°61'N 4E",
        ),
        *("35.3, 40.1, 12", "nan, nan", "inf, 0", "1e3, 4", "353345", "35,3345", "al-Omar", "9" * 10_000),
    ],
)
def test_what_is_no_point_is_none(written):
    assert point_of(written) is None
