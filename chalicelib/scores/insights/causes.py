"""Finds the causes that tasks are closed with more often than before. Pure."""

from collections.abc import Iterator, Mapping
from functools import partial

from chalicelib.scores.insights.budget import Comparison, Verdict
from chalicelib.scores.insights.facts import Facts
from chalicelib.scores.insights.schemas import Insight, Numbers
from chalicelib.scores.sentences import counted, days_in_words
from chalicelib.scores.statistics.change import ENOUGH_TO_COMPARE, Change, share_change
from chalicelib.surveys.cause import folded
from chalicelib.tasks.causes import causes_of

ENOUGH_NAMED = 5


def causes_rising(facts: Facts) -> Iterator[Comparison]:
    """Shares are of closed tasks, over all causes that were named a few times."""
    closed, closed_before = facts.loop.get("closed", 0), facts.loop_before.get("closed", 0)
    if min(closed, closed_before) < ENOUGH_TO_COMPARE:
        return
    named, named_before = _by_folded_name(facts.loop), _by_folded_name(facts.loop_before)
    for cause in sorted({**named_before, **named}):
        spelling, now = named.get(cause, ("", 0))
        before = named_before.get(cause, ("", 0))[1]
        possible = now <= closed and before <= closed_before and now + before >= ENOUGH_NAMED
        change = share_change((before, closed_before), (now, closed)) if possible else None
        if change:
            rises = now >= ENOUGH_NAMED and change.difference > 0
            sides = (now, closed), (before, closed_before)
            tell = partial(_insight, spelling, *sides, change, facts) if rises else None
            yield Comparison("cause_rising", change.p, tell)


def _insight(
    cause: str,
    now: tuple[int, int],
    before: tuple[int, int],
    change: Change,
    facts: Facts,
    verdict: Verdict,
) -> Insight:
    says = (
        f'The cause "{cause}" was named more often: for {now[0]} of'
        f" {counted(now[1], 'closed task')}, against {before[0]} of {before[1]}"
        f" in {days_in_words(facts.past)} ({verdict})."
    )
    numbers: Numbers = {
        "cause": cause,
        "named": now[0],
        "closed": now[1],
        "named_before": before[0],
        "closed_before": before[1],
        "difference": change.difference,
        "low": change.low,
        "high": change.high,
        "p_adjusted": verdict.p,
        "compared": verdict.compared,
    }
    return {"rule": "cause_rising", "says": says, "numbers": numbers}


def _by_folded_name(loop: Mapping[str, int]) -> dict[str, tuple[str, int]]:
    """The spelling and the count of each cause, by its folded name."""
    return {folded(cause): (cause, count) for cause, count in causes_of(loop)}
