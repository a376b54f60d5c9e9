from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from chalicelib.periods import Range
from chalicelib.scores.insights.facts import (
    MOST_NAMED,
    SilentAccount,
    SilentAccounts,
    first_by_name,
)
from chalicelib.scores.insights.read_facts import read_facts
from chalicelib.scores.insights.rules import insights
from chalicelib.scores.insights.schemas import Insight
from chalicelib.scores.segments import MOST_VALUES
from tests.support.facts import DAYS, TODAY, facts, row
from tests.support.samples import SURVEY
from tests.support.tallies import nps_counts, tallies


def rules(found: list[Insight]) -> list[str]:
    return [one["rule"] for one in found]


def only(found: list[Insight]) -> Insight:
    (one,) = found
    return one


def test_when_nothing_stands_out_that_is_said_with_the_counts() -> None:
    same = nps_counts(10, 10, 20) | {"asked": 100, "answered": 40}
    one = only(insights(facts(same, same)))
    assert (one["rule"], one["numbers"]) == (
        "nothing_clear",
        {"responses": 40, "asked": 100, "compared": 2},
    )
    assert one["says"] == (
        "Nothing stands out beyond chance: 40 answers, 100 people asked, 2 comparisons."
    )


def test_good_news_comes_first_and_does_not_hide_that_nothing_else_stands_out() -> None:
    now = nps_counts(10, 10, 20) | {"praise": 12}
    found = insights(facts(now, now, loop={"closed": 8, "fixed": 1}))
    assert rules(found) == ["wins", "nothing_clear"]
    assert (
        found[0]["says"]
        == "In this range: 12 comments of praise, 8 loops closed, 1 with the cause fixed."
    )


def test_a_segment_that_differs_is_named_with_both_counts_and_told_once() -> None:
    managers, members = nps_counts(30, 10, 10), nps_counts(10, 30, 60)
    whole = {name: managers[name] + members[name] for name in managers}
    rows = [row(whole, managers, "manager"), row(whole, members, "team member")]
    one = only(insights(facts(whole, segments=rows)))
    assert one["says"] == (
        'Of role "manager" the score was lower: -40 points (95 %: -59 to -16), 50 answers,'
        " against 50 points (95 %: 35 to 62), 100 answers, of everybody else"
        " in 2026-07-01 to 2026-10-31 (p < 0.001, adjusted over 1 comparison)."
    )
    assert one["numbers"]["difference"] == pytest.approx(-90)


def test_gaps_are_adjusted_over_all_segments_of_all_dimensions_together() -> None:
    odd, usual = nps_counts(3, 5, 32), nps_counts(10, 10, 20)
    whole = {name: odd[name] + 7 * usual[name] for name in odd}
    alone = [row(whole, odd, "odd")]
    assert rules(insights(facts(whole, segments=alone))) == ["segment_gap"]
    others = [row(whole, usual, f"site {n}", "site") for n in range(7)]
    found = insights(facts(whole, segments=[*alone, *others]))
    assert rules(found) == ["nothing_clear"]
    assert alone[0]["gap"]["finding"] == "rise", "what is handed in is left as it is"


def test_a_change_of_the_score_is_told_when_it_is_clear() -> None:
    one = only(insights(facts(nps_counts(5, 15, 80), nps_counts(25, 25, 50))))
    assert one["rule"] == "score_change"
    assert one["says"].startswith("The score was higher than before: 75 points")
    assert "100 answers in 2026-07-01 to 2026-09-30" in one["says"]
    assert rules(insights(facts(nps_counts(4, 6, 12), nps_counts(5, 5, 10)))) == ["nothing_clear"]


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ((50, 200), (90, 200), "fell"),
        ((90, 200), (50, 200), "rose"),
        ((79, 200), (90, 200), None),
        ((0, 49), (200, 200), None),
        ((0, 200), (49, 49), None),
        ((0, 50), (50, 50), "fell"),
    ],
)
def test_a_response_rate_that_moved_is_told_from_fifty_asked_on(
    now: tuple[int, int], before: tuple[int, int], expected: str | None
) -> None:
    score = nps_counts(10, 10, 20)
    sides = [score | {"answered_in_7d": k, "asked": n} for k, n in (now, before)]
    one = only(insights(facts(sides[0], sides[1])))
    assert one["rule"] == ("response_rate_change" if expected else "nothing_clear")
    assert expected is None or f"The response rate {expected}: " in one["says"]
    assert expected is None or f"{now[0]} of {now[1]} asked" in one["says"]


def test_a_rate_that_may_yet_rise_is_not_tested() -> None:
    score = nps_counts(10, 10, 20)
    sides = [score | {"answered_in_7d": k, "asked": 200} for k in (50, 90)]
    told = {
        days: only(insights(facts(*sides, today=DAYS.end + timedelta(days))))["rule"]
        for days in (0, 6, 7)
    }
    assert told == {0: "nothing_clear", 6: "nothing_clear", 7: "response_rate_change"}


