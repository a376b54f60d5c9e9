"""One error budget for all that is looked at in a period. Pure.

A year of calendar periods in which nothing happened is told something in at most eight of a
hundred cases: each period may spend its part of that. Half goes to the change of the score, and
an equal part of the rest to each other rule, whether or not there is something to compare, so
that what comes later takes nothing away. Within a rule it is Holm, between rules Bonferroni.
"""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from chalicelib.periods import Range, months_between
from chalicelib.scores.insights.schemas import Insight, Rule
from chalicelib.scores.sentences import counted, p_value
from chalicelib.scores.statistics.change import holm

OF_A_YEAR = 0.08
MOST_OF_A_PERIOD = 0.05
SHARES: dict[Rule, float] = {
    "score_change": 1 / 2,
    "segment_gap": 1 / 6,
    "response_rate_change": 1 / 6,
    "cause_rising": 1 / 6,
}


class Verdict(Struct, frozen=True):
    """`p` is adjusted over the rules and over the `compared` comparisons of the period."""

    p: float
    compared: int

    def __str__(self) -> str:
        return f"{p_value(self.p)}, adjusted over {counted(self.compared, 'comparison')}"


class Comparison(Struct, frozen=True):
    """`tell` is None when its finding is not worth a sentence; it is counted all the same."""

    rule: Rule
    p: float
    tell: Callable[[Verdict], Insight] | None


def budget_of(days: Range) -> float:
    return min(MOST_OF_A_PERIOD, OF_A_YEAR * months_between(days.first, days.end) / 12)


def within_budget(comparisons: Sequence[Comparison], days: Range) -> Iterator[Insight]:
    for rule, share in SHARES.items():
        of_rule = [one for one in comparisons if one.rule == rule]
        for comparison, p in zip(of_rule, holm([one.p for one in of_rule]), strict=True):
            verdict = Verdict(min(1.0, p / share), len(comparisons))
            if comparison.tell and verdict.p < budget_of(days):
                yield comparison.tell(verdict)
