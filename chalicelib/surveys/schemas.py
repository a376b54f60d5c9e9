from importlib.resources import files
from typing import Any

from pydantic import ConfigDict, Field

from chalicelib.surveys import definition
from chalicelib.surveys.scale import Look, Scale
from chalicelib.web.shape import Shape

_TEXT, _NONE = {"type": "string"}, {"type": "null"}
# Of the two ways to ask exactly one; a standard question wants a scale of numbers.
_ONE_QUESTION = [
    {"required": ["question"], "properties": {"question": _TEXT, "standard": _NONE}},
    {
        "required": ["standard"],
        "properties": {
            "standard": _TEXT,
            "question": _NONE,
            "scale": {"enum": [Scale.NPS.value, Scale.CES.value]},
        },
    },
    {
        "required": ["standard", "scale"],
        "properties": {
            "standard": _TEXT,
            "question": _NONE,
            "scale": {"const": Scale.CSAT.value},
            "look": {"const": Look.NUMBERS.value},
        },
    },
]


def _zones() -> list[str]:
    return sorted(files("tzdata").joinpath("zones").read_text().split())


def _as_body(schema: dict[str, Any]) -> None:
    schema["required"] = [name for name in schema["required"] if name != "id"]
    schema["properties"]["id"]["description"] = "The one of the path again, or nothing."
    schema["properties"]["tz"]["enum"] = _zones()
    schema["oneOf"] = _ONE_QUESTION


class SurveyBody(definition.Survey):
    """What is asked, of whom and how often."""

    model_config = ConfigDict(json_schema_extra=_as_body)


class Survey(definition.Survey):
    """What is asked, of whom and how often."""

    # Read by openapi-pydantic: an answer holds every field, whatever its default.
    model_config = ConfigDict(json_schema_mode="serialization")  # type: ignore[typeddict-unknown-key]


class SurveyPage(Shape):
    items: list[Survey]
    next: str | None = Field(description="`cursor` of the next page, null on the last one.")
