"""Query parameters of the table of outcomes."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from chalicelib.api.queries import Query
from chalicelib.api.queries_accounts import Whole
from chalicelib.score.outcome import Kind


def _day(value: object) -> date:
    day = date.fromisoformat(str(value))
    if not 2000 <= day.year <= 9000:
        raise ValueError("a year from 2000 on")
    return day


Day = Annotated[date, BeforeValidator(_day)]


class OutcomesQuery(Query):
    # `from` and `to` are the parameters, and the names of the fields are none.
    model_config = ConfigDict(populate_by_name=False)

    kind: Kind = Field(description="Which outcome the table is about.")
    first: Day | None = Field(
        None,
        alias="from",
        description="First day, in the survey's zone, of the invitations that the table is"
        " about. 365 days before `to` unless told.",
    )
    end: Day | None = Field(
        None, alias="to", description="The day after the last one. Tomorrow unless told."
    )
    window_days: Whole = Field(
        180,
        ge=1,
        le=730,
        description="How long after the answer, or after the sending, an outcome counts.",
    )
