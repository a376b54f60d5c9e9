"""What the API takes and gives about surveys."""

import re
from importlib.resources import files
from typing import Annotated, Any

from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import Look, Scale
from chalicelib.surveys.zone import SIGNED
from chalicelib.web.fitting import NONE, TEXT, Schema, fields, has, when
from chalicelib.web.schemas import NextCursor

# Exactly one of the two ways to ask. A standard question needs a scale of numbers.
_OF_NUMBERS = [Scale.NPS.value, Scale.CES.value, Scale.CSAT.value]
_ONE_QUESTION = when(
    has(standard=TEXT),
    {
        **fields(question=NONE, scale={"enum": _OF_NUMBERS}),
        **when(has(scale={"const": Scale.CSAT.value}), fields(look={"const": Look.NUMBERS.value})),
    },
    has(question=TEXT),
)

_OWN_LINK, _ONE_FOR_ALL = {"const": "personal"}, {"const": "shared"}
_SEALED: dict[str, Schema] = {
    "counts": {"const": "send"},
    "open_link": {"const": False},
    "note_score": {"const": False},
    "closed": {"const": False},
}
_CONFIDENTIAL = fields(**_SEALED, asks_contact={"const": False}, link=_OWN_LINK)
_ANONYMOUS = {
    "required": ["closes_on"],
    **fields(**_SEALED, closes_on=TEXT),
    **when(has(link=_ONE_FOR_ALL), fields(segments={"maxItems": 0})),
}
# What goes with each promise.
_ONE_PROMISE = when(
    has(identity={"const": "confidential"}),
    _CONFIDENTIAL,
    when(has(identity={"const": "anonymous"}), _ANONYMOUS, fields(link=_OWN_LINK)),
)


def zones() -> list[str]:
    known = files("tzdata").joinpath("zones").read_text().split()
    return sorted(zone for zone in known if not re.search(SIGNED, zone))


def _as_body(schema: dict[str, Any]) -> None:
    schema["required"] = [name for name in schema["required"] if name != "id"]
    schema["properties"]["id"]["description"] = "The one of the path again, or nothing."
    schema["properties"]["tz"]["enum"] = zones()
    schema["allOf"] = [_ONE_QUESTION, _ONE_PROMISE]


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
