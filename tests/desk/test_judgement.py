"""The map, the notes of place and time, and the marks of findings, at the desk."""

import pytest
from django.urls import reverse

from claims.actions import evidence, judgement
from claims.desk.evidence_map import Spot, map_of
from claims.media.finding import Finding
from claims.models import Chronolocation, FindingMark, Geolocation, Role
from tests import make
from tests.desk.cast import NOBODY, page, signed_in
from tests.desk.test_evidence import attached

pytestmark = pytest.mark.django_db
REASONED = {"confidence": "medium", "reasoning_ar": "المئذنة نفسها"}


@pytest.fixture
def claim(amal):
    return make.a_claim(
        amal,
        place="Deir ez-Zor",
        event_earliest_at="2022-10-22T19:00:00Z",
        event_latest_at="2022-10-22T21:00:00Z",
        event_zone="Asia/Damascus",
    )


@pytest.fixture
def row(amal, claim):
    return attached(amal, claim, b"plain words", "photo.jpg")


def at(name, row, *more):
    return reverse(f"desk:{name}", args=[row.pk, *more])


def locate(client, row, **typed):
    return client.post(at("evidence-locate", row), {"version": row.version, **REASONED, **typed})


def test_a_place_typed_with_arabic_digits_is_noted_and_shown_on_the_map(as_amal, row):
    answer = locate(as_amal, row, point="٣٥٫٠٢، ٤٠٫٤٥", precision_m="٢٠٠", compared="<b>Satellite</b>")
    assert answer.status_code == 302
    made = Geolocation.objects.get()
    assert (made.latitude, made.longitude, made.precision_m) == (35.02, 40.45, 200)
    text = page(as_amal, at("evidence-detail", row))
    assert "35.02000, 40.45000" in text and "المئذنة نفسها" in text and "&lt;b&gt;Satellite" in text
    assert (
        '<svg viewBox="0 0 360 270"' in text and "openstreetmap.org/?mlat=35.02000&amp;mlon=40.45000" in text
    )
    assert "km from the place of the claim" in text and "give or take" in text


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"point": "95, 40"},
        {"point": "somewhere"},
        {"place": "Mayadin", "reasoning_ar": ""},
        {"place": "Mayadin", "confidence": ""},
        {"place": "Mayadin", "precision_m": "-1"},
        {"place": "x" * 201},
        {"place": "a\0b"},
    ],
)
def test_a_place_that_is_none_comes_back_as_typed_with_the_reason(as_amal, row, typed):
    answer = locate(as_amal, row, **typed)
    assert (
        answer.status_code == 422 and "error" in answer.content.decode() and not Geolocation.objects.exists()
    )


def test_a_name_of_two_places_asks_for_coordinates(as_amal, row):
    answer = locate(as_amal, row, place="طرابلس")
    assert answer.status_code == 422 and "More than one place" in answer.content.decode()


def test_a_span_of_time_is_noted_on_the_clock_of_the_claim(as_amal, row):
    typed = {"from_on": "2022-10-22", "from_clock": "22:10", "to_clock": "", "version": row.version}
    assert as_amal.post(at("evidence-date", row), {**typed, **REASONED}).status_code == 302
    made = Chronolocation.objects.get()
    assert made.earliest_at == made.latest_at and made.earliest_at.hour == 19 and made.precision == "minute"
    form = page(as_amal, at("evidence-date", row))
    assert 'value="2022-10-22"' in form and 'value="22:10"' in form and "Asia/Damascus" in form


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"from_on": "1899-12-31"},
        {"from_on": "2099-01-01"},
        {"from_on": "2022-02-31"},
        {"from_clock": "10:00"},
        {"from_on": "2022-10-23", "to_on": "2022-10-22"},
    ],
)
def test_a_time_that_is_none_comes_back_with_the_reason(as_amal, row, typed):
    answer = as_amal.post(at("evidence-date", row), {"version": row.version, **REASONED, **typed})
    assert answer.status_code == 422 and not Chronolocation.objects.exists()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("evidence-locate", {"place": "Mayadin"}),
        ("evidence-locate", {"point": "35, 40"}),
        ("evidence-date", {"from_on": "2022-10-22"}),
    ],
)
def test_an_answer_that_is_none_at_once_is_not_dropped_in_silence(as_amal, row, name, typed):
    none = {"version": row.version, **REASONED, "confidence": "none"}
    answer = as_amal.post(at(name, row), {**none, **typed})
    assert answer.status_code == 422 and next(iter(typed.values())) in answer.content.decode()
    assert "say that it cannot be told" in answer.content.decode()
    assert as_amal.post(at(name, row), none).status_code == 302


def test_a_stale_answer_is_shown_again_and_writes_nothing(as_amal, as_dina, row):
    assert locate(as_amal, row, place="Mayadin").status_code == 302
    answer = locate(as_dina, row, place="Raqqa")
    assert (
        answer.status_code == 409 and "Raqqa" in answer.content.decode() and Geolocation.objects.count() == 1
    )


