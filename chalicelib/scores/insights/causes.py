"""Finds the causes that tasks are closed with more often than before. Pure."""

from collections.abc import Iterator, Mapping

from chalicelib.scores.insights.facts import Facts
from chalicelib.scores.insights.schemas import Insight, Numbers
from chalicelib.scores.sentences import counted, days_in_words, p_value
from chalicelib.scores.statistics.change import Change, holm, is_clear, share_change
from chalicelib.surveys.cause import folded
from chalicelib.tasks.causes import causes_of

ENOUGH_NAMED = 5


def causes_rising(facts: Facts) -> Iterator[Insight]:
    """Shares are of closed tasks. Holm adjusts over all causes that either range names."""
    closed, closed_before = facts.loop.get("closed", 0), facts.loop_before.get("closed", 0)
    named, named_before = _by_folded_name(facts.loop), _by_folded_name(facts.loop_before)
    tested: list[tuple[str, int, int, Change]] = []
    for cause in sorted({**named_before, **named}):
        spelling, now = named.get(cause, ("", 0))
        before = named_before.get(cause, ("", 0))[1]
        if now <= closed and before <= closed_before:
            change = share_change((before, closed_before), (now, closed))
            tested += [(spelling, now, before, change)] if change else []
    adjusted = holm([change.p for *_, change in tested])
    for (cause, now, before, change), p in zip(tested, adjusted, strict=True):
        rises = change.difference > 0 and is_clear(p, closed_before, closed)
        if now >= ENOUGH_NAMED and rises:
            yield _insight(cause, (now, closed), (before, closed_before), change, p, facts)


def _insight(
    cause: str,
    now: tuple[int, int],
    before: tuple[int, int],
    change: Change,
    p: float,
    facts: Facts,
) -> Insight:
    says = (
        f'The cause "{cause}" was named more often: for {now[0]} of'
        f" {counted(now[1], 'closed task')}, against {before[0]} of {before[1]}"
        f" in {days_in_words(facts.days.previous)} ({p_value(p)}, adjusted by Holm)."
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
        "p_adjusted": p,
    }
    return {"rule": "cause_rising", "says": says, "numbers": numbers}


def _by_folded_name(loop: Mapping[str, int]) -> dict[str, tuple[str, int]]:
    """The spelling and the count of each cause, by its folded name."""
    return {folded(cause): (cause, count) for cause, count in causes_of(loop)}
