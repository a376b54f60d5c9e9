"""Outcomes, and the table of them beside scores, as the API answers them."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from chalicelib.outcomes.outcome import ChurnReason, Kind
from chalicelib.scores.schemas import IntervalShape
from chalicelib.surveys.scale import Band
from chalicelib.web.shape import Shape


class OutcomeShape(Shape):
    id: str
    kind: Kind
    person: str | None = Field(description="The keyed hash of the address; or it is an account's.")
    account: str | None
    happened_at: AwareDatetime
    reason: ChurnReason | None = Field(description="Of churn alone.")
    note: str | None
    recorded_at: AwareDatetime


class ChurnReasonsShape(Shape):
    """People by the reason as told. They are never added up into one."""

    service: int
    price: int
    product_fit: int
    acquired: int
    closed: int
    moved: int
    other: int


class OutcomeRowShape(Shape):
    """People who stand in one row only, by their first answer that counts."""

    group: Band | Literal["silent", "never_asked"]
    n: int = Field(description="People whose window has ended.")
    yes: int = Field(description="Of them, those with the outcome in their window.")
    rate: float | None
    interval: IntervalShape | None = Field(description="Wilson.")
    reasons: ChurnReasonsShape | None = Field(description="For churn alone.")


class DifferenceShape(Shape):
    """Of two rates, from -1 to 1, with the 95 % interval of Newcombe."""

    value: float
    low: float
    high: float


class RiskRatioShape(Shape):
    """With the 95 % interval of Katz."""

    value: float
    low: float
    high: float
    half_added: bool = Field(description="One half was added to every cell, since one was empty.")


class AucShape(Shape):
    """How often a person with the outcome had the higher score; 0.5 is no order."""

    value: float
    low: float
    high: float


class ComparisonsShape(Shape):
    """All null while the reading is `too_few_to_say`: fewer than 30 answers, or fewer than 10
    with or without the outcome."""

    reading: Literal["comparable", "too_few_to_say"]
    answered: int
    yes: int
    no: int
    best: Band
    worst: Band
    difference: DifferenceShape | None = Field(description="Best band less worst.")
    risk_ratio: RiskRatioShape | None = Field(description="Best band to worst.")
    spearman: float | None
    auc: AucShape | None


class SilentShareShape(Shape):
    """Of everybody in the table with the outcome, those who were asked and did not answer."""

    yes: int
    of: int
    share: float | None


class LeftOutShape(Shape):
    """People in no row, and never counted as a no."""

    pending: int = Field(description="Their window has not ended.")
    erased: int = Field(description="Their only answer was erased.")
    unnamed: int = Field(description="Asked by links for a ticket without an address.")


class OutcomeReportShape(Shape):
    survey: str
    kind: Kind
    audience: Literal["internal", "external"]
    tz: str
    from_: date = Field(alias="from")
    to: date = Field(description="The day after the last one.")
    window_days: int
    rows: list[OutcomeRowShape]
    comparisons: ComparisonsShape
    silent_share: SilentShareShape
    left_out: LeftOutShape
    without_contact: int = Field(
        description="People in the rows of whom no account is known: what an account did"
        " cannot count for them."
    )
    of_nobody_here: int = Field(
        description="Outcomes since `from` of people who are in no row and not pending."
    )
    notes: list[str] = Field(description="Plain sentences, made from the numbers.")
