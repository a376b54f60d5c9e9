"""A bar in a row of a table. The row says its number, so nobody needs to hear the bar. Pure."""

from typing import Final
from xml.etree.ElementTree import Element

from markupsafe import Markup

from chalicelib.dashboard.charts.svg import draw, percent, shown

HEIGHT: Final = 16


def bar(count: int, largest: int, look: str) -> Markup:
    """As long as `count` is of the `largest`. `look` is `low`, `middle` or `high`: they differ in
    print, too."""
    svg = Element("svg", {"class": f"chart bar {look}", "width": "100%", "height": str(HEIGHT)})
    svg.set("aria-hidden", "true")
    # Somebody who answered is never an empty row.
    width = max(1.0, 100 * count / largest) if count and largest else 0.0
    draw(svg, "rect", width=percent(width), height=HEIGHT - 4, y=2)
    return shown(svg)
