"""Surveys in which nothing happens, and one in which something does, month by month."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from random import Random

from chalicelib.periods import Range, month_after
from chalicelib.scores.insights.budget import SHARES
from chalicelib.scores.insights.facts import Facts
from chalicelib.scores.insights.rules import insights
from chalicelib.scores.summary import total
from chalicelib.surveys.scale import Scale
from tests.support.chance import SHAPES, Weights, drawn
from tests.support.facts import row

START = date(2025, 1, 1)
ROLES = ("manager", "member", "guest")
CAUSES = ("Wi-Fi", "Printer", "Door", "Mail")
Month = dict[str, Counter[str]]
Story = Callable[[int, str], Weights]


def quiet(month: int, role: str) -> Weights:
    return SHAPES[Scale.NPS]["typical"]


def months(random: Random, answers: int, story: Story = quiet) -> list[Month]:
    """Fifteen months: three that are before the year."""
    return [_month(random, answers, month, story) for month in range(15)]


def _month(random: Random, answers: int, month: int, story: Story) -> Month:
    made: Month = {}
    for role in ROLES:
        points = drawn(Scale.NPS, story(month, role), answers // len(ROLES), random)
        made[role] = Counter({f"c{point}": count for point, count in points.items()})
        made[role]["n"] = answers // len(ROLES)
    asked = 2 * answers
    made["all"] = Counter(total(made.values()))
    soon = sum(random.random() < 0.4 for _ in range(asked))
    made["all"].update(asked=asked, answered=soon, answered_in_7d=soon)
    named = Counter(f"cause|{cause}" for cause in random.choices(CAUSES, k=40))
    made["loop"] = named + Counter(closed=40)
    return made


def told(made: list[Month]) -> Iterator[set[str]]:
    """For each month of the year, the rules that found something, once it is over."""
    for place in range(3, len(made)):
        past, now = made[place - 3 : place], made[place]
        days = Range(month_after(START, place), month_after(START, place + 1))
        both = {part: total(month[part] for month in [*past, now]) for part in ("all", *ROLES)}
        found = insights(
            Facts(
                scale=Scale.NPS,
                days=days,
                today=month_after(days.end),
                now=now["all"],
                before=total(month["all"] for month in past),
                loop=now["loop"],
                loop_before=total(month["loop"] for month in past),
                segments=[row(both["all"], both[role], role) for role in ROLES],
            )
        )
        yield {insight["rule"] for insight in found} & set(SHARES)


def quiet_years(years: int, answers: int, seed: int) -> tuple[float, float]:
    """The share of months, and of years, that were told anything."""
    random = Random(seed)
    found = [list(told(months(random, answers))) for _ in range(years)]
    loud = [sum(map(bool, year)) for year in found]
    return sum(loud) / (12 * years), sum(map(bool, loud)) / years
