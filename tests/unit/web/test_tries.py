"""One network cannot keep the others from their receipts, and nothing of it is kept."""

from datetime import UTC, datetime, timedelta

from chalicelib.web.tries import LIMIT, Tries

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def taken(tries: Tries, address: str, count: int, now: datetime = NOON) -> list[bool]:
    return [tries.take("it-2026", address, now) for _ in range(count)]


def test_a_network_has_so_many_tries_in_a_minute() -> None:
    tries = Tries()
    assert taken(tries, "192.0.2.1", LIMIT + 2) == [True] * LIMIT + [False] * 2
    assert taken(tries, "192.0.2.99", 1) == [False]
    assert taken(tries, "192.0.2.1", 1, NOON + timedelta(minutes=1)) == [True]


def test_another_network_and_another_survey_have_their_own() -> None:
    tries = Tries()
    taken(tries, "192.0.2.1", 1000)
    assert taken(tries, "198.51.100.1", 1) == [True]
    assert tries.take("other", "192.0.2.1", NOON)


def test_nothing_of_a_minute_is_left_in_the_next() -> None:
    tries = Tries()
    taken(tries, "192.0.2.1", 3)
    before = str(vars(tries))
    taken(tries, "198.51.100.1", 1, NOON + timedelta(minutes=1))
    assert "192.0.2" not in before
    assert len(tries._tries) == 1
