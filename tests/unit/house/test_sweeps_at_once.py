"""Two sweeps at once, and a sweep beside whoever sends: what is stuck goes on once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib import keys
from chalicelib.invitations.invitation import Status
from chalicelib.mail.deliver import Outcome
from chalicelib.mail.send import INVITATION, send
from chalicelib.stuck import late_mails, put_back
from chalicelib.table import Item
from tests.support.fakes import FakeTable
from tests.support.mailing import FakeMailer, sending
from tests.support.samples import NOW, SURVEY, stored_invitation
from tests.support.ticks import release_due

LATER = NOW + timedelta(hours=2)
QUEUED = {"status": Status.QUEUED, "sent_at": None, "asked_day": None}


class World:
    def __init__(self) -> None:
        self.table, self.mailer = FakeTable(), FakeMailer()
        self.id = stored_invitation(self.table, **QUEUED).id

    def found(self) -> list[Item]:
        mails = late_mails(self.table, SURVEY, LATER, timedelta(days=3))
        return [item for some in mails for _, item in some]

    def put_back(self, item: Item) -> bool:
        return put_back(self.table, item, LATER)

    def send(self) -> str:
        return send(INVITATION, self.id, LATER, sending(self.table, self.mailer))

    def tick(self) -> int:
        return release_due(self.table, LATER, lambda response: None)


@pytest.fixture
def world() -> World:
    return World()


def test_two_sweeps_that_found_the_same_mail_queue_it_once(world: World) -> None:
    (one,), (other,) = world.found(), world.found()
    assert [world.put_back(one), world.put_back(other)] == [True, False]
    assert (world.tick(), world.tick()) == (1, 0)
    assert [world.send(), world.send()] == [Outcome.SENT, Outcome.SETTLED]
    assert len(world.mailer.sent) == 1


def sweep(world: World) -> None:
    world.put_back(*world.found())


@pytest.mark.parametrize("meanwhile", [World.send, sweep])
def test_a_sweep_leaves_alone_what_moved_while_it_looked(
    world: World, meanwhile: Callable[[World], object]
) -> None:
    (found,) = world.found()
    meanwhile(world)
    before = dict(world.table.items[keys.invitation(world.id)])
    assert not world.put_back(found)
    assert world.table.items[keys.invitation(world.id)] == before
