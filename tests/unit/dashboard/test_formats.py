from datetime import date

import pytest

from chalicelib.dashboard.formats import FACTS, formats_in
from infra import formats


def test_the_facts_are_those_of_cldr() -> None:
    assert FACTS.read_text(encoding="utf-8") == formats.text()


@pytest.mark.parametrize(
    ("lang", "number", "day"),
    [
        ("en", "-1,234.5", "Mar 9, 2026"),
        ("de", "-1.234,5", "9. März 2026"),
        ("fr", "-1\u202f234,5", "9 mars 2026"),
        ("es", "-1.234,5", "9 mar 2026"),
        ("nb", "\u22121\xa0234,5", "9. mars 2026"),
        ("ja", "-1,234.5", "Mar 9, 2026"),
    ],
)
def test_a_reader_gets_numbers_and_days_as_they_write_them(
    lang: str, number: str, day: str
) -> None:
    shown = formats_in(lang)
    assert (shown.number(-1234.5, 1), shown.day(date(2026, 3, 9))) == (number, day)


def test_a_number_keeps_the_places_that_it_was_rounded_to() -> None:
    shown = formats_in("de")
    assert [shown.shown(value) for value in (14.0, 4.25, -0.5)] == ["14", "4,25", "-0,5"]


def test_nothing_is_less_than_nothing() -> None:
    assert formats_in("nb").number(-0.2) == "0"


def test_a_share_is_shown_in_percent() -> None:
    assert formats_in("de").percent(0.345, 1) == "34,5\xa0%"