def test_earlier_answers_stay_below_the_one_that_counts(as_amal, row):
    locate(as_amal, row, place="Mayadin", reasoning_ar="first thought")
    row.refresh_from_db()
    locate(as_amal, row, place="Raqqa", reasoning_ar="second thought")
    text = page(as_amal, at("evidence-detail", row))
    assert text.index("second thought") < text.index("1 earlier answer") < text.index("first thought")


@pytest.mark.parametrize("name", ["evidence-locate", "evidence-date"])
def test_the_doors_of_place_and_time(client, as_amal, row, name):
    assert client.get(at(name, row)).status_code == 302
    assert signed_in(make.user("omar", Role.ADMIN)).get(at(name, row)).status_code == 403
    assert as_amal.get(reverse(f"desk:{name}", args=[NOBODY])).status_code == 404
    assert as_amal.delete(at(name, row)).status_code == 405


def mark(client, row, key, **typed):
    typed = {"version": row.version, "mark": "dismissed", "reason": "A screenshot of a file.", **typed}
    return client.post(at("evidence-mark", row, key), typed)


def test_a_dismissed_finding_stays_struck_with_the_reason_and_the_name(as_amal, amal, row):
    key = Finding.from_json(row.findings[0]).key
    assert mark(as_amal, row, key).status_code == 302
    text = page(as_amal, at("evidence-detail", row))
    assert "<s>" in text and "A screenshot of a file." in text and "Dismissed" in text
    assert "<s>" in page(as_amal, reverse("desk:claim-detail", args=[row.claim_id]))
    row.refresh_from_db()
    assert mark(as_amal, row, key, mark="relevant", reason="It is one.").status_code == 302
    assert [one.mark for one in judgement.marks_of([row]).values()] == ["relevant"]


def test_a_mark_without_a_reason_opens_its_form_again_and_an_unknown_finding_is_404(as_amal, row):
    key = Finding.from_json(row.findings[0]).key
    answer = mark(as_amal, row, key, reason="")
    assert answer.status_code == 422 and '<details class="small" open>' in answer.content.decode()
    assert mark(as_amal, row, "0" * 32).status_code == 404 and not FindingMark.objects.exists()
    assert mark(as_amal, row, key, version=row.version + 5).status_code == 409


def test_the_reviewer_sees_place_time_and_findings_of_what_is_cited(as_amal, as_basim, amal, claim):
    note = evidence.attach_note(actor=amal, claim_id=claim.pk, fields={"description_en": "Seen."})
    locate(as_amal, note, point="35.02, 40.45")
    make.a_chain(amal, claim, make.a_source(amal))
    verdict = make.submitted(amal, claim, evidence_ids=[note.pk])
    text = page(as_basim, reverse("desk:review-detail", args=[verdict.pk]))
    assert "35.02000, 40.45000" in text and "for colleagues only" in text and "1 finding<" in text
    assert at("evidence-detail", note) in text


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_history_tells_it_in_words(as_amal, row, language):
    locate(as_amal, row, place="Mayadin")
    as_amal.cookies["django_language"] = language
    text = page(as_amal, reverse("desk:history"))
    assert ">evidence.located" not in text and ">precision" not in text and ">made by" not in text


ROUND_THE_WORLD = [
    [Spot("claim", "one", 35.3, 40.1)],
    [Spot("claim", "one", 35.3, 40.1, 300.0), Spot("file", "two", 35.3, 40.1)],
    [Spot("claim", "one", 0.0, 179.99), Spot("file", "two", 0.0, -179.99)],
    [Spot("claim", "one", 90.0, 0.0), Spot("file", "two", -90.0, 180.0)],
    [Spot("claim", "one", 0.0, -180.0), Spot("file", "two", 0.0, 0.0), Spot("person", "x", 0.0, 180.0)],
]


@pytest.mark.parametrize("spots", ROUND_THE_WORLD)
def test_every_point_falls_on_the_paper_wherever_it_is(spots):
    drawn = map_of(spots)
    for shape in drawn.marks:
        assert 0 <= float(shape.x) <= 360 and 0 <= float(shape.y) <= 270
    assert 1 <= len(drawn.lines) <= 20 and drawn.scale.text and float(drawn.scale.x2) <= 110


def test_two_points_on_either_side_of_the_date_line_are_near_each_other():
    drawn = map_of(ROUND_THE_WORLD[2])
    assert drawn.ways[0].text.startswith("2.2 ") and drawn.spots[1][1] == drawn.ways[0].text


def test_north_is_up_and_east_is_right_and_names_do_not_lie_over_one_another():
    drawn = map_of([Spot("claim", "a", 35.0, 40.0), Spot("file", "b", 36.0, 41.0)])
    first, second = drawn.marks
    assert float(second.x) > float(first.x) and float(second.y) < float(first.y)
    places = [(float(name.x), float(name.y)) for name in drawn.names]
    assert len(places) > 1
    for n, (x, y) in enumerate(places):
        assert all(abs(x - other) > 8 or abs(y - beside) > 8 for other, beside in places[n + 1 :])
