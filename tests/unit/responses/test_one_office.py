"""Everybody of a large office has one address and the same browser."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from chalicelib.invitations.token import Link
from chalicelib.responses.judge.facts import Act, Arrival, Client, Gesture, Place
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.judged import Terms, Words
from chalicelib.responses.take_act import take_act
from chalicelib.responses.tap import TapNeeds, note
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, recording, stored_invitation

OFFICE = Client("one address", "one browser")
TAPS = 5_000


@pytest.fixture
def moments_of_taps() -> Iterator[datetime]:
    """Within ten minutes."""
    first = NOW + timedelta(hours=1)
    return (first + timedelta(seconds=600 * number / TAPS) for number in range(TAPS))


def test_five_thousand_taps_of_one_address_in_ten_minutes_count(
    moments_of_taps: Iterator[datetime],
) -> None:
    table = FakeTable()
    needs = TapNeeds(recording(table), Terms("UTC"))
    states = {
        tap(table, f"colleague-{number}", now, needs) for number, now in enumerate(moments_of_taps)
    }
    assert states == {State.COUNTED}
    assert sum(item["SK"] == "RESPONSE" for item in table.items.values()) == TAPS


def tap(table: FakeTable, name: str, now: datetime, needs: TapNeeds) -> State:
    invitation = stored_invitation(table, name)
    link = Link(invitation.id, invitation.survey, invitation.expires_at)
    at = now.timestamp()
    note(link, Arrival(at - 9, OFFICE, Place.SCORE, 9, name), needs)
    hand = Gesture("pointermove", 5)
    act = Act(at, OFFICE, name, 9, at - 9, f"op-{name}", True, True, hand, at - 1)
    return take_act(link, act, Words(), now, needs)
