"""Surveys as the API takes them, and what it says of one."""

from typing import Any

from msgspec import NODEFAULT
from msgspec.structs import fields

from chalicelib.surveys.definition import Survey
from chalicelib.surveys.items import definition_of
from chalicelib.surveys.put_survey import read_survey


def survey_of(given: dict[str, Any]) -> Survey:
    """Raises Conflict or pydantic's ValidationError."""
    return read_survey(given, given["id"])


def body_of(survey: Survey, *left_out: str) -> dict[str, Any]:
    """What is not said of any new survey."""
    said = definition_of(survey)
    usual = {
        field.name: field.default for field in fields(Survey) if field.default is not NODEFAULT
    }
    return {
        name: value
        for name, value in said.items()
        if name not in left_out and value not in (usual.get(name, NODEFAULT), [], {})
    }
