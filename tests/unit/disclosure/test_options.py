"""What may be shown of the questions of a sealed survey: nothing that was ever shown tells of fewer
than five people, or what all of few chose."""

from collections.abc import Sequence
from random import Random

import pytest

from chalicelib.disclosure.options import ANSWERED, Said, Shown, publish_options
from tests.support.attacker import small_groups

OPTIONS = ["phone", "mail", "desk"]
K = 5


class Viewer:
    """Keeps every number that was ever shown, with the people in it: the number of each block,
    and those of the question."""

    def __init__(self, several: bool = False, options: Sequence[str] = OPTIONS) -> None:
        self.several, self.options = several, options
        self.said: list[Said] = []
        self.shown = Shown()
        self.seen: list[frozenset[int]] = []
        self.uniform: list[str] = []

    def publish(self, block: Sequence[Sequence[str]]) -> dict[str, int]:
        """What each of a block chose; nothing where one is empty."""
        number = self.said[-1].block + 1 if self.said else 1
        chosen = [frozenset({ANSWERED, *one} if one else ()) for one in block]
        self.said += [Said(number, one) for one in chosen]
        self.seen.append(self.people(lambda one: one.block == number))
        before, self.shown = (
            self.shown,
            publish_options(self.said, self.shown, self.options, self.several, K),
        )
        if self.shown is not before:
            self.look(number)
        return dict(self.shown.counts)

    def people(self, is_one: object) -> frozenset[int]:
        return frozenset(at for at, one in enumerate(self.said) if is_one(one))  # type: ignore[operator]

    def look(self, number: int) -> None:
        for value, count in self.shown.counts.items():
            chose = self.people(lambda one, value=value: value in one.chosen)
            assert len(chose) == count
            self.seen.append(chose)
            self.note_uniform(value, number)

    def note_uniform(self, value: str, number: int) -> None:
        """All who answered between two times at which the option was shown chose it."""
        for after in self.shown.last_shown(value):
            new = [one for one in self.said if after < one.block <= number and one.chosen]
            if value != ANSWERED and 0 < len(new) < 20 and all(value in one.chosen for one in new):
                self.uniform.append(value)

    def told(self) -> set[frozenset[int]]:
        return set(small_groups(self.seen, K))

    def told_of(self, value: str) -> set[frozenset[int]]:
        """By the numbers of one option, of all who answered and of the blocks."""
        chose = [
            self.people(lambda one: one.block <= block and wanted in one.chosen)  # noqa: B023
            for wanted in (ANSWERED, value)
            for block in self.shown.last_shown(wanted)[1:]
        ]
        blocks = [
            self.people(lambda one: one.block == block)  # noqa: B023
            for block in {one.block for one in self.said}
        ]
        return set(small_groups([*blocks, *chose], K))


def of(**counts: int) -> list[list[str]]:
    """`none` did not answer."""
    return [
        [] if name == "none" else name.split("_") for name, n in counts.items() for _ in range(n)
    ]


def test_options_of_five_are_shown_with_their_counts() -> None:
    assert Viewer().publish(of(phone=6, mail=7, none=5)) == {ANSWERED: 13, "phone": 6, "mail": 7}


def test_nothing_is_shown_of_fewer_than_five_who_answered() -> None:
    assert Viewer().publish(of(phone=4, none=20)) == {}


def test_an_option_of_few_is_left_out_with_a_second_where_it_would_be_the_rest() -> None:
    assert Viewer().publish(of(phone=9, mail=6, desk=2)) == {ANSWERED: 17, "phone": 9}
    assert Viewer().publish(of(phone=9, desk=2, mail=2, none=5)) == {"phone": 9}


def test_who_did_not_answer_is_no_group_of_few() -> None:
    viewer = Viewer()
    assert viewer.publish(of(phone=9, mail=9, none=1)) == {"phone": 9}
    assert viewer.told() == set()


def test_what_all_of_few_chose_is_not_shown() -> None:
    assert Viewer().publish(of(phone=8)) == {ANSWERED: 8}
    assert Viewer().publish(of(phone=8, none=5)) == {ANSWERED: 8}
    assert Viewer().publish(of(phone=20)) == {ANSWERED: 20, "phone": 20}


def test_a_block_that_all_chose_alike_does_not_move_the_counts() -> None:
    viewer = Viewer()
    first = viewer.publish(of(phone=6, mail=6))
    assert viewer.publish(of(phone=6)) == first
    # With others beside them nobody knows who it was.
    assert viewer.publish(of(mail=7)) == {ANSWERED: 25, "phone": 12, "mail": 13}


def test_an_option_that_grew_by_few_waits() -> None:
    viewer = Viewer()
    first = viewer.publish(of(phone=6, mail=6))
    assert viewer.publish(of(phone=2, mail=5)) == first
    assert viewer.publish(of(phone=3, mail=2)) == {ANSWERED: 24, "phone": 11, "mail": 13}


def test_of_several_options_each_is_looked_at_by_itself() -> None:
    viewer = Viewer(several=True)
    shown = viewer.publish(of(phone_mail=6, phone=6, desk_mail=2, none=6))
    assert shown == {ANSWERED: 14, "mail": 8}  # all but two who answered chose the phone


def test_words_are_counted_by_who_wrote() -> None:
    viewer = Viewer(options=[])
    assert viewer.publish(of(words=7, none=6)) == {ANSWERED: 7}
    assert viewer.publish(of(words=3, none=4)) == {ANSWERED: 7}
    assert viewer.publish(of(words=3, none=2)) == {ANSWERED: 13}


def test_an_option_that_was_added_later_is_shown_once_five_chose_it() -> None:
    viewer = Viewer(options=OPTIONS[:2])
    viewer.publish(of(phone=6, mail=6))
    viewer.options = OPTIONS
    assert viewer.publish(of(desk=3, phone=5, mail=5)).get("desk") is None
    assert viewer.publish(of(desk=6, phone=5, mail=5))["desk"] == 9


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("seed", range(30))
def test_a_viewer_who_keeps_everything_solves_nothing(several: bool, seed: int) -> None:
    chance = Random(seed)
    viewer = Viewer(several)
    weights = [chance.random() for _ in range(4)]
    for _ in range(7):
        block = []
        for _ in range(chance.choice([5, 6, 8, 12])):
            (one,) = chance.choices(["", *OPTIONS], weights)
            more = [option for option in OPTIONS if several and chance.random() < 0.3]
            block.append([*{one, *more}] if one else [])
        viewer.publish(block)
        if not several:
            assert viewer.told() == set()
    assert viewer.uniform == []
    assert [viewer.told_of(option) for option in OPTIONS] == [set()] * 3


def test_counts_do_get_shown() -> None:
    chance, shown = Random(7), 0
    for _ in range(20):
        viewer = Viewer()
        for _ in range(6):
            counts = viewer.publish([[chance.choice(OPTIONS)] for _ in range(10)])
        shown += len(counts) == 4
    assert shown >= 15
