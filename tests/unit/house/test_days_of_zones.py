"""Clocks go forward and back, and once a country left out a day."""

from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
from hypothesis import example, given

from chalicelib import moments

ZONES = ["UTC", "America/New_York", "Europe/Oslo", "Asia/Kolkata", "Pacific/Apia", "Asia/Beirut"]
ZONES += ["America/Sao_Paulo", "America/Havana", "Australia/Lord_Howe", "Africa/Casablanca"]
times = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)
A_DAY = timedelta(days=1)


@given(times, st.sampled_from(ZONES))
@example(datetime(2018, 11, 4, 3, 0, tzinfo=UTC), "America/Sao_Paulo")  # no midnight
@example(datetime(2026, 11, 1, 4, 30, tzinfo=UTC), "America/Havana")  # midnight twice
@example(datetime(2011, 12, 30, 12, 0, tzinfo=UTC), "Pacific/Apia")  # no 30 December
@example(datetime(2028, 2, 29, 12, 0, tzinfo=UTC), "Europe/Oslo")
@example(datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "Europe/Oslo")
def test_every_moment_is_in_one_day_of_its_zone(moment: datetime, zone: str) -> None:
    day = moments.day_in(moment, zone)
    assert moments.start_of(day, zone) <= moment < moments.start_of(day + A_DAY, zone)
    before = moments.start_of(day, zone) - timedelta(milliseconds=1)
    assert moments.day_in(before, zone) < day
