"""A score with its interval on its scale, as small as a line of words. Pure."""

from typing import Final

from markupsafe import Markup

from chalicelib.dashboard.charts.axis import Axis
from chalicelib.dashboard.charts.svg import draw, percent, picture, shown
from chalicelib.scores.statistics.intervals import TOO_FEW

HEIGHT: Final = 24
MIDDLE: Final = HEIGHT / 2


def score_picture(
    scale: str, score: float, low: float, high: float, answers: int, title: str, id_: str
) -> Markup:
    svg, axis = picture(id_, "score", HEIGHT, title), Axis(scale, 3.0, 97.0)
    across = {"y1": MIDDLE, "y2": MIDDLE}
    draw(svg, "line", class_="rule", x1=percent(axis.start), x2=percent(axis.end), **across)
    for end in (axis.marks[0], axis.marks[len(axis.marks) // 2], axis.marks[-1]):
        at = percent(axis.place(end))
        draw(svg, "line", class_="rule", x1=at, x2=at, y1=MIDDLE - 4, y2=MIDDLE + 4)
    group = draw(svg, "g", class_="few" if answers < TOO_FEW else "enough")
    ends = {"x1": percent(axis.place(low)), "x2": percent(axis.place(high))}
    draw(group, "line", class_="interval", **ends, **across)
    draw(group, "circle", class_="point", cx=percent(axis.place(score)), cy=MIDDLE, r=5)
    return shown(svg)
