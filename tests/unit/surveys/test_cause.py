"""The words that a task is closed with."""

import pytest
from pydantic import TypeAdapter, ValidationError

from chalicelib.surveys.cause import folded, listed_as
from chalicelib.surveys.fields import Cause
from chalicelib.surveys.items import definition_of
from tests.support.given_surveys import survey_of
from tests.support.samples import SURVEY

CAUSE: TypeAdapter[str] = TypeAdapter(Cause)


@pytest.mark.parametrize("text", ["Wi-Fi ", " wi-fi", "WI-FI"])
def test_spellings_of_one_cause_are_the_same(text: str) -> None:
    assert folded(CAUSE.validate_python(text)) == folded("Wi-Fi")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  new   laptop ", "new laptop"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\u2028b", "a b"),
        ("鍵", "鍵"),
    ],
)
def test_a_cause_is_one_tidy_line(given: str, kept: str) -> None:
    assert CAUSE.validate_python(given) == kept


@pytest.mark.parametrize("text", ["", "   ", "a\nb", "\x00", "\x85", "x" * 61, "\ud800", 7, None])
def test_what_is_no_line_is_no_cause(text: object) -> None:
    with pytest.raises(ValidationError):
        CAUSE.validate_python(text)


def test_a_list_gives_its_own_spelling() -> None:
    assert listed_as("STRASSE", ["Wi-Fi", "Straße"]) == "Straße"
    assert listed_as("VPN", ["Wi-Fi"]) is None


def test_a_survey_keeps_each_cause_once() -> None:
    with pytest.raises(ValidationError, match="twice"):
        survey_of(definition_of(SURVEY) | {"causes": ["Wi-Fi", "wi-fi "]})
