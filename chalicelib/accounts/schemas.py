"""What the routes of accounts and their contacts take and give."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool
from typing_extensions import TypedDict

from chalicelib.accounts.account import Audience, Capacity, Engagement
from chalicelib.invitations.fields import Address
from chalicelib.invitations.throttle import Unreachable
from chalicelib.surveys.fields import Line, SurveyId, TeamId
from chalicelib.surveys.scale import Band
from chalicelib.web.pagination import DEFAULT_LIMIT, LARGEST_LIMIT, Cursor
from chalicelib.web.query import Query, Whole
from chalicelib.web.schemas import HIDDEN, Doc, Time

MOST_CONTACTS = 200

Standing = Literal["answered", "silent", "erased", "never_asked"]
ShownToFew = Annotated[str | None, Doc(HIDDEN)]
Next = Annotated[str | None, Doc("The cursor of the next page.")]


class AccountsQuery(Query):
    limit: Whole = Field(DEFAULT_LIMIT, ge=1, le=LARGEST_LIMIT, description="Accounts a page.")
    cursor: Cursor | None = None


class ContactsQuery(Query):
    survey: SurveyId | None = Field(None, description="Only what this survey asked.")
    limit: Whole = Field(MOST_CONTACTS, ge=1, le=MOST_CONTACTS, description="Contacts a page.")
    cursor: Cursor | None = None


class TeamPersonBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    team: TeamId
    person: TeamId


class AccountBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Line
    audience: Audience = "external"
    owner: TeamPersonBody | None = None


class ContactBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: Address
    name: Line | None = None
    role: Line | None = None
    capacity: Capacity = Capacity.UNKNOWN
    engagement: Engagement = Engagement.UNKNOWN
    left: StrictBool = False


class TeamPerson(TypedDict):
    """Gets the tasks of the account's answers, in a team with the rule `account`."""

    team: str
    person: Annotated[str, Doc("The id of one of the team's people.")]


class Account(TypedDict):
    id: str
    name: str
    audience: Audience
    owner: TeamPerson | None


class AccountList(TypedDict):
    items: list[Account]
    next: Next


class Contact(TypedDict):
    id: str
    account: str
    person: Annotated[str | None, Doc(f"The keyed hash of the address. {HIDDEN}")]
    email: ShownToFew
    name: ShownToFew
    role: Annotated[str | None, Doc("For example CFO.")]
    capacity: Annotated[Capacity, Doc("In which the person acts for the account.")]
    engagement: Annotated[Engagement, Doc("How much they are in touch besides surveys.")]
    left: Annotated[bool, Doc("No longer with the account: listed, and in no count.")]
    added_at: Annotated[Time, Doc("Since when this person is a contact.")]


class TimesAsked(TypedDict):
    count: int
    last_at: Time


class TimesAnswered(TypedDict):
    count: int
    last_at: Time
    band: Annotated[Band, Doc("Of the latest answer. There is no list of scores.")]


class SurveyOfContact(TypedDict):
    survey: str
    asked: TimesAsked
    answered: Annotated[TimesAnswered | None, Doc("Null: no answer counts.")]
    silent_since: Annotated[
        Time | None,
        Doc("The first asking after the last that was answered; null: the latest was."),
    ]


class AskedContact(Contact):
    """Only a contact's own fields for a key without the scope `people:read`."""

    unreachable: Annotated[Unreachable | None, Doc("Why no mail may go to them; null: one may.")]
    standing: Annotated[Standing | None, Doc(HIDDEN)]
    surveys: Annotated[
        list[SurveyOfContact] | None, Doc(f"Named surveys that asked them. {HIDDEN}")
    ]


class ContactCounts(TypedDict):
    """contacts = asked + erased + never_asked, asked = answered + silent; `unreachable` lies
    across."""

    contacts: int
    asked: int
    answered: int
    silent: int
    erased: Annotated[int, Doc("Their only answer was erased.")]
    never_asked: int
    unreachable: int


class CountsByCapacity(TypedDict):
    decides: ContactCounts
    advises: ContactCounts
    uses: ContactCounts
    unknown: ContactCounts


class CountsByEngagement(TypedDict):
    high: ContactCounts
    normal: ContactCounts
    low: ContactCounts
    none: ContactCounts
    unknown: ContactCounts


class ContactSummary(ContactCounts):
    """Of the contacts of this page; pages add up."""

    left: int
    by_capacity: CountsByCapacity
    by_engagement: CountsByEngagement
    notes: Annotated[list[str], Doc("The counts as plain sentences.")]


class ContactList(TypedDict):
    account: Account
    survey: Annotated[str | None, Doc("The one survey that was asked for.")]
    since: Annotated[Time, Doc("What was asked before is not looked at.")]
    items: list[AskedContact]
    next: Next
    summary: Annotated[ContactSummary | None, Doc(HIDDEN)]
