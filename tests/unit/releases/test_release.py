"""Ballots become results in blocks."""

from collections import Counter

from msgspec.structs import asdict

from chalicelib import ids, keys, sealed_keys
from tests.support.ballots import BY_SCRIPT, CONFIDENTIAL, Sealed, full
from tests.support.counting import counted_again
from tests.support.recount import out_of_place, recounted, tallied


def test_a_release_publishes_all_but_a_group() -> None:
    sealed = full(23)
    assert asdict(sealed.release()) == {"blocks": 1, "answers": 15}
    assert (len(sealed.results()), len(sealed.waiting())) == (15, 8)


def test_a_result_is_an_answer_of_nobody() -> None:
    sealed = full(10)
    sealed.release()
    (result, *_) = sealed.results()
    assert set(result) == {
        *("PK", "SK", "id", "survey", "segments", "groups", "day", "asked_day", "answered_at"),
        *("changed_at", "version", "operations", "origin", "list_pk", "list_sk", "state", "why"),
        *("history", "scale", "score", "band", "comment", "receipt"),
    }
    assert (result["segments"], result["operations"], result["history"]) == ([], [], [])
    assert (result["origin"], result["groups"]) == ("ballot", ["site=Oslo"])
    assert result["answered_at"] == "2026-11-20T00:00:00.000Z"


def test_counts_are_those_of_the_results() -> None:
    sealed = full(60)
    assert sealed.release().blocks == 2
    items = sealed.heed.items.values()
    assert tallied(items) == recounted(items) == counted_again(items)
    assert out_of_place(items) == []


def test_the_board_shows_receipts_and_scores_and_what_they_come_to() -> None:
    sealed = full(60)
    sealed.release()
    first, second = sealed.boards()
    shown = [tuple(row) for board in (first, second) for row in board["rows"]]
    assert sorted(shown) == sorted((item["receipt"], item["score"]) for item in sealed.results())
    assert all(board["rows"] == sorted(board["rows"]) for board in (first, second))
    scores = Counter(f"c{score}" for _, score in shown)
    assert {name: count for name, count in second["total"].items() if count} == scores


def test_there_is_one_release_a_day() -> None:
    sealed = full(10)
    sealed.release()
    full(20, sealed, first=10)
    assert sealed.release().blocks == 0
    sealed.later(days=1)
    assert sealed.release().answers == 20
    days = {board["day"] for board in sealed.boards()}
    assert days == {"2026-11-20", "2026-11-21"}


def test_what_the_judge_holds_is_not_published() -> None:
    sealed = full(10)
    sealed.cast("gateway", 0, seen=BY_SCRIPT)
    sealed.later(days=1)
    full(4, sealed, first=10)
    sealed.release()
    assert [ballot.held for ballot in sealed.waiting()].count("untrusted") == 1
    assert len(sealed.results()) == 5


def test_a_stub_of_an_anonymous_ballot_has_nothing_but_its_id() -> None:
    sealed = full(10)
    sealed.release()
    stubs = [row for row in sealed.rows() if "done" in row]
    assert [set(stub) for stub in stubs] == [{"PK", "SK", "done"}] * 5


def test_a_confidential_stub_leads_from_the_invitation_to_the_answer() -> None:
    sealed = full(7, Sealed(CONFIDENTIAL).open())
    assert sealed.release().answers == 7
    for number in range(7):
        key = sealed_keys.ballot(CONFIDENTIAL.id, ids.derived_id(str(number)))
        answer = sealed.heed.items[keys.response(sealed.ballots.items[key]["result"])]
        assert answer["comment"] == f"word {number}"


def test_a_survey_that_asked_nobody_has_nothing_to_release() -> None:
    assert asdict(Sealed().release()) == {"blocks": 0, "answers": 0}


def test_a_list_shows_no_order_of_the_votes() -> None:
    sealed = full(30)
    sealed.release()
    shown = sorted(sealed.results(), key=lambda item: item["list_sk"])
    numbers = [int(item["comment"].split()[1]) for item in shown]
    assert numbers != sorted(numbers)
