"""Facts that insights are made from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chalicelib.periods import Range
from chalicelib.scores.compare import compared, without
from chalicelib.scores.insights.facts import Facts
from chalicelib.scores.metric import by_point
from chalicelib.scores.summary import summary

DAYS = Range(date(2026, 10, 1), date(2026, 11, 1))
TODAY = date(2026, 11, 20)


def facts(now: Mapping[str, int], before: Mapping[str, int] | None = None, **more: Any) -> Facts:
    base: dict[str, Any] = {"scale": "nps", "days": DAYS, "today": TODAY}
    return Facts(**(base | {"now": now, "before": before or {}} | more))


def row(
    whole: Mapping[str, int], part: Mapping[str, int], value: str, name: str = "role"
) -> dict[str, Any]:
    points = by_point(part, "nps")
    gap = compared(without(by_point(whole, "nps"), points), points, "nps")
    return {"segment": name, "value": value, **summary(part, "nps"), "gap": gap}
