"""Accounts and their contacts, as the API answers them."""

from typing import Literal

from pydantic import AwareDatetime, Field

from chalicelib.accounts.account import Capacity, Engagement
from chalicelib.surveys.scale import Band
from chalicelib.web.shape import Shape

NAMES = "Null for a key without the scope `people:read`."


class AccountShape(Shape):
    id: str
    name: str
    audience: Literal["internal", "external"]


class AccountListShape(Shape):
    items: list[AccountShape]
    next: str | None = Field(description="The cursor of the next page.")


class ContactShape(Shape):
    id: str
    account: str
    person: str = Field(description="The keyed hash of the address.")
    email: str | None = Field(description=NAMES)
    name: str | None = Field(description=NAMES)
    role: str | None = Field(description="For example CFO.")
    capacity: Capacity = Field(description="In which the person acts for the account.")
    engagement: Engagement = Field(description="How much they are in touch besides surveys.")
    left: bool = Field(description="No longer with the account: listed, and in no count.")
    added_at: AwareDatetime = Field(description="Since when this person is a contact.")


class AskedShape(Shape):
    count: int
    last_at: AwareDatetime


class AnsweredShape(Shape):
    count: int
    last_at: AwareDatetime
    band: Band = Field(description="Of the latest answer. There is no list of scores.")


class SurveyOfContactShape(Shape):
    survey: str
    asked: AskedShape
    answered: AnsweredShape | None = Field(description="Null: no answer counts.")
    silent_since: AwareDatetime | None = Field(
        description="The first asking after the last that was answered; null: the latest was."
    )


class AskedContactShape(ContactShape):
    unreachable: Literal["unsubscribed", "bounced", "complained"] | None = Field(
        description="Why no mail may go to them; null: one may."
    )
    standing: Literal["answered", "silent", "never_asked"]
    surveys: list[SurveyOfContactShape] = Field(description="Named surveys that asked them.")


class ContactCountsShape(Shape):
    """contacts = asked + never_asked, asked = answered + silent; `unreachable` lies across."""

    contacts: int
    asked: int
    answered: int
    silent: int
    never_asked: int
    unreachable: int


class ByCapacityShape(Shape):
    decides: ContactCountsShape
    advises: ContactCountsShape
    uses: ContactCountsShape
    unknown: ContactCountsShape


class ByEngagementShape(Shape):
    high: ContactCountsShape
    normal: ContactCountsShape
    low: ContactCountsShape
    none: ContactCountsShape
    unknown: ContactCountsShape


class ContactSummaryShape(ContactCountsShape):
    """Of the contacts of this page; pages add up."""

    left: int
    by_capacity: ByCapacityShape
    by_engagement: ByEngagementShape
    notes: list[str] = Field(description="The counts as plain sentences.")


class ContactListShape(Shape):
    account: AccountShape
    survey: str | None = Field(description="The one survey that was asked for.")
    since: AwareDatetime = Field(description="What was asked before is not looked at.")
    items: list[AskedContactShape]
    next: str | None = Field(description="The cursor of the next page.")
    summary: ContactSummaryShape
