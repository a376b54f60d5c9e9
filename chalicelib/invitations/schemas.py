"""What the API takes and gives about invitations. Unknown fields are refused, so that a
misspelt one is noticed."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from typing_extensions import TypedDict

from chalicelib.invitations.fields import Address, CallersId, Fact, NamedFact, ShownFact
from chalicelib.invitations.groups import LEAST
from chalicelib.invitations.invitation import Ended, Reason, Status
from chalicelib.invitations.ticket import Ticket
from chalicelib.surveys.fields import SegmentName
from chalicelib.text import HTTPS
from chalicelib.web.pagination import PageQuery
from chalicelib.web.schemas import HIDDEN, Count, Doc, Id, NextCursor, Time
from chalicelib.web.times import Moment


class TicketBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: NamedFact
    subject: ShownFact | None = None
    url: Annotated[str, StringConstraints(pattern=HTTPS)] | None = None


class InvitationBody(BaseModel):
    """`send_at`: RFC 3339; a time that has passed means now. `locale`: BCP 47; what is no tag
    counts as none. What is missing of `segments`, `locale` and `account` comes from the directory,
    /v1/people. Of a sealed survey no account is kept. `served_by` is the address of whoever
    served, for a plan that sends them the words; no answer shows it."""

    model_config = ConfigDict(extra="forbid")

    email: Address
    name: ShownFact | None = None
    ticket: TicketBody | None = None
    segments: dict[SegmentName, NamedFact] = Field(default={}, max_length=8)
    send_at: Moment | None = None
    locale: Fact | None = None
    account: CallersId | None = None
    served_by: Address | None = None


class AskedPerson(BaseModel):
    """`facts` may hold more than the survey's segments. `locale`: BCP 47."""

    model_config = ConfigDict(extra="forbid")

    email: Address
    name: ShownFact | None = None
    locale: Fact | None = None
    facts: dict[SegmentName, NamedFact] = Field(default={}, max_length=8)


class WaveBody(BaseModel):
    """Whom an anonymous survey asks, all at once."""

    model_config = ConfigDict(extra="forbid")

    people: list[AskedPerson] = Field(min_length=LEAST, max_length=500)


class LinksBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: Address | None = None
    name: ShownFact | None = None
    ticket: TicketBody
    segments: dict[SegmentName, NamedFact] = Field(default={}, max_length=8)
    locale: Fact | None = None
    account: CallersId | None = None
    served_by: Address | None = None


OF_A_PERSON = (
    "Unsubscribed, bounced and complained are shown to a key with the scope `people:read` alone."
)


class Invitation(TypedDict):
    id: Id
    survey: Id
    status: Annotated[
        Status,
        Doc("`unknown`: one e-mail went out, or two, or none; the mail service never said."),
    ]
    reason: Annotated[
        Reason | None, Doc(f"Why no e-mail goes out, or why nobody knows. {OF_A_PERSON}")
    ]
    ended: Annotated[
        Ended | None, Doc(f"Refused or bounced; an answer counts all the same. {HIDDEN}")
    ]
    ticket: Ticket | None
    segments: dict[str, str]
    locale: str | None
    account: Annotated[str | None, Doc("Of the person, when they were asked.")]
    created_at: Time
    due_at: Annotated[Time | None, Doc("When it is sent, while it waits.")]
    sent_at: Time | None
    sent_again_at: Annotated[Time | None, Doc("When somebody had it sent once more.")]
    expires_at: Time


class InvitationsQuery(PageQuery):
    status: Status | None = None


class ListedInvitation(Invitation):
    email: Annotated[str | None, Doc("Null for links of a ticket without an address.")]
    name: str | None


class InvitationPage(TypedDict):
    items: list[ListedInvitation]
    next: NextCursor


class Wave(TypedDict):
    asked: Annotated[Count, Doc("How many get an e-mail, or got one by an earlier request.")]
    not_asked: Annotated[Count, Doc("How many want no e-mails or were asked a short time ago.")]
    groups: Annotated[
        list[str], Doc("`name=value` of ten people or more. Rarer values are in `other`, or none.")
    ]
    board: Annotated[str, Doc("Where its answers will be published, without names or words.")]
    link: Annotated[
        str | None,
        Doc("Of a survey with `link: shared`: what everybody gets, for a page of your own too."),
    ]
    warnings: Annotated[
        list[Literal["team_runs_mail"]],
        Doc(
            "The team that is asked about could read the links in the mail system. With"
            " `link: shared` they tell of nobody."
        ),
    ]


class AnswerLink(TypedDict):
    score: int
    url: str


class Links(TypedDict):
    id: Annotated[Id, Doc("The invitation's.")]
    expires_at: Time
    warning: Annotated[
        Reason | None,
        Doc(f"The person asked for no e-mails, or cannot be reached by them. {HIDDEN}"),
    ]
    links: list[AnswerLink]
    html: Annotated[str, Doc("The row of links, to be put into an e-mail.")]
    text: str


EXAMPLE = {
    "email": "ingrid.solheim@example.com",
    "name": "Ingrid Solheim",
    "ticket": {"id": "48213", "subject": "Laptop does not start"},
}

_NAMES = ["Ada", "Ben", "Cem", "Dag", "Eva", "Finn", "Guri", "Hans", "Ida", "Jon"]
WAVE_EXAMPLE = {"people": [{"email": f"{name.lower()}@example.com"} for name in _NAMES]}
