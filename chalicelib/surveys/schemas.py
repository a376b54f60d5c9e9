"""What the API takes and gives about surveys."""

from importlib.resources import files
from typing import Annotated, Any

from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import Look, Scale
from chalicelib.web.schemas import NextCursor

_TEXT, _NONE = {"type": "string"}, {"type": "null"}
# Exactly one of the two ways to ask. A standard question needs a scale of numbers.
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

_OWN_LINK, _ONE_FOR_ALL = {"const": "personal"}, {"const": "shared"}
_SEALED = {"counts": {"const": "send"}, "open_link": {"const": False}}
_CONFIDENTIAL = {"identity": {"const": "confidential"}, **_SEALED, "asks_contact": {"const": False}}
_ANONYMOUS = {"identity": {"const": "anonymous"}, **_SEALED, "closes_on": _TEXT}
# What goes with each promise.
_ONE_PROMISE = [
    {"properties": {"identity": {"const": "named"}, "link": _OWN_LINK}},
    {"required": ["identity"], "properties": {**_CONFIDENTIAL, "link": _OWN_LINK}},
    {"required": ["identity", "closes_on"], "properties": {**_ANONYMOUS, "link": _OWN_LINK}},
    {
        "required": ["identity", "closes_on", "link"],
        "properties": {**_ANONYMOUS, "link": _ONE_FOR_ALL, "segments": {"maxItems": 0}},
    },
]


def zones() -> list[str]:
    return sorted(files("tzdata").joinpath("zones").read_text().split())


def _as_body(schema: dict[str, Any]) -> None:
    schema["required"] = [name for name in schema["required"] if name != "id"]
    schema["properties"]["id"]["description"] = "The one of the path again, or nothing."
    schema["properties"]["tz"]["enum"] = zones()
    schema["oneOf"] = _ONE_QUESTION
    schema["anyOf"] = _ONE_PROMISE


class SurveyDocument(Survey):
    """A survey as it is shown by itself."""

    board: Annotated[
        str | None,
        Field(
            description="Where a sealed survey publishes its answers, once it has asked. It is"
            " made by Heed: a body may repeat it."
        ),
    ] = None


class SurveyBody(SurveyDocument):
    """What is asked, of whom and how often."""

    model_config = ConfigDict(json_schema_extra=_as_body)


class SurveyPage(TypedDict):
    items: list[Survey]
    next: NextCursor


EXAMPLE = {
    "name": "IT Help Desk",
    "question": "How likely are you to recommend the IT Help Desk to a colleague?",
    "audience": "internal",
    "team": "IT Help Desk",
    "segments": ["group"],
    "success": "Four of five colleagues would recommend us, and every unhappy one is called.",
}
