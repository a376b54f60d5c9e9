"""A survey as it is stored, and as the API shows it: both the same."""

from datetime import date
from typing import Any

from msgspec import to_builtins

from chalicelib.surveys.definition import Survey
from chalicelib.surveys.plan import from_item as plan_from_item
from chalicelib.surveys.question import from_item as question_from_item
from chalicelib.table import Item, known_of


def definition_of(survey: Survey) -> dict[str, Any]:
    """As JSON has it: days as text, what is not said as None."""
    shown: dict[str, Any] = to_builtins(survey)
    return shown


def survey_from_item(item: Item) -> Survey:
    """As it was checked before it was stored. A tap is not to wait until that is made."""
    known = known_of(Survey, item)
    if known.get("closes_on"):
        known["closes_on"] = date.fromisoformat(known["closes_on"])
    if known.get("questions"):
        known["questions"] = [question_from_item(stored) for stored in known["questions"]]
    if "plan" in known:
        known["plan"] = plan_from_item(known["plan"])
    return Survey(**known)
