import pytest

from chalicelib.surveys.scale import (
    Band,
    Look,
    Scale,
    band_of,
    ends_of,
    is_unhappy,
    name_of,
    points_of,
)

BANDS = {
    Scale.NPS: "ddddddd" + "pp" + "PP",
    Scale.CSAT: "uu" + "n" + "ss",
    Scale.CES: "uuu" + "n" + "sss",
    Scale.THUMBS: "u" + "s",
}
LETTERS = {
    "P": Band.PROMOTER,
    "p": Band.PASSIVE,
    "d": Band.DETRACTOR,
    "s": Band.SATISFIED,
    "n": Band.NEUTRAL,
    "u": Band.DISSATISFIED,
}


@pytest.mark.parametrize("scale", Scale)
def test_every_point_falls_in_its_band(scale: Scale) -> None:
    bands = [band_of(point, scale) for point in points_of(scale)]
    assert bands == [LETTERS[letter] for letter in BANDS[scale]]


@pytest.mark.parametrize(
    ("scale", "lowest", "highest"),
    [(Scale.NPS, 0, 10), (Scale.CSAT, 1, 5), (Scale.CES, 1, 7), (Scale.THUMBS, 0, 1)],
)
def test_a_score_beyond_the_ends_is_refused(scale: Scale, lowest: int, highest: int) -> None:
    assert (points_of(scale)[0], points_of(scale)[-1]) == (lowest, highest)
    for score in (lowest - 1, highest + 1):
        with pytest.raises(ValueError, match="is not on the scale"):
            band_of(score, scale)


def test_a_scale_may_be_named_by_its_word() -> None:
    assert band_of(9) == band_of(9, "nps") == Band.PROMOTER
    assert list(points_of("csat")) == [1, 2, 3, 4, 5]


def test_the_lowest_band_is_the_unhappy_one() -> None:
    assert {band for band in Band if is_unhappy(band)} == {Band.DETRACTOR, Band.DISSATISFIED}


def test_no_symbol_stands_without_a_word() -> None:
    symbols = [
        (Scale.CSAT, Look.STARS),
        (Scale.CSAT, Look.SMILEYS),
        (Scale.THUMBS, Look.NUMBERS),
    ]
    for scale, look in symbols:
        names = [name_of(point, scale, look) for point in points_of(scale)]
        assert all(names)
        assert len(set(names)) == len(names)


def test_a_number_is_its_own_name_and_only_the_ends_have_words() -> None:
    assert name_of(9, Scale.NPS, Look.NUMBERS) is None
    assert name_of(3, Scale.CSAT, Look.NUMBERS) is None
    assert ends_of(Scale.CES) == ("Very difficult", "Very easy")


def test_the_words_rise_with_the_score() -> None:
    assert [name_of(point, "csat", "smileys") for point in points_of("csat")] == [
        "Very dissatisfied",
        "Dissatisfied",
        "Neutral",
        "Satisfied",
        "Very satisfied",
    ]
    assert [name_of(point, "thumbs", "numbers") for point in points_of("thumbs")] == ["No", "Yes"]
