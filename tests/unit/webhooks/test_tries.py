"""When a delivery is tried again: by the schedule of Standard Webhooks, for three days."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.webhooks.delivery import JITTER, PAUSES, TRIED_FOR, next_try
from tests.support.samples import NOW

HOUR = timedelta(hours=1)


def test_the_pauses_are_those_of_the_standard() -> None:
    minutes = [pause.total_seconds() / 60 for pause in PAUSES]
    assert minutes == [5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440]


def test_the_tries_end_after_three_days() -> None:
    tried, now = [NOW], NOW
    while again := next_try(len(tried), NOW, now, 0):
        tried.append(again)
        now = again
    assert len(tried) == 10
    assert tried[-1] == NOW + TRIED_FOR


@given(
    st.integers(1, 30),
    st.floats(0, 80).map(lambda hours: hours * HOUR),
    st.floats(0, 1),
    st.none() | st.integers(0, 86400),
)
def test_the_next_try_is_never_early_and_never_after_three_days(
    attempts: int, passed: timedelta, spread: float, wished: int | None
) -> None:
    now = NOW + passed
    again = next_try(attempts, NOW, now, spread, wished)
    if passed >= TRIED_FOR:
        assert again is None
        return
    assert again is not None
    pause = max(PAUSES[min(attempts, 9) - 1], timedelta(seconds=wished or 0))
    last = NOW + TRIED_FOR
    assert min(now + pause, last) <= again <= min(now + pause * (1 + JITTER), last)
