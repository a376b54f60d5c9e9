import re
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.dashboard.charts.course import HEIGHT, Month, course_chart
from chalicelib.scores.metric import ENDS
from chalicelib.surveys.scale import Scale


def months(*scores: float | None, answers: int = 40) -> list[Month]:
    return [
        Month(f"m{place}", f"month {place}", answers, score, score and score - 5, score and score)
        for place, score in enumerate(scores)
    ]


def drawn(found: list[Month], scale: str = "nps") -> Element:
    return fromstring(course_chart(found, scale, "The course", "Said in words", "{:g}".format))


def looks(svg: Element, name: str) -> list[str]:
    return [one.get("class", "") for one in svg.iter(name)]


def places(svg: Element) -> list[float]:
    return [float(one.get("cx", "").rstrip("%")) for one in svg.iter("circle")]


def test_who_hears_it_is_told_its_title_and_its_description() -> None:
    svg = drawn(months(10, 20))
    told = {one.get("id"): one.text for one in svg if one.tag in ("title", "desc")}
    named = svg.get("aria-labelledby", "").split()
    assert svg.get("role") == "img"
    assert [told[name] for name in named] == ["The course", "Said in words"]


def test_a_month_with_few_answers_is_hollow() -> None:
    svg = drawn([*months(10, answers=9), *months(20, answers=10)])
    assert looks(svg, "g") == ["few", "enough"]


def test_each_month_shows_its_interval_and_says_itself() -> None:
    svg = drawn(months(10, 20))
    assert looks(svg, "line").count("interval") == 2
    assert [group.findtext("title") for group in svg.iter("g")] == ["month 0", "month 1"]


def test_a_month_without_answers_is_a_gap_that_no_line_crosses() -> None:
    svg = drawn(months(10, 20, None, 30))
    assert len(places(svg)) == 3
    assert looks(svg, "line").count("way") == 1


def test_the_axis_is_the_whole_scale() -> None:
    marks = [
        one.text for one in drawn(months(3), "ces").iter("text") if one.get("text-anchor") == "end"
    ]
    assert marks == ["1", "2", "3", "4", "5", "6", "7"]


def test_a_higher_score_stands_higher() -> None:
    heights = [float(one.get("cy", "")) for one in drawn(months(-50, 50)).iter("circle")]
    assert heights[0] > heights[1]


def test_nothing_needs_a_style_a_script_or_a_colour_of_its_own() -> None:
    text = course_chart(months(1, 2), "nps", "t", "d", str)
    assert not re.search(r"style=|<style|<script|fill=|stroke=|#[0-9a-f]{3}", text)


def test_words_cannot_become_elements() -> None:
    evil = "<script>alert(1)</script>"
    text = course_chart([Month(evil, evil, 40, 1.0, 0.0, 2.0)], "nps", evil, evil, str)
    assert "<script" not in text


def test_sixty_months_have_few_names_and_the_last_is_one_of_them() -> None:
    names = [one.text for one in drawn(months(*[5.0] * 60)).iter("text")][5:]
    assert len(names) <= 7
    assert names[0] == "m59"


scores = st.none() | st.floats(-1000, 1000)


@pytest.mark.parametrize("scale", Scale)
@given(st.lists(st.tuples(scores, st.integers(0, 50)), max_size=60))
def test_whatever_the_months_everything_stands_inside(
    scale: Scale, given: list[tuple[float | None, int]]
) -> None:
    low, high = ENDS[scale]
    svg = drawn([Month("n", "s", n, score, low, high) for score, n in given], scale)
    assert len(places(svg)) == sum(score is not None for score, _ in given)
    assert all(0 < place < 100 for place in places(svg))
    for name in ("y1", "y2", "cy", "y"):
        assert all(0 <= float(one.get(name, "0")) <= HEIGHT for one in svg.iter())
