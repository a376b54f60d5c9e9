"""The fields of what is given about surveys, as pydantic checks them. A tap reads what was checked
before it was stored, so nothing that it needs imports this."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, Strict, StringConstraints

from chalicelib.names_of_work import names_who_served
from chalicelib.surveys.cause import tidy
from chalicelib.surveys.definition import SURVEY_ID
from chalicelib.text import LINE


def _no_employee(name: str) -> str:
    if names_who_served(name):
        raise ValueError("a score per employee is not kept; choose a segment of those who answer")
    return name


def _no_number(given: Any) -> Any:
    """pydantic would take a number for seconds since 1970."""
    if isinstance(given, int | float):
        raise ValueError("a day as YYYY-MM-DD")
    return given


SurveyId = Annotated[str, StringConstraints(min_length=1, max_length=32, pattern=SURVEY_ID)]
TeamId = Annotated[
    str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$")
]
WebhookId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$")]
Line = Annotated[str, StringConstraints(max_length=200, pattern=LINE), AfterValidator(str.strip)]
# A number that comes as text, or a switch that comes as a number, is a mistake and is refused.
Whole = Annotated[int, Strict()]
Switch = Annotated[bool, Strict()]
Point = Annotated[int, Strict(), Field(ge=0, le=10)]
Minutes = Annotated[int, Strict(), Field(ge=0, le=7 * 24 * 60)]
LastDay = Annotated[date, BeforeValidator(_no_number)]
SegmentName = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$"), AfterValidator(_no_employee)
]
SegmentValue = Annotated[
    str, StringConstraints(min_length=1, max_length=100, pattern=LINE), AfterValidator(str.strip)
]
Cause = Annotated[str, StringConstraints(max_length=60, pattern=LINE), AfterValidator(tidy)]
# Short: it names a count in each cell of the survey.
QuestionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,19}$")]
Tag = Annotated[
    str, StringConstraints(max_length=35, pattern=r"^[A-Za-z]{1,8}([_-][A-Za-z0-9]{1,8})*$")
]
Label = Annotated[str, StringConstraints(max_length=60, pattern=LINE), AfterValidator(str.strip)]
Asked = Annotated[str, StringConstraints(max_length=200, pattern=LINE), AfterValidator(str.strip)]
