"""What the routes of reports take and give."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from chalicelib.reports.report import MOST_LINES, State
from chalicelib.surveys.fields import Line
from chalicelib.web.schemas import Doc

EXAMPLE: Final = {
    "heard": ["The Wi-Fi in the east wing drops in meetings."],
    "did": ["Three new access points are up since 12 November."],
}
Lines = Annotated[list[Line], Field(max_length=MOST_LINES)]


class ReportBody(BaseModel):
    """Lines that everybody who was asked may read: name nobody."""

    model_config = ConfigDict(extra="forbid")

    heard: Lines
    did: Lines


class Report(TypedDict):
    survey: str
    month: str
    state: Annotated[
        State, Doc("A draft is made of closed tasks and of themes, each time it is looked at.")
    ]
    heard: list[str]
    did: list[str]
