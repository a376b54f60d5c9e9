"""Query parameters of the table of outcomes."""

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from chalicelib.api.queries import Query
from chalicelib.api.queries_accounts import Whole
from chalicelib.score.outcome import Kind


def _day(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise ValueError("use a day, for example 2026-11-21")
    return value


Day = Annotated[date, BeforeValidator(_day), Field(ge=date(2000, 1, 1), lt=date(9000, 1, 1))]


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
