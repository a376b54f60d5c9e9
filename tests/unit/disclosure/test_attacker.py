"""The attacker finds what is known to leak: the examples of the field."""

from tests.support.attacker import small_groups

EVERYBODY = frozenset(range(40))
TECHNOLOGY, OPERATIONS, SALES = (
    frozenset(range(9)),
    frozenset(range(9, 36)),
    frozenset(range(36, 40)),
)


def told(*shown: frozenset[int], k: int = 5) -> set[frozenset[int]]:
    return set(small_groups(shown, k))


def test_a_small_group_that_is_shown_is_told() -> None:
    assert told(SALES) == {SALES}


def test_a_hidden_group_is_told_by_all_the_others() -> None:
    assert told(EVERYBODY, TECHNOLOGY, OPERATIONS) == {SALES}


def test_two_hidden_groups_are_told_together_only() -> None:
    assert told(EVERYBODY, OPERATIONS) == set()


def test_the_eleventh_answer_is_told_by_two_days() -> None:
    assert told(frozenset(range(10)), frozenset(range(11))) == {frozenset({10})}


def test_blocks_of_five_tell_nothing() -> None:
    assert told(frozenset(range(10)), frozenset(range(15))) == set()


def test_a_group_is_told_by_unions_of_several_cells() -> None:
    berlin, oslo = frozenset(range(10)), frozenset(range(10, 20))
    # All managers and all but two of the team sit in Berlin or Oslo.
    managers, team = frozenset({0, 1, 2, 10, 11}), frozenset({*range(3, 10), *range(12, 22)})
    assert told(berlin, oslo, managers, team) == {frozenset({20, 21})}


def test_a_group_is_told_by_halves_of_three_numbers() -> None:
    pairs = [frozenset({0, 1, 2}), frozenset({0, 1, 3}), frozenset({2, 3})]
    assert frozenset({0, 1}) in told(*pairs, k=3)
