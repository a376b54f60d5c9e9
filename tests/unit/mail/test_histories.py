"""Whatever fails on the way of a mail: nobody gets it more than twice, it is never said to be sent
when it was not, and it is given up only when nobody knows."""

from itertools import combinations, product

import hypothesis.strategies as st
import pytest
from hypothesis import given

from chalicelib.mail.send import FOLLOW_UP, INVITATION, REMINDER, MailKind
from tests.support.mail_histories import FAULTS, Fault, World
from tests.support.recount import recounted, tallied

CALLS = range(1, 13)
A_WHILE = 90  # calls: longer than a note of an outcome is tried
CRASHES = [kind for kind in FAULTS if kind.startswith("crash")]
KINDS = [INVITATION, REMINDER, FOLLOW_UP]
NAMES = ["invitation", "reminder", "follow-up"]


def lived(faults: tuple[Fault, ...], kind: MailKind = INVITATION) -> World:
    world = World(faults, kind)
    world.live()
    status = world.item["status"]
    assert world.mails <= 2, faults
    assert status in ("sent", "unknown"), faults
    assert status == "unknown" or world.mails, faults
    assert tallied(world.table.items.values()) == recounted(world.table.items.values()), faults
    return world


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_a_single_fault_costs_no_mail_and_no_certainty(kind: MailKind) -> None:
    for at, fault in product(CALLS, FAULTS):
        assert lived((Fault(at, fault),), kind).item["status"] == "sent"


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_an_hour_of_one_fault_makes_two_mails_at_most(kind: MailKind) -> None:
    for at, fault in product(CALLS, FAULTS):
        lived((Fault(at, fault, A_WHILE),), kind)


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_any_two_faults_make_two_mails_at_most(kind: MailKind) -> None:
    single = [Fault(at, fault) for at, fault in product(CALLS, FAULTS)]
    for pair in combinations(single, 2):
        lived(pair, kind)


def test_any_two_crashes_make_two_mails_at_most() -> None:
    crashes = [Fault(at, fault) for at, fault in product(range(1, 25), CRASHES)]
    for pair in combinations(crashes, 2):
        lived(pair)


def test_a_service_that_refuses_for_long_loses_nothing_and_doubles_nothing() -> None:
    for at in CALLS:
        world = lived((Fault(at, "not taken", 60), Fault(at + 2, "fails after")))
        assert (world.item["status"], world.mails) == ("sent", 1)


def test_a_note_that_fails_for_ever_repeats_the_mail_once() -> None:
    world = World(tuple(Fault(at, "crash after") for at in range(1, 400)))
    world.mailer.takes_it = True
    world.live(60)
    assert world.mails <= 2


faults = st.builds(
    Fault, st.integers(1, 60), st.sampled_from(FAULTS), st.sampled_from([1, 2, 5, A_WHILE])
)


@given(st.lists(faults, max_size=8), st.sampled_from(KINDS))
def test_no_history_makes_a_third_mail(plan: list[Fault], kind: MailKind) -> None:
    lived(tuple(plan), kind)
