"""What the routes of outcomes take and give."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from typing_extensions import TypedDict

from chalicelib.accounts.account import Audience, NewId
from chalicelib.invitations.fields import Address, CallersId
from chalicelib.outcomes.cohort import Group
from chalicelib.outcomes.outcome import ChurnReason, Kind
from chalicelib.scores.schemas import ConfidenceInterval
from chalicelib.surveys.fields import Line
from chalicelib.surveys.scale import Band
from chalicelib.web.days import DaysQuery
from chalicelib.web.fitting import NONE, TEXT, fields, has, one_of, when
from chalicelib.web.pagination import DEFAULT_LIMIT, LARGEST_LIMIT, Cursor
from chalicelib.web.query import Query, Whole
from chalicelib.web.schemas import HIDDEN, Days, Doc, NextCursor, Time
from chalicelib.web.times import Moment

PERSON_ID = r"^[a-z2-7]{26}$"
PersonId = Annotated[str, StringConstraints(pattern=PERSON_ID)]
Comparability = Literal["comparable", "too_few_to_say"]

WHOM = ("email", "person", "account")
# For the document: only churn has a reason.
_BY_KIND = when(has(kind={"const": Kind.CHURN.value}), has(reason=TEXT), fields(reason=NONE))


class OutcomesQuery(DaysQuery):
    """The days are those on which people were asked; the last 365 unless told."""

    kind: Kind = Field(description="Which outcome the table is about.")
    window_days: Whole = Field(
        180,
        ge=1,
        le=730,
        description="How long after the answer, or after the sending, an outcome counts.",
    )


class OutcomeListQuery(Query):
    kind: Kind
    account: CallersId | None = Field(None, description="Only of this account.")
    person: PersonId | None = Field(None, description="Only of this person.")
    first: Moment | None = Field(None, alias="from", description="Happened then or later.")
    end: Moment | None = Field(None, alias="to", description="Happened before.")
    limit: Whole = Field(DEFAULT_LIMIT, ge=1, le=LARGEST_LIMIT, description="Read for a page.")
    cursor: Cursor | None = None


class OutcomeBody(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"allOf": [one_of(WHOM), _BY_KIND]})

    id: NewId | None = None
    kind: Kind
    email: Address | None = None
    person: PersonId | None = None
    account: CallersId | None = None
    happened_at: Moment
    reason: ChurnReason | None = None
    note: Line | None = None


EXAMPLE = {
    "kind": "churn",
    "email": "ingrid.solheim@example.com",
    "happened_at": "2026-11-20T09:00:00Z",
    "reason": "acquired",
}


class Outcome(TypedDict):
    id: str
    kind: Kind
    person: Annotated[
        str | None, Doc(f"The keyed hash of the address, unless it is an account's. {HIDDEN}")
    ]
    account: str | None
    happened_at: Time
    reason: Annotated[ChurnReason | None, Doc("Of churn alone.")]
    note: str | None
    recorded_at: Time


class OutcomeList(TypedDict):
    items: list[Outcome]
    next: NextCursor


class ChurnReasons(TypedDict):
    """People by the reason as told. They are never added up into one."""

    service: int
    price: int
    product_fit: int
    acquired: int
    closed: int
    moved: int
    other: int


class OutcomeRow(TypedDict):
    """People who stand in one row only, by their first answer that counts."""

    group: Group
    n: Annotated[int, Doc("People whose window has ended.")]
    yes: Annotated[int, Doc("Of them, those with the outcome in their window.")]
    rate: float | None
    interval: Annotated[ConfidenceInterval | None, Doc("Wilson.")]
    reasons: Annotated[ChurnReasons | None, Doc("For churn alone.")]


class RateDifference(TypedDict):
    """Of two rates, from -1 to 1, with the 95 % interval of Newcombe."""

    value: float
    low: float
    high: float


class RateRatio(TypedDict):
    """With the 95 % interval of Katz."""

    value: float
    low: float
    high: float
    half_added: Annotated[bool, Doc("One half was added to every cell, since one was empty.")]


class ScoreOrder(TypedDict):
    """How often a person with the outcome had the higher score; 0.5 is no order."""

    value: float
    low: float
    high: float


class OutcomeComparisons(TypedDict):
    """All null while the reading is `too_few_to_say`: fewer than 30 answers, or fewer than 10
    with or without the outcome."""

    reading: Comparability
    answered: int
    yes: int
    no: int
    best: Band
    worst: Band
    difference: Annotated[RateDifference | None, Doc("Best band less worst.")]
    risk_ratio: Annotated[RateRatio | None, Doc("Best band to worst.")]
    spearman: float | None
    auc: ScoreOrder | None


class SilentShare(TypedDict):
    """Of everybody in the table with the outcome, those who were asked and did not answer."""

    yes: int
    of: int
    share: float | None


class LeftOut(TypedDict):
    """People in no row, and never counted as a no."""

    pending: Annotated[int, Doc("Their window has not ended.")]
    erased: Annotated[int, Doc("Their only answer was erased.")]
    unnamed: Annotated[int, Doc("Asked by links for a ticket without an address.")]


class OutcomeTable(TypedDict):
    rows: list[OutcomeRow]
    comparisons: OutcomeComparisons
    silent_share: SilentShare
    left_out: LeftOut
    without_contact: Annotated[
        int,
        Doc(
            "People in the rows of whom no account is known: what an account did cannot count"
            " for them."
        ),
    ]
    of_nobody_here: Annotated[
        int, Doc("Outcomes since `from` of people who are in no row and not pending.")
    ]
    waiting: Annotated[
        int, Doc("Outcomes of people whose window has not ended: in no row for them yet.")
    ]
    notes: Annotated[list[str], Doc("Plain sentences, made from the numbers.")]


class OutcomeReport(Days, OutcomeTable):
    survey: str
    kind: Kind
    audience: Audience
    tz: str
    as_of: Annotated[
        Time,
        Doc(
            "When it was counted: once a day for the last 365 days with a window of 90, 180 or 365"
            " days, and just now for everything else, and after an erasure."
        ),
    ]
    window_days: int
