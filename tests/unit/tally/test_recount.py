"""A recount finds what is wrong with the tallies, puts it right and leaves the rest alone."""

import copy
from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib import tally_keys
from chalicelib.errors import OutcomeUnknown, Unavailable, WriteConflict
from chalicelib.recount import KINDS
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.table import Key, Put, Update
from chalicelib.tally.cells import MOST_FIELDS, CellStore
from chalicelib.tally.recount import PATIENCE, RecountNeeds, recount
from tests.support.fakes import FakeTable
from tests.support.recount import recounted, tallied
from tests.support.samples import NOW, SURVEY, invitation, put_invitation, recording

DAY, MONTH = "2026-11-20", "2026-11"
GROUP = "group=IT Service Desk"


def needs(table: FakeTable, survey: str | None = None, **changes: object) -> RecountNeeds:
    usual = {
        "cells": CellStore(table, KINDS, survey),
        "surveys": lambda: [SURVEY],
        "repairs": True,
        "pause": lambda attempt: None,
        "rest": lambda: None,
    }
    return RecountNeeds(**(usual | changes))  # type: ignore[arg-type]


def answered_table() -> FakeTable:
    """Three people asked, two answers, one of them erased again."""
    table = FakeTable()
    table.scanned_at_once = 3
    for name, score in (("one", 9), ("two", 4), ("three", None)):
        made = invitation(name)
        put_invitation(table, made)
        if score is not None:
            operation = new_operation(NOW)
            record_response(made.id, Answer(score, "slow"), operation, "UTC", NOW, recording(table))
    erase_response(invitation("two").id, new_operation(NOW), NOW, recording(table))
    return table


def day(segment: str = "all", shard: int = 0, when: str = DAY) -> Key:
    return tally_keys.tally(SURVEY.id, segment, when, shard)


def month(segment: str = "all", shard: int = 0) -> Key:
    return tally_keys.month_tally(SURVEY.id, segment, MONTH, shard)


def add(key: Key, **counts: int) -> Callable[[FakeTable], None]:
    return lambda table: table.write(Update(key, add=counts))


def lose(key: Key) -> Callable[[FakeTable], None]:
    return lambda table: table.items.pop(key) and None


def everything_is_lost(table: FakeTable) -> None:
    for key in [key for key in table.items if key.pk.startswith(("TALLY#", "MONTHS#"))]:
        table.items.pop(key)


def a_count_is_on_the_day_before(table: FakeTable) -> None:
    add(day(), n=-1, c9=-1)(table)
    add(day(when="2026-11-19"), n=1, c9=1, version=1)(table)


def a_count_is_on_another_shard(table: FakeTable) -> None:
    table.write(Put({**tally_keys.shards(SURVEY.id).as_item(), "open": 256}))
    add(day(shard=70), n=1, version=4)(table)


CORRUPTIONS = {
    "an add was lost": (add(day(), n=-1, c9=-1), 1),
    "an add was made twice": (add(day(GROUP), n=1, c9=1, version=1), 1),
    "a field that nobody counts": (add(day(), c11=2), 1),
    "a count on the wrong day": (a_count_is_on_the_day_before, 2),
    "a day is lost": (lose(day()), 1),
    "a month is lost": (lose(month(GROUP)), 1),
    "all of it is lost": (everything_is_lost, 4),
    "a shard too many": (a_count_is_on_another_shard, 1),
    "a segment that nobody has": (add(day("group=Ghost"), n=1, c3=1, version=1), 1),
    "a segment that no survey declares": (add(month("floor=2"), asked=1, version=1), 1),
    "a month that differs from its days": (add(month(), asked=5), 1),
    "a cause that no task names": (add(day("~loop"), closed=1, version=1), 1),
    "an item without a version": (lambda t: t.write(Put({**day().as_item(), "n": 9})), 1),
}


def is_right(table: FakeTable) -> bool:
    return tallied(table.items.values()) == recounted(table.items.values())


@pytest.mark.parametrize("name", CORRUPTIONS)
@pytest.mark.parametrize("survey", [None, SURVEY.id])
def test_every_kind_of_wrong_tally_is_found_and_repaired(name: str, survey: str | None) -> None:
    table = answered_table()
    corrupt, cells = CORRUPTIONS[name]
    corrupt(table)
    assert not is_right(table)
    report = recount(needs(table, survey))
    assert is_right(table)
    assert (len(report.mismatched), report.repaired, report.is_settled) == (cells, cells, True)
    assert recount(needs(table, survey)).mismatched == ()