@pytest.mark.parametrize(
    ("days", "today"),
    [
        (DAYS, DAYS.end - timedelta(1)),
        (Range(date(2026, 10, 2), date(2026, 11, 1)), TODAY),
        (Range(date(2026, 8, 1), date(2026, 11, 1)), TODAY),
    ],
    ids=["not over", "no month", "no quarter"],
)
def test_only_a_calendar_period_that_is_over_is_tested(days: Range, today: date) -> None:
    found = insights(facts(nps_counts(80, 0, 0), nps_counts(0, 0, 90), days=days, today=today))
    assert rules(found) == ["period_open"]


def test_a_cause_that_rises_per_closed_task_is_named() -> None:
    loop = {"closed": 40, "cause|Wi-Fi": 20, "cause|Printer": 20}
    before = {"closed": 80, "cause|wi-fi": 5, "cause|Printer": 40, "cause|Door": 35}
    score = nps_counts(10, 10, 20)
    found = insights(facts(score, score, loop=loop, loop_before=before))
    assert rules(found) == ["wins", "cause_rising"]
    assert found[1]["says"] == (
        'The cause "Wi-Fi" was named more often: for 20 of 40 closed tasks, against 5 of 80'
        " in 2026-07-01 to 2026-09-30 (p < 0.001, adjusted over 4 comparisons)."
    )


@pytest.mark.parametrize(
    ("named", "closed", "before", "closed_before"),
    [
        (4, 20, 0, 80),  # too seldom
        (20, 40, 40, 80),  # more tasks, the same share
        (10, 19, 0, 80),  # too few tasks closed
        (10, 40, 0, 19),
        (2, 40, 60, 80),  # it fell
    ],
)
def test_a_cause_that_is_only_named_with_more_tasks_or_seldom_is_not(
    named: int, closed: int, before: int, closed_before: int
) -> None:
    loops = {"closed": closed, "cause|Wi-Fi": named}, {"closed": closed_before}
    earlier = loops[1] | ({"cause|Wi-Fi": before} if before else {})
    score = nps_counts(10, 10, 20)
    found = insights(facts(score, score, loop=loops[0], loop_before=earlier))
    assert rules(found) == ["wins", "nothing_clear"]


def test_an_account_that_was_asked_and_said_nothing_is_seen() -> None:
    score = nps_counts(10, 10, 20)
    silent = [SilentAccount("Beta", 5, 2), SilentAccount("alpha", 1, 1)]
    found = insights(facts(score, score, silent_accounts=first_by_name(silent)))
    assert [one["numbers"]["account"] for one in found] == ["alpha", "Beta"]
    assert found[1]["says"] == (
        '"Beta": 2 of 5 contacts asked in 2026-10-01 to 2026-10-31, and none of them answered.'
        " Silence is no opinion."
    )
    many = [SilentAccount(f"{n:02}", 1, 1) for n in range(MOST_NAMED + 3)]
    told = insights(facts(score, score, silent_accounts=first_by_name(many)))
    assert (len(told), told[-1]["numbers"]["accounts"]) == (MOST_NAMED + 1, 3)


def test_silent_accounts_are_told_with_the_days_in_which_they_were_looked_for() -> None:
    score, days = nps_counts(10, 10, 20), Range(date(2026, 8, 23), date(2026, 11, 21))
    silent = first_by_name([SilentAccount("Beta", 5, 2)], days)
    one = only(insights(facts(score, score, silent_accounts=silent)))
    assert "asked in 2026-08-23 to 2026-11-20" in one["says"]
    assert (one["numbers"]["from"], one["numbers"]["to"]) == ("2026-08-23", "2026-11-21")


def test_what_is_held_and_what_is_too_few_is_said() -> None:
    found = insights(facts(nps_counts(1, 1, 5), held=1))
    assert [one["says"] for one in found] == [
        "1 answer is held and waits for a decision; no score counts them.",
        "7 answers in this range: a score is read from 10 on.",
    ]


def test_facts_are_read_from_the_tallies_and_departments_are_left_out() -> None:
    survey = replace(SURVEY, id="s", segments=["department", "role", "site"], scale="nps")
    cells = [(f"site={n}", "2026-10-05", {"n": 1, "c9": 1}) for n in range(MOST_VALUES + 1)]
    store = tallies(
        ("all", "2026-10-05", nps_counts(40, 40, 70) | {"held|robot|scanned": 4}),
        ("all", "2026-09-05", nps_counts(1, 2, 3)),
        ("role=manager", "2026-10-05", nps_counts(30, 10, 10)),
        ("department=IT", "2026-10-05", nps_counts(40, 0, 0)),
        ("~loop", "2026-10-05", {"closed": 3}),
        ("~loop", "2026-09-05", {"closed": 2}),
        *cells,
    )
    found = read_facts(survey, DAYS, TODAY, store, SilentAccounts())
    assert (found.now["n"], found.before["n"], found.held) == (150, 6, 4)
    assert (found.loop["closed"], found.loop_before["closed"]) == (3, 2)
    assert [(one["segment"], one["value"]) for one in found.segments] == [("role", "manager")]
    assert found.unread == ["site"]
    assert rules(insights(found)) == ["wins", "segment_gap", "segments_unread", "held_waiting"]
