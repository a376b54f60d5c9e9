from datetime import timedelta

import pytest

from chalicelib import tally_keys
from chalicelib.errors import LinkRejected
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer
from tests.support.fakes import FakeTable
from tests.support.recount import recounted, tallied
from tests.support.samples import NOW, SURVEY, recording, stored_invitation


def make() -> tuple[FakeTable, str]:
    table = FakeTable()
    return table, stored_invitation(table).id


def test_a_duplicate_older_than_all_that_is_remembered_changes_nothing() -> None:
    table, invitation = make()
    operations = [new_operation(NOW + timedelta(seconds=second)) for second in range(14)]
    for score, operation in enumerate(operations):
        record_response(invitation, Answer(score % 11), operation, "UTC", NOW, recording(table))
    late = record_response(invitation, Answer(0), operations[0], "UTC", NOW, recording(table))
    assert late.score == 13 % 11
    assert late.version == 14


def test_a_change_in_december_leaves_november_s_day_as_the_day() -> None:
    table, invitation = make()
    record_response(invitation, Answer(6), new_operation(NOW), "UTC", NOW, recording(table))
    later = NOW + timedelta(days=20)
    changed = record_response(
        invitation, Answer(9), new_operation(later), "UTC", later, recording(table)
    )
    assert changed.day == "2026-11-20"
    cells = tallied(table.items.values())
    assert cells[("it-help-desk", "all", "2026-11-20")] == {
        "asked": 1,
        "answered": 1,
        "answered_in_7d": 1,
        "c9": 1,
        "n": 1,
    }


@pytest.mark.parametrize(("days", "soon"), [(0, 1), (6, 1), (7, 0), (20, 0)])
def test_an_answer_within_seven_days_of_asking_is_counted_as_such_for_good(
    days: int, soon: int
) -> None:
    table, invitation = make()
    for then in (NOW + timedelta(days=days), NOW + timedelta(days=days + 9)):
        answer = Answer(6 + then.day % 4)
        record_response(invitation, answer, new_operation(then), "UTC", then, recording(table))
    items = table.items.values()
    cell = tallied(items)[("it-help-desk", "all", "2026-11-20")]
    assert (cell["answered"], cell.get("answered_in_7d", 0)) == (1, soon)
    assert tallied(items) == recounted(items)


def test_the_day_is_the_survey_s_and_not_the_server_s() -> None:
    table, invitation = make()
    midnight = NOW.replace(hour=23, minute=30)
    stored = record_response(
        invitation, Answer(6), new_operation(NOW), "Europe/Oslo", midnight, recording(table)
    )
    assert stored.day == "2026-11-21"
    assert stored.asked_day == "2026-11-20"
    cells = tallied(table.items.values())
    assert cells[("it-help-desk", "all", "2026-11-21")] == {"c6": 1, "n": 1}
    assert cells[("it-help-desk", "all", "2026-11-20")] == {
        "asked": 1,
        "answered": 1,
        "answered_in_7d": 1,
    }


def test_a_blank_comment_leaves_the_earlier_one() -> None:
    table, invitation = make()
    first, second = Answer(3, "slow"), Answer(4, None)
    record_response(invitation, first, new_operation(NOW), "UTC", NOW, recording(table))
    later = new_operation(NOW + timedelta(seconds=1))
    stored = record_response(invitation, second, later, "UTC", NOW, recording(table))
    assert (stored.score, stored.comment) == (4, "slow")


def test_an_answer_that_changes_nothing_writes_nothing() -> None:
    table, invitation = make()
    record_response(invitation, Answer(3), new_operation(NOW), "UTC", NOW, recording(table))
    writes: list[str] = []
    table.before = writes.append
    again = record_response(invitation, Answer(3), new_operation(NOW), "UTC", NOW, recording(table))
    assert again.version == 1
    assert writes == ["get_all"]


def test_an_answer_costs_one_read_and_one_transaction() -> None:
    table, invitation = make()
    calls: list[str] = []
    table.before = calls.append
    record_response(invitation, Answer(3), new_operation(NOW), "UTC", NOW, recording(table))
    assert calls == ["get_all", "transact"]


def test_a_quiet_survey_counts_on_shard_0() -> None:
    table, invitation = make()
    record_response(invitation, Answer(3), new_operation(NOW), "UTC", NOW, recording(table))
    shards = {key.pk[-3:] for key in table.items if key.pk.startswith("TALLY#")}
    assert shards == {"#00"}
    assert tally_keys.shards(SURVEY.id) not in table.items


def test_an_erased_answer_stays_erased() -> None:
    table, invitation = make()
    record_response(invitation, Answer(3, "x"), new_operation(NOW), "UTC", NOW, recording(table))
    for _ in range(2):
        erase_response(invitation, new_operation(NOW), NOW, recording(table))
    assert tallied(table.items.values()) == {
        ("it-help-desk", segment, when): {"asked": 1}
        for segment in ("all", "group=IT Service Desk")
        for when in ("2026-11-20", "2026-11")
    }
    with pytest.raises(LinkRejected):
        record_response(invitation, Answer(9), new_operation(NOW), "UTC", NOW, recording(table))
