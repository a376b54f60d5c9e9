"""Surveys whose people answer when they find the time, and equally often in every month."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from chalicelib.periods import Range, month_after
from chalicelib.scores.insights.facts import Facts
from chalicelib.scores.insights.rules import insights
from chalicelib.scores.summary import total

FIRST = date(2026, 3, 1)
MONTHS = 4
# The mean number of days until somebody answers.
PATIENCE = (1, 4, 12)


def asked_in(
    month: date, each_day: int, rate: float, patience: float, random: Random
) -> Counter[str]:
    """What is counted of a month's invitations eight days after the last month."""
    counts: Counter[str] = Counter()
    seen = month_after(FIRST, MONTHS) + timedelta(days=7)
    for day in range((month_after(month) - month).days):
        asked = month + timedelta(days=day)
        for _ in range(each_day):
            waited = random.expovariate(1 / patience)
            answers = random.random() < rate and waited < (seen - asked).days
            counts.update(asked=1, answered=answers, answered_in_7d=answers and waited < 7)
    return counts


def tells_of_a_rate(
    volume: Sequence[int], patience: float, random: Random, last: float = 0.4
) -> bool:
    """Whether the last month is told to differ. `volume` is who is asked each day, by month."""
    months = [month_after(FIRST, place) for place in range(MONTHS)]
    rates = [0.4] * (MONTHS - 1) + [last]
    *past, now = (
        asked_in(month, each_day, rate, patience, random)
        for month, each_day, rate in zip(months, volume, rates, strict=True)
    )
    days = Range(months[-1], month_after(months[-1]))
    facts = Facts("nps", days, days.end + timedelta(days=7), now, total(past))
    return "response_rate_change" in {insight["rule"] for insight in insights(facts)}


def false_rates(runs: int, seed: int) -> dict[str, float]:
    """How often a rate is told to have changed that did not, by case."""
    random = Random(seed)
    return {
        f"{patience} days, asked {volume}": sum(
            tells_of_a_rate(volume, patience, random) for _ in range(runs)
        )
        / runs
        for patience in PATIENCE
        for volume in ((4, 4, 4, 4), (2, 4, 6, 9), (9, 6, 4, 2))
    }
