"""One survey that many answer at once: a small part of `make bench`, the same each time."""

import pytest

from chalicelib.tally.shards import MOST
from tests.bench.answering import WAYS
from tests.bench.limits import NEW_PARTITIONS, Partitions
from tests.bench.rush import WARM_PARTITIONS, burst, rush, steadily


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("people", [16, 64, 256])
@pytest.mark.parametrize("shards", [1, MOST])
def test_nobody_of_a_burst_is_given_up(way: str, people: int, shards: int) -> None:
    for seed in range(3):
        found = rush(burst(people, seed), WARM_PARTITIONS[way], seed, shards, way, at_once=True)
        assert (found.answers, found.given_up) == (people, 0)
        assert found.tries_each < 5
        assert max(found.waits) < 2


@pytest.mark.parametrize("way", WAYS)
def test_a_warmed_table_takes_two_thousand_answers_a_second_on_one_survey(way: str) -> None:
    found = rush(steadily(2000, 1.5), WARM_PARTITIONS[way], open_shards=MOST, way=way)
    assert found.given_up == 0
    assert found.tries_each < 2
    assert found.wait(0.99) < 0.3


def test_a_survey_that_gets_busy_opens_its_shards_by_itself() -> None:
    found = rush(steadily(2000, 1.0), WARM_PARTITIONS["form"])
    assert found.given_up == 0
    assert found.shards >= 64


def test_a_survey_that_is_answered_every_ten_seconds_stays_on_one_shard() -> None:
    found = rush(steadily(0.1, 10_000), NEW_PARTITIONS)
    assert (found.given_up, found.shards) == (0, 1)


def test_without_shards_the_same_burst_gives_people_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.tally.shards.WANTED", (1,))
    assert rush(burst(256), WARM_PARTITIONS["form"], at_once=True).given_up > 10


def test_a_partition_takes_its_units_and_no_more_in_a_second() -> None:
    one = Partitions(1, 1000)
    assert [one.takes([("a", 400)], at) for at in (0.0, 0.0, 0.0)] == [True, True, False]
    assert not one.takes([("a", 500)], 0.2)
    assert one.takes([("a", 500)], 0.31)
