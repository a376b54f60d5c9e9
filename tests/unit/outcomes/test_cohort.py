"""Who is followed, from when, and in which row."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.outcomes.cohort import NEVER_ASKED, SILENT, AskedPerson, CohortMember, cohort_of
from chalicelib.outcomes.counts import OutcomeForPeople
from chalicelib.outcomes.outcome import ChurnReason, Kind
from tests.support.comparison import BAND, DAY, SEED, START, WINDOW, report_of, report_on, row, told
from tests.support.samples import NOW


@pytest.mark.parametrize(
    ("after", "counts"),
    [
        (-1 * DAY, False),
        (timedelta(0), True),
        (WINDOW - timedelta(seconds=1), True),
        (WINDOW, False),
    ],
)
def test_an_outcome_counts_from_the_answer_to_the_end_of_the_window(
    after: timedelta, counts: bool
) -> None:
    happened = [OutcomeForPeople(frozenset({"one"}), START + after)]
    found = report_of([CohortMember("one", "promoter", START, 9)], happened)
    assert row(found, "promoter")["yes"] == counts


def test_whose_window_has_not_ended_is_left_out_and_no_no() -> None:
    late = CohortMember("late", "promoter", NOW - WINDOW + DAY, 9)
    ended = CohortMember("ended", "promoter", NOW - WINDOW, 9)
    happened = [OutcomeForPeople(frozenset({"late"}), NOW)]
    found = report_of([late, ended], happened, erased=2)
    assert (row(found, "promoter")["n"], row(found, "promoter")["yes"]) == (1, 0)
    assert found["left_out"] == {"pending": 1, "erased": 2, "unnamed": 0}
    assert found["of_nobody_here"] == 0
    assert "1 person is left out: their time to watch has not ended." in found["notes"]


def test_an_outcome_of_an_account_counts_for_each_of_its_people() -> None:
    people = [CohortMember("one", "promoter", START, 9), CohortMember("two", SILENT, START)]
    everybody = OutcomeForPeople(frozenset({"one", "two", "stranger"}), START + DAY)
    stranger = OutcomeForPeople(frozenset({"stranger"}), START + DAY)
    found = report_of(people, [everybody, stranger], contacts={"one"})
    assert [row(found, group)["yes"] for group in ("promoter", SILENT)] == [1, 1]
    assert (found["of_nobody_here"], found["without_contact"]) == (1, 1)


def test_reasons_of_churn_are_kept_apart_and_the_first_one_counts() -> None:
    people = [CohortMember(name, "promoter", START, 9) for name in ("one", "two")]
    happened = [
        OutcomeForPeople(frozenset({"one"}), START + 2 * DAY, ChurnReason.SERVICE),
        OutcomeForPeople(frozenset({"one"}), START + DAY, ChurnReason.ACQUIRED),
        OutcomeForPeople(frozenset({"two"}), START + DAY, ChurnReason.SERVICE),
    ]
    found = report_of(people, happened, Kind.CHURN)
    reasons = row(found, "promoter")["reasons"]
    assert reasons == dict.fromkeys(ChurnReason, 0) | {"service": 1, "acquired": 1}
    assert row(told(SEED), "promoter")["reasons"] is None


def test_a_person_stands_once_by_the_first_answer_that_counts() -> None:
    asked = [
        AskedPerson("one", START),
        AskedPerson("one", START + DAY, START + 9 * DAY, 3),
        AskedPerson("one", START + 2 * DAY, START + 5 * DAY, 10),
        AskedPerson("silent", START + 2 * DAY),
        AskedPerson("silent", START + DAY),
    ]
    found = cohort_of(asked, {}, START, BAND)
    assert found.people == (
        CohortMember("one", "promoter", START + 5 * DAY, 10),
        CohortMember("silent", SILENT, START + DAY),
    )


def test_a_contact_who_was_not_asked_is_followed_from_when_we_knew_of_them() -> None:
    contacts = {"old": START - DAY, "new": START + DAY, "asked": START}
    found = cohort_of([AskedPerson("asked", START)], contacts, START, BAND)
    starts = {one.person: (one.group, one.starts_at) for one in found.people}
    assert starts == {
        "asked": (SILENT, START),
        "old": (NEVER_ASKED, START),
        "new": (NEVER_ASKED, START + DAY),
    }


def test_an_erased_answer_makes_nobody_silent_or_never_asked() -> None:
    asked = [AskedPerson("one", START, erased=True), AskedPerson("one", START + DAY)]
    found = cohort_of(asked, {"one": START}, START, BAND)
    assert (found.people, found.erased) == ((), 1)


people_asked = st.builds(
    AskedPerson,
    person=st.sampled_from("abcdef"),
    at=st.integers(0, 300).map(lambda day: START + day * DAY),
)
askings = st.lists(
    st.one_of(
        people_asked,
        st.builds(
            lambda asked, later, score: AskedPerson(
                asked.person, asked.at, asked.at + later, score
            ),
            people_asked,
            st.integers(0, 30).map(lambda days: days * DAY),
            st.integers(0, 10),
        ),
        st.builds(lambda asked: AskedPerson(asked.person, asked.at, erased=True), people_asked),
    ),
    max_size=12,
)
outcomes = st.lists(
    st.builds(
        OutcomeForPeople,
        st.frozensets(st.sampled_from("abcdefgh"), min_size=1, max_size=3),
        st.integers(-10, 380).map(lambda day: START + day * DAY),
        st.sampled_from(ChurnReason),
    ),
    max_size=8,
)


@given(askings, st.sets(st.sampled_from("abcdefgh")), outcomes)
def test_every_person_is_in_one_row_or_in_one_count_of_those_left_out(
    asked: list[AskedPerson], contacts: set[str], happened: list[OutcomeForPeople]
) -> None:
    cohort = cohort_of(asked, dict.fromkeys(contacts, START), START, BAND)
    found = report_on(cohort, happened, Kind.CHURN, contacts)
    everybody = {one.person for one in asked} | contacts
    in_rows = sum(one["n"] for one in found["rows"])
    assert in_rows + sum(found["left_out"].values()) == len(everybody)
    for one in found["rows"]:
        assert 0 <= one["yes"] <= one["n"]
        assert sum(one["reasons"].values()) == one["yes"]
        if one["n"]:
            assert one["interval"]["low"] <= one["rate"] <= one["interval"]["high"]
    assert found["silent_share"]["of"] == sum(one["yes"] for one in found["rows"])


@given(askings, outcomes)
def test_the_order_in_which_things_are_read_changes_no_number(
    asked: list[AskedPerson], happened: list[OutcomeForPeople]
) -> None:
    forth = report_on(cohort_of(asked, {}, START, BAND), happened)
    back = report_on(cohort_of(asked[::-1], {}, START, BAND), happened[::-1])
    assert forth["comparisons"] == back["comparisons"]
    # Two answers of one moment may stand either way: which was first is not known.
    moments = [(one.person, one.answered_at) for one in asked if one.answered_at]
    if len(set(moments)) == len(moments):
        assert forth == back
