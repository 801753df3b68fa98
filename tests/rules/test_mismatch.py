"""What a file says of its time, held against the claim's."""

from datetime import UTC, datetime

from claims.models import Claim
from claims.rules.mismatch import mismatches

NIGHT = Claim(
    event_earliest_at=datetime(2022, 10, 21, 21, 0, tzinfo=UTC),  # midnight in Damascus
    event_latest_at=datetime(2022, 10, 22, 20, 59, tzinfo=UTC),
    event_zone="Asia/Damascus",
)


def taken(local: str) -> dict[str, object]:
    return {"taken": [{"source": "EXIF DateTimeOriginal", "local": local, "offset": "+03:00"}]}


def test_a_file_made_two_days_early_is_noticed_with_the_day_where_it_happened():
    (found,) = mismatches(NIGHT, taken("2022-10-20T21:14:00"))
    assert (found["code"], found["facts"]["event"]) == ("time-before-event", "2022-10-22")


def test_a_file_made_long_after_is_noticed_with_the_last_day():
    (found,) = mismatches(NIGHT, taken("2022-10-25T09:00:00"))
    assert (found["code"], found["facts"]["event"]) == ("time-after-event", "2022-10-22")


def test_a_file_of_the_night_itself_fits():
    assert mismatches(NIGHT, taken("2022-10-22T22:00:00")) == []