def test_the_report_names_the_cell_and_what_was_missing() -> None:
    table = answered_table()
    add(day(GROUP), n=-1, c9=-1, c3=1)(table)
    (wrong,) = recount(needs(table)).mismatched
    assert (wrong.survey, wrong.segment, wrong.day) == (SURVEY.id, GROUP, DAY)
    assert wrong.difference == {"n": 1, "c9": 1, "c3": -1}
    assert (wrong.stored["c3"], wrong.counted["c9"], wrong.repaired) == (1, 1, True)


def at_once(table: FakeTable) -> FakeTable:
    table.scanned_at_once = None
    return table


def test_what_is_right_stays_untouched_and_one_pass_says_so() -> None:
    table = answered_table()
    before, calls = copy.deepcopy(table.items), []
    table.before = calls.append
    report = recount(needs(at_once(table)))
    assert table.items == before
    assert (report.cells, report.busy, report.mismatched) == (4, 0, ())
    assert calls.count("scan") == 1


def test_only_looking_changes_nothing_and_is_not_settled() -> None:
    table = answered_table()
    add(day(), n=1)(table)
    before = copy.deepcopy(table.items)
    report = recount(needs(table, repairs=False))
    assert table.items == before
    assert (len(report.mismatched), report.repaired, report.is_settled) == (1, 0, False)


def test_one_survey_s_recount_leaves_the_other_s_tallies() -> None:
    table = answered_table()
    other = tally_keys.tally("other", "all", DAY, 0)
    add(other, n=1, version=1)(table)
    assert recount(needs(table, SURVEY.id)).surveys == (SURVEY.id,)
    assert table.items[other]["n"] == 1
    assert recount(needs(table)).surveys == (SURVEY.id, "other")
    assert table.items[other]["n"] == 0


def test_a_cell_that_changes_all_the_time_is_busy_and_not_wrong() -> None:
    table, calls = answered_table(), []

    def change(operation: str) -> None:
        table.before = lambda _: None
        calls.append(operation)
        number = len(calls)
        at = NOW + timedelta(seconds=number)
        answer = Answer(number % 11)
        record_response(
            invitation("one").id, answer, new_operation(at), "UTC", at, recording(table)
        )
        table.before = change

    table.before = change
    report = recount(needs(at_once(table)))
    assert report.busy == report.cells == 4
    assert (report.mismatched, report.finished, report.is_settled) == ((), True, False)
    assert calls.count("scan") == PATIENCE


def test_a_repair_whose_outcome_nobody_knows_is_looked_at_and_not_made_twice() -> None:
    table = answered_table()
    add(day(), n=-1)(table)

    def lose_the_answer(operation: str) -> None:
        if operation == "transact":
            table.after = lambda _: None
            raise OutcomeUnknown

    table.after = lose_the_answer
    report = recount(needs(table))
    assert is_right(table)
    assert (len(report.mismatched), report.repaired) == (1, 1)


def test_a_repair_that_never_succeeds_is_told() -> None:
    table = answered_table()
    add(day(), n=-1)(table)

    def refuse(operation: str) -> None:
        if operation == "transact":
            raise WriteConflict

    table.before = refuse
    report = recount(needs(table))
    assert (len(report.mismatched), report.repaired, report.is_settled) == (1, 0, False)


def test_more_wrong_fields_than_one_write_takes_need_several() -> None:
    table = answered_table()
    many = {f"cause|{number}": 1 for number in range(3 * MOST_FIELDS)}
    table.write(Update(day("~loop"), add=many | {"version": 1}))
    reports = [recount(needs(table)) for _ in range(2)]
    assert is_right(table)
    assert [report.is_settled for report in reports] == [False, True]


def test_a_recount_that_runs_out_of_time_says_so() -> None:
    table, calls = answered_table(), []
    table.before = calls.append
    report = recount(needs(table, is_time_up=lambda: len(calls) >= 10))
    assert (report.finished, report.is_settled) == (False, False)
    assert len(calls) == 10


def test_time_that_runs_out_before_a_repair_leaves_it_to_the_next_run() -> None:
    table, scans = answered_table(), []
    add(day(), n=-1)(table)
    before = copy.deepcopy(table.items)
    table.before = lambda operation: scans.append(operation) if operation == "scan" else None
    report = recount(needs(at_once(table), is_time_up=lambda: len(scans) > 1))
    assert table.items == before
    assert (report.finished, report.repaired) == (False, 0)


def test_a_throttled_read_is_tried_again_and_then_the_run_is_unfinished() -> None:
    table = answered_table()
    left = [True] * 3

    def throttle(_: str) -> None:
        if left and left.pop():
            raise Unavailable

    table.before = throttle
    assert recount(needs(table)).is_settled
    left += [True] * 100
    assert not recount(needs(table)).finished
