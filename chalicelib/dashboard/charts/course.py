"""The course of a score, month by month. Pure."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final
from xml.etree.ElementTree import Element

from markupsafe import Markup
from msgspec import Struct

from chalicelib.dashboard.charts.axis import Axis
from chalicelib.dashboard.charts.svg import Value, draw, percent, picture, shown, words
from chalicelib.scores.statistics.intervals import TOO_FEW

HEIGHT: Final = 240
TOP, BOTTOM = 12, 208
# In percent: left of the first month stand the words of the axis.
LEFT, RIGHT = 14.0, 96.0
AXIS_FROM, AXIS_TO = 10.0, 100.0
MOST_NAMED: Final = 7
Places = dict[str, Value]


class Month(Struct, frozen=True):
    """`name` stands under the axis, `says` is told of the month. `score` None: nobody answered,
    or it may not be shown."""

    name: str
    says: str
    answers: int = 0
    score: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_hollow(self) -> bool:
        return self.answers < TOO_FEW


def course_chart(
    months: Sequence[Month],
    scale: str,
    title: str,
    description: str,
    number: Callable[[float], str],
    id_: str = "course",
) -> Markup:
    """The earliest month first. `number` gives the words of the axis."""
    svg = picture(id_, "course", HEIGHT, title, description)
    axis = Axis(scale, BOTTOM, TOP)
    _draw_axis(svg, axis, number)
    _draw_names(svg, months)
    _draw_lines(svg, months, axis)
    for place, month in zip(_places(len(months)), months, strict=True):
        _draw_month(svg, place, month, axis)
    return shown(svg)


def _draw_axis(svg: Element, axis: Axis, number: Callable[[float], str]) -> None:
    for mark in axis.marks:
        y = axis.place(mark)
        ends: Places = {"x1": percent(AXIS_FROM), "x2": percent(AXIS_TO), "y1": y, "y2": y}
        draw(svg, "line", class_="rule zero" if mark == 0 else "rule", **ends)
        place: Places = {"x": percent(AXIS_FROM - 1.5), "y": y, "text_anchor": "end"}
        words(svg, "text", number(mark), class_="mark", dominant_baseline="central", **place)


def _draw_names(svg: Element, months: Sequence[Month]) -> None:
    """The last month always has its name, and so many before it as there is room for."""
    every = -(-len(months) // MOST_NAMED) or 1
    places = _places(len(months))
    for back, (place, month) in enumerate(reversed([*zip(places, months, strict=True)])):
        if back % every == 0:
            # Two names beside each other do not fit on a phone.
            narrow = "" if (back // every) % 2 == 0 else " wide-only"
            middle: Places = {"x": percent(place), "y": BOTTOM + 22, "text_anchor": "middle"}
            words(svg, "text", month.name, class_=f"mark{narrow}", **middle)


def _draw_lines(svg: Element, months: Sequence[Month], axis: Axis) -> None:
    """Only between months that say something: a line over a gap would make one up."""
    for (x1, before), (x2, after) in pairwise(zip(_places(len(months)), months, strict=True)):
        told = [one.score for one in (before, after) if not one.is_hollow]
        scores = [score for score in told if score is not None]
        if len(scores) == 2:
            y1, y2 = map(axis.place, scores)
            draw(svg, "line", class_="way", x1=percent(x1), x2=percent(x2), y1=y1, y2=y2)


def _draw_month(svg: Element, place: float, month: Month, axis: Axis) -> None:
    if month.score is None:
        return
    at, look = percent(place), "few" if month.is_hollow else "enough"
    group = draw(svg, "g", class_=look)
    words(group, "title", month.says)
    if month.low is not None and month.high is not None:
        y1, y2 = axis.place(month.high), axis.place(month.low)
        draw(group, "line", class_="interval", x1=at, x2=at, y1=y1, y2=y2)
    draw(group, "circle", class_="point", cx=at, cy=axis.place(month.score), r=4)


def _places(count: int) -> list[float]:
    """In the middle of as many equal parts."""
    part = (RIGHT - LEFT) / max(1, count)
    return [LEFT + part * (number + 0.5) for number in range(count)]
