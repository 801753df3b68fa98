"""Which day an English report means: counted from a day it has named, or from its own dateline."""

from datetime import date

import pytest

from claims.text.read import read

DAY = date(2024, 5, 16)


def days(text, published_on=DAY):
    found = read(text, published_on=published_on, lang="en").proposals
    return [p.event.iso() if p.event else None for p in found]


NAMED = "Two bridges were hit on 3 May, the army said. "
COUNTED = [
    ("The next day, a third bridge collapsed, the governor said.", "2024-05-04"),
    ("A depot burned two nights later, the governor said.", "2024-05-05"),
    ("On the day of the strike 14 trucks were parked there, a guard said.", "2024-05-03"),
    ("That same night two more fell, the governor said.", "2024-05-03"),
    ("Nine people had been hurt there a week earlier, a nurse said.", "2024-04-26"),
    ("Four people had been hurt there the day before, a nurse said.", "2024-05-02"),
    ("On the day of the attack, 9 May, the gate was shut, a guard said.", "2024-05-09"),
]


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_a_day_is_counted_from_the_last_one_named(text, expected):
    assert days(NAMED + text) == ["2024-05-03", expected]


def test_nothing_is_counted_where_no_day_was_named():
    assert days("Nine people died the night before, medics said.") == [None]


OF_THE_EVENT = [
    ("Survivors of the 4 May raid said 130 people had been in the hall.", "2024-05-04"),
    ("Images captured on 4 May show two craters, according to the lab.", "2024-05-04"),
    ("The minister, speaking after a meeting on Monday, said nine troops had crossed the border.", None),
    ("A report released on 4 May shows that two wells were closed.", None),
    ("As of 12 May, donors had paid 40 million dollars, the agency said.", "2024-05-12"),
    ("He admitted: In April, two trucks were parked there.", "2024-04"),
    ("In its count for April, the mission listed 40 dead.", "2024-04"),
    ("Between 1 and 7 May, UNHCR recorded 1,200 arrivals, it said.", "2024-05-01"),
    ("The bridge was shut from 3 to 5 May, the mayor said.", "2024-05-03"),
    ("The bridge was shut between 30 April and 5 May, the mayor said.", None),
    ("The mayor said two people drowned a fortnight ago.", "2024-05"),
]


@pytest.mark.parametrize(("text", "expected"), OF_THE_EVENT)
def test_a_day_of_the_event_is_not_that_of_the_report(text, expected):
    (found,) = days(text)
    assert (found or "").startswith(expected or "") and bool(found) == bool(expected)


HEADS = [
    "AMMAN, Nov. 14, 2013 (Tigris Wire) - The court met, a clerk said.\n\n",
    "Published: 14 November 2013\n\n",
    "14 November 2013\n\n",
]


@pytest.mark.parametrize("head", HEADS)
def test_an_undated_text_counts_from_its_own_dateline(head):
    text = (
        head
        + "Gunmen shot dead a colonel on Sunday night, two officers said. It was the third such case in October."
    )
    assert days(text, None)[-2:] == ["2013-11-10", "2013-10"]


def test_a_month_of_an_undated_text_lies_in_its_only_year():
    text = "Nine died on 4 June 2019, medics said.\n\nTwo similar attacks took place there in May."
    assert days(text, None) == ["2019-06-04", "2019-05"]
