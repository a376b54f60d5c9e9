from xml.etree.ElementTree import Element, fromstring

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.dashboard.charts.bar import bar
from chalicelib.dashboard.charts.score import score_picture


def picture(score: float, low: float, high: float, answers: int = 40) -> Element:
    text = score_picture("nps", score, low, high, answers, "14 of 100", "it")
    return fromstring(text)


def test_a_small_picture_says_its_score_to_who_hears_it() -> None:
    svg = picture(14, -9, 36)
    assert svg.get("aria-labelledby") == svg[0].get("id")
    assert svg[0].text == "14 of 100"


def test_a_score_of_few_answers_is_hollow_in_the_small_picture_too() -> None:
    assert [one.get("class") for one in picture(14, -9, 36, answers=9).iter("g")] == ["few"]


def percent(text: str | None) -> float:
    return float(str(text).rstrip("%"))


@given(st.floats(-100, 100), st.floats(-100, 100), st.floats(-100, 100))
def test_the_point_stands_in_its_interval(a: float, b: float, c: float) -> None:
    low, score, high = sorted((a, b, c))
    svg = picture(score, low, high)
    interval = next(one for one in svg.iter("line") if one.get("class") == "interval")
    at = percent(next(svg.iter("circle")).get("cx"))
    start, end = percent(interval.get("x1")), percent(interval.get("x2"))
    assert 0 <= start <= at + 0.01
    assert at <= end + 0.01 <= 100


def test_a_bar_is_as_long_as_its_part_of_the_largest() -> None:
    assert 'width="50%"' in bar(5, 10, "low")


def test_one_answer_of_many_is_still_seen_and_none_is_not() -> None:
    assert 'width="1%"' in bar(1, 100_000, "low")
    assert 'width="0%"' in bar(0, 10, "low")
    assert 'width="0%"' in bar(0, 0, "low")


def test_nobody_has_to_hear_a_bar() -> None:
    assert fromstring(bar(1, 2, "high")).get("aria-hidden") == "true"
