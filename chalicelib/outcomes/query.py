"""Query parameters of the table of outcomes."""

from pydantic import Field

from chalicelib.outcomes.outcome import Kind
from chalicelib.web.days import DaysQuery
from chalicelib.web.query import Whole


class OutcomesQuery(DaysQuery):
    """The days are those on which people were asked; the last 365 unless told."""

    kind: Kind = Field(description="Which outcome the table is about.")
    window_days: Whole = Field(
        180,
        ge=1,
        le=730,
        description="How long after the answer, or after the sending, an outcome counts.",
    )
