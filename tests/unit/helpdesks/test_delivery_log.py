from datetime import timedelta

from chalicelib.helpdesks.delivery_log import DeliveryLog, Line, once
from chalicelib.helpdesks.hook import Hook
from chalicelib.web.idempotency import DeliveryStore
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, SURVEY

HOOK, OTHER = Hook("zammad", "one", SURVEY.id), Hook("zammad", "two", SURVEY.id)


def line(minutes: int, reason: str = "status_not_solved") -> Line:
    return Line(NOW + timedelta(minutes=minutes), "ignored", reason, "7")


def test_the_latest_lines_of_a_hook_come_newest_first() -> None:
    log = DeliveryLog(FakeTable())
    for minutes in (1, 3, 2):
        log.add(HOOK, line(minutes))
    log.add(OTHER, line(4))
    assert log.latest(HOOK, 2) == [line(3), line(2)]


def test_a_line_goes_after_seven_days() -> None:
    table = FakeTable()
    DeliveryLog(table).add(HOOK, line(0))
    (item,) = table.items.values()
    assert item["expires_at"] == int((NOW + timedelta(days=7)).timestamp())


def test_what_remembers_a_delivery_is_a_line_of_the_log() -> None:
    table = FakeTable()
    table.write(DeliveryStore.remember(once(HOOK, "d-1", "7", "", NOW), "invitation", NOW))
    wanted = Line(NOW, "accepted", ticket="7", invitation="invitation")
    assert DeliveryLog(table).latest(HOOK, 50) == [wanted]
