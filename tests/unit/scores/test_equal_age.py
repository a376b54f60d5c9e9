"""A response rate is compared with that of people who had as long to answer; `make bench` draws
more."""

from random import Random

from tests.support.late_answers import false_rates, tells_of_a_rate

SEED = 14


def test_a_rate_that_did_not_change_is_seldom_told_to_have_changed() -> None:
    worst = max(false_rates(60, SEED).items(), key=lambda rate: rate[1])
    assert worst[1] <= 0.06, worst


def test_a_rate_that_fell_is_told() -> None:
    random = Random(SEED)
    for patience in (1, 4):
        told = [tells_of_a_rate((9, 9, 9, 9), patience, random, last=0.2) for _ in range(20)]
        assert sum(told) >= 18, patience
